/** One example of each cause in the words of cloud-init, logins, package managers and services of a guest, and of tools that set it up. */
import { printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'cloud-init-script-command-missing',
    '[   38.221] cloud-init[998]: /var/lib/cloud/instance/scripts/part-002: line 12: kubectl: command not found',
  ],
  [
    'cloud-init-script-no-interpreter',
    "Exec format error. Missing #! in script?\nCommand: ['/var/lib/cloud/instance/scripts/part-001']",
  ],
  [
    'cloud-init-script-failed',
    'subp.py[WARNING]: Failed running /var/lib/cloud/instance/scripts/part-001 [127]',
  ],
  [
    'cloud-init-runcmd-form',
    "TypeError: Unable to shellify type 'dict'. Expected list, string, tuple. Got: {'echo \"a\"': 'b'}",
  ],
  [
    'cloud-init-bootcmd-failed',
    "Failed running module bootcmd: Unexpected error while running command. Command: ['/bin/sh', '/tmp/tmpxyz.sh'] Exit code: 1",
  ],
  ['cloud-init-file-owner', 'KeyError: "getpwnam(): name not found: \'deploy\'"'],
  [
    'cloud-init-file-mode',
    'cc_write_files.py[WARNING]: Undecodable permissions 644.0, returning default 420',
  ],
  [
    'cloud-init-file-encoding',
    'cc_write_files.py[WARNING]: Unknown encoding type text/plain, assuming text/plain',
  ],
  [
    'cloud-init-base64',
    'util.py[WARNING]: Failed decoding user-data: Incorrect padding\nbinascii.Error: Incorrect padding',
  ],
  ['cloud-init-user-not-made', '2024-02-27 10:20:12,100 - __init__.py[WARNING]: Failed to create user admin'],
  ['cloud-init-user-exists', "cc_users_groups.py[WARNING]: User 'ubuntu' already exists, skipping"],
  [
    'cloud-init-packages-failed',
    'cc_package_update_upgrade_install.py[ERROR]: Error installing packages\n1 failed with exceptions, re-raising the last one',
  ],
  ['cloud-init-grow-device', "cc_growpart.py[WARNING]: growpart unable to find device for '/': '/dev/root'"],
  [
    'cloud-init-disk-setup',
    'RuntimeError: Device /dev/disk/azure/resource did not exist and was not created with a udevadm settle.',
  ],
  ['cloud-init-mount-ignored', 'cc_mounts.py[WARNING]: Ignoring nonexistent named mount /dev/vdc'],
  [
    'cloud-init-swap',
    'cc_mounts.py[WARNING]: Failed to setup swap: Failed to create swapfile. swapfile size too small',
  ],
  ['cloud-init-ntp-none', 'cc_ntp.py[ERROR]: No installed ntp client'],
  [
    'cloud-init-phone-home',
    'cc_phone_home.py[WARNING]: Failed to post phone home data to http://10.0.0.1:8000/ in 10 tries',
  ],
  ['cloud-init-locale', '2024-01-01 10:00:00,000 - cc_locale.py[WARNING]: Unable to set locale de_DE.UTF-8'],
  [
    'cloud-init-ssh-keys-failed',
    'cc_ssh.py[WARNING]: Failed generating key type dsa to file /etc/ssh/ssh_host_dsa_key',
  ],
  ['seed-not-valid', 'DataSourceNoCloud.py[WARNING]: device /dev/sr0 with label=CIDATA not a valid seed.'],
  [
    'seed-server-unreached',
    "[CRITICAL]: Giving up on md from ['http://192.168.122.1:8000/meta-data'] after 120 seconds",
  ],
  [
    'cloud-init-stage-skipped',
    'cloud-init[500]: Can not apply stage config, no datasource found! Likely bad things to come!',
  ],
  [
    'cloud-init-source-failed',
    "2022-11-11 09:09:09,999 - util.py[WARNING]: Getting data from <class 'cloudinit.sources.DataSourceNoCloud.DataSourceNoCloud'> failed",
  ],
  [
    'seed-part-not-merged',
    "2023-03-03 10:11:12,345 - handlers.py[WARNING]: Failed calling handler CloudConfigPartHandler: [['text/cloud-config', 'text/cloud-config-jsonp', 'text/jinja2']] (text/cloud-config, part-001, 3) with frequency always",
  ],
  ['seed-template-undefined', "jinja2.exceptions.UndefinedError: 'ds' is undefined"],
  ['cloud-init-needs-root', 'ERROR: Unable to read system userdata as non-root user. Try using sudo'],
  [
    'cloud-init-command-unknown',
    "usage: /usr/bin/cloud-init [-h] [--version] [--file FILES] [--debug] [--force] {init,modules,single,query,features,analyze,devel,collect-logs,clean,status,schema}\ncloud-init: error: invalid choice: 'schema'",
  ],
  [
    'guest-mac-twice',
    "RuntimeError: duplicate mac found! both 'eth0' and 'eth1' have mac '52:54:00:12:34:56'",
  ],
  ['seed-network-version', 'ValueError: Unknown network config version: None'],
  [
    'guest-netplan-refused',
    "/etc/netplan/01-netcfg.yaml:7:7: Error in network definition: unknown key 'gateway'",
  ],
  [
    'guest-netplan-gateway',
    '** (generate:123): WARNING **: 10:00:00.123: `gateway4` has been deprecated, use default routes instead.',
  ],
  [
    'guest-rename-card',
    'Failed to rename devices: [nic not present] Cannot rename mac=52:54:00:11:22:33 to eth0, not available.',
  ],
  ['guest-network-renderer', 'cloud-init[500]: Could not find a valid network renderer'],
  [
    'growpart-no-room',
    "mkdir: cannot create directory '/tmp/growpart.2110': No space left on device\nFAILED: failed to make temp dir",
  ],
  ['growpart-unfit', 'growpart: FAILED: unable to determine partition type'],
  ['file-system-fills-device', '# xfs_growfs /\ndata size unchanged, skipping'],
  ['resize-other-file-system', 'xfs_growfs: /dev/vda1 is not a mounted XFS filesystem'],
  ['resize-check-first', "Please run 'e2fsck -f /dev/vda1' first."],
  [
    'resize-beyond-device',
    'The containing partition (or device) is only 524288 (4k) blocks.\nYou requested a new size of 1048576 blocks.',
  ],
  ['lvm-no-free-extents', '  Insufficient free space: 2560 extents needed, but only 0 available'],
  [
    'partition-table-in-use',
    'Error: Partition(s) 1 on /dev/vda have been written, but we have been unable to inform the kernel of the change, probably because it/they are in use.',
  ],
  ['swap-file-refused', 'swapon: /swapfile: read swap header failed'],
  ['swap-file-mode', 'swapon: /swapfile: insecure permissions 0644, 0600 suggested.'],
  ['mount-source-absent', "mount: /boot: can't find UUID=abcd-1234."],
  ['sudo-not-allowed', 'ubuntu is not in the sudoers file.  This incident will be reported.'],
  [
    'sudoers-invalid',
    'sudo: /etc/sudoers.d/90-cloud-init-users: syntax error near line 3 <<<\nsudo: no valid sudoers sources found, quitting',
  ],
  ['sudo-without-setuid', 'sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set'],
  ['session-not-created', 'systemd-logind[300]: Failed to start session scope: Connection timed out'],
  ['home-missing', 'Could not chdir to home directory /home/test: No such file or directory'],
  ['ssh-x11-refused', 'X11 forwarding request failed on channel 0'],
  ['ssh-forward-refused', 'channel 3: open failed: connect failed: Connection refused'],
  ['ssh-name-unknown', 'ssh: Could not resolve hostname myvm.local: Name or service not known'],
  [
    'rsync-peer-ended',
    'rsync: connection unexpectedly closed (0 bytes received so far) [sender]\nrsync error: unexplained error (code 255) at io.c(228) [sender=3.2.7]',
  ],
  ['owner-not-changed', "chown: changing ownership of '/mnt/share/f': Operation not permitted"],
  ['mount-needs-root', 'mount: only root can use "--types" option'],
  ['mount-point-missing', 'mount: /mnt: mount point does not exist.'],
  [
    'share-not-mounted',
    'mount: /mnt/share: wrong fs type, bad option, bad superblock on myshare, missing codepage or helper program, or other error.',
  ],
  ['module-not-found', 'modprobe: FATAL: Module dummy not found.'],
  ['module-unfit', "modprobe: ERROR: could not insert 'nbd': Exec format error"],
  ['module-device-absent', "modprobe: ERROR: could not insert 'i915': No such device"],
  ['modules-directory-missing', "modprobe: can't change directory to '6.1.0': No such file or directory"],
  ['guest-command-missing', '/bin/sh: 1: ifconfig: not found'],
  ['cloud-init-not-installed', 'sh: 1: cloud-init: not found'],
  ['script-line-ends', "./setup.sh: line 2: $'\\r': command not found"],
  [
    'unit-job-failed',
    'Job for docker.service failed because the control process exited with error code.\nSee "systemctl status docker.service" and "journalctl -xe" for details.',
  ],
  ['unit-not-there', 'Failed to enable unit: Unit file docker.service does not exist.'],
  [
    'network-activation-failed',
    "NetworkManager[600]: <warn> device (eth0): Activation: failed for connection 'System eth0'",
  ],
  ['qemu-agent-channel', 'qemu-ga: error opening channel: No such file or directory'],
  [
    'docker-no-firewall',
    'failed to start daemon: Error initializing network controller: Error creating default "bridge" network: Failed to Setup IP tables: Unable to enable SKIP DNAT rule',
  ],
  [
    'docker-no-veth',
    'failed to start daemon: Error initializing network controller: error creating default "bridge" network: operation not supported',
  ],
  [
    'docker-no-subnet',
    'Could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
  ],
  ['docker-no-overlay', 'level=error msg="failed to mount overlay: no such device" storage-driver=overlay2'],
  [
    'docker-daemon-unreached',
    'ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  ],
  [
    'docker-socket-denied',
    'Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.40/images/json": dial unix /var/run/docker.sock: connect: permission denied',
  ],
  ['docker-swap-limit', 'WARNING: No swap limit support'],
  ['user-bus-missing', 'Failed to connect to bus: No such file or directory'],
  [
    'snapd-not-running',
    'error: cannot communicate with server: Post "http://localhost/v2/snaps/lxd": dial unix /run/snapd.socket: connect: no such file or directory',
  ],
  [
    'snapd-not-seeded',
    'error: too early for operation, device not yet seeded or device model not acknowledged',
  ],
  [
    'snapd-unsupported',
    '2023/01/02 10:10:10 cmd_run.go: error: system does not fully support snapd: apparmor detected but insufficient permissions to use it',
  ],
  ['password-not-set', "chpasswd: line 1: user 'ubuntu' does not exist"],
  [
    'useradd-group-exists',
    'useradd: group admin exists - if you want to add this user to that group, use -g.',
  ],
  ['user-group-missing', "useradd: group 'docker' does not exist"],
  ['user-exists-already', "useradd: user 'ubuntu' already exists"],
  ['account-locked', 'sshd[1201]: User ubuntu not allowed because account is locked'],
  [
    'sshd-user-not-allowed',
    'sshd[1201]: User root from 10.0.0.1 not allowed because not listed in AllowUsers',
  ],
  ['sshd-user-unknown', 'sshd[1201]: Invalid user fedora from 192.168.122.1 port 51234'],
  ['ssh-root-forbidden', 'Please login as the user "ubuntu" rather than the user "root".'],
  ['account-without-shell', 'This account is currently not available.'],
  ['su-refused', 'su: Authentication failure'],
  ['login-not-root', 'Cannot possibly work without effective root'],
  ['password-aged', 'pam_unix(sshd:account): expired password for user ubuntu (password aged)'],
  [
    'login-while-booting',
    '"System is booting up. Unprivileged users are not permitted to log in yet. Please come back later. For technical details, see pam_nologin(8)."',
  ],
  ['sshd-key-file-mode', 'Authentication refused: bad ownership or modes for directory /home/ubuntu'],
  ['sshd-run-directory', 'Missing privilege separation directory: /run/sshd'],
  ['sshd-host-key-missing', 'sshd[899]: error: Could not load host key: /etc/ssh/ssh_host_ed25519_key'],
  ['sshd-no-terminal', 'PTY allocation request failed on channel 0'],
  [
    'package-needs-root',
    'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?',
  ],
  ['dpkg-database-broken', "dpkg: error: parsing file '/var/lib/dpkg/updates/0014' near line 0:"],
  ['apt-version-missing', "E: Version '5:20.10' for 'docker-ce' was not found"],
  [
    'apt-archives-gone',
    'E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?',
  ],
  [
    'apt-interrupted',
    "E: dpkg was interrupted, you must manually run 'sudo dpkg --configure -a' to correct the problem.",
  ],
  [
    'apt-lists-mismatch',
    'E: Failed to fetch http://archive.ubuntu.com/ubuntu/dists/focal/main/binary-amd64/Packages.gz  Hash Sum mismatch',
  ],
  [
    'apt-captive-page',
    "E: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  Clearsigned file isn't valid, got 'NOSPLIT' (does the network require authentication?)",
  ],
  [
    'apt-release-expired',
    'E: Release file for http://archive.debian.org/debian/dists/stretch/InRelease is expired (invalid since 900d 1h 2min 3s). Updates for this repository will not be applied.',
  ],
  [
    'apt-release-gone',
    "E: The repository 'http://ppa.launchpad.net/foo/ppa/ubuntu noble Release' no longer has a Release file.",
  ],
  [
    'apt-release-info-changed',
    "E: Repository 'http://deb.debian.org/debian buster InRelease' changed its 'Suite' value from 'stable' to 'oldstable'",
  ],
  [
    'apt-sources-malformed',
    'E: Malformed entry 1 in list file /etc/apt/sources.list.d/hashicorp.list (Suite)',
  ],
  [
    'apt-signed-by-conflict',
    'E: Conflicting values set for option Signed-By regarding source https://download.docker.com/linux/ubuntu/ jammy: /etc/apt/keyrings/docker.gpg != /etc/apt/keyrings/docker.asc',
  ],
  [
    'apt-method-missing',
    'E: The method driver /usr/lib/apt/methods/https could not be found.\nN: Is the package apt-transport-https installed?',
  ],
  ['dpkg-step-failed', 'E: Sub-process /usr/bin/dpkg returned an error code (1)'],
  ['gpg-keyserver-failed', 'gpg: keyserver receive failed: No data'],
  [
    'ansible-no-python',
    'failed: [10.0.0.2] FAILED! => {"changed": false, "module_stdout": "/bin/sh: /usr/bin/python3: No such file or directory\\r\\n", "msg": "The module failed to execute correctly, you probably need to set the interpreter.\\nSee stdout/stderr for the exact error", "rc": 127}',
  ],
  ['ansible-sudo-password', 'fatal: [vm1]: FAILED! => {"msg": "Missing sudo password"}'],
  [
    'ansible-no-sshpass',
    'fatal: [vm]: FAILED! => {"msg": "to use the \'ssh\' connection type with passwords or pkcs11_provider, you must install the sshpass program"}',
  ],
  [
    'ansible-undefined',
    'fatal: [vm]: FAILED! => {"msg": "The task includes an option with an undefined variable. The error was: \'vm_ip\' is undefined"}',
  ],
  [
    'ansible-package-unknown',
    'fatal: [vm]: FAILED! => {"changed": false, "msg": "No package matching \'docker-ce\' is available"}',
  ],
  [
    'ansible-locale',
    'fatal: [vm]: FAILED! => {"msg": "ERROR: Ansible could not initialize the preferred locale: unsupported locale setting"}',
  ],
  [
    'ansible-remote-directory',
    'fatal: [vm]: UNREACHABLE! => {"msg": "Authentication or permission failure, did not have permissions on the remote directory. Consider changing the remote temp path in ansible.cfg to a path rooted in \\"/tmp\\"."}',
  ],
  [
    'ansible-become-unprivileged',
    'fatal: [vm1]: FAILED! => {"msg": "Failed to set permissions on the temporary files Ansible needs to create when becoming an unprivileged user (rc: 1, err: chmod: invalid mode: \'A+user:postgres:rx:allow\'"}',
  ],
  [
    'ansible-wait-timeout',
    'fatal: [vm1]: FAILED! => {"changed": false, "elapsed": 300, "msg": "Timeout when waiting for 192.168.1.20:22"}',
  ],
  ['ansible-no-hosts', '[WARNING]: Could not match supplied host pattern, ignoring: vms'],
  [
    'ansible-unreachable',
    'fatal: [vm]: UNREACHABLE! => {"msg": "Data could not be sent to remote host \\"10.0.0.2\\". Make sure this host can be reached over ssh: "}',
  ],
  [
    'ansible-interpreter-note',
    '[WARNING]: Platform linux on host vm1 is using the discovered Python interpreter at /usr/bin/python3.10',
  ],
  ['time-source-none', "chronyd[600]: Can't synchronise: no selectable sources"],
  ['clock-wrong-by', 'chronyd[712]: System clock wrong by -86400.221 seconds'],
  ['time-service-missing', '506 Cannot talk to daemon'],
  ['files-from-future', 'tar: foo: time stamp 2024-05-01 10:00:00 is 3600.1 s in the future'],
  ['hardware-clock-none', 'hwclock: Cannot access the Hardware Clock via any known method.'],
  ['locale-missing', 'Failed to set locale, defaulting to C.UTF-8'],
  [
    'apt-source-twice',
    'W: Target Packages (main/binary-amd64/Packages) is configured multiple times in /etc/apt/sources.list:3 and /etc/apt/sources.list.d/ubuntu.sources:1',
  ],
  [
    'apt-key-legacy',
    'Warning: apt-key is deprecated. Manage keyring files in trusted.gpg.d instead (see apt-key(8)).',
  ],
  ['apt-remark', 'debconf: delaying package configuration, since apt-utils is not installed'],
  [
    'apt-waits-for-lock',
    'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 2102 (unattended-upgr)...',
  ],
  [
    'rpm-database-broken',
    'warning: Found bdb_ro Packages database while attempting sqlite backend: using bdb_ro backend.\nerror: rpmdb open failed',
  ],
  ['dnf-mirrors-gone', 'Cannot find a valid baseurl for repo: base/7/x86_64'],
  [
    'rhel-not-registered',
    'This system is not registered with an entitlement server. You can use subscription-manager to register.',
  ],
  ['guest-restart-pending', '*** System restart required ***'],
  [
    'provisioner-login-refused',
    '2024/01/01 00:00:00 packer: ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey], no supported methods remain',
  ],
  [
    'provisioner-no-answer',
    '│ Error: remote-exec provisioner error\n│ timeout - last error: dial tcp 192.168.122.5:22: connect: no route to host',
  ],
  ['provisioner-script-failed', 'Script exited with non-zero exit status: 100. Allowed exit codes are: [0]'],
  [
    'cloud-init-status-code',
    'fatal: [vm]: FAILED! => {"changed": false, "cmd": ["cloud-init", "status", "--wait"], "rc": 2, "msg": "non-zero return code", "stdout": "status: done"}',
  ],
  [
    'vagrant-boot-timeout',
    'Timed out while waiting for the machine to boot. This means that\nVagrant was unable to communicate with the guest machine within\nthe configured ("config.vm.boot_timeout" value) time period.',
  ],
  [
    'vagrant-machine-off',
    "The guest machine entered an invalid state while waiting for it\nto boot. Valid states are 'starting, running'. The machine is in the\n'poweroff' state.",
  ],
  ['vagrant-retry', 'default: Warning: Connection reset. Retrying...'],
  ['vagrant-share-missing', 'mount.vboxsf: mounting failed with the error: No such device'],
  ['seed-file-missing', "mkisofs: No such file or directory. Invalid node - 'network-config'."],
  [
    'seed-tool-missing',
    "cloud-localds seed.img user-data\nmissing 'genisoimage'.  Please install package 'genisoimage' or use --filesystem=vfat",
  ],
  ['seed-label-long', 'mkdosfs: Label can be no longer than 11 characters'],
  ['seed-label-lower-case', 'mkfs.fat: Warning: lowercase labels might not work properly on some systems'],
  ['fat-image-unformatted', "init : non DOS media\nCannot initialize '::'"],
  ['ssh-key-unreadable', 'Load key "id_ed25519": error in libcrypto'],
  ['ssh-key-file-denied', 'Identity file /home/me/.ssh/vmkey not accessible: No such file or directory.'],
  ['ssh-signature-refused', 'sign_and_send_pubkey: no mutual signature supported'],
  [
    'ssh-agent-refused',
    'sign_and_send_pubkey: signing failed for ED25519 "cardno:000" from agent: agent refused operation',
  ],
  ['ssh-agent-none', 'Error connecting to agent: No such file or directory'],
  ['ssh-no-identities', 'ssh-copy-id: ERROR: No identities found'],
  ['ssh-no-banner', 'paramiko.ssh_exception.SSHException: Error reading SSH protocol banner'],
  ['ssh-session-ended', 'client_loop: send disconnect: Broken pipe'],
  ['ssh-config-mode', 'Bad owner or permissions on /home/me/.ssh/config'],
  ['ssh-config-invalid', 'sshd: /etc/ssh/sshd_config line 88: Unsupported option UsePAM'],
  ['ssh-no-terminal', 'Pseudo-terminal will not be allocated because stdin is not a terminal.'],
  ['ssh-subsystem-missing', 'subsystem request failed on channel 0\nscp: Connection closed'],
  [
    'ssh-password-refused',
    "rocky@10.10.0.7's password:\nPermission denied, please try again.\nrocky@10.10.0.7's password:",
  ],
  [
    'cloud-init-deprecated',
    'Cloud config schema deprecations: apt_reboot_if_required:  Default: ``false``. Deprecated in version 22.2. Use ``package_reboot_if_required`` instead.',
  ],
  ['certificate-expired', 'error: SSL certificate problem: certificate has expired'],
]

export const initExamples = printed(texts)

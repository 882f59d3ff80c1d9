/** Words of the host and of the system in a guest: rights, units, shells, users. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const systemTerms: Terms = [
  [
    /\bMissing privilege separation directory\b/,
    'sshd wants the directory /run/sshd, which its unit or init script makes: it was started by hand or before /run was mounted; `mkdir -p /run/sshd`, or start it by its unit.',
  ],
  [
    /\bAuthentication refused: bad ownership or modes\b/,
    'sshd does not use the keys of a user whose home, ~/.ssh or authorized_keys may be written by others, or has another owner: `chown -R USER` it, `chmod 700 ~/.ssh`, `chmod 600 ~/.ssh/authorized_keys`, and no write permission for the group on the home.',
  ],
  [
    /\bSystem is (?:booting up|going down)\. Unprivileged users are not permitted to log in\b|\bpam_nologin\(8\)/,
    'The guest is still booting (or going down), and lets only root log in until systemd-user-sessions has run: wait. Where it stays so, a unit before it hangs (`systemctl list-jobs`), or /etc/nologin is there.',
  ],
  [
    /\bnot in PubkeyAccepted(?:Algorithms|KeyTypes)\b|\bno mutual signature (?:algorithm|supported)\b/,
    'Client and server of ssh share no way to sign with that key: an old client offers RSA only with SHA-1 (ssh-rsa), which OpenSSH 8.8 and later refuse. Use an Ed25519 key or a newer client; PubkeyAcceptedAlgorithms +ssh-rsa on the server is a stopgap.',
  ],
  [
    /\bFailed to set capabilities on file\b|\bunable to set CAP_SETFCAP\b/,
    'setcap takes root, a real file (no link), and a file system that stores capabilities: NFS, FUSE, vfat and some container file systems do not (`findmnt -T FILE`).',
  ],
  [
    /\bulimit: (?:[\w-]{1,20} ){0,2}[\w-]{1,20}: cannot modify limit\b/,
    'A limit can be raised by root only above the hard limit (`ulimit -H -a`): set it in /etc/security/limits.d for the next login, as LimitNOFILE= or LimitMEMLOCK= of the unit, or by `prlimit --pid PID` as root.',
  ],
  [
    /\bfailed to set pid -?\d{1,12}'s (?:affinity|policy)\b/,
    'The CPUs or the policy of a process were not set: CPUs that do not exist, are offline or outside of the cpuset of its cgroup are refused (EINVAL), real-time priority takes CAP_SYS_NICE or RLIMIT_RTPRIO (EPERM). `lscpu -e`, `cat /proc/PID/status | grep Cpus_allowed`.',
  ],
  [
    /\b(?:set_mempolicy|mbind|migrate_pages|move_pages|get_mempolicy): Operation not permitted\b/,
    'In a container the default seccomp profile of Docker and Podman does not permit calls for NUMA memory: give it CAP_SYS_NICE (`--cap-add SYS_NICE`), or leave the binding to the host. Outside of one the process lacks that capability.',
  ],
  [
    /\blibnuma: Warning: (?:node|cpu) argument\b|\bnode argument \d{1,12} is out of range\b|\bThis system does not support NUMA policy\b/,
    'That NUMA node or CPU is not there, or its memory is not in the cpuset of the process; a guest without `--numa` has one node, 0. `numactl --hardware` shows what there is.',
  ],
  [
    /\bsnap-confine has elevated permissions and is not confined\b/,
    'snapd finds its AppArmor profile not loaded: `sudo systemctl start snapd.apparmor`, or restart the host after an update of the kernel; in containers without AppArmor snaps do not run.',
  ],
  [
    /\bbanner exchange\b|\bidentification string\b/i,
    'ssh was connected and the other side did not say who it is (its banner): sshd in the guest is not up yet or hangs, or something in between (a port that is forwarded) took the connection for it.',
  ],
  [
    /\bactivating \((?:start|auto-restart|start-pre|start-post)\)/,
    '"activating" says that the start of the unit is under way: with Type=notify it waits until the program reports READY=1, and gives up after TimeoutStartSec=; "auto-restart" that it ended and is tried again.',
  ],
  [
    /\b(?:Stopping|State '(?:stop|final)-\w+'|State \S+) timed out\b/,
    'The unit did not end within TimeoutStopSec=, so that systemd ends it by force: the program did not react, or waits for something itself, as for a guest that shuts down slowly or not at all.',
  ],
  [
    /\bFailed (?:to )?un?mount(?:ing)?\b|\btarget is busy\b/i,
    'A file system is not unmounted while a process still uses it (an open file, a working directory, a program that was started from it): at a shutdown this is mostly harmless for one that is read-only.',
  ],
  [
    /\/(?:system|user|machine|kubepods)\.slice\b|\bkubepods\S*|\b(?:session|init|crio|cri-containerd|docker|libpod|machine|user)\b[^\s.]{0,80}\.scope\b|\bsandbox_cgroup_only\b/,
    'The cgroup of a process (/proc/PID/cgroup) decides which limits count for it and to whom its memory and CPU time are accounted: a VMM in the cgroup of a service is not accounted to the pod or user it works for.',
  ],
  [
    /\bapparmor_restrict_unprivileged_userns\b|\bbwrap: (?:setting up uid map|No permissions to creat|loopback: Failed)|\bCleanMount\b|\buid_map\b|\bnew[ug]idmap\b|\bsub[ug]id\b|\bunprivileged_userns_clone\b/,
    'A sandbox of an ordinary user needs user namespaces: Ubuntu 23.10 and later restrict them by AppArmor (kernel.apparmor_restrict_unprivileged_userns), and /etc/subuid and /etc/subgid must hold a range for that user.',
  ],
  [
    /\bapparmor\b(?!="STATUS").{0,80}\b(?:denied|profile|refus\w+)/i,
    'AppArmor refuses what the profile of a program does not list, whoever runs it: `sudo dmesg | grep DENIED` names profile, operation and path; rules are added below /etc/apparmor.d/local.',
  ],
  [
    /\bavc: {1,2}denied\b|\bSELinux\b|\bsetenforce\b|\bcontainer_t\b|\bsvirt\w*|\bchcon\b|\brestorecon\b/i,
    'SELinux refuses what no rule allows for these two types: `sudo ausearch -m avc -ts recent` names them; labels of the files or a policy module are the answer, `setenforce 0` only a test.',
  ],
  [
    /\btype=1326\b|\bsig=31\b|\bSIGSYS\b|\bbad system call\b/i,
    'SIGSYS is the answer of a seccomp filter to a system call that it does not allow; the kernel log names the number (`syscall=`).',
  ],
  [
    /\bseccomp\b/i,
    'seccomp limits the system calls of a process: the filter of Cloud Hypervisor (--seccomp), of a container or of a unit refuses others; `--seccomp log` reports without refusing.',
  ],
  [
    /\bFailed to connect to (?:user )?(?:scope )?bus\b(?!: Host is down)|\bXDG_RUNTIME_DIR\b|\bDBUS_SESSION_BUS_ADDRESS\b|\b[Ll]inger\b/,
    'The manager of a user (systemd --user) has its bus only in a session of that user: XDG_RUNTIME_DIR must be set, or `loginctl enable-linger USER` keeps it running; sudo and su mostly do not make one.',
  ],
  [
    /\bStart request repeated too quickly\b|\bstart-limit-hit\b/,
    'A unit that ends too often in a short time is not started again (start-limit-hit): the reason stands at its first end; `systemctl reset-failed UNIT`.',
  ],
  [
    /\bDependency failed\b|\bresult 'dependency'/,
    'A unit was not started because one that it needs (Requires=, a mount, a device) failed: look at that one.',
  ],
  [
    /\bJob \S+\.device\/start\b|\bdev-disk-by\b|\.device: Job\b/,
    'systemd waits for a device that fstab, the command line or a unit names (by UUID, label or path): it is not there under that name in this machine.',
  ],
  [
    /\bCondition[A-Z]\w+=|\bunmet condition check\b|\bCondition check resulted\b|\b[Cc]ondition failed at\b|\b[Ss]tart condition (?:unmet|failed)\b/,
    'A condition of the unit (ConditionPathExists=, …) was not met, so that it was skipped: this is no failure.',
  ],
  [
    /\bemergency mode\b|\brescue mode\b|\bemergency\.target\b/i,
    'Emergency mode: something that the boot needs (a mount of fstab, the root file system) failed; `journalctl -xb -p err` there names it.',
  ],
  [
    /\bsystemd-firstboot\b|\bmachine-id\b/,
    'Copies of an image that was booted before share its machine-id, host keys and often the DHCP identity: they must be emptied before it is copied.',
  ],
  [
    /\bno hostkeys available\b|\bsshd?: .{0,40}\bhost ?keys?\b|\bssh_host_\w+_key\b/i,
    'sshd does not start without host keys: cloud-init or a unit makes them at the first boot (`ssh-keygen -A`), where the file system can be written.',
  ],
  [
    /\bPermission denied \((?:publickey|password|keyboard)|\bToo many authentication failures\b|\bauthorized_keys\b/i,
    'The ssh server was reached and does not accept the key or password: the user is another one (ubuntu, debian, cloud, fedora), its key is not in authorized_keys, or cloud-init has not set it yet.',
  ],
  [
    /\bHost key verification failed\b|\bREMOTE HOST IDENTIFICATION HAS CHANGED\b|\bknown_hosts\b/,
    'The host key of that address is not stored yet, or differs from the stored one, as where another VM had this address before: `ssh-keygen -R ADDRESS` removes the old one.',
  ],
  [
    /\bkex_exchange_identification\b|\bConnection (?:closed|reset) by .{3,60} port 22\b/,
    'Something accepted the connection to port 22 and closed it before a login: sshd is still starting, has no host keys, or limits connections.',
  ],
  [
    /\bConnection (?:timed out|refused)\b.{0,40}\bport 22\b|\bport 22: (?:Connection|No route|Operation)/,
    'ssh did not reach the guest: refused means that it is up and no sshd listens (yet), no route or a time-out that address, TAP, bridge or firewall do not fit, or that the guest did not boot so far.',
  ],
  [
    /\bGLIBC(?:XX)?_\d+\.\d+/,
    'The program was built on a newer distribution than this one: its libraries (glibc, libstdc++) are older. Use a static (musl) build, a newer system, or build it here.',
  ],
  [
    /\bcannot open shared object file\b|\berror while loading shared libraries\b|\blib\w+\.so(?:\.\d+)*\b.{0,40}\b(?:not found|no such|missing)/i,
    'A shared library is missing where the program runs: the package that holds it is not installed there, or lies where the loader does not look (`ldd PROGRAM`).',
  ],
  [
    /\brequired file not found\b|\bld-(?:linux|musl)\S*|\bno such file or directory\b.{0,40}\binterpreter\b/i,
    'The program is there and its loader (interpreter) is not: it is linked dynamically for another system (NixOS, musl instead of glibc, another architecture); `readelf -p .interp PROGRAM` names the loader.',
  ],
  [
    /\bcannot execute binary file\b|\bExec format error\b/i,
    'The file is for another architecture, or is no program (an error page that was downloaded, a script without its first line): `file PATH` says.',
  ],
  [
    /\bNo space left on device\b|\bENOSPC\b|\bdisk (?:is )?full\b/i,
    'The file system has no blocks or no inodes left (`df -h`, `df -i`); /tmp, /run and /dev/shm lie in memory and are smaller. Some limits of the kernel answer so, too (inotify watches, cgroups, devices).',
  ],
  [
    /\b[Rr]ead-only file system\b|\bEROFS\b/,
    'The file system is mounted read-only: by choice (an image, a container, NixOS), or because the kernel met errors on its disk.',
  ],
  [
    /\bToo many open files\b|\bNo file descriptors available\b|\bEMFILE\b|NOFILE\b/i,
    'The limit on open files of that process is reached (`ulimit -n`, LimitNOFILE=): each device, queue and connection takes some.',
  ],
  [
    /\bsudo: .{0,60}(?:password is required|not in the sudoers|no tty|command not found)/,
    'sudo may not, or cannot, ask for the password here: run it in a terminal, or allow that one command in sudoers; its PATH is its own (secure_path).',
  ],
  [
    /\bpolkitd?\b|\bPolicyKit\w*\b|\binteractive authentication required\b|\bas another user: Not authorized\b/i,
    'polkit decides whether an ordinary user may do it: run it as root, or in a session that can ask.',
  ],
  [
    /\bnewgrp\b|\busermod\b|\bgroup membership\b/i,
    'A new membership in a group counts from the next login on (`newgrp GROUP` for one shell).',
  ],
  [
    /\bkvm-ok\b|\bKVM acceleration can NOT\b|\bnested virtuali[sz]ation is not supported\b|\bvirtualization is not (?:supported|enabled)\b/i,
    'Without virtualisation of the processor there is no KVM: it is switched off in the firmware (BIOS), or this host is a VM (WSL, a cloud) whose hypervisor does not pass it on (nested virtualisation).',
  ],
  [
    /\/dev\/kvm\b/,
    '/dev/kvm is how the VMM uses KVM: it must be there (the module of KVM is loaded) and open to this user (group kvm), in a container as well.',
  ],
  [
    /\bstatus 203\/EXEC\b|\b203\/EXEC\b|\b226\/NAMESPACE\b|\b200\/CHDIR\b|\b217\/USER\b|\b218\/CAPABILITIES\b/,
    'systemd could not start the program of the unit: 203 it cannot be executed, 200 its directory, 217 its user, 218 its capabilities, 226 its mount namespace (a path in ReadWritePaths= that is missing).',
  ],
  [
    /\b(?:exit (?:code|status)|status|exited with(?: code)?)[ :=]{1,2}(?:137|9\/KILL)\b|\bExited \(137\)|\bsignal: killed\b|\b9\/KILL\b/i,
    '137 is 128 and signal 9: the process was killed, by the out-of-memory killer (the kernel log says so), a time-out of its unit, or someone.',
  ],
  [
    /\b(?:exit (?:code|status)|status|exited with(?: code)?)[ :=]{1,2}139\b/i,
    '139 is 128 and signal 11: the program crashed (a segmentation fault).',
  ],
  [
    /\b(?:[Ee]xit (?:[Cc]ode|[Ss]tatus)|status|[Ee]xited with(?: code)?)[ :=]{1,2}134\b|\bSIGABRT\b|\b6\/ABRT\b|\bAborted \(core dumped\)|\b\d{1,7} Aborted\b/,
    '134 is 128 and signal 6: the program gave up by itself (abort), and what it printed before says why.',
  ],
  [
    /\b(?:exit (?:code|status)|status|exited with(?: code)?)[ :=]{1,2}124\b/i,
    '124 is the exit code of `timeout`: the program had not ended in time.',
  ],
  [
    /\bNonZeroExitStatus\(32\)|\bmount\b.{0,80}\bexit (?:code|status) 32\b/,
    '32 is the exit code of `mount` for a mount that failed: the log of that kernel says why.',
  ],
  [
    /\b(?:pid|lock) ?file\b.{0,60}\b(?:exist|stale|held|already|running)|\bstale (?:pid|lock|socket)\b/i,
    'A file of an earlier run (pid, lock, socket) was left: see whether that process still lives before you remove it.',
  ],
  [
    /\b(?:stack smashing|double free|heap corruption|malloc\(\)|free\(\)|corrupted size)\b/,
    'The memory of that program was overwritten: a defect of it, and no matter of the host.',
  ],
]

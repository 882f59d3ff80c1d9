/** Tools that connect to a guest to set it up: Terraform, Packer, Vagrant. */
import type { Cause } from '../../cause.ts'

const packer = 'https://developer.hashicorp.com/packer/docs/communicators/ssh'
const vagrant = 'https://developer.hashicorp.com/vagrant/docs/vagrantfile/machine_settings'

const reached =
  'Try the same by hand from the machine that runs the tool (`ssh -v USER@ADDRESS`), and look at the console of the guest.'

export const provisioners: readonly Cause[] = [
  {
    id: 'provisioner-login-refused',
    line: [
      /(?:handshake failed: ssh: )unable to authenticate, attempted methods \[(?<methods>[^\]]{1,60})\]/,
      /SSH authentication failed \((?<who>[^)]{1,80})\)/,
    ],
    what: 'The ssh server of the guest answered, and refused the user, key or password {who|} (tried: {methods|see the message}).',
    why: 'The user is not that of the image, its authorized_keys lacks this key, passwords are off (ssh_pwauth: false) or the user is locked, cloud-init has not set it up yet, or an old client signs RSA with SHA-1 only. "none" alone means that no key was given at all.',
    hint: `${reached} In Packer compare ssh_username and ssh_password (ssh_private_key_file) with the seed or installer file, in Terraform user and private_key of connection.`,
    check: 'cloud-init',
    reference: packer,
    confidence: 'likely',
  },
  {
    id: 'provisioner-no-answer',
    line: [
      /last error: dial tcp (?<where>\S{1,60}): (?:connect: )?(?<words>no route to host|connection refused|i\/o timeout|connection timed out|network is unreachable|operation timed out)/,
    ],
    what: 'The tool did not reach the ssh server of the guest at {where|its address}: {words|see the message}.',
    why: 'No route or time-out: the guest is not up, has another address, or the host does not lead there. Refused: the guest is up, and ssh is not (yet).',
    hint: `${reached} Give the connection more time (timeout =, ssh_timeout).`,
    check: 'tap-address',
    reference: 'https://developer.hashicorp.com/terraform/language/resources/provisioners/connection',
    confidence: 'likely',
  },
  {
    id: 'provisioner-script-failed',
    line: [
      /error executing "(?<script>[^"]{1,120})": Process exited with status (?<code>\d{1,3})/,
      /Script exited with non-zero exit status: ?(?<code>\d{1,3})/,
      /The SSH command responded with a non-zero exit status/,
    ],
    what: 'A script of the provisioner ended with an error in the guest {code|}: the connection works.',
    why: 'Its own output stands above. 127 is a command that is not found, 126 one that may not be executed, 100 a failure of apt (mostly its lock or old lists), 2 often a syntax error, or `cloud-init status --wait` that met warnings (23.4 and newer); 2300218 of Packer is a connection that was lost.',
    hint: 'Read the lines above; wait for the first boot before (`cloud-init status --wait`), use `set -eux` to see the step, and run it by hand in the guest.',
    reference: packer,
    confidence: 'likely',
  },
  {
    id: 'cloud-init-status-code',
    line: [/^non-zero return code/],
    needs: ({ says }) => says(/^status: done$/),
    what: '`cloud-init status --wait` ended with a code that is not 0, though cloud-init is done.',
    why: 'From 23.4 on the code 2 says that all was done and warnings were met (recoverable_errors, deprecated keys); 1 is an error.',
    hint: '`cloud-init status --long` names the warnings; have the task take 2 as well: `failed_when: result.rc not in [0, 2]`.',
    reference: 'https://cloudinit.readthedocs.io/en/latest/explanation/return_codes.html',
    confidence: 'likely',
  },
  {
    id: 'vagrant-machine-off',
    line: [/The guest machine entered an invalid state while waiting for it/],
    what: 'The VM of Vagrant ended or stopped while Vagrant waited for its boot.',
    why: 'The hypervisor could not run it: no virtualisation in the BIOS or taken by another hypervisor (KVM and VirtualBox, Hyper-V), too little memory, or a defect of the box.',
    hint: 'Start it by hand with its screen (VirtualBox: the log VBox.log; libvirt: `virsh start`, /var/log/libvirt/qemu) and read the reason there.',
    reference: vagrant,
    confidence: 'likely',
  },
  {
    id: 'vagrant-retry',
    severity: 'note',
    line: [
      /Warning: (?<words>Authentication failure|Connection reset|Connection refused|Connection timeout|Remote connection disconnect|Host unreachable)\. Retrying/,
    ],
    what: 'Vagrant tries ssh again: the guest is not ready yet ({words|see the line}). A few of these are normal.',
    why: 'During the boot the port is forwarded before sshd runs. Authentication failures without end mean that the box lacks the key of Vagrant, or its user has another name.',
    hint: 'Wait; if it does not end, look at the console, and compare config.ssh.username and authorized_keys of the box (`config.ssh.insert_key`).',
    reference: vagrant,
    confidence: 'likely',
  },
  {
    id: 'vagrant-share-missing',
    line: [
      /mount\.(?<kind>vboxsf): mounting failed with the error: No such device/,
      /filesystem "?(?<kind>vboxsf|vmhgfs|9p|virtiofs|nfs)"? is not available/,
    ],
    what: 'Vagrant could not mount the shared directory: the guest has no file system {kind|of that kind}.',
    why: 'The additions of the hypervisor are not installed in the guest or do not fit its kernel (after an update of it).',
    hint: 'Install them (`vagrant plugin install vagrant-vbguest`, package virtualbox-guest-utils), restart the guest after a kernel update, or use rsync: `config.vm.synced_folder ".", "/vagrant", type: "rsync"`.',
    reference: vagrant,
    confidence: 'likely',
  },
]

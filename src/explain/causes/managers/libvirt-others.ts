/** What libvirt says of other drivers in words that its ch driver uses, too: tried behind the entries of that one. */
import type { Cause } from '../../cause.ts'

const format = 'https://libvirt.org/formatdomain.html'
const virsh = 'https://libvirt.org/manpages/virsh.html'

export const libvirtOthers: readonly Cause[] = [
  {
    id: 'libvirt-kvm-unusable',
    line: [
      /does not support virt type 'kvm'/,
      /could not find capabilities for domaintype=kvm/,
      /\bDomain requires KVM, but it is not available\b/,
      /Host does not support (?:domain type kvm|any virtualization options)/,
      /\bKVM acceleration not available, using 'qemu'/,
      /Checking for hardware virtualization\s{1,90}: (?:FAIL|WARN)/,
      /Checking if device \/dev\/kvm (?:exists|is accessible)\s{1,90}: FAIL/,
      /\bKVM is not available\. This may mean the KVM package is not installed\b/,
    ],
    what: 'libvirt cannot run VMs with KVM here: for its daemon /dev/kvm is missing or closed.',
    why: 'VT-x or AMD-V (SVM) is off in the firmware, the module kvm_intel or kvm_amd is not loaded, this machine is a VM without nested virtualisation, or the user of QEMU may not open /dev/kvm. The guest must be of the architecture of the host, too.',
    hint: '`ls -l /dev/kvm`, `sudo modprobe kvm_intel` (or kvm_amd), `virt-host-validate qemu`; then restart the daemon (libvirtd or virtqemud), which looks at its start. Without KVM only <domain type="qemu"> works, slowly.',
    check: 'kvm',
    reference: 'https://libvirt.org/drvqemu.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-xml-refused',
    line: [
      /\bXML error: (?<words>.{1,160})/,
      /\((?:domain|network|storage_pool|device|interface)_definition\):\d+: (?<words>.{1,120})/,
      /XML document failed to validate against schema: (?<words>.{1,160})/,
    ],
    needs: ({ says }) => says(/virsh|libvirt|domain|virt-|network_def|pool_def|device_def/i),
    what: 'libvirt does not accept the XML: {words|see the message}.',
    why: 'It is checked before anything is started: a tag that is not closed, or an element or value that this release does not know at that place. The number behind "definition" is the line.',
    hint: '`virt-xml-validate FILE` names the line; compare with the description of that element, and use `virsh edit NAME`, which checks before it stores.',
    reference: format,
    confidence: 'likely',
  },
  {
    id: 'libvirt-domain-unknown',
    line: [
      /[Dd]omain not found: no domain with matching (?:name|uuid|id) '?(?<name>[^'\n]{1,80})/,
      /\bfailed to get domain '(?<name>[^']{1,80})'/,
    ],
    what: 'This connection of libvirt knows no domain {name|of that name}.',
    why: 'The name is another one, the domain was transient (made by `virsh create`) and has ended, or it belongs to another connection: qemu:///system and qemu:///session, and each user of the latter, have lists of their own.',
    hint: '`sudo virsh -c qemu:///system list --all` and `virsh -c qemu:///session list --all`.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'libvirt-domain-other-state',
    line: [
      /\bRequested operation is not valid: domain is (?<state>not running|already running|already active|not paused|not persistent|transient)/,
      /^(?:error: )?Domain is already active\b/,
    ],
    what: 'libvirt refused the command because of the state of the domain ({state|it is active already}); nothing is broken.',
    why: 'It has ended or was never started, runs already, or its definition exists only while it runs.',
    hint: '`virsh list --all` and `virsh domstate NAME --reason` show the state; /var/log/libvirt/qemu/NAME.log says why it ended.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'libvirt-owner-refused',
    line: [
      /unable to set user and group to '(?<ids>[^']{1,40})' on '(?<path>[^']{1,200})': (?<words>[A-Z][\w ()-]{3,60})/,
      /Unable to set XATTR (?<ids>[\w.]{1,80}) on (?<path>\/\S{1,200}): (?<words>[A-Z][\w ]{3,40})/,
    ],
    what: 'libvirt could not give the file {path|of the disk} to the user that runs the VM: {words|see the message}.',
    why: 'Not permitted: a share (NFS with root_squash, CIFS, FUSE, a folder of Windows in WSL) or an unprivileged container does not let root change owners. No such file: the path is another one on this host.',
    hint: 'Keep the image on a local file system, or make it readable for that user and write <seclabel type="none" model="dac"/> into its <source>; else set user= and group= (or dynamic_ownership=0) in /etc/libvirt/qemu.conf.',
    reference: 'https://libvirt.org/drvqemu.html#posix-users-groups',
    confidence: 'likely',
  },
  {
    id: 'libvirt-limits-refused',
    line: [
      /Failed to create (?:v[12] )?controller (?<words>.{1,120})/,
      /cannot limit (?:core file size|number of processes|number of open files|locked memory) of process \d{1,9}.{0,40}: (?<words>[A-Z][\w ]{3,40})/,
      /\bUnable to read from '\/sys\/fs\/cgroup\S{0,160}': (?<words>[A-Z][\w ]{3,40})/,
      /\bcgroup\b.{0,60}\bcontroller\b.{0,40}is not (?:mounted|available)/,
    ],
    what: 'libvirt could not set a limit or cgroup for the VM: {words|see the message}.',
    why: 'The daemon runs in a container or without root, the tree of cgroups is not mounted or belongs to another manager, or systemd-machined does not run.',
    hint: 'Run it on the host itself as root; see `systemctl status systemd-machined`, `mount | grep cgroup`, and cgroup_controllers in /etc/libvirt/qemu.conf.',
    reference: 'https://libvirt.org/cgroups.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-function-missing',
    line: [/\bthis function is not supported by the connection driver: (?<function>vir\w{3,60})/],
    needs: ({ says }) => !says(/\bch:\/\/|cloud-?hypervisor|virtchd/i),
    what: 'The driver behind this connection of libvirt does not have the function {function|that is asked for}.',
    why: 'virsh is connected to another driver than meant (test, vbox, lxc, esx), the daemon is older than the client, or the daemon of that part (virtnetworkd, virtstoraged, virtnodedevd) does not run.',
    hint: '`virsh uri` and `virsh version` show both; connect with `-c qemu:///system`, and start the daemon of that part.',
    reference: 'https://libvirt.org/hvsupport.html',
    confidence: 'possible',
  },
  // Behind all that QEMU says in the same line.
  {
    id: 'libvirt-monitor-closed',
    line: [
      /\bqemu unexpectedly closed the monitor\b/,
      /\bprocess exited while connecting to monitor\b/,
      /\bearly end of file from monitor\b/,
      /\bUnable to read from monitor: Connection reset by peer\b/,
    ],
    what: 'QEMU ended while libvirt started the domain, or while it ran: its own reason is not in this line, or stands behind it.',
    why: 'Usual at the start: an image that it may not open or that is locked, no memory or huge pages, a passed-through device, a CPU or machine type that this QEMU does not have. Later: a crash, or the OOM killer.',
    hint: 'Read the last lines of /var/log/libvirt/qemu/NAME.log, and give them to `chv-doctor explain`; `sudo dmesg` for oom, apparmor and vfio.',
    reference: 'https://libvirt.org/drvqemu.html',
    confidence: 'possible',
  },
]

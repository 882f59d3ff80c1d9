/** What libvirt and its ch driver say of a domain. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const driver = 'https://libvirt.org/drvch.html'

const aboutCh = ({ says }: Evidence): boolean =>
  says(
    /\bch:\/\/|cloud-?hypervisor|virtchd|\bch driver\b|\/libvirt\/ch\b|virCH|type=['"](?:hyperv|ch)['"]|\bch\d{0,2}'|\bch-/i,
  ) && !says(/qemu:\/\/\/|qemu-system/)

export const libvirt: readonly Cause[] = [
  {
    id: 'libvirt-virt-type',
    line: [
      /does not support virt type '(?<type>\w{1,20})'/,
      /could not find capabilities for (?:domaintype|arch|ostype)=(?<type>\w{1,20})/,
    ],
    needs: aboutCh,
    what: 'The ch driver of libvirt found no way to run a domain of type "{type|…}" on this host.',
    why: 'It asks /dev/kvm (type kvm) or /dev/mshv (type hyperv) and the program cloud-hypervisor when it starts: KVM was missing then, the program was not found or too old, or the domain names another <emulator>. A connection ch:///session may not see them either.',
    hint: 'See `virsh -c ch:///system capabilities` and `ls -l /dev/kvm`; install cloud-hypervisor to /usr/bin, restart the daemon (`sudo systemctl restart virtchd` or libvirtd), and connect to ch:///system.',
    check: 'kvm',
    reference: driver,
    confidence: 'likely',
  },
  {
    id: 'libvirt-not-authorised',
    line: [
      /authentication unavailable: no polkit agent/,
      /\buser is not a member of the appropriate libvirt group\b/,
      /access denied by policy|authentication failed: .{0,80}(?:polkit|PolicyKit|cancelled)/,
      /Failed to connect socket to '\S{1,120}(?:virt\w{1,12}d|libvirt)-sock\S{0,10}': Permission denied/,
      /dial unix \/\S{0,80}\/(?:virt\w{1,12}d|libvirt)-sock: connect: permission denied/,
    ],
    needs: ({ says }) => says(/libvirt|virsh|virtchd/i),
    what: 'This user may not talk to the daemon of libvirt: an error of access, before any VM.',
    why: 'The connection of the system (qemu:///system, ch:///system) belongs to root and the group libvirt; others are asked by polkit, which has no agent in a session over ssh or a script.',
    hint: 'Use sudo, or join the group (`sudo usermod -aG libvirt $USER`) and log in again; `id` must list it.',
    reference: 'https://libvirt.org/auth.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-monitor-socket',
    line: [
      /Failed to connect to socket '(?<socket>[^']{0,120}\/ch\/[^']{1,120})'(?:: (?<words>.{1,60}))?/,
      /(?:[Uu]nable|[Ff]ailed) to (?:connect to|open) (?:the )?(?:ch|cloud-hypervisor) monitor/i,
      /timed out while waiting for (?:the )?(?:ch|cloud-hypervisor) (?:monitor|socket)/i,
    ],
    what: 'libvirt started Cloud Hypervisor and could not reach its API socket {socket|}: {words|see the message}.',
    why: 'The VMM ended at once or did not come up: its own reason stands in the log of the domain, not in this line.',
    hint: 'Read /var/log/libvirt/ch/NAME.log and give it to `chv-doctor explain`; run `cloud-hypervisor --version` as the user of the daemon, and see `sudo dmesg` and `ausearch -m avc -ts recent` (SELinux, AppArmor).',
    reference: driver,
    confidence: 'likely',
  },
  {
    id: 'libvirt-storage-denied',
    line: [
      /Cannot access storage file '(?<file>[^']{1,200})'(?<who> \(as uid:\d+, gid:\d+\))?: (?<words>.{1,60})/,
      /cannot (?:open|access|read) (?:file )?'(?<file>\/[^']{1,200}\.(?:raw|img|qcow2|fd|iso))': (?<words>[A-Z][\w ]{4,60})/,
    ],
    errnos: [1, 2, 13, 20],
    needs: ({ says }) =>
      says(/libvirt|virsh|domain|\bch:|Cannot access storage file/i) && !says(/qemu-system/),
    what: 'libvirt cannot open the disk {file|of the domain} {who|}: {words|see the message}.',
    why: 'Permission denied: the user under which the VM runs must reach the file and every directory above it (home directories are closed to others), or SELinux or AppArmor refuse it. No such file: the path in <source file=> is another one on this host.',
    hint: '`sudo namei -l FILE` shows which part is closed; keep images in /var/lib/libvirt/images, or give that user access.',
    reference: driver,
    confidence: 'likely',
  },
  {
    id: 'libvirt-network-missing',
    line: [
      /Network not found: no network with matching name '(?<name>[^']{1,60})'/,
      /network '(?<name>[^']{1,60})' is not active/,
      /(?:Netzwerk|réseau|red) '(?<name>[^']{1,60})' (?:ist nicht aktiv|n'est pas actif|no está activ[ao])/,
    ],
    what: 'The domain names the network "{name|…}" of libvirt, which is not defined or not started.',
    why: '"not active": it is defined and not started (no autostart, or its start failed). "not found": this connection does not know it; qemu:///session has no network "default". The VM was not started. With a daemon for each part (modular libvirt) virtnetworkd must run, too.',
    hint: '`sudo virsh net-list --all`; listed: `sudo virsh net-start {name|default}` and `sudo virsh net-autostart {name|default}`; not listed: `sudo virsh net-define /usr/share/libvirt/networks/default.xml` (the package libvirt-daemon-config-network brings it). As an ordinary user add `--connect qemu:///system`.',
    reference: 'https://libvirt.org/formatnetwork.html',
    confidence: 'likely',
  },
  {
    id: 'tap-lacks-multi-queue',
    layer: 'network',
    line: [/Unable to create multiple fds for tap device (?<name>\S{1,40})/],
    what: 'The TAP {name|of the VM} was made before without multi_queue, and several queues are asked of it (EINVAL).',
    why: 'The flags of a TAP are those that it was made with; one without multi_queue can be opened once.',
    hint: "Make it with them (`ip tuntap add dev NAME mode tap multi_queue`), or give the interface one queue (in libvirt `<driver queues='1'/>`, else num_queues=2).",
    check: 'tap-device',
    confirmedBy: ['tap-device/lacks-multi-queue'],
    reference: 'https://libvirt.org/formatdomain.html#setting-nic-driver-specific-options',
    confidence: 'likely',
  },
  {
    id: 'libvirt-domain-state',
    line: [
      /Requested operation is not valid: domain is (?<state>not running|already running|not active|already active)/,
      /[Dd]omain not found: no domain with matching (?:name|uuid) '?(?<name>[^']{1,80})/,
      /domain '(?<name>[^']{1,60})' (?:already exists|is already (?:active|defined))/,
    ],
    needs: aboutCh,
    what: 'libvirt refused the command because of the state of the domain {name|} ({state|see the message}).',
    why: 'Nothing failed in Cloud Hypervisor: the domain has ended already, runs already, or is not known to this connection (ch:///system and ch:///session, and the driver of QEMU, have lists of their own).',
    hint: 'See `virsh -c ch:///system list --all`, and the log of the domain in /var/log/libvirt/ch/ for why it ended.',
    reference: driver,
    confidence: 'likely',
  },
  {
    id: 'libvirt-domain-xml',
    line: [
      /XML error: (?<words>.{1,160})/,
      /\(domain_definition\):\d+: (?<words>.{1,120})/,
      /XML document failed to validate against schema: (?<words>.{1,160})/,
    ],
    needs: aboutCh,
    what: 'libvirt does not accept the XML of the domain: {words|see the message}.',
    why: 'It is checked before anything is started.',
    hint: '`virt-xml-validate FILE` names the line; compare with the example of the ch driver.',
    reference: driver,
    confidence: 'likely',
  },
  {
    id: 'libvirt-host-setup',
    line: [
      /unable to set user and group to '(?<ids>[^']{1,40})' on '(?<path>[^']{1,160})': (?<words>.{1,60})/,
      /cannot limit locked memory of process \d+ to \d+: (?<words>.{1,60})/,
      /Failed to create v[12] controller (?<words>.{1,120})/,
      /unable to (?:open|create|write|resolve|stat|find) .{0,20}cgroup.{1,120}/i,
    ],
    needs: aboutCh,
    what: 'libvirt could not prepare the host for the VM: {words|see the message} {path|}.',
    why: 'It sets owners, limits and a cgroup before it starts Cloud Hypervisor. A path is missing, the daemon runs in a container or without root, or a limit of the kernel (cgroups, locked memory) is reached.',
    hint: 'Read `journalctl -u virtchd -u libvirtd -b`; run the daemon as root on the host itself, make the path, and see `systemd-cgls` and LimitMEMLOCK of the unit.',
    reference: driver,
    confidence: 'likely',
  },
  {
    id: 'libvirt-console',
    line: [
      /cannot find character device (?<device>\S{1,40})/,
      /Active console session exists for this domain/,
      /this domain has no (?:serial )?console/i,
    ],
    needs: ({ says }) => says(/libvirt|virsh|domain/i),
    what: 'virsh did not open the console of the domain ({device|it is in use, or there is none}).',
    why: 'The XML of the domain must have a <console> or <serial> of type pty (the ch driver takes one of them), and only one session can use it.',
    hint: 'Add `<serial type="pty"><target port="0"/></serial>` (or a console of type virtio), start the domain again; `virsh console NAME --force` takes an open session over.',
    reference: driver,
    confidence: 'likely',
  },
]

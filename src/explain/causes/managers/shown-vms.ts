/** What the tables, commands and files of managers of VMs show without a word of error. */
import type { Cause } from '../../cause.ts'

const virsh = 'https://libvirt.org/manpages/virsh.html'
const format = 'https://libvirt.org/formatdomain.html'

export const shownVms: readonly Cause[] = [
  {
    id: 'libvirt-network-off-shown',
    severity: 'warning',
    line: [
      /^(?<name>[\w.-]{1,40})\s{1,40}(?:inactive|inaktiv|inactif|inactivo)\s{1,30}(?:no|yes|nein|ja|non|oui|s[íi])\s{1,30}(?:no|yes|nein|ja|non|oui|s[íi])$/,
    ],
    needs: ({ says }) => says(/net-list|^\s*Name\s+(?:State|Status)\s+\S+\s+[PD]ersist/i),
    what: 'The network "{name|…}" of libvirt is defined and not started.',
    why: 'A VM that uses it is refused ("network is not active"), and its bridge (virbr0) does not exist. Without autostart it stays off after each restart of the host.',
    hint: '`sudo virsh net-start {name|default}` and `sudo virsh net-autostart {name|default}`. If the start is refused, its message names the reason (dnsmasq is missing, the addresses or port 53 are in use, the firewall).',
    reference: 'https://libvirt.org/formatnetwork.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-pool-off-shown',
    severity: 'warning',
    line: [/^(?<name>[\w.-]{1,40})\s{1,40}inactive\s{1,30}(?:no|yes)$/],
    needs: ({ says }) => says(/pool-list/) || says(/^\s*Name\s+State\s+Autostart$/),
    what: 'The storage pool "{name|…}" of libvirt is defined and not active: its volumes cannot be used.',
    why: 'It has no autostart, or its directory, disk or share was not there when the daemon started.',
    hint: '`sudo virsh pool-start {name|default}` (its message names what is missing; `sudo virsh pool-build {name|default}` makes a directory), then `sudo virsh pool-autostart {name|default}`.',
    reference: 'https://libvirt.org/formatstorage.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-no-address-shown',
    severity: 'warning',
    line: [
      /^Name\s{1,40}MAC address\s{1,40}Protocol\s{1,40}Address$/,
      /^Expiry Time\s{1,40}MAC address\s{1,40}Protocol\s{1,40}IP address\b/,
    ],
    needs: ({ says }) => !says(/\bipv[46]\s+\S+\/\d/),
    what: 'libvirt knows no address of the guest: the table of its leases is empty.',
    why: 'The guest did not ask for one (it does not boot, waits in its installer, has no DHCP or another name of the card), the question does not reach dnsmasq (a firewall), or the VM is on a bridge of the host or macvtap, whose leases libvirt does not see.',
    hint: 'Look at the guest with `virsh console NAME` or its screen; `virsh domiflist NAME` shows on what it is; on a bridge ask the guest agent or ARP: `virsh domifaddr NAME --source agent` (or `arp`); `sudo tcpdump -ni virbr0 port 67` shows whether it asks.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'libvirt-two-connections',
    severity: 'note',
    line: [/^(?:-|\d{1,4})\s{1,20}(?<name>[\w.@-]{1,60})\s{1,40}(?:shut off|running)$/],
    needs: ({ says }) =>
      says(/\bsudo virsh (?:(?:-c|--connect) qemu:\/\/\/system )?list\b/) &&
      says(
        /^(?!.{0,60}(?:sudo|# |qemu:\/\/\/system)).{0,60}virsh (?:(?:-c|--connect) qemu:\/\/\/session )?list/,
      ),
    what: 'virsh with and without sudo talk to two connections with lists of their own: a VM such as {name|that one} may be in one of them alone.',
    why: 'virsh of an ordinary user takes qemu:///session, whose VMs, networks and pools belong to that user; root takes qemu:///system. A list that is empty in one of them means no loss.',
    hint: '`virsh -c qemu:///system list --all`, or for good `export LIBVIRT_DEFAULT_URI=qemu:///system` (in ~/.bashrc); the user must be in the group libvirt.',
    reference: 'https://libvirt.org/uri.html',
    confidence: 'likely',
  },
  {
    id: 'virsh-console-silent',
    severity: 'note',
    line: [/^Escape character is \^\] ?(?:\(Ctrl \+ \]\))?$/, /^Escape-Zeichen ist \^\]/],
    needs: ({ says }) =>
      says(/virsh|Connected to domain|domain/i) &&
      !says(/login: ?|Welcome to |\[ {0,6}\d+\.\d{3,6}\]|systemd|\bGRUB\b|Booting|SeaBIOS|Password:|error:/i),
    what: 'virsh connected to the serial console, and nothing was printed after that.',
    why: 'The guest writes to its screen and not to its serial port: no console=ttyS0 on its kernel command line, no getty there. A login that waits prints nothing until Enter is pressed.',
    hint: 'Press Enter. In the guest: `sudo systemctl enable --now serial-getty@ttyS0.service`, and `console=tty0 console=ttyS0,115200` in GRUB_CMDLINE_LINUX of /etc/default/grub, then `sudo update-grub` (Fedora: `sudo grubby --update-kernel=ALL --args=console=ttyS0`). Ctrl and ] leave the console.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'libvirt-domain-paused-shown',
    severity: 'warning',
    line: [
      /^\d{1,4}\s{1,20}(?<name>[\w.@-]{1,60})\s{1,40}paused$/,
      /^paused \((?<reason>I\/O error|unknown|crashed|watchdog|starting up)\)$/,
    ],
    needs: ({ says }) => !says(/virsh (?:suspend|migrate|save)/),
    what: 'The VM {name|} is paused: its processors stand still ({reason|the reason is not in this text}).',
    why: 'Unless somebody paused it, QEMU did: mostly a write to its disk failed because the file system, thin pool or share on the host is full or gone (I/O error).',
    hint: '`virsh domstate NAME --reason` and `virsh domblkerror NAME`; `df -h` where its image lies (thin pool: `sudo lvs`); make room, then `virsh resume NAME`.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'disk-format-misnamed',
    line: [
      /<driver [^>]{0,120}type=['"]raw['"]/,
      /file=(?<file>[^, ]{1,160}\.qcow2),[^ ]{0,80}\bformat=raw\b/,
      /format=raw,[^ ]{0,80}file=(?<file>[^, ]{1,160}\.qcow2)\b/,
      /file=(?<file>[^, ]{1,160}\.(?:img|raw)),[^ ]{0,80}\bformat=qcow2\b/,
    ],
    needs: ({ says }) =>
      says(/<source file=['"][^'"]{1,200}\.qcow2['"]|file=[^, ]{1,160}\.qcow2\b/) &&
      !says(/<driver [^>]{0,120}type=['"]qcow2|<source file=['"][^'"]{1,200}\.(?:iso|raw|img)['"]/) &&
      says(
        /no(?:t a)? bootable|Boot failed|no partition|does(?:n't| not) boot|no valid partition|unrecognised disk label/i,
      ),
    what: 'The disk is a .qcow2 file by its name {file|}, and the VM is told that it is raw: the guest sees the header of qcow2 in place of its partitions.',
    why: 'A format that is given is not checked against the file, so that nothing is reported until the guest finds no boot sector.',
    hint: '`qemu-img info FILE` shows the format; then `virsh edit NAME` and <driver name="qemu" type="qcow2"/> (QEMU: format=qcow2; Proxmox: import it with `qm importdisk`).',
    check: 'disk-image',
    reference: `${format}#hard-drives-floppy-disks-cdroms`,
    confidence: 'likely',
  },
  {
    id: 'qemu-vnc-in-place-of-window',
    severity: 'note',
    line: [/^VNC server running on '?(?<where>[\w.:[\]]{3,40}?)'?$/],
    what: 'QEMU runs, and shows the screen of the guest over VNC at {where|the address in the line} because it opened no window.',
    why: 'This build has no GTK or SDL display (a package such as qemu-system-gui or qemu-ui-gtk is apart), or no desktop was found.',
    hint: '`vncviewer localhost:5900` (over ssh: `ssh -L 5900:localhost:5900 HOST`); a window: install qemu-system-gui (Debian, Ubuntu) or qemu-ui-gtk (Fedora) and add `-display gtk`; a text console: `-nographic`.',
    reference: 'https://www.qemu.org/docs/master/system/vnc-security.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-storage-off-shown',
    severity: 'warning',
    line: [
      /^(?<name>[\w.-]{1,40})\s{1,30}(?<kind>dir|nfs|cifs|lvm|lvmthin|zfspool|rbd|cephfs|pbs|iscsi|btrfs)\s{1,20}inactive\s{1,20}\d/,
    ],
    what: 'The storage {name|} ({kind|see the line}) of Proxmox is not active on this node: nothing on it can be started or written.',
    why: 'A share or backup server does not answer, a pool was not imported, a volume group is missing, or the directory is not mounted.',
    hint: '`journalctl -u pvestatd -n 20` names the reason; see `showmount -e SERVER`, `zpool import`, `vgs`; a storage of another node gets `pvesm set {name|NAME} --nodes NODE`.',
    reference: 'https://pve.proxmox.com/pve-docs/pvesm.1.html',
    confidence: 'likely',
  },
]

/** What the kernel of the host and its tools show of the way of packets between guest and world. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const networking = doc('README.md#firmware-booting')

const aboutTap = ({ says }: Evidence): boolean =>
  says(/\b(?:vm)?tap\d?|vnet\d|\bbr\d\b|macvtap|cloud-?hypervisor|guest|\bVM\b|--net/i)

export const hostPaths: readonly Cause[] = [
  {
    id: 'firewall-logged-drop',
    line: [
      /\[UFW BLOCK\].{0,40}IN=(?<in>\S{0,20}) OUT=(?<out>\S{0,20})/,
      /(?:FORWARD|INPUT|filter_\w+)_?\S{0,12}(?:DROP|REJECT).{0,20}IN=(?<in>\S{0,20}) OUT=(?<out>\S{0,20})/i,
    ],
    what: 'The firewall of the host dropped a packet that came in by {in|one interface} and was to go out by {out|another}.',
    why: 'With OUT= it is forwarding that is not allowed (ufw: DEFAULT_FORWARD_POLICY="DROP"); without OUT= the packet was for the host itself (DHCP, DNS or ssh of the guest to it).',
    hint: 'ufw: `sudo ufw route allow in on TAP out on UPLINK` (to the host: `sudo ufw allow in on TAP`); `chv-doctor check forward-policy` names the rule.',
    check: 'forward-policy',
    reference: networking,
    confidence: 'likely',
  },
  {
    id: 'conntrack-full',
    line: [/nf_conntrack: (?:nf_conntrack: )?table full, dropping packet/],
    what: 'The host drops packets because its table of connections (conntrack) is full.',
    why: 'NAT and stateful rules keep an entry for each connection of all guests.',
    hint: '`sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max`; raise the latter, and look for a guest that opens very many connections.',
    reference: networking,
    confidence: 'likely',
  },
  {
    id: 'address-not-of-link',
    severity: 'warning',
    line: [/martian source \S{1,45} from (?<from>\S{1,45}),? on dev (?<device>\S{1,20})/],
    needs: aboutTap,
    what: 'The host got a packet from {from|an address} on {device|an interface} on which it does not expect that address (martian), and drops it.',
    why: 'The TAP has no address or another network than the guest, two interfaces have the same network, or the reverse path filter (rp_filter) sees another way back.',
    hint: '`ip route get ADDRESS` must name that interface; give the TAP the address of the network of the guest, or loosen `net.ipv4.conf.DEVICE.rp_filter` to 2.',
    check: 'tap-address',
    reference: networking,
    confidence: 'likely',
  },
  {
    id: 'tap-no-carrier',
    severity: 'warning',
    line: [
      /\b(?<device>(?:vm)?tap[\w.-]{0,12}|vnet\d{1,3}|vmtap\w{0,10})\b.{0,80}NO-CARRIER/,
      /\bport \d+\((?<device>\S{1,20})\) entered disabled state/,
    ],
    needs: ({ says }) =>
      says(/cloud-?hypervisor|\bguest\b|\bVM\b|--net\b|ch-remote/) && !says(/error|Error|fail/),
    what: 'The interface {device|} has no carrier: no VM is attached to it (or its guest has not taken the card up yet).',
    why: 'A TAP has a carrier only while a program holds it and it is set up. Before the start of the VM and after its end this is how it looks: no fault by itself.',
    hint: 'Start the VM with that very name in --net tap=; if it runs, see `ip -d link show DEVICE` and `ip link set DEVICE up`, and the card in the guest.',
    check: 'tap-device',
    reference: networking,
    confidence: 'possible',
  },
  {
    id: 'netns-failed',
    line: [
      /setting the network namespace "(?<name>[^"]{1,60})" failed: (?<words>.{1,60})/,
      /Cannot open network namespace "(?<name>[^"]{1,60})": (?<words>.{1,60})/,
    ],
    errnos: [1, 2, 13, 22],
    what: 'The network namespace {name|} cannot be entered: {words|see the message}.',
    why: 'Its file in /run/netns is only a remainder (Invalid argument: nothing is mounted there, as after a restart of the host or in another mount namespace), it was not made, or the user is not root.',
    hint: '`ip netns list`; `sudo ip netns del NAME; sudo ip netns add NAME` makes it anew. A TAP must lie in the namespace in which the VMM is started.',
    reference: 'https://man7.org/linux/man-pages/man8/ip-netns.8.html',
    confidence: 'likely',
  },
  {
    id: 'macvtap-device-gone',
    line: [
      /\/dev\/tap\d+: (?<words>No such (?:device or address|file or directory)|Device or resource busy)/,
    ],
    what: 'The device of a macvtap interface cannot be opened: {words|see the message}.',
    why: 'The number behind /dev/tap is the index of the interface (`cat /sys/class/net/NAME/ifindex`) and changes when it is made anew; a file without its interface is a remainder; in a container the file is missing. Busy: another VM has it.',
    hint: 'Use /dev/tap with the present index: `--net fd=3,mac=… 3<>/dev/tap$(cat /sys/class/net/macvtap0/ifindex)`.',
    reference: doc('macvtap-bridge.md'),
    confidence: 'likely',
  },
  {
    id: 'vsock-module-conflict',
    line: [
      /(?:could not insert|modprobe).{0,20}'?vhost_vsock'?: (?:ERROR: )?.{0,20}(?:Device or r|R)esource busy/,
      /vhost_vsock.{0,40}(?:Device or r|R)esource busy/,
    ],
    what: 'The module vhost_vsock cannot be loaded, because another vsock (that of VMware, vmw_vsock_vmci_transport) holds the place.',
    why: 'Only one module can be the host side of vsock. Cloud Hypervisor itself needs none: its --vsock is a Unix socket; Kata with QEMU and others need it.',
    hint: '`lsmod | grep vsock`, `sudo rmmod vmw_vsock_vmci_transport` (and blacklist it), then `sudo modprobe vhost_vsock`.',
    reference: doc('vsock.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-time-service',
    severity: 'note',
    line: [
      /Can't synchronise: no selectable sources/,
      /System time (?:advanced|restored) (?:to|from) /,
      /(?:Forward|Backward) time jump detected|clock (?:was )?stepped by/,
    ],
    needs: ({ says }) => says(/chrony|systemd|guest|\bVM\b|restore|snapshot|kvm|virt/i),
    what: 'The clock of the machine was set or is not synchronised; nothing failed in the VMM.',
    why: 'A guest starts with the time of the VMM and drifts or jumps after a pause, restore or migration; a time service needs the network, or the clock of the host over /dev/ptp0 (ptp_kvm).',
    hint: '`modprobe ptp_kvm` in the guest and `refclock PHC /dev/ptp0 poll 3` in chrony.conf, which needs no network; `chronyc makestep` sets it at once.',
    reference: 'https://docs.kernel.org/virt/kvm/x86/timekeeping.html',
    confidence: 'possible',
  },
  {
    id: 'growpart-no-partition',
    line: [
      /growpart: .{0,80}(?:cannot find|not found|failed).{0,80}|FAILED: unable to find partition \d+ on \S{1,40}|cannot find partition \d+ in \/dev\/\w+/,
    ],
    what: 'growpart found no partition of that number on the disk of the guest.',
    why: 'The image is a bare file system without a partition table (then only resize2fs is needed), the number is another (`lsblk`), or the partition table is damaged.',
    hint: '`lsblk -f` in the guest; for a bare file system `sudo resize2fs /dev/vda`, else `sudo growpart /dev/vda N` with the number of the root partition.',
    reference: doc('README.md#disk-image'),
    confidence: 'likely',
  },
]

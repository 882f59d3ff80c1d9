/** Faults that tables and captures show without a word of error: ip, ss, tcpdump, and lines of the kernel. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#firmware-booting')
const addresses = 'https://man7.org/linux/man-pages/man8/ip-address.8.html'

/** One network on an interface of a VM, and again on a card of the host. */
const isTwice = ({ text, says }: Evidence): boolean => {
  const [, range = '', onRoute = ''] = /^((?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}) dev (\S{1,15}) /.exec(text) ?? []
  if (range !== '')
    return says(
      new RegExp(
        `^\\s*${range.replaceAll('.', '\\.')} dev (?!${onRoute.replaceAll('.', '\\.')} )(?:en|eth|wl)`,
      ),
    )
  const [, net = '', rest = ''] = /^inet ((?:\d{1,3}\.){3})\d{1,3}\/24 (.*)$/.exec(text) ?? []
  const own = rest.split(' ').at(-1) ?? ''
  if (net === '' || !/^[\w.-]{2,15}$/.test(own)) return false
  const before = `inet ${net.replaceAll('.', '\\.')}\\d{1,3}/24 `
  return says(new RegExp(`^\\s*${before}(?:.*\\s)?(?!${own.replaceAll('.', '\\.')}$)(?:en|eth|wl)\\S{1,14}$`))
}

export const shownNetworks: readonly Cause[] = [
  {
    id: 'link-not-set-up',
    severity: 'warning',
    line: [
      /(?:^|› )(?:\d{1,6}: )?(?<device>(?:(?:vm)?tap|vmtap|vnet|macvtap|br|vmbr|virbr|veth)[\w.-]{0,13})(?:@\S{1,20})?: <(?!\S{0,100}\bUP\b)[A-Z_,-]{3,100}>.{0,80}\bstate DOWN\b/,
      /(?:^|› )(?:\d{1,6}: )?(?<device>eth0|ens\d{1,3}|enp\d\w{1,8}|virtio\d)(?:@\S{1,20})?: <(?!\S{0,100}\bUP\b)[A-Z_,-]{3,100}>.{0,80}\bstate DOWN\b/,
    ],
    what: 'The interface {device|} is not set up: its flags lack UP, so nothing passes.',
    why: 'An interface is down after it is made. On the host nobody ran `ip link set … up` for it; in a guest its network configuration does not name this card (another name or MAC), or nothing configures it (ip= of --net is the address of the TAP on the host, not that of the guest).',
    hint: '`sudo ip link set {device|DEV} up` (and an address); lasting: netplan, a .network file or a connection of NetworkManager that names it; for a TAP `chv-doctor fix create-tap`.',
    check: 'tap-device',
    reference: addresses,
    confidence: 'likely',
  },
  {
    id: 'bridge-without-carrier',
    severity: 'note',
    line: [
      /(?:^|› )(?:\d{1,6}: )?(?<device>(?:br|vmbr)[\w.-]{0,13}): <(?:\S{0,60},)?NO-CARRIER\b.{0,120}\bstate (?:DOWN|LOWERLAYERDOWN)\b/,
      /^(?<device>(?:br|vmbr)[\w.-]{0,13})\s{1,40}8000\.0{12}\s{1,40}(?:no|yes)$/,
    ],
    what: 'The bridge {device|} is up and has no carrier: none of its ports is connected.',
    why: 'It has no port yet, or only TAPs without a running VM and cards without a cable. With a running VM its TAP is not a port of this bridge.',
    hint: '`bridge link` lists the ports; `sudo ip link set TAP master {device|br0}` and `sudo ip link set TAP up`.',
    check: 'tap-device',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'only-loopback',
    severity: 'warning',
    line: [/(?:^|› )(?:1: )?lo: <LOOPBACK/],
    needs: ({ says }) =>
      says(
        /(?:^|[#$%>] ?|sudo )ip (?:-\w{1,6} ){0,3}(?:a|ad|addr|address|l|li|link)(?: (?:show|list|ls|s))?\s*$/,
      ) && !says(/^\s*(?:[2-9]|\d{2,5}): [\w.-]{1,20}[@:]/),
    what: 'That machine has no network interface besides lo.',
    why: 'A guest got no card (no --net), or its kernel has no driver for it (virtio_net, virtio_pci: built in or as a module of exactly this kernel); a network namespace is new and empty.',
    hint: 'In the guest `lspci -nn | grep 1af4` shows the card (1af4:1041 is virtio-net), `sudo modprobe virtio_net` loads its driver; see `ls /lib/modules/$(uname -r)`. On the host give --net.',
    check: 'kernel-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'network-on-two-links',
    severity: 'warning',
    line: [
      /^inet (?<address>(?:\d{1,3}\.){3}\d{1,3})\/24 .{0,80}\b(?<device>(?:(?:vm)?tap|vmtap|br|virbr|vnet|macvtap|docker)[\w.-]{0,13})$/,
      /^(?<address>(?:\d{1,3}\.){3}\d{1,3})\/\d{1,2} dev (?<device>(?:(?:vm)?tap|vmtap|virbr|vnet|docker)[\w.-]{0,13}) (?:proto kernel )?scope link\b/,
    ],
    needs: isTwice,
    what: 'The interface {device|} has the same network as a card of the host ({address|see its address}).',
    why: 'The host sends the packets for that network over one of the two only, so either the guest or the LAN is not reached.',
    hint: 'Give the TAP and the guest a network of their own (192.168.249.0/24), or put the card and the TAP into one bridge, and the address on the bridge.',
    check: 'tap-address',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'route-without-link',
    severity: 'note',
    line: [
      /^(?<net>(?:default|[\d./]{7,18})) (?:via \S{3,45} )?dev (?<device>(?:(?:vm)?tap|vmtap|br|virbr|vnet|eth|en)[\w.-]{0,13}) .{0,120}\blinkdown\b/,
    ],
    what: 'The route over {device|that interface} is not in use now: it has no carrier (linkdown).',
    why: 'A TAP has a carrier while a VM has it open, a bridge while one of its ports has, a card with its cable. Before the start of a VM that is normal.',
    hint: '`ip -br link`, `bridge link`: start the VM with that TAP, or put its TAP into the bridge.',
    check: 'tap-device',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'default-routes-two',
    severity: 'note',
    line: [/^default via \S{3,45} dev (?<device>\S{1,20})\b/],
    needs: ({ before, text }) => {
      const first = /^default via \S{3,45} dev (\S{1,20})/.exec(before ?? '')?.[1]
      return first !== undefined && !text.includes(`dev ${first}`)
    },
    what: 'There are two default routes: only the one with the smaller metric is used.',
    why: 'Each DHCP answer brings one. Answers to packets that came in by the other interface leave by the first, and are dropped on the way; if the first leads nowhere, nothing gets out.',
    hint: 'Take the default route from the interface that is not the way out (`use-routes: false` below dhcp4-overrides, no gateway there), or give it a larger metric; `ip route get 9.9.9.9` shows the way.',
    reference: 'https://man7.org/linux/man-pages/man8/ip-route.8.html',
    confidence: 'likely',
  },
  {
    id: 'service-on-loopback',
    severity: 'warning',
    line: [
      /\bLISTEN\s{1,12}\d{1,6}\s{1,12}\d{1,6}\s{1,12}(?<address>127\.0\.0\.1:(?!53\b|631\b|6010\b|25\b)\d{2,5})\s/,
    ],
    needs: ({ says }) => says(/Connection refused/i),
    what: 'A service listens on {address|127.0.0.1} only: from another machine its port is refused.',
    why: '127.0.0.1 is the loopback: neither the host nor other guests come to it.',
    hint: 'Set its address ("bind", "listen", "host") to 0.0.0.0 or to the address of the interface, and restart it; or go through ssh: `ssh -L PORT:127.0.0.1:PORT user@guest`.',
    reference: 'https://man7.org/linux/man-pages/man8/ss.8.html',
    confidence: 'likely',
  },
  {
    id: 'card-not-released',
    severity: 'warning',
    line: [/\bunregister_netdevice: waiting for (?<device>\S{1,20}) to become free\. Usage count = \d/],
    what: 'The kernel waits to remove the interface {device|}, which something still refers to; other changes of the network hang meanwhile.',
    why: 'A socket or a route of a network namespace that has ended keeps it: a defect of that kernel, met with containers. It may end by itself after minutes.',
    hint: 'Restart the host if it stays; a newer kernel has most of these mended.',
    reference: 'https://docs.kernel.org/networking/netdevices.html',
    confidence: 'likely',
  },
  {
    id: 'frame-over-mtu',
    severity: 'warning',
    line: [/\b(?<device>[\w.-]{1,15}): dropped over-mtu packet: (?<size>\d{3,6}) > (?<mtu>\d{3,6})/],
    what: 'The interface {device|} drops packets that are larger than its MTU ({size|larger} > {mtu|MTU}).',
    why: 'The other side sends with a larger MTU: guest, TAP, bridge and uplink must agree; VLAN tags need four bytes more.',
    hint: '`ip link | grep mtu` on both sides; set the same (`mtu=` of --net, `ip link set DEV mtu N`).',
    reference: addresses,
    confidence: 'likely',
  },
  {
    id: 'neighbour-unanswered',
    severity: 'warning',
    line: [
      /^(?<address>[\d.]{7,15}|[\da-f:]{3,45}) dev (?<device>\S{1,20}) .{0,60}\b(?:FAILED|INCOMPLETE)$/,
      /^(?<address>[\d.]{7,15}|[\da-f:]{3,45}) dev (?<device>\S{1,20}) (?:FAILED|INCOMPLETE)$/,
      /\((?<address>[\d.]{7,15})\) at <incomplete> on (?<device>\S{1,20})/,
      /^(?<address>[\d.]{7,15})\s{1,30}\(incomplete\)\s{1,30}(?<device>[\w.-]{1,15})$/,
    ],
    what: 'Nobody on {device|that link} answers for {address|that address} (ARP or ND).',
    why: 'The guest is not up, has another address, or its interface is not on that link (TAP down, in no bridge or in another one, a VLAN).',
    hint: '`sudo tcpdump -eni DEV arp` shows whether the question arrives and who answers; `bridge link`, the console of the guest for its address.',
    check: 'tap-address',
    reference: 'https://man7.org/linux/man-pages/man8/ip-neighbour.8.html',
    confidence: 'likely',
  },
  {
    id: 'nat-rule-unused',
    severity: 'note',
    line: [/^0 {1,8}0 (?<target>MASQUERADE|SNAT|DNAT|REDIRECT)\s.{0,200}/],
    what: 'No packet has met this rule of the firewall ({target|NAT}: its counters are 0).',
    why: 'The packets do not come so far (no forwarding, an earlier DROP), or the rule names another interface or network than theirs.',
    hint: '`sudo iptables -t nat -L POSTROUTING -nv` while the guest sends: compare its columns in, out and source with `ip route get 9.9.9.9` and the address of the guest; then the counters of FORWARD.',
    check: 'nat',
    reference: 'https://man7.org/linux/man-pages/man8/iptables.8.html',
    confidence: 'possible',
  },
  {
    id: 'connection-unreplied',
    severity: 'note',
    line: [/\bsrc=(?<from>\S{3,45}) dst=(?<to>\S{3,45}) .{0,80}\[UNREPLIED\]/],
    what: 'This machine passed packets from {from|} to {to|the other side}, and saw no answer ([UNREPLIED]).',
    why: 'The other side does not answer or its answer takes another way. The second src= and dst= show what an answer must look like: with the private address of the guest there, NAT is missing.',
    hint: '`sudo conntrack -L -s ADDRESS`; `sudo tcpdump -ni UPLINK host ADDRESS` shows whether something comes back.',
    check: 'nat',
    reference: 'https://conntrack-tools.netfilter.org/conntrack.html',
    confidence: 'possible',
  },
  {
    id: 'guest-card-without-address',
    severity: 'warning',
    line: [
      /\bci-info: \|\s{1,20}(?<device>e[\w.-]{1,14})\s{1,20}\|\s{1,8}(?:True|False)\s{1,8}\|\s{1,40}\.\s{1,40}\|\s{1,40}\.\s{1,40}\|/,
    ],
    what: 'The card {device|} of the guest had no IPv4 address when cloud-init looked (its row has only dots).',
    why: 'The network configuration of the seed does not fit that card (MAC or name), or nobody answered its DHCP question; with False the card was not even up.',
    hint: 'Compare the MAC of that row with `macaddress:` in network-config and mac= of --net; a guest without a DHCP server needs a static address there.',
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/network-config-format-v2.html',
    confidence: 'likely',
  },
  {
    id: 'macvtap-host-apart',
    line: [
      /\b100% packet loss\b|\bDestination Host Unreachable\b/,
      /^ssh: connect to host \S{1,80} port \d{1,5}: (?:No route to host|Connection timed out)/,
    ],
    needs: ({ says }) =>
      says(
        /\bmacv(?:tap|lan)\w{0,12}@|\btype "?macv(?:tap|lan)\b|\bdocker network create .*\bmacvlan\b|<source dev=['"]\S{2,15}['"] mode=['"](?:bridge|vepa)/,
      ) && !says(/^\S{0,40}\b(?:guest|vm)\S{0,20}[#$] ?ping/i),
    what: 'No answer comes back, and the text shows a macvtap or macvlan: the host itself never reaches a guest (or container) behind one on its own card.',
    why: 'What the host sends over that card goes out to the wire and is not turned back to its macvtaps. Other machines of the LAN reach the guest, and it reaches them. If the ping was sent from another machine, the reason is another one.',
    hint: 'Give the host a macvlan of its own on the same card (`sudo ip link add link DEV name mvhost type macvlan mode bridge`, with the address of the host), or use a bridge with a TAP, or a second card for the guest (TAP with NAT).',
    reference: doc('macvtap-bridge.md'),
    confidence: 'possible',
  },
  {
    id: 'kernel-family-missing',
    line: [/^(?:ip: )?RTNETLINK answers: Address family not supported by protocol$/],
    errnos: [97],
    what: 'The kernel has no such family of addresses, or not that part of it.',
    why: 'IPv6 is off as a whole (ipv6.disable=1 on the command line, a kernel without CONFIG_IPV6), or `ip rule` was used without CONFIG_IP_MULTIPLE_TABLES.',
    hint: '`cat /proc/cmdline`, `ls /proc/sys/net/ipv6`, `zgrep -E "CONFIG_IPV6=|MULTIPLE_TABLES" /proc/config.gz /boot/config-$(uname -r)`.',
    reference: addresses,
    confidence: 'likely',
  },
  {
    id: 'conntrack-helper-note',
    severity: 'note',
    line: [/\bdefault automatic helper assignment has been turned off\b/],
    what: 'A remark of the kernel: helpers of conntrack (FTP, SIP, TFTP) are not attached by themselves any more.',
    why: 'Only those protocols with second connections need one; all others work.',
    hint: 'Where one is needed: `sudo iptables -t raw -A PREROUTING -p tcp --dport 21 -j CT --helper ftp`.',
    reference: 'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
    confidence: 'likely',
  },
]

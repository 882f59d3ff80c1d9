/** What listings show of tunnels, of cards beside each other, and of a macvtap. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#firmware-booting')
const addresses = 'https://man7.org/linux/man-pages/man8/ip-address.8.html'

export const shownTunnels: readonly Cause[] = [
  {
    id: 'tunnel-takes-all',
    severity: 'note',
    line: [/\bnot from all fwmark 0x[\da-f]{1,8} lookup (?<table>\d{1,6})\b/],
    what: 'WireGuard (wg-quick with AllowedIPs 0.0.0.0/0) takes everything that leaves this host, the packets of guests, too (table {table|51820}).',
    why: 'The default route of the table main does not count then: a masquerade for the card does not fit, and the peer knows no private network of guests.',
    hint: 'Masquerade towards the tunnel as well (`sudo iptables -t nat -A POSTROUTING -o wg0 -j MASQUERADE`), or keep the guests out of it: `sudo ip rule add from 192.168.249.0/24 lookup main priority 100`; the MTU in the guest at most that of wg0 (1420).',
    check: 'nat',
    reference: 'https://www.wireguard.com/netns/',
    confidence: 'possible',
  },
  {
    id: 'tunnel-no-handshake',
    severity: 'warning',
    line: [/^transfer: 0 B received, (?<sent>\S{1,12} \S{1,4}) sent$/],
    what: 'The WireGuard tunnel sends ({sent|packets}) and gets nothing back: there was no handshake with that peer.',
    why: 'Its endpoint is wrong or not reached (UDP port closed by a firewall or not forwarded by its router, from a guest no NAT), or the keys do not fit: WireGuard answers nothing to a key that it does not know.',
    hint: '`sudo tcpdump -ni any udp port 51820` on the peer shows whether packets arrive; compare the public keys on both sides (`sudo wg show`), open the port (`sudo ufw allow 51820/udp`), look at the clock.',
    reference: 'https://www.wireguard.com/quickstart/',
    confidence: 'likely',
  },
  {
    id: 'openvpn-no-answer',
    line: [/\bTLS key negotiation failed to occur within \d{1,4} seconds\b/],
    what: 'The OpenVPN client gets no answer from its server.',
    why: 'The packets do not arrive or do not come back: wrong address or port, UDP against TCP, a firewall or router without the forwarding, from a guest no NAT on the host; or the server drops what has no or another tls-auth/tls-crypt key.',
    hint: 'Compare remote, port, proto and the key of tls-crypt with the server, and look there at its log and with `sudo tcpdump -ni any port 1194`; open the port in its firewall.',
    reference:
      'https://openvpn.net/faq/tls-error-tls-key-negotiation-failed-to-occur-within-60-seconds-check-your-network-connectivity/',
    confidence: 'likely',
  },
  {
    id: 'cards-in-one-network',
    severity: 'warning',
    line: [
      /^(?<net>(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}) dev (?<device>e(?:th|n)\w{1,13}) (?:proto kernel )?scope link\b/,
    ],
    needs: ({ text, says }) => {
      const [, net = '', device = ''] = /^(\S+) dev (\S+)/.exec(text) ?? []
      const isMetric =
        / metric \d/.test(text) || says(new RegExp(`^\\s*${net.replaceAll('.', '\\.')} dev .* metric \\d`))
      return (
        !isMetric && says(new RegExp(`^\\s*${net.replaceAll('.', '\\.')} dev (?!${device} )(?:eth|en)\\w+ `))
      )
    },
    what: 'Two cards of this machine are in one network ({net|the same}): what it sends there leaves by the first of them only.',
    why: 'Answers to what came in by the other card leave by the first one, with ARP mixed up between them: connections over the second hang, or work now and then.',
    hint: 'Give the second card another network (VirtualBox: "host-only" 192.168.56.0/24 beside NAT), make a bond of both, or leave one without an address.',
    check: 'tap-address',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'inner-bridge-mtu-larger',
    severity: 'warning',
    line: [/\b(?<device>docker0|br-[\da-f]{12}|cni0|virbr\d|lxdbr0|incusbr0): <.{3,100}> mtu (?<mtu>1500)\b/],
    needs: ({ says }) => says(/^\s*(?:\d+: )?(?:en|eth)\S+: <.{3,100}> mtu 1[0-4]\d\d\b/),
    what: 'The bridge {device|} lets its guests or containers send packets of 1500 bytes, and the card of this machine takes fewer: large transfers hang.',
    why: 'This machine is in a cloud or tunnel network (OpenStack, Google Cloud, VXLAN) with an MTU below 1500; what is behind the bridge does not know it, and ICMP about it is often lost.',
    hint: 'Docker: `"mtu": 1450` in /etc/docker/daemon.json (compose: driver_opts com.docker.network.driver.mtu); libvirt: `<mtu size="1450"/>` in the network; LXD: bridge.mtu; or clamp: `sudo iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu`.',
    reference: addresses,
    confidence: 'likely',
  },
  {
    id: 'macvtap-mac-differs',
    severity: 'warning',
    line: [/\blink set (?:dev )?(?<device>macvtap\w{0,12}|\w{1,15}) address (?<mac>[\dA-Fa-f:]{17})/],
    needs: ({ text, says }) => {
      const mac = /address ([\dA-Fa-f:]{17})/.exec(text)?.[1] ?? ''
      return says(/\bfd=\d{1,3}\b.{0,60}\bmac=[\dA-Fa-f:]{17}/) && !says(new RegExp(`\\bmac=${mac}`, 'i'))
    },
    what: 'The macvtap {device|} has the MAC {mac|set above}, and mac= of --net is another one: the guest gets no answers.',
    why: 'A macvtap delivers what is sent to its own MAC; a guest with another one sends, and never sees the answers.',
    hint: 'Give mac= the MAC of the macvtap: `--net fd=3,mac=$(cat /sys/class/net/{device|macvtap0}/address)`.',
    reference: doc('macvtap-bridge.md'),
    confidence: 'likely',
  },
]

/** What a capture shows on several interfaces of a host: where the packets of a guest get lost. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'
import { isRepeated } from './captures.ts'

const tcpdump = 'https://www.tcpdump.org/manpages/tcpdump.1.html'

/** Of a line of `tcpdump -i any`: by which interface, in which direction, from whom to whom. */
const passing =
  /\b(\S{2,15})\s{1,4}(In|Out|P|B)\s{1,4}(?:ethertype .{1,40}: )?IP (\d[\d.]{6,20}) > (\d[\d.]{6,20}):/

const isOfGuest = /^(?:(?:vm)?tap|vnet|virbr|br|vm-)/

/** The answer leaves by another interface than the question came in. */
const leavesElsewhere = ({ text, before }: Evidence): boolean => {
  const [, out = '', toward = '', from = '', to = ''] = passing.exec(text) ?? []
  const [, came = '', direction = '', asker = '', asked = ''] = passing.exec(before ?? '') ?? []
  return toward === 'Out' && direction === 'In' && from === asked && to === asker && out !== came
}

/** The packet of a guest leaves by the uplink with the same private sender. */
const leavesPrivate = ({ text, says }: Evidence): boolean => {
  const [, out = '', toward = '', from = '', to = ''] = passing.exec(text) ?? []
  const sender = from.replaceAll('.', '\\.')
  return (
    toward === 'Out' &&
    !isOfGuest.test(out) &&
    says(new RegExp(`\\b(?:(?:vm)?tap|vnet|vm-)\\S{0,13}\\s+(?:In|P)\\s+IP ${sender} > `)) &&
    !says(new RegExp(` > ${sender}: `)) &&
    to !== ''
  )
}

/** All interfaces are watched, and the packet of the guest comes in and leaves nowhere. */
const leavesNowhere = ({ text, before, says }: Evidence): boolean => {
  const [, came = '', toward = '', from = ''] = passing.exec(text) ?? []
  const again = passing.exec(before ?? '')
  return (
    (toward === 'In' || toward === 'P') &&
    isOfGuest.test(came) &&
    again?.[3] === from &&
    !says(/\s(?:Out)\s+(?:ethertype .{1,40}: )?IP /) &&
    says(/-\w*i ?any\b/)
  )
}

export const capturesBetween: readonly Cause[] = [
  {
    id: 'capture-reply-other-way',
    severity: 'warning',
    line: [
      /\b(?<device>\S{2,15})\s{1,4}Out\s{1,4}IP (?<from>\d[\d.]{6,20}) > (?<to>\d[\d.]{6,20}): (?:ICMP echo reply|Flags \[S\.\])/,
    ],
    needs: leavesElsewhere,
    what: 'The answer to {to|the sender} leaves by {device|another interface} than the question came in: it does not get back, or is dropped on the way.',
    why: 'The route to the sender leads over another card: two cards in one network, or a default route elsewhere. Switches, firewalls and rp_filter drop answers that come from the wrong side.',
    hint: '`ip route get SENDER` must name the interface of the question: give the second card another network, or route by source (`sudo ip rule add from ADDRESS table 100; sudo ip route add default via GATEWAY dev DEV table 100`); two cards in one LAN: a bond, or one of them without an address.',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-not-masqueraded',
    severity: 'warning',
    line: [
      /\b(?<device>\S{2,15})\s{1,4}Out\s{1,4}IP (?<from>(?:10\.|192\.168\.|172\.)[\d.]{3,18}) > (?<to>\d[\d.]{6,20}): (?:ICMP echo request|Flags \[S\])/,
    ],
    needs: leavesPrivate,
    what: 'The packets of the guest leave by {device|the uplink} with its private address {from|}: they are forwarded, and not masqueraded, so no answer comes back.',
    why: 'The table nat has no MASQUERADE for that network and that interface (or the rule names another one).',
    hint: '`sudo iptables -t nat -A POSTROUTING -s NET/24 -o {device|UPLINK} -j MASQUERADE`, or `chv-doctor fix nat`; connections that were already tracked: `sudo conntrack -D -s ADDRESS`.',
    check: 'nat',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-reply-not-returned',
    severity: 'warning',
    line: [
      /\b(?<device>\S{2,15})\s{1,4}In\s{1,4}IP (?<from>\d[\d.]{6,20}) > (?<to>\d[\d.]{6,20}): (?:ICMP echo reply|Flags \[S\.\])/,
    ],
    needs: ({ text, says }) => {
      const [, came = '', , from = ''] = passing.exec(text) ?? []
      const sender = from.replaceAll('.', '\\.')
      return (
        !isOfGuest.test(came) &&
        says(new RegExp(`\\b(?:(?:vm)?tap|vnet|vm-)\\S{0,13}\\s+(?:In|P)\\s+IP \\S+ > ${sender}: `)) &&
        !says(new RegExp(`\\b(?:(?:vm)?tap|vnet|vm-)\\S{0,13}\\s+Out\\s+IP ${sender} > `))
      )
    },
    what: 'The answer of {from|the other side} comes back to the host by {device|the uplink}, and is not passed on to the TAP of the guest.',
    why: 'Forwarding out and NAT work. The way back is dropped: FORWARD accepts what the guest sends, but not the answers (no rule for RELATED,ESTABLISHED towards the TAP while the policy is DROP), or the host has no route to the guest over that TAP.',
    hint: '`sudo iptables -I FORWARD -o TAP -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT` (with Docker: in DOCKER-USER), and `ip route get GUEST` must name the TAP; `chv-doctor check forward-policy`.',
    check: 'forward-policy',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-not-forwarded',
    severity: 'warning',
    line: [
      /\b(?<device>\S{2,15})\s{1,4}(?:In|P)\s{1,4}IP (?<from>\d[\d.]{6,20}) > (?<to>\d[\d.]{6,20}): (?:ICMP echo request|Flags \[S\])/,
    ],
    needs: leavesNowhere,
    what: 'The packets of the guest come in by {device|its TAP} and leave by no interface: this host does not forward them.',
    why: 'net.ipv4.ip_forward is 0, FORWARD drops them (policy of Docker, ufw, firewalld), rp_filter refuses their sender, or the host has no route to {to|that address}. NAT comes later and has no part in it.',
    hint: '`sysctl net.ipv4.ip_forward` (1?), `sudo iptables -S FORWARD` and `sudo nft list ruleset`, `ip route get {to|ADDRESS} from {from|GUEST} iif {device|TAP}`; `chv-doctor check forward-policy`.',
    check: 'forward-policy',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-arp-behind-vswitch',
    severity: 'warning',
    line: [/\bRequest who-has (?<address>[\d.]{7,15})(?: \(\S{3,30}\))? tell (?<asker>[\d.]{7,15})/],
    needs: (evidence) =>
      evidence.says(/\b(?:ESXi|vSphere|VMware|VirtualBox|VBox|Hyper-V|Parallels)\b/i) &&
      isRepeated(/\bRequest who-has/, /\bReply\b.{0,40}\bis-at\b/)(evidence),
    what: 'Nobody answers the ARP question of {asker|the guest} for {address|the gateway}, and the host is itself a VM: its virtual switch drops frames of MACs that it did not give out.',
    why: 'VMware, VirtualBox and Hyper-V deliver to the MAC of the card of the VM only; an inner guest on a bridge has another one.',
    hint: 'ESXi: allow promiscuous mode, forged transmits and MAC changes on the port group; VirtualBox: promiscuous mode "allow all" on the adapter; Hyper-V: `Set-VMNetworkAdapter -VMName NAME -MacAddressSpoofing On`; or NAT in place of the bridge.',
    check: 'nat',
    reference: tcpdump,
    confidence: 'likely',
  },
]

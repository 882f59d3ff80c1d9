/** What a capture of tcpdump shows without a word of error. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const tcpdump = 'https://www.tcpdump.org/manpages/tcpdump.1.html'

/** Whether the line before asks the same, so that the question was repeated. */
export const isRepeated =
  (question: RegExp, answer: RegExp) =>
  ({ before, says }: Evidence): boolean =>
    question.test(before ?? '') && !says(answer)

export const captures: readonly Cause[] = [
  {
    id: 'capture-arp-unanswered',
    severity: 'warning',
    line: [
      /\bARP\b.{0,40}\bRequest who-has (?<address>[\d.]{7,15})(?: \(\S{3,30}\))? tell (?<asker>[\d.]{7,15})/,
    ],
    needs: isRepeated(/\bRequest who-has/, /\bReply\b.{0,40}\bis-at\b/),
    what: '{asker|The sender} asks again and again for the MAC of {address|the other side}, and nobody answers (ARP).',
    why: 'No machine on that link has the address: the host did not give it to the TAP or bridge, the guest has another one, or the frames do not get to it (not in the same bridge, a VLAN, a port that is down). If a capture on the other side shows the answer, it is lost on the way back.',
    hint: '`ip -br addr` on both sides, `bridge link`, and the same capture on each interface in between: `sudo tcpdump -eni DEV arp`.',
    check: 'tap-address',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-ping-unanswered',
    severity: 'warning',
    line: [/\bIP6? (?<from>\S{3,60}) > (?<to>\S{3,60}): ICMP6?,? echo request\b/],
    needs: isRepeated(/echo request/, /echo reply|unreachable/),
    what: 'The capture shows questions (ICMP echo) from {from|the sender} and no answer.',
    why: 'On the TAP: the guest sends, the host does not pass it on (ip_forward, FORWARD) or the answer is lost. On the uplink with the private address of the guest as sender: it is not masqueraded, so nobody can answer.',
    hint: 'Capture on the TAP and on the uplink at the same time (`sudo tcpdump -ni UPLINK icmp`): not seen there is forwarding, seen with 192.168… is NAT; `chv-doctor check nat` and `chv-doctor check forward-policy`.',
    check: 'nat',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-dhcp-unanswered',
    severity: 'warning',
    line: [/\bBOOTP\/DHCP, Request from (?<mac>[\da-f:]{17})/],
    needs: isRepeated(/\bBOOTP\/DHCP, Request from/, /\bBOOTP\/DHCP, Reply\b/),
    what: 'The guest {mac|} asks for an address, and no DHCP server answers on that link.',
    why: 'The TAP or its bridge has no DHCP server (Cloud Hypervisor brings none), or a firewall of the host drops UDP 67 before dnsmasq sees it: a capture sees packets before the firewall does.',
    hint: 'Run dnsmasq on that interface, allow it (`sudo ufw allow in on DEV to any port 67 proto udp`, firewalld: zone trusted or libvirt), bridge the TAP with a network that has a server, or give a static address in the seed.',
    check: 'cloud-init',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-syn-unanswered',
    severity: 'warning',
    line: [/\bIP6? (?<from>\S{3,60}) > (?<to>\S{3,60}): Flags \[S\],/],
    needs: isRepeated(/Flags \[S\],/, /Flags \[(?:S\.|R|R\.|\.|P\.|F\.)\]|unreachable/),
    what: 'The capture shows the first packet of a connection (SYN) again and again, and nothing comes back.',
    why: 'The other side does not get it, drops it (a firewall without REJECT), or its answer takes another way: no NAT for a private address, a default route in the guest that is missing or leads elsewhere, rp_filter.',
    hint: 'The same capture on the other side tells which half is lost; `ip route get` there with the address of the sender, `chv-doctor check forward-policy` on the host.',
    check: 'forward-policy',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-too-large',
    severity: 'warning',
    line: [
      /\bunreachable - need to frag \(mtu (?<mtu>\d{3,5})\)/,
      /\bICMP6, packet too big, mtu (?<mtu>\d{3,5})\b/,
    ],
    what: 'A router on the way takes packets of {mtu|fewer} bytes at most, and answers so to the sender.',
    why: 'A tunnel (VPN, VXLAN, PPPoE) has a smaller MTU than the guest. That is in order as long as the answer reaches the sender; where a firewall drops it, large transfers hang.',
    hint: 'Set the MTU of the guest and the TAP to that number (`mtu=` of --net, `ip link set DEV mtu N`), or `sudo iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu`.',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-prohibited',
    severity: 'warning',
    line: [
      /\bIP (?<router>[\d.]{7,15}) > \S{3,60}: ICMP .{0,80}unreachable - admin prohibited/,
      /\bICMP6, destination unreachable, unreachable (?:prohibited|port)/,
    ],
    what: 'The firewall of {router|the machine in front of the arrow} refuses the packets (admin prohibited).',
    why: 'A rule with REJECT, as firewalld and the networks of libvirt set for what they do not know.',
    hint: '`sudo iptables -S FORWARD`, `sudo nft list ruleset`, `sudo firewall-cmd --get-active-zones` there: put the interface of the guest into a zone that forwards (trusted, libvirt); `chv-doctor check forward-policy`.',
    check: 'forward-policy',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-checksum-note',
    severity: 'note',
    line: [/\bcksum 0x[\da-f]{4} \(incorrect (?:->|\()|\[bad (?:udp|tcp) cksum 0x[\da-f]{1,4} -> 0x/],
    what: 'tcpdump calls checksums wrong that are only not filled in yet: usual on the machine that sends them.',
    why: 'With offload the card (or virtio-net) fills them in after the capture. It is a fault only where the receiver sees them so and drops them, as old DHCP clients do.',
    hint: 'Capture on the receiving side. If they are wrong there, too: `sudo ethtool -K DEV tx off` on the sending interface.',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-dns-unanswered',
    severity: 'warning',
    line: [
      /\bIP6? (?<from>\S{3,60}) > (?<server>\S{3,60})\.(?:53|domain): \d{1,6}\+? .{0,20}\b(?:A|AAAA|PTR|HTTPS)\? (?<name>\S{1,120})/,
    ],
    needs: isRepeated(/\.(?:53|domain): \d{1,6}\+? /, /\.(?:53|domain) > |unreachable/),
    what: 'The capture shows questions to the name server {server|} and no answer from it.',
    why: 'The server does not get them or its answer is lost: no forwarding or NAT for a guest, a firewall that drops UDP 53, or an address that is no name server.',
    hint: 'Ask another one (`dig @9.9.9.9 example.org`); capture on the uplink of the host as well: seen there with a private sender is missing NAT, not seen is forwarding.',
    check: 'nat',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-neighbour-unanswered',
    severity: 'warning',
    line: [/\bneighbor solicitation, who has (?<address>[\da-f:]{3,45})/],
    needs: isRepeated(/\bneighbor solicitation, who has/, /\bneighbor advertisement\b/),
    what: 'Nobody answers the question for the MAC of {address|that IPv6 address} (neighbour discovery).',
    why: 'The address is on no machine of that link, its duplicate check failed (dadfailed), or multicast does not pass the bridge (snooping without a querier).',
    hint: '`ip -6 addr` on both sides; `echo 0 | sudo tee /sys/class/net/br0/bridge/multicast_snooping` tests the last one.',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-port-unreachable',
    severity: 'warning',
    line: [/\bICMP (?<address>\S{3,45}) (?<protocol>udp|tcp) port (?<port>\S{1,15}) unreachable\b/],
    what: 'The machine {address|} answers that its {protocol|udp} port {port|} is not open.',
    why: 'No program listens there (53: no name server on that address, 67: no DHCP server), it listens on another address, or a firewall rejects with these words.',
    hint: '`sudo ss -lunp` (tcp: `-ltnp`) on that machine.',
    reference: tcpdump,
    confidence: 'likely',
  },
  {
    id: 'capture-empty',
    severity: 'note',
    line: [/^0 packets received by filter/],
    what: 'The capture saw no packet at all that fits its filter on that interface.',
    why: 'The packets take another interface, do not leave the sender, or the filter does not fit them (a VLAN tag needs `vlan` in front).',
    hint: '`sudo tcpdump -eni any host ADDRESS` shows on which interface they are; without a filter first.',
    reference: tcpdump,
    confidence: 'likely',
  },
]

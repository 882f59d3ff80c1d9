/** What programs say of a connection that does not come about: curl, nc, ping, traceroute, wget, apt, and ports that are taken. */
import { type Cause, doc } from '../cause.ts'

const readme = doc('README.md#firmware-booting')
const ping = 'https://man7.org/linux/man-pages/man8/ping.8.html'
const ports = 'https://man7.org/linux/man-pages/man8/ss.8.html'

const isNoApi = ({ says }: { says: (expression: RegExp) => boolean }): boolean =>
  !says(/--unix-socket|http:\/\/localhost|localhost port 80\b/)

const path =
  'Go from near to far: `ip route get ADDRESS` (which interface?), `ip neigh` (does it answer ARP?), `ping GATEWAY`, then `sudo tcpdump -ni DEV host ADDRESS` on the host.'

export const connections: readonly Cause[] = [
  {
    id: 'connection-host-silent',
    line: [
      /^curl: \(7\) .{0,160}(?:No route to host|Host is unreachable)/,
      /^(?:nc|ncat|netcat|socat|telnet|mount\.nfs4?|iperf3?|rsync|psql|mysql|ftp)\b.{0,160}: No route to host/i,
      /\bNoRouteToHostException\b/,
      /\bdial tcp (?<address>[\d.]{7,15}:\d{1,5}): connect: no route to host\b/,
      /\bconnect EHOSTUNREACH (?<address>\S{3,60})/,
    ],
    needs: isNoApi,
    errnos: [113],
    what: 'The machine {address|at that address} does not answer ("no route to host").',
    why: 'Mostly nobody on the link answers ARP for it: the guest is down or still boots, has another address, or its TAP is not in the bridge. A firewall that rejects with "host prohibited" (firewalld, iptables of the RHEL family) gives the same words: then ping answers.',
    hint: `${path} If ping answers, open the port on the target (\`sudo firewall-cmd --add-port=PORT/tcp\`).`,
    check: 'tap-address',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'connection-port-closed',
    line: [
      /^curl: \(7\) .{0,160}Connection refused/,
      /^(?:nc|ncat|netcat|telnet|iperf3?|mount\.nfs4?|rsync|ftp)\b.{0,160}: Connection refused/i,
      /\bchannel \d{1,4}: open failed: connect failed: Connection refused/,
    ],
    needs: isNoApi,
    errnos: [111],
    what: 'The machine answers, and nothing accepts the connection on that port (refused).',
    why: 'The service does not run yet (a guest still boots) or has ended, listens on another port, or only on 127.0.0.1 of its machine; a forwarded port leads to nobody. A firewall with REJECT (tcp-reset) looks the same.',
    hint: '`sudo ss -ltnp` on the target: 127.0.0.1:PORT must become 0.0.0.0:PORT or its address (setting "bind" or "listen" of the service).',
    reference: ports,
    confidence: 'likely',
  },
  {
    id: 'connection-lost-on-way',
    line: [
      /^curl: \(28\) Failed to connect to (?<address>\S{1,120}) port \d{1,5}/,
      /^curl: \(7\) Failed to connect to (?<address>\S{1,120}) port \d{1,5}.{0,40}: (?:Connection|Operation) timed out/,
      /^Connecting to \S{1,120} (?:\(\S{1,120}\))?\|(?<address>[\d.]{7,15})\|:\d{1,5}\.{3} failed: Connection timed out/,
      /^curl: \(28\) (?:Connection timed out|Connection timeout|Operation timed out after \d{1,9} milliseconds with 0 (?:out of 0 )?bytes)/,
      /^(?:nc|ncat|netcat|telnet|mount\.nfs4?|rsync|ftp|iperf3?)\b.{0,160}: (?:Connection|Operation) timed out/i,
      /^Ncat: TIMEOUT\.$/,
      /\bdial tcp (?<address>[\d.]{7,15}:\d{1,5}): (?:connect: connection timed out|i\/o timeout)/,
      /\bconnect ETIMEDOUT (?<address>\S{3,60})/,
      /\bnet\/http: request canceled while waiting for connection\b/,
    ],
    needs: isNoApi,
    errnos: [110],
    what: 'Nothing came back from {address|that address}: packets are lost on the way there or back (timed out).',
    why: 'From a guest: no forwarding or NAT on the host, or a policy that drops (Docker, ufw). Else a firewall that drops silently, a wrong address or route, or a proxy that must be used. "Refused" would come from the machine itself.',
    hint: `${path} \`chv-doctor check nat\` and \`chv-doctor check forward-policy\` look at the host.`,
    check: 'nat',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'connection-not-made',
    line: [
      /^curl: \(7\) Failed to connect to (?<address>\S{1,120}) port (?<port>\d{1,5}) after (?<time>\d{1,7} ms): (?:Couldn't|Could not) connect to server/,
    ],
    needs: isNoApi,
    what: 'curl got no connection to {address|that machine}, port {port|} (after {time|some time}), and does not say why.',
    why: 'The time tells: a few milliseconds mean that the port is closed (refused) or no route leads there; about three seconds that nobody answers ARP; more than a minute that a firewall drops the packets or NAT is missing.',
    hint: '`curl -v` shows the addresses that were tried; `nc -vz ADDRESS PORT` names the reason; then `ip route get ADDRESS` and `sudo ss -ltnp` on the target.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'ping-forbidden',
    line: [
      /^ping6?: (?:socket|permission denied).{0,40}(?:Operation not permitted|Permission denied|are you root\?)/,
      /\bmissing cap_net_raw\+p capability or setuid\b/,
      /^ping: icmp open socket: Operation not permitted/,
    ],
    errnos: [1, 13],
    what: 'ping may not open its socket: nothing was sent, and the network has no part in this.',
    why: 'The program lost its capability (copied files, an unpacked image, a container without NET_RAW), and net.ipv4.ping_group_range does not hold the user.',
    hint: '`sudo ping …`; lasting: `sudo setcap cap_net_raw+ep $(command -v ping)` or `sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"`; a container: `--cap-add NET_RAW`.',
    reference: ping,
    confidence: 'likely',
  },
  {
    id: 'send-refused-locally',
    line: [
      /\b(?:ping6?: (?:sendmsg|sendto)|sendto in send_ip_packet_sd|sendmsg|sendto): Operation not permitted/,
    ],
    errnos: [1],
    what: 'The own machine drops the packet before it leaves (EPERM): a rule of its firewall for OUTPUT.',
    why: 'A policy of DROP in OUTPUT (hardening, a VPN with a kill switch, nftables), a full table of connections (conntrack), or a BPF filter of the cgroup.',
    hint: '`sudo iptables -S OUTPUT`, `sudo nft list ruleset`, `sudo dmesg | grep conntrack`.',
    reference: ping,
    confidence: 'likely',
  },
  {
    id: 'ping-broadcast',
    line: [/\bDo you want to ping broadcast\? Then -b/],
    what: 'That address is the broadcast address of its network, so no single machine has it.',
    why: 'The last address of a network (.255 of a /24, .3 of a /30) stands for all; it also comes where the prefix is smaller than meant. Such an address cannot be given to a guest.',
    hint: 'Take another address, and compare the prefix in `ip -br addr` on both sides.',
    check: 'tap-address',
    reference: ping,
    confidence: 'likely',
  },
  {
    id: 'tunnel-peer-none',
    line: [
      /\b(?:sendmsg|sendto|connect|ping6?): (?:Required key not available|Destination address required)/,
    ],
    errnos: [89, 126],
    what: 'The packet goes into a WireGuard tunnel that cannot take it.',
    why: 'Required key: no peer has that address in its AllowedIPs. Destination address required: the peer has no Endpoint yet, because none is set and it has not called.',
    hint: '`sudo wg show` lists "allowed ips" and "endpoint"; add the network to AllowedIPs on this side (and a route), or set Endpoint = ADDRESS:PORT; a peer behind NAT sets PersistentKeepalive = 25.',
    reference: 'https://www.wireguard.com/#cryptokey-routing',
    confidence: 'likely',
  },
  {
    id: 'route-loop',
    line: [/\bicmp_seq=\d{1,6} Time to live exceeded\b|\bTime exceeded: Hop limit\b/],
    what: 'The packet went in a circle until its time to live ran out.',
    why: 'Two routers (or host and guest) each send it to the other: a default route back for a network that exists nowhere, or a wrong static route. The address in front is where it ended.',
    hint: '`traceroute -n ADDRESS` shows the two that alternate; `ip route get ADDRESS` on each.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'router-without-route',
    line: [
      /^From (?<router>\S{2,45}) icmp_seq=\d{1,6} Destination (?:Net(?:work)? Unreachable|unreachable: No route)/i,
      /\bICMP6?,? .{0,60}\b(?:net \S{3,45} unreachable|unreachable,? no route)/,
    ],
    what: 'The router {router|on the way} answers that it knows no way to that address.',
    why: 'The packet left the sender. The host or router that answers has no (default) route for it itself, or blocks the network by a rule.',
    hint: '`ip route get ADDRESS` on the machine that answered.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'neighbour-silent-ipv6',
    line: [
      /\bDestination unreachable: (?<words>Address unreachable)\b/,
      /\bDestination unreachable: (?<words>Administratively prohibited)\b/,
    ],
    what: 'The IPv6 packet was not delivered: {words|see the message}.',
    why: 'Address unreachable: on the last link nobody answers for the address (ND, the ARP of IPv6): the guest is down or has another one. Prohibited: a firewall with REJECT refuses it. The address in front is the machine that answers.',
    hint: '`ip -6 neigh` and `ip -6 addr` there; for prohibited `sudo ip6tables -S FORWARD`, `sudo nft list ruleset`.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'traceroute-refused',
    line: [
      /^\d{1,2}\s{1,3}(?<router>[\w.:-]{2,80})\s{1,3}\(\S{2,45}\)\s.{0,80}\b ms\s{1,3}!(?<code>[HNPXC]|\d{1,2})\b/,
    ],
    what: 'The way ends at {router|that router}, which answers with !{code|H}.',
    why: '!H: nobody answers ARP for the address there (down, other address). !N: no route. !X: a firewall prohibits it. !P: the protocol is not served.',
    hint: 'Look at that machine: `ip neigh` and `ip route get ADDRESS` for !H and !N, its firewall for !X (`chv-doctor check forward-policy` where it is this host).',
    check: 'forward-policy',
    reference: 'https://man7.org/linux/man-pages/man8/traceroute.8.html',
    confidence: 'likely',
  },
  {
    id: 'traceroute-nothing-behind-gateway',
    severity: 'warning',
    line: [/^2\s{1,3}\* \* \*$/],
    needs: ({ before, says }) =>
      /^\s{0,2}1\s{1,3}[\w_.(:-]/.test(before ?? '') &&
      !says(/^\s{0,2}(?:[3-9]|[12]\d)\s{1,3}[\w_].{0,60}\(/),
    what: 'The first router answers, and nothing behind it does.',
    why: 'From a guest the first one is the host: it does not forward, does not masquerade, or a firewall drops it. Some networks answer no traceroute at all: then connections work all the same.',
    hint: '`sysctl net.ipv4.ip_forward` on the host; `chv-doctor check nat` and `chv-doctor check forward-policy`; `traceroute -T -p 443 ADDRESS` uses TCP.',
    check: 'nat',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'ping-partly-lost',
    severity: 'warning',
    line: [
      /\b(?<sent>\d{2,7}) packets transmitted, [1-9]\d{0,6} (?:packets )?received, .{0,30}(?<loss>(?:[5-9]|[1-9]\d)(?:\.\d{1,6})?)% packet loss/,
    ],
    what: 'The way works, and {loss|some} percent of the packets are lost.',
    why: 'Usual there: two machines with one address or MAC (answers go to either), a loop or a flapping port of the bridge, a guest or host without free CPU time, a full conntrack table, or a bad link (Wi-Fi). The first packets may also wait for ARP.',
    hint: '`sudo arping -I DEV ADDRESS` (one MAC or two?), `ip -s link show TAP` (dropped, overruns), `bridge fdb show`, `sudo dmesg | tail`, the load of host and guest.',
    check: 'tap-address',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'ping-answered-twice',
    severity: 'warning',
    line: [/\bicmp_seq=\d{1,6} .{0,60}\(DUP!\)/],
    what: 'Every ping is answered more than once (DUP!).',
    why: 'Two machines have that address or MAC (cloned guests), the link has a loop or is doubled (a bond without its setting on the switch, two ports of the bridge on one network), or it is a broadcast address.',
    hint: '`sudo arping -I DEV ADDRESS` shows one MAC or two; `bridge link`, and give each VM its own mac= and address.',
    reference: ping,
    confidence: 'likely',
  },
]

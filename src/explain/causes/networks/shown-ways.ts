/** What listings of rules, counters and answers show of the way between guest and world, where they decide it. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#firmware-booting')
const iptables = 'https://man7.org/linux/man-pages/man8/iptables.8.html'
const extensions = 'https://man7.org/linux/man-pages/man8/iptables-extensions.8.html'

const privateAddress = '(?:10\\.|192\\.168\\.|172\\.(?:1[6-9]|2\\d|3[01])\\.)[\\d.]{3,11}'
const answeredNear = new RegExp(`\\bbytes from (?:\\S{1,80} \\()?${privateAddress}\\b.{0,20}(?:icmp_)?seq`)
const answeredFar =
  /\bbytes from (?:\S{1,80} \()?(?!10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)\d{1,3}(?:\.\d{1,3}){3}\b.{0,20}(?:icmp_)?seq/
const askedFar =
  /\bping6? (?:-\w+ (?:\d+ )?){0,3}(?!10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)\d{1,3}(?:\.\d{1,3}){3}\b|^PING \S+ \((?!10\.|127\.|192\.168\.|172\.)\d/

/** The uplink that a rule names, and the default route of another. */
const isOtherUplink = ({ text, says }: Evidence): boolean => {
  const uplink =
    /MASQUERADE\s+(?:all|0)\s+(?:--| {2})\s+\*\s+(\S{2,15})\s/.exec(text)?.[1] ??
    /^-A POSTROUTING .*-o (\S{2,15}) .*-j MASQUERADE/.exec(text)?.[1] ??
    /\boifname "([^"]{2,15})" .*masquerade/.exec(text)?.[1] ??
    /\bexternalInterface = "([^"]{2,15})"/.exec(text)?.[1] ??
    ''
  const name = uplink.replaceAll('.', '\\.')
  return (
    uplink !== '' &&
    uplink !== '*' &&
    says(new RegExp(`^\\s*default via \\S+ dev (?!${name}\\b)\\S`)) &&
    !says(new RegExp(`^\\s*default .*dev ${name}\\b`)) &&
    !says(new RegExp(`MASQUERADE.*(?!${name}\\b)(?:wl|en|eth)\\S+ .*MASQUERADE`))
  )
}

export const shownWays: readonly Cause[] = [
  {
    id: 'nat-rule-other-uplink',
    severity: 'warning',
    line: [
      /\bMASQUERADE\s{1,8}(?:all|0)\s{1,8}--\s{1,8}\*\s{1,8}(?<uplink>\S{2,15})\s/,
      /^-A POSTROUTING .{0,80}-o (?<uplink>\S{2,15}) .{0,80}-j MASQUERADE\b/,
      /\boifname "(?<uplink>[^"]{2,15})" .{0,60}\bmasquerade\b/,
      /\bexternalInterface = "(?<uplink>[^"]{2,15})";/,
    ],
    needs: isOtherUplink,
    what: 'The masquerade is for packets that leave by {uplink|one interface}, and the default route of this host leads over another: packets of the guest leave with their private address.',
    why: 'The rule was copied with the name of another machine (eth0), or the uplink changed (Wi-Fi, a bridge that took over the card).',
    hint: '`ip route get 9.9.9.9` names the uplink: set the rule for it (`sudo iptables -t nat -A POSTROUTING -s NET -o UPLINK -j MASQUERADE`) and delete the old one (`-D`), or write `! -o TAP` in place of a name; the rules of FORWARD must name the same.',
    check: 'nat',
    reference: extensions,
    confidence: 'likely',
  },
  {
    id: 'nat-chain-empty',
    severity: 'warning',
    line: [/^Chain POSTROUTING \(policy ACCEPT\b/, /^-P POSTROUTING ACCEPT$/],
    needs: ({ says }) =>
      !says(
        /MASQUERADE|SNAT|masquerade|\bsnat\b|LIBVIRT_PRT|POSTROUTING-|-POSTROUTING|POSTROUTING_|_POST|-t mangle|-t raw|\bmangle\b/,
      ) && !says(/\bDNAT\b/),
    what: 'The table nat, as far as it is shown, masquerades nothing: a guest with a private address gets no answers from outside over it.',
    why: 'Forwarding alone passes the packets on with the private address of the guest as their sender, to which nobody outside can answer. Rules are also lost at a restart, or were written into the other variant (legacy, nft).',
    hint: '`sudo iptables -t nat -A POSTROUTING -s 192.168.249.0/24 ! -o TAP -j MASQUERADE` with the network of the guests, or `chv-doctor fix nat`; lasting in /etc/network/interfaces as post-up, or with iptables-persistent. See `sudo nft list ruleset` and `sudo iptables-legacy-save`, too. With a bridge that holds the uplink no NAT is needed.',
    check: 'nat',
    reference: iptables,
    confidence: 'possible',
  },
  {
    id: 'port-forward-from-host',
    severity: 'warning',
    line: [
      /^-A PREROUTING .{0,160}-j DNAT --to-destination (?<target>[\d.]{7,15}(?::\d{1,5})?)/,
      /\bDNAT .{0,160}\bto:(?<target>[\d.]{7,15}(?::\d{1,5})?)/,
    ],
    needs: ({ says }) =>
      says(
        /\b(?:localhost|127\.0\.0\.1)\b.{0,40}(?:refused|Connection|timed out)|\bssh .{0,40}@(?:localhost|127\.0\.0\.1)\b/,
      ) && !says(/-A OUTPUT .{0,160}DNAT/),
    what: 'The port is forwarded to {target|the guest} in PREROUTING, which packets from the host itself (localhost) do not pass.',
    why: 'PREROUTING sees what comes in by an interface; what the host sends goes through OUTPUT. So the rule can be right, and a try from the host to localhost is still refused.',
    hint: 'Try it from another machine to the address of the host, or go to {target|the guest} directly from the host. For the host itself: the same rule in OUTPUT with its own address (`sudo iptables -t nat -A OUTPUT -p tcp -d HOST --dport PORT -j DNAT --to GUEST:22`), not for 127.0.0.1.',
    check: 'nat',
    reference: extensions,
    confidence: 'likely',
  },
  {
    id: 'reverse-path-dropped',
    severity: 'warning',
    line: [
      /IPReversePathFilter\s{1,30}(?<count>[1-9]\d{0,12})\b/,
      /^(?<count>[1-9]\d{0,12}) (?:packets )?.{0,30}reverse path filter/i,
    ],
    what: 'The kernel dropped {count|some} packets because of the reverse path filter (rp_filter).',
    why: 'They came in by an interface over which this machine would not send the answer: two cards in one network, a VPN or policy routing, a guest that is reached over another way than it sends.',
    hint: '`sudo sysctl -w net.ipv4.conf.all.rp_filter=2 net.ipv4.conf.DEV.rp_filter=2` (loose; the larger of all and DEV counts), or mend the routes: `ip route get ADDRESS` must name the interface by which the packets come.',
    reference: 'https://docs.kernel.org/networking/ip-sysctl.html',
    confidence: 'likely',
  },
  {
    id: 'ufw-routed-denied',
    severity: 'warning',
    line: [
      /^(?:Default|Voreinstellung|Standard): .{0,80}\b(?:deny|reject) \((?:routed|gesendet|weitergeleitet)\)/,
    ],
    what: 'ufw denies what is forwarded (deny (routed)): guests behind a TAP or bridge with NAT reach the host only.',
    why: 'DEFAULT_FORWARD_POLICY is DROP. Incoming is denied as well, so DHCP and DNS of the guest to the host need a rule each.',
    hint: '`sudo ufw route allow in on TAP` (and `out on UPLINK`), `sudo ufw allow in on TAP to any port 67 proto udp`, `sudo ufw allow in on TAP to any port 53`; the masquerade goes into /etc/ufw/before.rules; then `sudo ufw reload`.',
    check: 'forward-policy',
    reference: 'https://manpages.ubuntu.com/manpages/noble/en/man8/ufw-framework.8.html',
    confidence: 'possible',
  },
  {
    id: 'firewalld-guest-in-public',
    severity: 'warning',
    line: [
      /^interfaces: (?:\S{1,15} ){0,8}(?<device>(?:vm)?tap[\w.-]{0,12}|br[\w-]{0,12}|vnet\d|vm-\w{1,12})\b/,
    ],
    needs: ({ before }) =>
      /^(?:public|external|work|home|dmz|block|drop|Fedora\w{3,12})\b/.test(before ?? ''),
    what: 'firewalld has the interface {device|of the guests} in a zone for strangers: it lets in ssh and little else, so DHCP, DNS and forwarding of the guests are refused.',
    why: 'Interfaces without a zone of their own come into the default zone (public, FedoraWorkstation); the networks of libvirt are put into the zone libvirt.',
    hint: '`sudo firewall-cmd --permanent --zone=trusted --change-interface={device|TAP}` (or zone libvirt), on the uplink `--zone=public --add-masquerade`, then `sudo firewall-cmd --reload`. The uplink itself stays where it is.',
    check: 'forward-policy',
    reference: 'https://firewalld.org/documentation/',
    confidence: 'possible',
  },
  {
    id: 'user-network-no-ping',
    severity: 'warning',
    line: [/\b\d{1,7} packets transmitted, 0 (?:packets )?received\b/],
    needs: ({ says }) =>
      says(/-netdev user|-net user|\bpasst\b|\bpasta\b|\bslirp|type=['"]user['"]|\bhostfwd=/) &&
      !says(/Destination Host Unreachable/),
    what: 'The guest is behind a user-mode network (slirp, passt): there a ping without an answer does not prove that the network is broken.',
    why: 'That program has no right to send ICMP for the guest unless net.ipv4.ping_group_range of the host holds its group; TCP and UDP work all the same. From outside the guest is reached by forwarded ports only.',
    hint: 'Try TCP and DNS in the guest: `curl -4 -I http://deb.debian.org`, `getent hosts example.org`. For ping on the host: `sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"`.',
    reference: 'https://wiki.qemu.org/Documentation/Networking',
    confidence: 'likely',
  },
  {
    id: 'gateway-reached-only',
    line: [/\b\d{1,7} packets transmitted, 0 (?:packets )?received\b/],
    needs: ({ says }) =>
      says(answeredNear) &&
      says(askedFar) &&
      !says(answeredFar) &&
      !says(/Destination Host Unreachable|macvtap/),
    what: 'The near machine (the host or gateway) answers, and what lies behind it does not: it does not pass the packets on.',
    why: 'The link, the address and ARP of the guest are in order. On the host net.ipv4.ip_forward is 0, the masquerade is missing or names another uplink, or FORWARD drops (Docker, ufw, firewalld); or the guest has no default route over that gateway.',
    hint: '`ip route` in the guest (default via the host?); on the host `sysctl net.ipv4.ip_forward`, `sudo iptables -t nat -S POSTROUTING`, `sudo iptables -S FORWARD`; `chv-doctor check nat` and `chv-doctor check forward-policy`.',
    check: 'nat',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'names-only-missing',
    line: [
      /^(?!ssh: |sudo: ).{0,300}(?:Temporary failure in name resolution|Could not resolve host|bad address ['‘]|Temporary failure resolving|Name or service not known|temporary error \(try again later\)|DNS: transient error)/,
    ],
    needs: ({ says }) => says(answeredFar),
    what: 'Addresses outside are reached, and names are not resolved: only the name server is missing or wrong.',
    why: 'Routes, forwarding and NAT work, as the answered ping shows. /etc/resolv.conf names nobody, a server that does not answer, or 127.0.0.53 without one behind it (`resolvectl status`).',
    hint: 'At once: `sudo resolvectl dns DEV 9.9.9.9`, or without systemd-resolved `echo nameserver 9.9.9.9 | sudo tee /etc/resolv.conf`; lasting: `addresses: [9.9.9.9]` below nameservers: in network-config or netplan, DNS= in the .network file. If that one does not answer either, a firewall drops port 53.',
    check: 'cloud-init',
    reference: 'https://man7.org/linux/man-pages/man5/resolv.conf.5.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-nat-rejects-incoming',
    severity: 'warning',
    line: [
      /^(?<count>[1-9]\d{0,6}[KMG]?) {1,8}\S{1,8} REJECT\s.{0,40}\s(?<device>virbr\d{1,3})\s.{0,80}reject-with icmp-port-unreachable/,
    ],
    what: 'The network {device|of libvirt} refuses what others send to its guests ({count|some} packets met that rule): only answers come in.',
    why: 'A network of libvirt with forward mode "nat" lets guests out and nobody in; forwarded ports (DNAT) and routes from other networks meet this REJECT, too.',
    hint: 'A bridge with the LAN (`<interface type="bridge">`), or forward mode "route" or "open"; for a forwarded port a rule before it: `sudo iptables -I LIBVIRT_FWI -o {device|virbr0} -p tcp -d GUEST --dport PORT -j ACCEPT` (from a hook in /etc/libvirt/hooks, as libvirt sets its rules anew).',
    check: 'forward-policy',
    reference: 'https://wiki.libvirt.org/Networking.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-firewall-drop',
    severity: 'warning',
    line: [
      /\b(?<chain>(?:tap|veth)\d{1,9}i\d{1,2}-(?:IN|OUT)|PVEFW-\S{2,20})\s.{0,60}\bpolicy (?<policy>DROP|REJECT): /,
    ],
    what: 'The firewall of Proxmox VE dropped a packet of a guest (chain {chain|}, policy {policy|DROP}).',
    why: 'The card of that VM has firewall=1, and no rule of the VM, its security groups or the datacenter accepts the packet; the default for IN is DROP.',
    hint: 'Add a rule under VM > Firewall (or in /etc/pve/firewall/VMID.fw: `IN ACCEPT -p tcp -dport 22`), or switch it off for that card; `pve-firewall compile` shows the rules.',
    reference: 'https://pve.proxmox.com/wiki/Firewall',
    confidence: 'likely',
  },
  {
    id: 'ssh-hangs-at-keys',
    line: [/^debug1: SSH2_MSG_KEXINIT sent$/],
    needs: ({ says }) =>
      !says(/SSH2_MSG_KEXINIT received|expecting SSH2_MSG_KEX/) &&
      says(/\bmtu (?:1[0-4]\d\d)\b|\bhang|\bstuck\b|timed out|Connection (?:closed|reset)/),
    what: 'ssh reached the server, sent its first large packet (KEXINIT) and got no answer to it: the sign of an MTU that is too large on the way.',
    why: 'Small packets pass. A tunnel (WireGuard, VPN, VXLAN, PPPoE) carries fewer than 1500 bytes, and the message about it (ICMP "frag needed") is lost; or the server is overloaded.',
    hint: '`ping -M do -s 1372 ADDRESS` and larger finds the limit; `sudo ip link set dev eth0 mtu 1400` in the guest (mtu= of --net), or on the router `sudo iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu`.',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'ssh-to-user-network',
    line: [
      /^ssh: connect to host (?<address>10\.0\.2\.(?:[2-9]|[1-9]\d{1,2})) port \d{1,5}: (?:Connection timed out|No route to host|Operation timed out)/,
    ],
    what: 'The address {address|10.0.2.15} is the one that a guest has behind user-mode NAT (QEMU "user", VirtualBox "NAT"): the host does not reach it.',
    why: 'Every such guest sees itself as 10.0.2.15 in a network of its own inside the VMM; only forwarded ports lead in.',
    hint: 'Forward a port (QEMU `-nic user,hostfwd=tcp::2222-:22`, VirtualBox port forwarding) and `ssh -p 2222 user@127.0.0.1`; or a second card (host-only), a bridge or TAP. If 10.0.2.0/24 is a real network of yours, the reason is another one.',
    reference: 'https://wiki.qemu.org/Documentation/Networking',
    confidence: 'likely',
  },
  {
    id: 'pod-names-unanswered',
    line: [/\bno servers could be reached\b|\bcommunications error to \S{1,60}: timed out/],
    needs: ({ says }) => says(/\bkubectl\b|\bkubernetes\.default\b|\.svc\.cluster\.local\b|\bcrictl\b/),
    what: 'A pod gets no answer from the name server of the cluster (CoreDNS).',
    why: 'CoreDNS does not run, or the packets from the pod to its service address are lost: kube-proxy or the CNI plug-in of that node, a NetworkPolicy, FORWARD policy DROP, or br_netfilter that is not loaded. In a Kata pod the guest kernel may also lack what the CNI sets.',
    hint: '`kubectl -n kube-system get pods,endpoints -l k8s-app=kube-dns -o wide`; from the pod `nslookup kubernetes.default POD-IP-OF-COREDNS` goes past the service; `sudo modprobe br_netfilter`, `sudo iptables -S FORWARD`; compare with a runc pod on the same node.',
    reference: 'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
    confidence: 'likely',
  },
]

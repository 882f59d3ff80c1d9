/** Words of networks: of the host, the guest, and what is between them. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const networkTerms: Terms = [
  [
    /\bhas different MAC address than expected\b|\bHWADDR\b/,
    'The configuration of that interface in the image holds a MAC (HWADDR in ifcfg-…, or a rule of udev) that is not the one of this VM: take it out of the image, or give the VM that MAC (mac= of --net).',
  ],
  [
    /\bsudo: unable to resolve host\b/,
    'sudo does not find the own host name of this machine: a harmless warning, the command runs all the same; /etc/hosts lacks a line `127.0.1.1 NAME` with the name of /etc/hostname.',
  ],
  [
    /\bwith own address as source address\b/,
    'A frame came back to the bridge that it sent itself, or two machines have the same MAC: a loop between ports, a bond without its setting on the switch, or cloned guests with one `mac=`.',
  ],
  [
    /\bLost carrier$/,
    'The link of an interface went away: a TAP has its carrier only while a VM (or another program) holds it open, a bridge only while a port has one. Usual when a VM ends; no reason by itself.',
  ],
  [
    /\blink is down\b/i,
    'A card or virtual function has no link: the cable, the port of the switch, the state of the physical function (`ip link set PF up`) and of the virtual one (`ip link set PF vf N state`) decide that.',
  ],
  [
    /\btun: unexpected GSO type\b/,
    'The host sends a packet to a TAP in a form (offload) that the virtio header cannot express, and drops it: known from some drivers and tunnels of the host; `ethtool -K DEV gro off lro off` on the uplink, or a newer kernel.',
  ],
  [
    /\bcan ?not be enslaved while up\b/,
    'An interface joins a bond or team only while it is down: `ip link set DEV down`, add it, then set it up again.',
  ],
  [
    /\bwg-quick: `\S{1,80}' (?:already exists|does not exist|is not a WireGuard interface)/,
    'WireGuard makes an interface from /etc/wireguard/NAME.conf (wg-quick up NAME); one that is there already is taken down by `wg-quick down NAME`, and a handshake fails where the UDP port of the other side is not reached or the keys differ (`sudo wg show`).',
  ],
  [
    /\bHandshake for peer \d{1,9} \(\S{1,60}\) did not complete\b/,
    'The other side of the tunnel does not answer: its UDP port is blocked or not forwarded, its address (Endpoint) is another one, it does not run, or the keys do not belong together. `sudo wg show` on both sides.',
  ],
  [
    /\bKey is not the correct length or format\b/,
    'A key of WireGuard is 32 bytes in base64 (44 characters that end with "="): made by `wg genkey`, the public one by `wg pubkey`.',
  ],
  [
    /\bmtu (?:greater|less) than device (?:maximum|minimum)\b/,
    'The driver of that interface does not take this MTU: `ip -d link show DEV` shows minmtu and maxmtu; a VLAN or macvtap takes no more than the interface below it.',
  ],
  [
    /\bRTNETLINK answers: Numerical result out of range\b/,
    'The kernel takes no such number or name: an interface name of more than 15 characters, or a value (VLAN, MTU, queue length) outside of its bounds.',
  ],
  [
    /\bRTNETLINK answers: (?:No such process|Cannot assign requested address)\b/,
    'Mostly what should be removed is not there: no such route (ESRCH, "no such process"; no process is meant) or no such address on that interface. Harmless in a script that cleans up.',
  ],
  [
    /\bis a garbage\b/,
    '`ip` did not understand that word where it stands: an option is missing or misspelt in front of it (address and `dev NAME`, `via ADDRESS`).',
  ],
  [
    /\bObject "\w{1,60}" is unknown, try "ip help"/,
    'This `ip` does not have that command: the one of BusyBox is smaller than iproute2 (package iproute2); `tuntap` is also missing in very old ones.',
  ],
  [
    /\bip: can't find device '/,
    "BusyBox's `ip` finds no interface of that name: it was not made, has another name (`ip link`), or its driver is not loaded.",
  ],
  [
    /\bNexthop device is not up\b/,
    'The kernel takes a route only over an interface that is up: `ip link set NAME up` first.',
  ],
  [
    /\bExclusivity flag on, cannot modify\b|\bSpecified qdisc kind is unknown\b/,
    'tc sets queues (qdisc) on an interface: one that is there already is changed by `tc qdisc replace`, and a kind needs its module (sch_htb, sch_fq, sch_ingress). `tc qdisc show dev DEV`.',
  ],
  [
    /\bcurl: \(18\)|\btransfer closed with \d{1,12} bytes remaining\b/,
    'The download was cut off before its end (18): the file is incomplete; go on with `curl -C - -O URL`, and compare the checksum.',
  ],
  [
    /\bcurl: \(23\)/,
    'curl could not write what it received (23): the disk is full, the directory is not writable, or the program behind the pipe ended early (`| head`, tar that failed).',
  ],
  [
    /\bwl(?:p\d\w*|an\d)\b|\bwi-?fi\b|\bwireless\b/i,
    'A wireless interface takes part in no bridge or macvtap: access points accept one MAC for each station. Guests behind it need routing with masquerade.',
  ],
  [
    /\bCannot call Open vSwitch\b|\bovsdb-server\.service\b/,
    'netplan looks for Open vSwitch although no interface uses it: without it this is a remark that can be ignored.',
  ],
  [
    /\bMultiQueueNo\w+|\bmulti[-_ ]?queue\b|\bIFF_MULTI_QUEUE\b/i,
    'A TAP with several queues (multi_queue) and a device with one do not go together, nor the other way round: num_queues= of --net is twice the number of pairs, one pair for each vCPU at most; make the TAP with `multi_queue` only for more than one pair.',
  ],
  [
    /\bvnet_hdr\b(?! o(?:n|ff)\b)|\bTUNSETVNETHDRSZ\b|\bTUNSETOFFLOAD\b|\bTUNSETIFF\b/,
    'TUNSET… are the calls by which a TAP is opened and set up: one that exists must be of the kind that is asked for (tap, and multi_queue only for several queues); vnet_hdr is switched on when it is opened.',
  ],
  [
    /\bsystemd-networkd-wait-online\b|\bwait-online\b/,
    'wait-online holds up the boot until the network is up: an interface that is configured and gets no carrier or address (DHCP without an answer, a name that does not exist) costs two minutes, and the boot goes on.',
  ],
  [
    /\bnetplan\b|\bnetworkd\b|\bNetworkManager\b|\bnmcli\b|\bunmanaged\b/,
    'netplan, systemd-networkd and NetworkManager configure an interface by its name or MAC: where neither fits the one of the VM, it stays down; on a host each of them may take over a TAP or bridge that another made.',
  ],
  [
    /\bTemporary failure (?:in name resolution|resolving)\b|\bNXDOMAIN\b|\bSERVFAIL\b|\bCould not resolve (?:host|proxy|')|\bno such host\b|\bresolv\.conf\b|\bsystemd-resolved\b/,
    'Names are resolved by the server in /etc/resolv.conf: it must be reached from there (127.0.0.53 of the host is no server for a guest), and know the name.',
  ],
  [
    /\bDHCP(?:DISCOVER|OFFER|REQUEST|NAK|ACK)\b|\bNo DHCP\w+|\bno lease\b|\budhcpc\b|\bdhclient\b|\bdnsmasq\b/i,
    'DHCP needs a server on the same bridge as the TAP (dnsmasq, libvirt, systemd-networkd): it must listen on that interface, its port 67 must not be blocked, and its range have a free address.',
  ],
  [
    /\bNetwork is unreachable\b|\bNo route to host\b|\bENETUNREACH\b|\bEHOSTUNREACH\b/i,
    'No route leads there: the machine has no address or default route on that network, or the next hop does not answer (ARP).',
  ],
  [
    /\bnf_conntrack\b|\bconntrack\b/,
    'conntrack remembers connections for masquerading: with a full table (net.netfilter.nf_conntrack_max) packets are dropped, and its entries of an earlier VM with the same address live on for a while.',
  ],
  [
    /\bmartian\b|\brp_filter\b/,
    'rp_filter drops packets that come in by another interface than the way back would go (logged as martian).',
  ],
  [
    /\bbr_netfilter\b|\bbridge-nf-call\b|\bDOCKER-USER\b|\bFORWARD\b.{0,40}\b(?:DROP|policy)/i,
    'With br_netfilter, packets that stay on a bridge pass the rules of the firewall, and Docker sets the policy of FORWARD to DROP: the TAP or bridge needs rules of its own (DOCKER-USER).',
  ],
  [
    /\bMASQUERADE\b|\bmasquerade\b|\bSNAT\b|\bip_forward\b/,
    'A guest with a private address reaches others only where the host forwards (net.ipv4.ip_forward=1) and masquerades what leaves.',
  ],
  [
    /\bMTU\b(?!\s\d{3,5}(?:\s|$)|"?:\s?null)|\bfragmentation needed\b|\bMessage too long\b|\bEMSGSIZE\b/i,
    'Packets larger than the smallest MTU on the way are lost where nobody may fragment them: small requests work and large ones hang. mtu= of --net, the TAP and the bridge must fit the way out (VPN, overlay: 1450 and less).',
  ],
  [
    /\bNO-CARRIER\b|\bstate DOWN\b|\bLOWERLAYERDOWN\b|\blink is not ready\b/i,
    'A TAP has a carrier only while a VM has it open, and a bridge while one of its ports has; "state DOWN" of both after the start of the VM means that nobody set it up (`ip link set NAME up`).',
  ],
  [
    /\bARP\b|\bdev \S{1,15}\s{1,3}(?:lladdr \S{17}\s{1,3})?(?:INCOMPLETE|FAILED)\b|\bneighbou?r\b/,
    'ARP asks for the MAC of an address: without an answer the other side is not there, is on another bridge, or has another address.',
  ],
  [
    /\bip_tables\b|\biptables(?:-nft|-legacy)?\b|\bnft(?:ables)?\b|\bTable does not exist\b|\bChain (?:already exists|\S+ does not exist)/i,
    'iptables-legacy, iptables-nft and nft write into tables of their own: a rule must be looked for, and removed, by the tool that made it, and the kernel needs the modules of the match.',
  ],
  [
    /\bmacvtap\b|\bmacvlan\b|\bipvlan\b/,
    'A macvtap reaches the network of its parent, but never the host itself; the VM takes it by its file descriptor (fd=) with the MAC of the interface.',
  ],
  [
    /\bfirewalld?\b|\bufw\b|\bfirewall-cmd\b/i,
    'firewalld and ufw drop what they have no rule for: the interface of the guest belongs into a zone or rule that allows forwarding (and DHCP and DNS to the host).',
  ],
  [
    /\btap[-_]?\w{0,12}\b.{0,40}\b(?:busy|in use|already (?:in use|used|attached|open))/i,
    'One TAP serves one VM at a time, unless it is made with several queues.',
  ],
  [
    /\bvsock\b|\bVSOCK\b|\bAF_VSOCK\b|\bvhost[-_]vsock\b/,
    'vsock connects host and guest without a network. Cloud Hypervisor serves it by a Unix socket on the host: the host connects there and sends "CONNECT PORT"; a program in the guest must listen at that port.',
  ],
  [
    /\bHTTPS?_PROXY\b|\bno_proxy\b|\bproxyconnect\b|\bresolve proxy\b|\bfrom proxy after CONNECT\b|\bproxy (?:authentication|server|refus|tunnel)/i,
    'A proxy must be set in the environment of the program that connects (a unit and sudo have their own), and local addresses belong into no_proxy.',
  ],
  [
    /\bx509\b|\bSSL[_: ]|(?<!static )\bTLS\b|\btls: |\b[Cc]ertificate\b|\bCA bundle\b/,
    'TLS fails where the certificate is of an authority that is not known here (ca-certificates, a proxy that opens connections), is for another name (the ones in subjectAltName count), or is out of date.',
  ],
  [/\bcurl: \(6\)/, 'curl ends with 6 where the name of the server is not resolved.'],
  [
    /\bcurl: \(7\)/,
    'curl ends with 7 where nothing accepts the connection: the server does not run, or listens elsewhere.',
  ],
  [/\bcurl: \(22\)/, 'curl ends with 22 (with --fail) where the server answered with a status from 400 on.'],
  [/\bcurl: \(28\)/, 'curl ends with 28 where the answer did not come in time.'],
  [
    /\bcurl: \((?:35|51|60)\)/,
    'curl ends with 35, 51 or 60 where TLS fails: the certificate is not accepted, or a proxy is in between.',
  ],
  [
    /\bcurl: \((?:52|56)\)/,
    'curl ends with 52 or 56 where the server closed the connection without an answer: it ended, crashed, or speaks another protocol.',
  ],
  [
    /\b(?:port|address) (?:is )?already (?:allocated|in use)\b|\bEADDRINUSE\b/i,
    'Another process listens at that port or path (`sudo ss -lxtup` shows which), or an earlier one left its socket file there.',
  ],
  [
    /\biperf3?\b|\b[KMG]bits\/sec\b/,
    'iperf measures one direction: how fast the guest receives and how fast it sends depend on different parts (queues, offloads, vCPUs that are busy).',
  ],
  [
    /\bOVN\b|\bCilium\b|\bCalico\b|\bFlannel\b/i,
    'The network of a cluster has its own agent on every node: that one must be ready there before a sandbox gets an interface.',
  ],
]

/** Examples of causes in the words of the programs that make, configure and watch the network of hosts and guests. */
import { printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  ['link-down-shown', 'lo               UNKNOWN        127.0.0.1/8 ::1/128\ntap0             DOWN'],
  [
    'link-down-shown',
    'tap0             DOWN           0a:1b:2c:3d:4e:5f <NO-CARRIER,BROADCAST,MULTICAST,UP>',
  ],
  [
    'only-link-local-ipv6',
    'lo               UNKNOWN        127.0.0.1/8 ::1/128\nens3             UP             fe80::5054:ff:fe12:3456/64',
  ],
  [
    'network-manager-state',
    'DEVICE  TYPE      STATE         CONNECTION\ntap0    tun       disconnected  --\neth0    ethernet  unmanaged     --',
  ],
  ['network-manager-state', 'ens3    ethernet  connecting (getting IP configuration)  netplan-ens3'],
  ['resolver-no-server', 'Link 2 (ens3)\n    Current Scopes: none'],
  ['card-no-link', '\tSpeed: Unknown!\n\tDuplex: Unknown! (255)\n\tLink detected: no'],
  ['card-checksum-failed', 'eth0: hw csum failure'],
  [
    'capture-arp-unanswered',
    '10:00:01.000000 52:54:00:aa:bb:cc > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.1 tell 10.0.0.2, length 28\n10:00:02.000000 52:54:00:aa:bb:cc > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.1 tell 10.0.0.2, length 28',
  ],
  [
    'capture-arp-unanswered',
    '12:00:01.000 ARP, Request who-has 192.168.249.1 tell 192.168.249.2, length 28\n12:00:02.000 ARP, Request who-has 192.168.249.1 tell 192.168.249.2, length 28\n12:00:03.000 ARP, Request who-has 192.168.249.1 tell 192.168.249.2, length 28',
  ],
  [
    'capture-ping-unanswered',
    '10:00:01.000000 IP 192.168.249.2 > 1.1.1.1: ICMP echo request, id 3, seq 1, length 64\n10:00:02.000000 IP 192.168.249.2 > 1.1.1.1: ICMP echo request, id 3, seq 2, length 64',
  ],
  [
    'capture-ping-unanswered',
    '12:00:01.000 IP 192.168.249.2 > 8.8.8.8: ICMP echo request, id 1, seq 1, length 64\n12:00:02.000 IP 192.168.249.2 > 8.8.8.8: ICMP echo request, id 1, seq 2, length 64\n12:00:03.000 IP 192.168.249.2 > 8.8.8.8: ICMP echo request, id 1, seq 3, length 64',
  ],
  [
    'capture-dhcp-unanswered',
    '12:00:01.000 IP 0.0.0.0.68 > 255.255.255.255.67: BOOTP/DHCP, Request from 52:54:00:12:34:56, length 300\n12:00:05.000 IP 0.0.0.0.68 > 255.255.255.255.67: BOOTP/DHCP, Request from 52:54:00:12:34:56, length 300\n12:00:12.000 IP 0.0.0.0.68 > 255.255.255.255.67: BOOTP/DHCP, Request from 52:54:00:12:34:56, length 300',
  ],
  [
    'capture-dhcp-unanswered',
    '10:00:01.0 IP 0.0.0.0.bootpc > 255.255.255.255.bootps: BOOTP/DHCP, Request from 52:54:00:12:34:56 (oui Unknown), length 300\n10:00:04.0 IP 0.0.0.0.bootpc > 255.255.255.255.bootps: BOOTP/DHCP, Request from 52:54:00:12:34:56 (oui Unknown), length 300',
  ],
  [
    'capture-syn-unanswered',
    '10:00:01.000000 IP 192.168.249.2.43210 > 93.184.216.34.80: Flags [S], seq 1, win 64240, options [mss 1460], length 0\n10:00:02.010000 IP 192.168.249.2.43210 > 93.184.216.34.80: Flags [S], seq 1, win 64240, options [mss 1460], length 0',
  ],
  [
    'capture-too-large',
    '10:00:00.0 IP 10.0.0.1 > 192.168.249.2: ICMP 1.2.3.4 unreachable - need to frag (mtu 1400), length 556',
  ],
  [
    'capture-too-large',
    'IP 192.168.1.1 > 192.168.249.2: ICMP 1.1.1.1 unreachable - need to frag (mtu 1420), length 556',
  ],
  [
    'capture-prohibited',
    'IP 192.168.122.1 > 192.168.122.50: ICMP host 8.8.8.8 unreachable - admin prohibited filter, length 92',
  ],
  [
    'capture-checksum-note',
    '    192.168.249.2.43210 > 1.1.1.1.443: Flags [S], cksum 0x4d1f (incorrect -> 0x9a2b), seq 1, win 64240, length 0',
  ],
  [
    'capture-dns-unanswered',
    '12:00:00.1 IP 192.168.249.2.41000 > 8.8.8.8.53: 1234+ A? debian.org. (28)\n12:00:05.1 IP 192.168.249.2.41000 > 8.8.8.8.53: 1234+ A? debian.org. (28)',
  ],
  [
    'capture-neighbour-unanswered',
    '12:00:00.1 IP6 fe80::1 > ff02::1:ff00:2: ICMP6, neighbor solicitation, who has fd00::2, length 32\n12:00:01.1 IP6 fe80::1 > ff02::1:ff00:2: ICMP6, neighbor solicitation, who has fd00::2, length 32',
  ],
  [
    'capture-port-unreachable',
    '12:00:00.1 IP 192.168.249.1 > 192.168.249.2: ICMP 192.168.249.1 udp port 53 unreachable, length 64',
  ],
  ['capture-empty', '0 packets captured\n0 packets received by filter\n0 packets dropped by kernel'],
  ['link-radio-blocked', 'ifconfig: SIOCSIFFLAGS: Operation not possible due to RF-kill'],
  ['link-radio-blocked', 'SIOCSIFFLAGS: Operation not possible due to RF-kill'],
  ['link-name-not-unique', 'SIOCSIFFLAGS: Name not unique on network'],
  [
    'bond-partner-silent',
    'bond0: Warning: No 802.3ad response from the link partner for any adapters in the bond',
  ],
  ['bond-port-refused', 'bond0: (slave eth1): failed to get link speed/duplex'],
  ['bond-port-refused', 'bonding: bond0: Error: dev eth0 has different mac'],
  ['ethtool-feature-fixed', '$ sudo ethtool -K tap0 lro on\nCould not change any device features'],
  ['ethtool-feature-fixed', 'netlink error: Operation not supported'],
  [
    'docker-chain-flushed',
    'Error response from daemon: driver failed programming external connectivity on endpoint db (4f1e):  (iptables failed: iptables --wait -t nat -A DOCKER -p tcp -d 0/0 --dport 5432 -j DNAT --to-destination 172.18.0.2:5432 ! -i br-abc: iptables: No chain/target/match by that name.\n (exit status 1))',
  ],
  [
    'docker-chain-flushed',
    'docker: Error response from daemon: driver failed programming external connectivity on endpoint web: (iptables failed: iptables --wait -t nat -A DOCKER -p tcp -d 0/0 --dport 8080 -j DNAT --to-destination 172.17.0.2:80 ! -i docker0: iptables: No chain/target/match by that name.\n (exit status 1)).',
  ],
  ['docker-ranges-used-up', 'Error: subnet 10.89.0.0/24 is already used on the host or by another config'],
  ['container-network-exists', 'Error response from daemon: network with name vmnet already exists'],
  [
    'bridge-filter-note',
    'WARNING: bridge-nf-call-iptables is disabled\nWARNING: bridge-nf-call-ip6tables is disabled',
  ],
  [
    'bridge-filter-note',
    'bridge: filtering via arp/ip/ip6tables is no longer available by default. Update your scripts to load br_netfilter if you need this.',
  ],
  [
    'dhcp-offer-not-taken',
    'Nov 28 10:00:01 host dnsmasq-dhcp[900]: DHCPDISCOVER(tap0) 2e:89:a8:e4:92:00\nNov 28 10:00:01 host dnsmasq-dhcp[900]: DHCPOFFER(tap0) 192.168.249.20 2e:89:a8:e4:92:00\nNov 28 10:00:04 host dnsmasq-dhcp[900]: DHCPDISCOVER(tap0) 2e:89:a8:e4:92:00\nNov 28 10:00:04 host dnsmasq-dhcp[900]: DHCPOFFER(tap0) 192.168.249.20 2e:89:a8:e4:92:00',
  ],
  [
    'dhcp-offer-not-taken',
    'dnsmasq-dhcp[812]: DHCPDISCOVER(virbr0) 52:54:00:12:34:56\ndnsmasq-dhcp[812]: DHCPOFFER(virbr0) 192.168.122.45 52:54:00:12:34:56\ndnsmasq-dhcp[812]: DHCPDISCOVER(virbr0) 52:54:00:12:34:56\ndnsmasq-dhcp[812]: DHCPOFFER(virbr0) 192.168.122.45 52:54:00:12:34:56\ndnsmasq-dhcp[812]: DHCPDISCOVER(virbr0) 52:54:00:12:34:56\ndnsmasq-dhcp[812]: DHCPOFFER(virbr0) 192.168.122.45 52:54:00:12:34:56',
  ],
  ['dhcp-checksums-bad', '5 bad udp checksums in 5 packets'],
  [
    'dhcp-checksums-bad',
    '12:00:01.1 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto UDP (17), length 328)\n    192.168.249.1.67 > 192.168.249.2.68: [bad udp cksum 0x75b6 -> 0x3a4e!] BOOTP/DHCP, Reply, length 300',
  ],
  [
    'dhcp-lease-refused',
    'Nov 28 10:00:00 gw dnsmasq-dhcp[1]: DHCPNAK(virbr1) 10.0.0.77 52:54:00:9a:bc:de address not available',
  ],
  ['dhcp-lease-refused', 'dnsmasq-dhcp[771]: DHCPNAK(br0) 192.168.1.77 52:54:00:12:34:56 wrong network'],
  [
    'dhcp-request-unconfirmed',
    'udhcpc: broadcasting select for 192.168.1.50, server 192.168.1.1\nudhcpc: broadcasting select for 192.168.1.50, server 192.168.1.1',
  ],
  ['dhcp-client-ignored', 'dnsmasq-dhcp[22]: DHCPDISCOVER(tap0) 52:54:00:12:34:56 ignored'],
  [
    'dhcp-server-no-subnet',
    'No subnet declaration for br0 (no IPv4 addresses).\n** Ignoring requests on br0.  If this is not what',
  ],
  ['dhcp-server-no-subnet', 'Not configured to listen on any interfaces!'],
  [
    'dhcp-reservation-held',
    'dnsmasq-dhcp[812]: not using configured address 192.168.1.5 because it is leased to 52:54:00:aa:bb:cc',
  ],
  [
    'dnsmasq-port-taken',
    'Nov 28 10:00:00 host dnsmasq[2210]: failed to create listening socket for port 53: Address already in use\nNov 28 10:00:00 host dnsmasq[2210]: FAILED to start up',
  ],
  ['dnsmasq-port-taken', 'dnsmasq: failed to create listening socket for port 53: Address already in use'],
  [
    'dnsmasq-address-not-there',
    'Nov 28 10:00:00 host dnsmasq[2210]: failed to create listening socket for 10.0.5.1: Cannot assign requested address',
  ],
  [
    'dnsmasq-address-not-there',
    'dnsmasq: failed to create listening socket for 192.168.249.1: Cannot assign requested address',
  ],
  ['dnsmasq-configuration-refused', 'dnsmasq: inconsistent DHCP range'],
  ['dnsmasq-configuration-refused', 'dnsmasq[1234]: FAILED to start up'],
  ['dnsmasq-no-upstream', 'dnsmasq[771]: ignoring nameserver 127.0.0.1 - local interface'],
  ['dnsmasq-no-upstream', 'dnsmasq[771]: no servers found in /etc/resolv.conf, will retry'],
  [
    'package-server-waits',
    'Err:1 http://deb.debian.org/debian trixie InRelease\n0% [Connecting to deb.debian.org (2a04:4e42::644)]',
  ],
  ['package-server-waits', '0% [Connecting to archive.ubuntu.com (185.125.190.36)]'],
  ['port-taken', 'Error starting userland proxy: listen tcp4 0.0.0.0:53: bind: address already in use'],
  [
    'port-taken',
    'bind [127.0.0.1]:8080: Address already in use\nchannel_setup_fwd_listener_tcpip: cannot listen to port: 8080\nCould not request local forwarding.',
  ],
  [
    'port-privileged',
    "Error: pasta failed with exit code 1:\nFailed to bind port 80 (Permission denied) for option '-t 80-80:80-80', exiting",
  ],
  ['port-privileged', "Failed to bind port 22 (Permission denied) for option '-t 22:22', exiting"],
  [
    'link-layered-invalid',
    '+ ip link add link eno1 name vm-mv1 type macvtap mode bridge\nRTNETLINK answers: Device or resource busy',
  ],
  [
    'link-layered-invalid',
    '$ sudo ip link add link enp1s0 name macvtap0 type macvtap mode passthru\nRTNETLINK answers: Invalid argument',
  ],
  [
    'link-kind-missing',
    'root@ci:/# ip link add vxlan0 type vxlan id 42 dstport 4789 dev eth0\nRTNETLINK answers: Operation not supported',
  ],
  ['link-kind-missing', '# brctl addbr br0\nadd bridge failed: Package not installed'],
  [
    'bridge-port-taken',
    "# brctl addif br0 eth0\ndevice eth0 is already a member of a bridge; can't enslave it to bridge br0.",
  ],
  ['bridge-port-taken', "can't add tap0 to bridge br0: Device or resource busy"],
  [
    'bridge-master-busy',
    '> sudo ip link set dev enp2s0 master vmbr0\nRTNETLINK answers: Device or resource busy',
  ],
  ['bridge-master-busy', '$ sudo ip link set eth0 master br0\nRTNETLINK answers: Device or resource busy'],
  ['bridge-port-unfit', "can't add tun0 to bridge br0: Invalid argument"],
  ['bridge-port-unfit', "can't add lo to bridge br0: Invalid argument"],
  ['bridge-refuses-port', "# brctl addif br0 vnet0\ncan't add vnet0 to bridge br0: Operation not supported"],
  ['bridge-still-up', "bridge br0 is still up; can't delete it"],
  [
    'bridge-is-none',
    "# brctl show eth0\nbridge name\tbridge id\t\tSTP enabled\tinterfaces\neth0\t\tcan't get info Operation not supported",
  ],
  ['bridge-not-there', 'bridge br0 does not exist!'],
  ['bridge-not-there', 'interface tap0 does not exist!'],
  [
    'bridge-vlan-no-port',
    '$ bridge vlan add dev vmtap1 vid 30 pvid untagged\nRTNETLINK answers: Operation not supported',
  ],
  [
    'bridge-vlan-no-port',
    '$ sudo bridge vlan add dev tap0 vid 10\nRTNETLINK answers: Operation not supported',
  ],
  ['vlan-id-invalid', 'Error: argument "4096" is wrong: id is invalid'],
  [
    'link-mac-multicast',
    '# ip link set dev tap3 address 51:54:00:aa:bb:cc\nRTNETLINK answers: Cannot assign requested address',
  ],
  ['link-is-wireless-in-netns', '$ ip link set wlan0 netns vm1\nRTNETLINK answers: Invalid argument'],
  ['link-is-wireless-in-netns', 'Error: The interface netns is immutable.'],
  ['netns-exists', 'Cannot create namespace file "/run/netns/vm1": File exists'],
  ['netns-exists', 'Cannot remove namespace file "/run/netns/vm1": Device or resource busy'],
  ['network-command-not-root', '$ ip netns add blue\nmkdir /run/netns failed: Permission denied'],
  ['network-command-not-root', 'mount --make-shared /run/netns failed: Operation not permitted'],
  ['ipv6-off-on-link', '# ip -6 addr add fd00:1::2/64 dev eth0\nRTNETLINK answers: Permission denied'],
  ['ipv6-off-on-link', 'RTNETLINK answers: Permission denied'],
  [
    'route-link-local-without-device',
    '$ ip -6 route add default via fe80::1\nRTNETLINK answers: No route to host',
  ],
  ['route-gateway-own', 'Error: Gateway can not be a local address.'],
  [
    'route-host-bits',
    '# ip route add 10.20.30.5/24 via 192.168.1.1\nError: Invalid prefix for given prefix length.',
  ],
  ['route-host-bits', 'Error: Invalid prefix for given prefix length.'],
  ['ip-address-unreadable', '+ ip addr add dev tap0\nError: any valid prefix is expected rather than "dev".'],
  ['ip-address-unreadable', 'Error: inet prefix is expected rather than "192.168.1".'],
  ['link-down-for-route', 'RTNETLINK answers: Network is down'],
  ['link-down-for-route', 'Error: Device for nexthop is not up.'],
  ['route-old-tool', '# route add default gw 10.1.1.1\nSIOCADDRT: Network is unreachable'],
  ['route-old-tool', 'SIOCADDRT: Network is unreachable'],
  ['route-exists-already', 'SIOCADDRT: File exists'],
  [
    'address-duplicate',
    "Nov 28 10:00:00 vm1 NetworkManager[700]: <warn>  [1700000000.1] acd: conflict for address 10.0.0.5 detected with host AA:BB:CC:DD:EE:FF on interface 'ens3'",
  ],
  [
    'address-duplicate',
    '[    9.112233] IPv6: eth0: IPv6 duplicate address 2001:db8::10 used by 52:54:00:00:00:01 detected!',
  ],
  [
    'ipv6-ra-off-by-forwarding',
    '$ sysctl net.ipv6.conf.eth0.accept_ra\nnet.ipv6.conf.eth0.accept_ra = 1\n$ sysctl net.ipv6.conf.all.forwarding\nnet.ipv6.conf.all.forwarding = 1',
  ],
  ['ipv6-zone-missing', 'ssh: connect to host fe80::5054:ff:fe12:3456 port 22: Invalid argument'],
  [
    'ipv6-no-way-out',
    '--2024-05-01 10:00:00--  https://cloud-images.ubuntu.com/x.img\nConnecting to cloud-images.ubuntu.com (cloud-images.ubuntu.com)|2620:2d:4000:1::1a|:443... failed: Network is unreachable.',
  ],
  [
    'ipv6-no-way-out',
    'Connecting to cloud-images.ubuntu.com (cloud-images.ubuntu.com)|2620:2d:4000:1::17|:443... failed: Network is unreachable.',
  ],
  ['neighbour-table-full', '[123456.789] Neighbour table overflow.'],
  ['neighbour-table-full', 'kernel: neighbour: ndisc_cache: neighbor table overflow!'],
  ['forwarding-off', 'WARNING: IPv4 forwarding is disabled. Networking will not work.'],
  ['forwarding-off', '$ sysctl net.ipv4.ip_forward\nnet.ipv4.ip_forward = 0'],
  ['firewall-lock-denied', "Fatal: can't open lock file /run/xtables.lock: Permission denied"],
  [
    'firewall-table-of-nft',
    "# iptables -L -t nat\niptables v1.8.2 (nf_tables): table `nat' is incompatible, use 'nft' tool.",
  ],
  ['firewall-table-of-nft', "ebtables v1.8.7 (nf_tables): table `broute' is incompatible, use 'nft' tool."],
  ['firewall-tables-of-both', '# Warning: iptables-legacy tables present, use iptables-legacy to see them'],
  ['firewall-chain-in-use', 'Error: Could not process rule: Device or resource busy\ndelete table ip filter'],
  [
    'firewall-chain-in-use',
    'iptables-restore v1.8.7 (nf_tables): \nline 12: CHAIN_USER_DEL failed (Device or resource busy): chain LIBVIRT_FWI\nError occurred at line: 12',
  ],
  ['firewall-object-exists', 'ipset v7.19: Set cannot be created: set with the same name already exists'],
  ['firewall-object-exists', 'Error: Could not process rule: File exists'],
  ['firewall-set-missing', 'ipset v7.15: The set with the given name does not exist'],
  ['firewall-set-missing', "iptables v1.8.7 (legacy): Set foo doesn't exist."],
  [
    'firewall-port-needs-protocol',
    "iptables v1.4.21: unknown option \"--dports\"\nTry `iptables -h' or 'iptables --help' for more information.",
  ],
  ['firewall-port-needs-protocol', 'iptables v1.8.7 (nf_tables): unknown option "--dport"'],
  [
    'firewall-option-needs-target',
    "iptables v1.8.7 (nf_tables): unknown option \"--to-destination\"\nTry `iptables -h' or 'iptables --help' for more information.",
  ],
  ['firewall-direction', "iptables v1.8.10 (nf_tables): Can't use -o with INPUT"],
  ['firewall-direction', "iptables v1.8.7 (nf_tables): Can't use -i with POSTROUTING"],
  ['firewall-target-place', "iptables: Invalid argument. Run `dmesg' for more information."],
  [
    'firewall-target-place',
    '[  123.4] x_tables: ip_tables: MASQUERADE target: only valid in nat table, not filter',
  ],
  [
    'firewall-words',
    "iptables v1.8.7 (nf_tables): host/network `tap0' not found\nTry `iptables -h' or 'iptables --help' for more information.",
  ],
  ['firewall-words', "Bad argument `tap0'\nTry `iptables -h' or 'iptables --help' for more information."],
  [
    'nft-interface-missing',
    'nft[512]: /etc/nftables.conf:22:17-22: Error: Interface does not exist\nnft[512]:                 oif "br-vm" masquerade',
  ],
  [
    'nft-interface-missing',
    '/etc/nftables.conf:10:30-34: Error: Interface does not exist\n    iif "tap0" accept\n        ^^^^^^',
  ],
  ['nft-families-mixed', 'Error: conflicting protocols specified: ip vs. ip6'],
  ['firewalld-not-running', '# firewall-cmd --zone=trusted --add-interface=tap0\nFirewallD is not running'],
  ['firewalld-not-running', 'FirewallD is not running'],
  [
    'firewalld-argument',
    'Error: INVALID_PORT: bad port (most likely missing protocol), correct syntax is portid[-portid]/protocol',
  ],
  ['firewalld-set-already', 'Warning: ALREADY_ENABLED: masquerade\nsuccess'],
  [
    'firewalld-set-already',
    'WARNING: AllowZoneDrifting is enabled. This is considered an insecure configuration option.',
  ],
  ['ufw-rule-invalid', '$ sudo ufw allow in on tap0 out on eth0\nERROR: Invalid interface clause'],
  ['ufw-rule-invalid', 'ERROR: Bad source address'],
  ['ufw-start-failed', 'ERROR: problem running ufw-init\niptables-restore: line 77 failed'],
  ['ufw-start-failed', 'ERROR: problem running ufw-init'],
  ['forward-policy-shown', '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [12:720]\n:OUTPUT ACCEPT [0:0]'],
  [
    'forward-policy-shown',
    'Chain FORWARD (policy DROP)\ntarget     prot opt source               destination\nDOCKER-USER  all  --  anywhere             anywhere\nDOCKER-ISOLATION-STAGE-1  all  --  anywhere             anywhere\nACCEPT     all  --  anywhere             anywhere             ctstate RELATED,ESTABLISHED',
  ],
  ['dhcp-client-runs', 'RTNETLINK answers: File exists\ndhclient(812) is already running - exiting.'],
  ['dhcp-client-runs', "Can't bind to dhcp address: Address already in use"],
  [
    'guest-no-packet-sockets',
    "Can't create PF_PACKET socket: Address family not supported by protocol\nOpen a socket for LPF: Address family not supported by protocol",
  ],
  ['guest-no-packet-sockets', 'udhcpc: socket(AF_PACKET,2,8): Address family not supported by protocol'],
  ['udhcpc-no-script', "udhcpc: can't execute '/usr/share/udhcpc/default.script': No such file or directory"],
  [
    'dhcp-no-answer',
    'Nov 28 10:00:00 vm dhcpcd[300]: ens3: soliciting a DHCP lease\nNov 28 10:00:10 vm dhcpcd[300]: ens3: probing for an IPv4LL address\nNov 28 10:00:16 vm dhcpcd[300]: ens3: using IPv4LL address 169.254.8.1',
  ],
  [
    'dhcp-no-answer',
    '[    2.345] Sending DHCP requests ...... timed out!\n[   90.123] IP-Config: Retrying forever (NFS root)...',
  ],
  [
    'udhcpc-no-answer',
    'udhcpc: started, v1.36.1\nudhcpc: broadcasting discover\nudhcpc: broadcasting discover\nudhcpc: broadcasting discover\nudhcpc: no lease, failing',
  ],
  [
    'udhcpc-no-answer',
    'udhcpc: started, v1.36.1\nudhcpc: broadcasting discover\nudhcpc: broadcasting discover',
  ],
  [
    'ifup-file-unusable',
    'ifup: couldn\'t open interfaces file "/etc/network/interfaces": No such file or directory',
  ],
  ['ifup-file-unusable', 'ifup: could not parse interfaces file'],
  ['dhcpcd-no-answer', 'dhcpcd[512]: eth0: soliciting a DHCP lease\ndhcpcd[512]: timed out'],
  [
    'link-local-address',
    '3: ens4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n    link/ether 2e:89:a8:e4:92:00 brd ff:ff:ff:ff:ff:ff\n    inet 169.254.201.7/16 brd 169.254.255.255 scope link ens4\n       valid_lft forever preferred_lft forever',
  ],
  [
    'link-local-address',
    '2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n    link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff\n    inet 169.254.33.12/16 brd 169.254.255.255 scope global noprefixroute ens3',
  ],
  ['kernel-ip-no-device', "[    0.912345] IP-Config: Device `eth0' not found"],
  ['kernel-ip-no-device', 'IP-Config: Failed to open eth0\nIP-Config: No network devices available'],
  ['ifup-interface-unknown', 'ifup: unknown interface eth0'],
  ['ifup-configured-already', 'ifup: interface eth0 already configured'],
  ['networkd-waits-for-address', '  3 enp0s4 ether    carrier    configuring'],
  [
    'networkd-waits-for-address',
    'IDX LINK   TYPE     OPERATIONAL SETUP\n  1 lo     loopback carrier     unmanaged\n  2 ens4   ether    off         unmanaged',
  ],
  [
    'network-manager-denied',
    "$ nmcli con add type bridge ifname br0\nError: Failed to add 'bridge-br0' connection: Insufficient privileges",
  ],
  ['network-manager-denied', "Error: Failed to add 'br0' connection: Insufficient privileges"],
  ['network-manager-absent', 'Error: NetworkManager is not running.'],
  ['network-manager-absent', "Error: unknown connection 'eth0'."],
  [
    'netplan-routes-conflict',
    'Problem encountered while validating default route consistency.Please set up multiple routing tables and use `routing-policy` instead.\nError: Conflicting default route declarations for IPv4 (table: main, metric: default), first declared in eth1 but also in eth0',
  ],
  ['resolver-file-missing', 'cat: /mnt/etc/resolv.conf: No such file or directory'],
  ['resolver-file-missing', "cp: cannot stat '/etc/resolv.conf': No such file or directory"],
  [
    'resolver-service-missing',
    "Failed to get global data: Could not activate remote peer 'org.freedesktop.resolve1': activation request failed: unknown unit",
  ],
  [
    'name-not-existing',
    "$ nslookup vm1.internal\nServer:\t\t127.0.0.53\n** server can't find vm1.internal: NXDOMAIN",
  ],
  ['name-not-existing', "** server can't find deb.debian.org: NXDOMAIN"],
  [
    'name-server-fails',
    '; <<>> DiG 9.18.18 <<>> deb.debian.org\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 5711',
  ],
  ['name-server-fails', ';; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 12345'],
  ['name-dnssec-refused', 'example.com: resolve call failed: DNSSEC validation failed: no-signature'],
  ['name-without-address', 'ping: google.com: No address associated with hostname'],
  [
    'name-lookup-unanswered',
    'npm ERR! code EAI_AGAIN\nnpm ERR! request to https://registry.npmjs.org/x failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org',
  ],
  [
    'name-lookup-unanswered',
    'Caused by: java.net.UnknownHostException: plugins.gradle.org: Temporary failure in name resolution',
  ],
  [
    'resolver-local-in-container',
    "WARNING: Local (127.0.0.1) DNS resolver found in resolv.conf and containers can't use it. Using default external servers : [8.8.8.8 8.8.4.4]",
  ],
  ['connection-host-silent', 'iperf3: error - unable to connect to server: No route to host'],
  [
    'connection-host-silent',
    'Unable to connect to the server: dial tcp 192.168.122.10:6443: connect: no route to host',
  ],
  ['connection-port-closed', 'Ncat: Connection refused.'],
  [
    'connection-port-closed',
    'curl: (7) Failed to connect to 192.168.249.2 port 8080 after 0 ms: Connection refused',
  ],
  [
    'connection-lost-on-way',
    'curl: (28) Failed to connect to download.docker.com port 443: Connection timed out',
  ],
  [
    'connection-lost-on-way',
    "curl: (28) Failed to connect to github.com port 443 after 134512 ms: Couldn't connect to server",
  ],
  [
    'connection-not-made',
    "curl: (7) Failed to connect to 10.0.0.5 port 6443 after 3061 ms: Couldn't connect to server",
  ],
  [
    'connection-not-made',
    "curl: (7) Failed to connect to github.com port 443 after 2 ms: Couldn't connect to server",
  ],
  ['ping-forbidden', 'PING 8.8.8.8 (8.8.8.8): 56 data bytes\nping: permission denied (are you root?)'],
  ['ping-forbidden', 'ping: socket: Operation not permitted'],
  ['send-refused-locally', 'ping: sendto: Operation not permitted'],
  ['send-refused-locally', 'ping: sendmsg: Operation not permitted'],
  ['ping-broadcast', 'ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules'],
  [
    'tunnel-peer-none',
    'PING 10.8.0.3 (10.8.0.3) 56(84) bytes of data.\nFrom 10.8.0.2 icmp_seq=1 Destination Host Unreachable\nping: sendmsg: Required key not available',
  ],
  ['tunnel-peer-none', 'ping: sendmsg: Required key not available'],
  ['route-loop', 'From 10.0.0.1 icmp_seq=1 Time to live exceeded'],
  ['router-without-route', 'From 10.10.0.1 icmp_seq=3 Destination Net Unreachable'],
  ['router-without-route', 'From 192.168.122.1 icmp_seq=1 Destination Net Unreachable'],
  [
    'neighbour-silent-ipv6',
    'PING 2001:4860:4860::8888(2001:4860:4860::8888) 56 data bytes\nFrom 2001:db8::1 icmp_seq=1 Destination unreachable: Address unreachable',
  ],
  [
    'neighbour-silent-ipv6',
    'From 2001:db8::1 icmp_seq=1 Destination unreachable: Administratively prohibited',
  ],
  [
    'traceroute-refused',
    'traceroute to 10.0.0.9 (10.0.0.9), 30 hops max, 60 byte packets\n 1  host.lan (10.0.0.1)  3058.1 ms !H  3058.0 ms !H  3057.9 ms !H',
  ],
  ['traceroute-refused', ' 1  192.168.249.2 (192.168.249.2)  3062.123 ms !H  3062.100 ms !H  3062.090 ms !H'],
  [
    'traceroute-nothing-behind-gateway',
    'traceroute to 1.1.1.1 (1.1.1.1), 30 hops max, 60 byte packets\n 1  10.0.0.1  0.412 ms  0.390 ms  0.381 ms\n 2  * * *\n 3  * * *',
  ],
  [
    'traceroute-nothing-behind-gateway',
    'traceroute to 8.8.8.8 (8.8.8.8), 30 hops max, 60 byte packets\n 1  192.168.249.1 (192.168.249.1)  0.312 ms  0.290 ms  0.281 ms\n 2  * * *\n 3  * * *',
  ],
  ['ping-partly-lost', '10 packets transmitted, 7 packets received, 30.0% packet loss'],
  [
    'ping-partly-lost',
    '--- 192.168.249.2 ping statistics ---\n100 packets transmitted, 61 received, 39% packet loss, time 100800ms',
  ],
  ['ping-answered-twice', '64 bytes from 192.168.1.50: icmp_seq=1 ttl=64 time=0.45 ms (DUP!)'],
  [
    'openvswitch-without-dpdk',
    "ovs-vsctl: Error detected while setting up 'vhost-user-1': could not open network device vhost-user-1 (Address family not supported by protocol).  See ovs-vswitchd log for details.",
  ],
  [
    'openvswitch-without-dpdk',
    'netdev|WARN|could not create netdev vhu0 of unknown type dpdkvhostuserclient',
  ],
  [
    'openvswitch-device-gone',
    '2024-03-01T10:00:00.123Z|00123|bridge|WARN|could not open network device vnet3 (No such device)',
  ],
  [
    'openvswitch-device-gone',
    '2023-10-01T00:00:00.000Z|00050|bridge|WARN|could not open network device dpdk0 (No such device)',
  ],
  [
    'openvswitch-not-answering',
    'ovs-appctl: cannot connect to "/var/run/openvswitch/ovs-vswitchd.1234.ctl" (No such file or directory)',
  ],
  [
    'openvswitch-not-answering',
    '2023-01-01T00:00:00Z|00002|fatal_signal|WARN|terminating with signal 14 (Alarm clock)',
  ],
  ['openvswitch-dpdk-start', 'ovs-vswitchd: dpdk|EMER|Unable to initialize DPDK: Cannot allocate memory'],
  [
    'vhost-user-socket-side',
    'VHOST_CONFIG: (/var/run/openvswitch/vhost-user1) failed to bind: Address already in use; remove it and try again',
  ],
  [
    'vhost-user-socket-side',
    'VHOST_CONFIG: (/tmp/sock0) failed to connect: No such file or directory\nVHOST_CONFIG: (/tmp/sock0) reconnecting...',
  ],
  ['passt-no-uplink', 'No routable interface for IPv6: IPv6 is disabled'],
  ['passt-no-uplink', 'No external routable interface for IPv4'],
  [
    'user-network-program-missing',
    'Error: setting up Pasta: could not find pasta, the network namespace can\'t be configured: exec: "pasta": executable file not found in $PATH',
  ],
  [
    'user-network-program-missing',
    'Error: could not find pasta, the network namespace can\'t be configured: exec: "pasta": executable file not found in $PATH',
  ],
  [
    'passt-ended',
    'libvirt: error : internal error: Child process (passt --one-off) unexpected exit status 1',
  ],
  [
    'tailscale-daemon-absent',
    "failed to connect to local tailscaled; it doesn't appear to be running (sudo systemctl start tailscaled ?)",
  ],
  [
    'tailscale-daemon-absent',
    "failed to connect to local tailscaled; it doesn't appear to be running (sudo systemctl start tailscaled ?)",
  ],
  [
    'tailscale-no-tun',
    'wgengine.NewUserspaceEngine(tun "tailscale0") error: tstun.New("tailscale0"): CreateTUN("tailscale0") failed; /dev/net/tun does not exist',
  ],
  [
    'tailscale-note',
    'Warning: UDP GRO forwarding is suboptimally configured on eth0, UDP forwarding throughput capability will increase with a configuration change.',
  ],
  ['tailscale-note', '# Health check:\n#     - Linux DNS config not ideal. /etc/resolv.conf overwritten.'],
  [
    'link-not-set-up',
    'root@guest:~# ip link\n1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n2: ens3: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\n    link/ether 2e:89:a8:e4:92:00 brd ff:ff:ff:ff:ff:ff',
  ],
  [
    'link-not-set-up',
    '5: tap0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\n    link/ether 0a:1b:2c:3d:4e:5f brd ff:ff:ff:ff:ff:ff',
  ],
  [
    'bridge-without-carrier',
    '# brctl show\nbridge name\tbridge id\t\tSTP enabled\tinterfaces\nbr0\t\t8000.000000000000\tno',
  ],
  [
    'bridge-without-carrier',
    '4: br0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state DOWN group default qlen 1000',
  ],
  [
    'only-loopback',
    'localhost:~# ip a\n1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo',
  ],
  [
    'only-loopback',
    '$ ip a\n1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo',
  ],
  [
    'network-on-two-links',
    '2: enp3s0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    inet 192.168.1.10/24 brd 192.168.1.255 scope global enp3s0\n7: tap0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    inet 192.168.1.1/24 scope global tap0',
  ],
  [
    'network-on-two-links',
    '192.168.1.0/24 dev enp3s0 proto kernel scope link src 192.168.1.10\n192.168.1.0/24 dev tap0 proto kernel scope link src 192.168.1.1',
  ],
  ['route-without-link', '192.168.122.0/24 dev virbr0 proto kernel scope link src 192.168.122.1 linkdown'],
  [
    'default-routes-two',
    'default via 192.168.1.1 dev eth0 proto dhcp src 192.168.1.10 metric 100\ndefault via 192.168.122.1 dev eth1 proto dhcp src 192.168.122.10 metric 100',
  ],
  [
    'service-on-loopback',
    'guest$ ss -ltn\nLISTEN 0      128        127.0.0.1:8000       0.0.0.0:*\nhost$ curl http://192.168.249.2:8000/\ncurl: (7) Failed to connect to 192.168.249.2 port 8000: Connection refused',
  ],
  ['card-not-released', 'unregister_netdevice: waiting for lo to become free. Usage count = 1'],
  ['frame-over-mtu', 'eth0: dropped over-mtu packet: 1518 > 1500'],
  [
    'neighbour-unanswered',
    'Address                  HWtype  HWaddress           Flags Mask            Iface\n192.168.249.2                    (incomplete)                              tap0',
  ],
  ['neighbour-unanswered', '? (10.0.0.2) at <incomplete> on br0'],
  [
    'nat-rule-unused',
    'Chain POSTROUTING (policy ACCEPT 120 packets, 8000 bytes)\n pkts bytes target     prot opt in     out     source               destination\n    0     0 MASQUERADE  all  --  *      eth1    192.168.249.0/24     0.0.0.0/0',
  ],
  [
    'connection-unreplied',
    'udp      17 25 src=192.168.249.2 dst=8.8.8.8 sport=40000 dport=53 [UNREPLIED] src=8.8.8.8 dst=192.168.249.2 sport=53 dport=40000 mark=0 use=1',
  ],
  [
    'guest-card-without-address',
    'ci-info: | enp0s4 | True |     .     |     .     |   .    | 2e:89:a8:e4:92:00 |',
  ],
  [
    'guest-card-without-address',
    'ci-info: |  ens3  | True |     .     |     .     |   .    | 52:54:00:12:34:56 |',
  ],
  [
    'macvtap-host-apart',
    '$ ip -br link\nmacvtap0@enp3s0  UP  52:54:00:aa:bb:cc <BROADCAST,MULTICAST,UP,LOWER_UP>\n$ ping 192.168.1.50\nPING 192.168.1.50 (192.168.1.50) 56(84) bytes of data.\nFrom 192.168.1.10 icmp_seq=1 Destination Host Unreachable\n3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2040ms',
  ],
  ['kernel-family-missing', 'RTNETLINK answers: Address family not supported by protocol'],
  [
    'conntrack-helper-note',
    'nf_conntrack: default automatic helper assignment has been turned off for security reasons and CT-based firewall rule not found. Use the iptables CT target to attach helpers instead.',
  ],
]

export const netExamples = printed(texts)

/** Lines with the same words of a network that works. */
export const netHealthy: readonly string[] = [
  '64 bytes from 192.168.249.2: icmp_seq=1 ttl=64 time=0.45 ms\n5 packets transmitted, 5 received, 0% packet loss, time 4005ms',
  '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    inet 127.0.0.1/8 scope host lo\n2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n    inet 192.168.249.2/24 brd 192.168.249.255 scope global ens3',
  '4: docker0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state DOWN group default\n    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0',
  '5: virbr0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state DOWN mode DEFAULT group default',
  '7: tap0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel master br0 state UP group default',
  'default via 192.168.1.1 dev eth0 proto dhcp metric 100\ndefault via 192.168.1.2 dev eth0 proto static metric 200',
  'Chain FORWARD (policy ACCEPT 0 packets, 0 bytes)',
  'type filter hook forward priority filter; policy accept;',
  'type filter hook input priority filter; policy drop;',
  'net.ipv4.ip_forward = 1',
  '10:00:01.0 ARP, Request who-has 10.0.0.1 tell 10.0.0.2, length 28\n10:00:01.1 ARP, Reply 10.0.0.1 is-at 52:54:00:00:00:01, length 28',
  '10:00:01.0 IP 10.0.0.2 > 10.0.0.1: ICMP echo request, id 1, seq 1, length 64\n10:00:01.1 IP 10.0.0.1 > 10.0.0.2: ICMP echo reply, id 1, seq 1, length 64',
  ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1234',
  'LISTEN 0 128 127.0.0.1:8080 0.0.0.0:*\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:*',
  '192.168.249.2 dev tap0 lladdr 52:54:00:12:34:56 REACHABLE',
  '192.168.249.2 dev tap0 lladdr 52:54:00:12:34:56 STALE',
  '10.0.0.1.22 > 10.0.0.2.40000: Flags [P.], cksum 0x4d1f (correct), seq 1, length 36',
  '169.254.169.254/32 dev eth0 scope link\ninet 169.254.169.254/32 scope link lo',
  'traceroute to 8.8.8.8 (8.8.8.8), 30 hops max, 60 byte packets\n 1  192.168.249.1 (192.168.249.1)  0.3 ms  0.2 ms  0.2 ms\n 2  * * *\n 3  100.64.0.1 (100.64.0.1)  5 ms  5 ms  5 ms',
  '1000 packets transmitted, 997 received, 0.3% packet loss, time 1000ms',
  '  120  9000 MASQUERADE  all  --  *      eth1    192.168.249.0/24     0.0.0.0/0',
  'Hit:1 http://deb.debian.org/debian bookworm InRelease\n0% [Connecting to security.debian.org]',
  '  2 ens4   ether    routable   configured\n  3 tap0   ether    no-carrier configuring',
  'IP-Config: Complete:\n     device=eth0, hwaddr=52:54:00:12:34:56, ipaddr=192.168.249.2, mask=255.255.255.0, gw=192.168.249.1',
  'eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500',
  'udhcpc: started, v1.36.1\nudhcpc: broadcasting discover\nudhcpc: broadcasting select for 192.168.1.50, server 192.168.1.1\nudhcpc: lease of 192.168.1.50 obtained from 192.168.1.1, lease time 86400',
  'udhcpc: broadcasting discover\nudhcpc: broadcasting discover\nudhcpc: broadcasting select for 192.168.1.50, server 192.168.1.1\nudhcpc: lease of 192.168.1.50 obtained from 192.168.1.1, lease time 86400',
  '8: macvtap0@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP\n3 packets transmitted, 3 received, 0% packet loss, time 2003ms',
  'Connecting to example.org (example.org)|93.184.216.34|:443... connected.',
  '*   Trying [2606:2800:220:1::1]:443...\n* Connected to example.org (93.184.216.34) port 443',
  'br0: port 2(tap0) entered blocking state\nbr0: port 2(tap0) entered forwarding state',
  'table inet filter {\n\tchain forward {\n\t\ttype filter hook forward priority filter; policy accept;\n\t}\n}',
  'Creating network "app_default" with the default driver',
  'lo               UNKNOWN        127.0.0.1/8 ::1/128\nens3             UP             192.168.249.2/24 fe80::5054:ff:fe12:3456/64',
  '12:00:00.1 IP 192.168.249.2.41000 > 8.8.8.8.53: 1234+ A? debian.org. (28)\n12:00:00.2 IP 192.168.249.2.41000 > 8.8.8.8.53: 1235+ AAAA? debian.org. (28)\n12:00:00.3 IP 8.8.8.8.53 > 192.168.249.2.41000: 1234 1/0/0 A 151.101.2.132 (44)',
  'Link 2 (ens3)\n    Current Scopes: DNS\n    DNS Servers: 9.9.9.9\nLink 3 (docker0)\n    Current Scopes: none',
  '\tLink detected: yes',
  '5 packets captured\n5 packets received by filter\n0 packets dropped by kernel',
  'eth0    ethernet  connected  Wired connection 1',
]

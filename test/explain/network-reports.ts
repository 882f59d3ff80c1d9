/** Examples of faults of networks that tables, captures and configuration files show, mostly without a word of error. */
import { printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'interfaces-port-configured',
    '# /etc/network/interfaces\nauto lo\niface lo inet loopback\n\nauto eno1\niface eno1 inet dhcp\n\nauto vmbr0\niface vmbr0 inet static\n        address 192.168.1.10/24\n        gateway 192.168.1.1\n        bridge-ports eno1\n        bridge-stp off\n        bridge-fd 0',
  ],
  [
    'interfaces-port-configured',
    'auto eth0\niface eth0 inet static\n    address 192.168.2.10\n    netmask 255.255.255.0\n    gateway 192.168.2.1\n\nauto br0\niface br0 inet dhcp\n    bridge_ports eth0 tap0',
  ],
  [
    'ifcfg-port-configured',
    '$ cat /etc/sysconfig/network-scripts/ifcfg-eth0\nDEVICE=eth0\nBOOTPROTO=dhcp\nONBOOT=yes\nBRIDGE=br0',
  ],
  [
    'interfaces-gateways-two',
    'auto vmbr0\niface vmbr0 inet static\n        address 10.0.0.5/24\n        gateway 10.0.0.1\n        bridge-ports eno1\n        bridge-stp off\n        bridge-fd 0\n\nauto vmbr1\niface vmbr1 inet static\n        address 192.168.50.1/24\n        gateway 192.168.50.254\n        bridge-ports none',
  ],
  [
    'bridge-wifi-configured',
    'network:\n  version: 2\n  wifis:\n    wlp2s0:\n      access-points:\n        "home":\n          password: "secret"\n  bridges:\n    br0:\n      interfaces: [wlp2s0]\n      dhcp4: true',
  ],
  [
    'netplan-port-configured',
    'network:\n  version: 2\n  renderer: networkd\n  ethernets:\n    enp5s0:\n      dhcp4: true\n  bridges:\n    br0:\n      interfaces: [enp5s0]\n      dhcp4: true',
  ],
  [
    'netplan-port-configured',
    'network:\n  version: 2\n  ethernets:\n    eno1:\n      addresses:\n        - 192.168.1.20/24\n      gateway4: 192.168.1.1\n  bridges:\n    br0:\n      interfaces:\n        - eno1\n      dhcp4: no',
  ],
  ['networkd-port-configured', '[Match]\nName=eno1\n\n[Network]\nDHCP=yes\nBridge=br0'],
  [
    'networkd-bridge-without-port',
    '# /etc/systemd/network/10-br0.netdev\n[NetDev]\nName=br0\nKind=bridge\n# /etc/systemd/network/20-br0.network\n[Match]\nName=br0\n[Network]\nDHCP=ipv4\n# networkctl\nIDX LINK   TYPE     OPERATIONAL SETUP\n  1 lo     loopback carrier     unmanaged\n  2 enp1s0 ether    routable    configured\n  3 br0    bridge   no-carrier  configuring',
  ],
  [
    'seed-mac-differs',
    'version: 2\nethernets:\n  id0:\n    match:\n      macaddress: "52:54:00:00:00:01"\n    addresses: [192.168.249.2/24]\n$ cloud-hypervisor --kernel vmlinux --disk path=img.raw path=seed.img --net tap=tap0,mac=2e:89:a8:e4:bf:49\nguest login:',
  ],
  [
    'microvm-interface-name-long',
    '{\n  microvm.interfaces = [ {\n    type = "tap";\n    id = "vm-mynetworkinterface";\n    mac = "02:00:00:00:00:01";\n  } ];\n}',
  ],
  ['microvm-interface-type', "error: cloud-hypervisor does not support interface type 'user'"],
  [
    'libvirt-network-not-out',
    "<network>\n  <name>routed</name>\n  <forward mode='route' dev='eno1'/>\n  <bridge name='virbr10'/>\n  <ip address='10.50.0.1' netmask='255.255.255.0'/>\n</network>\nguest$ ping 8.8.8.8\n3 packets transmitted, 0 received, 100% packet loss, time 2031ms",
  ],
  [
    'libvirt-network-not-out',
    "<network>\n  <name>isolated</name>\n  <bridge name='virbr2' stp='on' delay='0'/>\n  <ip address='192.168.200.1' netmask='255.255.255.0'/>\n</network>\nguest$ ping -c2 1.1.1.1\n2 packets transmitted, 0 received, 100% packet loss, time 1024ms",
  ],
  [
    'libvirt-no-networks-shown',
    '$ virsh net-list --all\n Name   State   Autostart   Persistent\n----------------------------------------',
  ],
  [
    'network-manager-no-address',
    '$ nmcli con up br0\nError: Connection activation failed: IP configuration could not be reserved (no available address, timeout, etc.)',
  ],
  [
    'openvswitch-vhost-port-down',
    '$ sudo ovs-vsctl show\n    Bridge br0\n        datapath_type: netdev\n        Port vhost-user1\n            Interface vhost-user1\n                type: dpdkvhostuserclient\n                options: {vhost-server-path="/tmp/sock1"}\n$ sudo ovs-ofctl show br0\n 2(vhost-user1): addr:00:00:00:00:00:00\n     config:     0\n     state:      LINK_DOWN\n     speed: 0 Mbps now, 0 Mbps max',
  ],
  [
    'openvswitch-vhost-port-down',
    '$ ovs-vsctl list interface vhost-user1\nadmin_state         : up\nerror               : []\nlink_state          : down\nname                : "vhost-user1"\nofport              : 2\nstatistics          : {rx_packets=0, tx_dropped=1432, tx_packets=0}\nstatus              : {features="0x0000000000000000", mode=client, num_of_vrings="0", status=disconnected}\ntype                : dpdkvhostuserclient',
  ],
  [
    'openvswitch-dpdk-device-refused',
    '        Port dpdk0\n            Interface dpdk0\n                type: dpdk\n                options: {dpdk-devargs="0000:03:00.0"}\n                error: "Error attaching device \'0000:03:00.0\' to DPDK"',
  ],
  [
    'nat-rule-other-uplink',
    '$ sudo iptables -t nat -L POSTROUTING -nv\nChain POSTROUTING (policy ACCEPT 311 packets, 22411 bytes)\n pkts bytes target     prot opt in     out     source               destination\n    0     0 MASQUERADE  all  --  *      eth0    192.168.249.0/24     0.0.0.0/0\n$ ip r\ndefault via 10.0.0.1 dev wlp2s0 proto dhcp metric 600\n192.168.249.0/24 dev tap0 proto kernel scope link src 192.168.249.1',
  ],
  [
    'nat-rule-other-uplink',
    'table ip nat {\n\tchain postrouting {\n\t\ttype nat hook postrouting priority srcnat; policy accept;\n\t\toifname "eth0" ip saddr 10.20.0.0/24 masquerade\n\t}\n}\n$ ip route\ndefault via 192.168.1.254 dev enp6s0 proto dhcp src 192.168.1.33 metric 100\n10.20.0.0/24 dev vmbr1 proto kernel scope link src 10.20.0.1',
  ],
  [
    'nat-chain-empty',
    'auto vmbr1\niface vmbr1 inet static\n        address 10.10.10.1/24\n        bridge-ports none\n        bridge-stp off\n        bridge-fd 0\n        post-up echo 1 > /proc/sys/net/ipv4/ip_forward\nroot@pve:~# iptables -t nat -L -n\nChain PREROUTING (policy ACCEPT)\ntarget     prot opt source               destination\n\nChain INPUT (policy ACCEPT)\ntarget     prot opt source               destination\n\nChain OUTPUT (policy ACCEPT)\ntarget     prot opt source               destination\n\nChain POSTROUTING (policy ACCEPT)\ntarget     prot opt source               destination',
  ],
  [
    'port-forward-from-host',
    '$ sudo iptables -t nat -S\n-P PREROUTING ACCEPT\n-P POSTROUTING ACCEPT\n-A PREROUTING -p tcp -m tcp --dport 2222 -j DNAT --to-destination 192.168.249.2:22\n$ ssh -p 2222 user@localhost\nssh: connect to host localhost port 2222: Connection refused',
  ],
  [
    'reverse-path-dropped',
    '$ sysctl net.ipv4.conf.all.rp_filter\nnet.ipv4.conf.all.rp_filter = 1\n$ nstat -az | grep IPReversePathFilter\nTcpExtIPReversePathFilter       4312               0.0',
  ],
  [
    'ufw-routed-denied',
    '$ sudo ufw status verbose\nStatus: active\nLogging: on (low)\nDefault: deny (incoming), allow (outgoing), deny (routed)\nNew profiles: skip',
  ],
  [
    'firewalld-guest-in-public',
    '$ sudo firewall-cmd --get-active-zones\nlibvirt\n  interfaces: virbr0\npublic\n  interfaces: enp3s0 br0 tap0',
  ],
  [
    'user-network-no-ping',
    'guest$ ping 8.8.8.8\nPING 8.8.8.8 (8.8.8.8): 56 data bytes\n^C\n--- 8.8.8.8 ping statistics ---\n6 packets transmitted, 0 packets received, 100% packet loss\nhost$ ps aux | grep passt\nuser  1234 passt --socket /tmp/passt.sock',
  ],
  [
    'user-network-no-ping',
    '# qemu-system-x86_64 -netdev user,id=n0 -device virtio-net,netdev=n0 ...\nguest$ ping 8.8.8.8\nPING 8.8.8.8 (8.8.8.8) 56(84) bytes of data.\n4 packets transmitted, 0 received, 100% packet loss, time 3060ms',
  ],
  [
    'gateway-reached-only',
    'ubuntu@vm:~$ ping -c 3 8.8.8.8\nPING 8.8.8.8 (8.8.8.8) 56(84) bytes of data.\n\n--- 8.8.8.8 ping statistics ---\n3 packets transmitted, 0 received, 100% packet loss, time 2044ms\nubuntu@vm:~$ ping -c 1 192.168.122.1\n64 bytes from 192.168.122.1: icmp_seq=1 ttl=64 time=0.211 ms',
  ],
  [
    'gateway-reached-only',
    '# cat /etc/systemd/network/tap0.network\n[Match]\nName=tap0\n[Network]\nAddress=192.168.100.1/24\n# in vm\n$ ping 8.8.8.8\n4 packets transmitted, 0 received, 100% packet loss, time 3074ms\n$ ping 192.168.100.1\n64 bytes from 192.168.100.1: icmp_seq=1 ttl=64 time=0.4 ms',
  ],
  [
    'names-only-missing',
    '$ ping -c1 8.8.8.8\n64 bytes from 8.8.8.8: icmp_seq=1 ttl=116 time=11.1 ms\n$ ping google.com\nping: google.com: Temporary failure in name resolution',
  ],
  [
    'names-only-missing',
    'root@alpine:~# ping -c1 1.1.1.1\n64 bytes from 1.1.1.1: seq=0 ttl=56 time=12.345 ms\nroot@alpine:~# apk update\nfetch https://dl-cdn.alpinelinux.org/alpine/v3.19/main/x86_64/APKINDEX.tar.gz\nWARNING: fetching https://dl-cdn.alpinelinux.org/alpine/v3.19/main: temporary error (try again later)',
  ],
  [
    'libvirt-nat-rejects-incoming',
    'Chain LIBVIRT_FWI (1 references)\n pkts bytes target     prot opt in     out     source               destination\n    0     0 ACCEPT     all  --  *      virbr0  0.0.0.0/0            192.168.122.0/24     ctstate RELATED,ESTABLISHED\n   12   720 REJECT     all  --  *      virbr0  0.0.0.0/0            0.0.0.0/0            reject-with icmp-port-unreachable',
  ],
  [
    'proxmox-firewall-drop',
    '101 4 tap101i0-IN 10/Mar/2024:10:00:00 +0100 policy DROP: IN=fwbr101i0 OUT=fwbr101i0 PHYSIN=fwln101i0 PHYSOUT=tap101i0 SRC=192.168.1.5 DST=192.168.1.101 PROTO=TCP DPT=22',
  ],
  [
    'ssh-hangs-at-keys',
    '$ ssh vm\n(hangs after)\ndebug1: SSH2_MSG_KEXINIT sent\n$ ip link show wg0\n5: wg0: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN',
  ],
  [
    'ssh-to-user-network',
    '$ ssh user@10.0.2.15\nssh: connect to host 10.0.2.15 port 22: Connection timed out',
  ],
  [
    'tunnel-takes-all',
    '$ ip rule\n0:\tfrom all lookup local\n32764:\tfrom all lookup main suppress_prefixlength 0\n32765:\tnot from all fwmark 0xca6c lookup 51820\n32766:\tfrom all lookup main\n$ ip r\ndefault via 192.168.1.1 dev enp3s0\n192.168.122.0/24 dev virbr0 proto kernel scope link src 192.168.122.1',
  ],
  [
    'pod-names-unanswered',
    '$ kubectl exec -it kata-pod -- nslookup kubernetes.default\n;; connection timed out; no servers could be reached\ncommand terminated with exit code 1',
  ],
  [
    'tunnel-no-handshake',
    'interface: wg0\n  public key: abcdef=\n  listening port: 51820\n\npeer: xyz=\n  endpoint: 203.0.113.5:51820\n  allowed ips: 10.8.0.0/24\n  transfer: 0 B received, 14.21 KiB sent\n  persistent keepalive: every 25 seconds',
  ],
  [
    'openvpn-no-answer',
    'TLS Error: TLS key negotiation failed to occur within 60 seconds (check your network connectivity)\nTLS Error: TLS handshake failed',
  ],
  [
    'bridge-port-has-address',
    '$ ip a\n2: enp3s0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel master br0 state UP group default qlen 1000\n    link/ether 70:85:c2:aa:bb:cc brd ff:ff:ff:ff:ff:ff\n    inet 192.168.1.20/24 brd 192.168.1.255 scope global dynamic enp3s0\n       valid_lft 85011sec preferred_lft 85011sec\n3: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n    link/ether 70:85:c2:aa:bb:cc brd ff:ff:ff:ff:ff:ff\n    inet6 fe80::7285:c2ff:feaa:bbcc/64 scope link',
  ],
  [
    'bridge-port-has-address',
    '$ sudo ip link set enp3s0 master br0\n$ ip r\ndefault via 192.168.1.1 dev enp3s0 proto dhcp metric 100\n192.168.1.0/24 dev enp3s0 proto kernel scope link src 192.168.1.20 metric 100\n$ ping 192.168.1.1\nFrom 192.168.1.20 icmp_seq=1 Destination Host Unreachable',
  ],
  [
    'bridge-took-card',
    '$ sudo ip link set enp3s0 master br0\n$ ip r\ndefault via 192.168.1.1 dev enp3s0 proto dhcp metric 100\n192.168.1.0/24 dev enp3s0 proto kernel scope link src 192.168.1.20 metric 100\n$ ping 192.168.1.1\nFrom 192.168.1.20 icmp_seq=1 Destination Host Unreachable',
  ],
  [
    'bridge-took-card',
    '$ brctl addbr br0\n$ brctl addif br0 eth0\n$ ping 192.168.0.1\nPING 192.168.0.1 (192.168.0.1) 56(84) bytes of data.\nFrom 192.168.0.15 icmp_seq=1 Destination Host Unreachable',
  ],
  [
    'bridge-mtu-differs',
    '$ ip link | grep mtu\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9000 qdisc mq master br0 state UP\n5: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP\n7: tap0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel master br0 state UP',
  ],
  [
    'bridge-mac-on-two-ports',
    '$ bridge fdb show br br0 | grep 52:54\n52:54:00:12:34:56 dev tap0 master br0\n52:54:00:12:34:56 dev tap1 master br0',
  ],
  [
    'bridge-mac-of-tap',
    '$ ip -br link\nbr0              UP             02:11:22:33:44:55 <BROADCAST,MULTICAST,UP,LOWER_UP>\neno1             UP             70:85:c2:aa:bb:cc <BROADCAST,MULTICAST,UP,LOWER_UP>\ntap0             UP             02:11:22:33:44:55 <BROADCAST,MULTICAST,UP,LOWER_UP>',
  ],
  [
    'bridge-vlan-shown',
    '$ bridge vlan show\nport              vlan-id\neth0              1 PVID Egress Untagged\n                  20\ntap0              1 PVID Egress Untagged\nbr0               1 PVID Egress Untagged',
  ],
  [
    'tap-outside-bridge',
    '$ brctl show\nbridge name\tbridge id\t\tSTP enabled\tinterfaces\nbr0\t\t8000.7085c2aabbcc\tno\t\tenp3s0\n$ ip link show tap0\n7: tap0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000\n    link/ether 52:4e:00:11:22:33 brd ff:ff:ff:ff:ff:ff',
  ],
  [
    'bridge-port-waits',
    '$ bridge link\n3: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state listening priority 32 cost 4\n9: tap0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state learning priority 32 cost 100',
  ],
  [
    'bridge-port-blocked',
    '4: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state blocking priority 32 cost 4',
  ],
  [
    'bridge-own-address',
    'kernel: br0: received packet on eth0 with own address as source address (addr:52:54:00:12:34:56, vlan:0)',
  ],
  [
    'bridge-own-address',
    '[  812.123] br-lan: received packet on eth0.1 with own address as source address (addr:00:11:22:33:44:55, vlan:0)',
  ],
  [
    'bridge-in-cloud-network',
    'ubuntu@ip-172-31-5-10:~$ brctl show\nbridge name     bridge id               STP enabled     interfaces\nbr0             8000.0a1b2c3d4e5f       no              ens5\n                                                        tap0\nguest$ ping 172.31.0.1\nFrom 172.31.5.99 icmp_seq=1 Destination Host Unreachable',
  ],
  [
    'provider-refuses-mac',
    'Hetzner abuse: We have detected that your server is using different MAC addresses from those allowed by your Robot account.\n Unallowed MACs:\n   52:54:00:ab:cd:ef',
  ],
  [
    'tap-single-queue-shown',
    '$ ip tuntap\ntap0: tap persist user 1000\n$ cloud-hypervisor --net tap=tap0,num_queues=4 --cpus boot=2',
  ],
  [
    'default-route-missing',
    'root@guest:~# ip r\n192.168.249.0/24 dev eth0 proto kernel scope link src 192.168.249.2\nroot@guest:~# ping 8.8.8.8\nping: connect: Network is unreachable',
  ],
  [
    'default-route-missing',
    'root@guest:~# ip route\n10.0.2.0/24 dev ens3 proto kernel scope link src 10.0.2.15\nroot@guest:~# ping 8.8.8.8\nconnect: Network is unreachable',
  ],
  [
    'ipv6-default-missing',
    '$ ip -6 r\nfe80::/64 dev eth0 proto kernel metric 256 pref medium\n$ ping -6 google.com\nconnect: Network is unreachable',
  ],
  [
    'interface-renamed',
    '[    1.234] virtio_net virtio1 ens4: renamed from eth0\n$ cat /etc/network/interfaces\nauto eth0\niface eth0 inet dhcp',
  ],
  ['openvswitch-flow-drops', '$ sudo ovs-appctl ofproto/trace br0 in_port=tap1\nDatapath actions: drop'],
  [
    'tailscale-routes-not-accepted',
    '# Health check:\n#     - Some peers are advertising routes but --accept-routes is false',
  ],
  [
    'capture-reply-other-way',
    '# tcpdump -ni any icmp\n15:11:11.2 eth0  In  IP 10.1.1.9 > 10.1.1.20: ICMP echo request, id 1, seq 1, length 64\n15:11:11.2 eth1  Out IP 10.1.1.20 > 10.1.1.9: ICMP echo reply, id 1, seq 1, length 64\n15:11:12.2 eth0  In  IP 10.1.1.9 > 10.1.1.20: ICMP echo request, id 1, seq 2, length 64\n15:11:12.2 eth1  Out IP 10.1.1.20 > 10.1.1.9: ICMP echo reply, id 1, seq 2, length 64',
  ],
  [
    'capture-not-masqueraded',
    '$ sudo tcpdump -ni any icmp and host 9.9.9.9\n11:00:01.1 vmtap0 In  IP 10.0.5.2 > 9.9.9.9: ICMP echo request, id 2, seq 1, length 64\n11:00:01.1 enp4s0 Out IP 10.0.5.2 > 9.9.9.9: ICMP echo request, id 2, seq 1, length 64\n11:00:02.1 vmtap0 In  IP 10.0.5.2 > 9.9.9.9: ICMP echo request, id 2, seq 2, length 64\n11:00:02.1 enp4s0 Out IP 10.0.5.2 > 9.9.9.9: ICMP echo request, id 2, seq 2, length 64',
  ],
  [
    'capture-reply-not-returned',
    '$ sudo tcpdump -ni any icmp\n11:00:01.1 tap0  In  IP 10.0.5.2 > 9.9.9.9: ICMP echo request, id 2, seq 1, length 64\n11:00:01.1 eth0  Out IP 192.168.1.5 > 9.9.9.9: ICMP echo request, id 2, seq 1, length 64\n11:00:01.2 eth0  In  IP 9.9.9.9 > 192.168.1.5: ICMP echo reply, id 2, seq 1, length 64\n11:00:02.1 tap0  In  IP 10.0.5.2 > 9.9.9.9: ICMP echo request, id 2, seq 2, length 64\n11:00:02.1 eth0  Out IP 192.168.1.5 > 9.9.9.9: ICMP echo request, id 2, seq 2, length 64\n11:00:02.2 eth0  In  IP 9.9.9.9 > 192.168.1.5: ICMP echo reply, id 2, seq 2, length 64',
  ],
  [
    'capture-not-forwarded',
    '# tcpdump -ni any host 1.1.1.1\n09:30:01.1 tap0  In  IP 192.168.33.2 > 1.1.1.1: ICMP echo request, id 9, seq 1, length 64\n09:30:02.1 tap0  In  IP 192.168.33.2 > 1.1.1.1: ICMP echo request, id 9, seq 2, length 64\n09:30:03.1 tap0  In  IP 192.168.33.2 > 1.1.1.1: ICMP echo request, id 9, seq 3, length 64',
  ],
  [
    'capture-arp-behind-vswitch',
    'Guest in nested VM on ESXi: arp requests leave br0, replies visible at upstream, not in VM\n$ sudo tcpdump -eni br0 arp\n10:00:00 52:54:00:11:22:33 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.1 tell 10.0.0.50, length 28\n10:00:01 52:54:00:11:22:33 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.1 tell 10.0.0.50, length 28',
  ],
  [
    'arping-address-taken',
    '$ sudo arping -D -I br0 192.168.1.50\nARPING 192.168.1.50 from 0.0.0.0 br0\nUnicast reply from 192.168.1.50 [52:54:00:AA:BB:CC]  0.7ms\nSent 1 probes (1 broadcast(s))\nReceived 1 response(s)',
  ],
  [
    'arping-two-answers',
    '$ arping -I br0 192.168.1.60\nARPING 192.168.1.60 from 192.168.1.2 br0\nUnicast reply from 192.168.1.60 [52:54:00:12:34:56]  0.812ms\nUnicast reply from 192.168.1.60 [52:54:00:ab:cd:ef]  0.933ms',
  ],
  [
    'cards-in-one-network',
    '$ ip r\ndefault via 10.0.2.2 dev enp0s3 proto dhcp metric 100\n10.0.2.0/24 dev enp0s3 proto kernel scope link src 10.0.2.15\n10.0.2.0/24 dev enp0s8 proto kernel scope link src 10.0.2.16',
  ],
  [
    'inner-bridge-mtu-larger',
    '$ docker run alpine apk update\nfetch https://dl-cdn.alpinelinux.org/alpine/v3.19/main/x86_64/APKINDEX.tar.gz\n(hangs)\n$ ip link show ens3\n2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc fq_codel state UP\n$ ip link show docker0\n4: docker0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP',
  ],
  [
    'macvtap-mac-differs',
    '$ sudo ip link add link eth0 name macvtap0 type macvtap\n$ sudo ip link set macvtap0 address ca:ae:00:11:22:33 up\n$ cloud-hypervisor --net fd=3,mac=52:54:00:99:88:77 3<>/dev/tap$(cat /sys/class/net/macvtap0/ifindex) --kernel vmlinux\nguest$ ping 192.168.1.1\n5 packets transmitted, 0 received, 100% packet loss, time 4091ms',
  ],
  [
    'forwarding-off',
    '$ sysctl net.ipv4.ip_forward\nnet.ipv4.ip_forward = 0\n$ ip a show tap0\n9: tap0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP\n    inet 192.168.249.1/24 scope global tap0',
  ],
  ['forwarding-off', '$ cat /proc/sys/net/ipv4/ip_forward\n0'],
  [
    'link-down-shown',
    '$ bridge link\n3: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 4\n9: vmtap0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 master br0 state disabled priority 32 cost 100',
  ],
  [
    'link-down-shown',
    '$ ifconfig vmtap0\nvmtap0: flags=4099<UP,BROADCAST,MULTICAST>  mtu 1500\n        inet 192.168.249.1  netmask 255.255.255.0  broadcast 0.0.0.0\n        ether 32:5a:11:22:33:44  txqueuelen 1000  (Ethernet)\n        RX packets 0  bytes 0 (0.0 B)\n        TX packets 0  bytes 0 (0.0 B)',
  ],
  [
    'only-link-local-ipv6',
    '2: ens4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n    link/ether 2e:89:a8:e4:bf:49 brd ff:ff:ff:ff:ff:ff\n    inet6 fe80::2c89:a8ff:fee4:bf49/64 scope link\n       valid_lft forever preferred_lft forever',
  ],
  [
    'only-link-local-ipv6',
    '2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP\n    inet6 fe80::5054:ff:fe00:1/64 scope link tentative',
  ],
  [
    'network-manager-state',
    'DEVICE  TYPE      STATE                                  CONNECTION\nbr0     bridge    connecting (getting IP configuration)  br0\nenp3s0  ethernet  connected                              Wired connection 1\ntap0    tun       unmanaged                              --',
  ],
  [
    'network-manager-state',
    'DEVICE  TYPE      STATE      CONNECTION\neth0    ethernet  unmanaged  --\nlo      loopback  unmanaged  --',
  ],
  ['ssh-no-answer', "ssh: connect to host 192.168.122.45 port 22: No existe ninguna ruta hasta el `host'"],
  [
    'ping-unanswered',
    '$ ping 192.168.1.50\nPING 192.168.1.50 (192.168.1.50) 56(84) bytes of data.\nFrom 192.168.1.10 icmp_seq=1 Destination Host Unreachable\nFrom 192.168.1.10 icmp_seq=2 Destination Host Unreachable',
  ],
  [
    'ping-unanswered',
    '$ sudo ip link add link eth0 name macvtap0 type macvtap\n$ sudo ip link set macvtap0 address ca:ae:00:11:22:33 up\n$ cloud-hypervisor --net fd=3,mac=52:54:00:99:88:77 3<>/dev/tap$(cat /sys/class/net/macvtap0/ifindex) --kernel vmlinux\nguest$ ping 192.168.1.1\n5 packets transmitted, 0 received, 100% packet loss, time 4091ms',
  ],
  [
    'macvtap-host-apart',
    '$ ip -d link show macvtap0\n12: macvtap0@enp3s0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT\n    link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff promiscuity 0\n    macvtap mode bridge\n$ ping 192.168.1.77\nFrom 192.168.1.10 icmp_seq=1 Destination Host Unreachable',
  ],
  [
    'macvtap-host-apart',
    'host$ ssh root@192.168.0.44\nssh: connect to host 192.168.0.44 port 22: No route to host\nhost$ ip -d link | grep -A2 macvtap\n14: macvtap1@eno1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 500\n    macvtap mode bridge bc_queue_len 1000',
  ],
  [
    'bridge-takes-no-wifi',
    "$ sudo brctl addif br0 wlan0\ncan't add wlan0 to bridge br0: Operation not supported",
  ],
  [
    'bridge-takes-no-wifi',
    '$ sudo ip link set wlp3s0 master br0\nError: Device does not allow enslaving to a bridge.',
  ],
  [
    'firewall-target-place',
    "iptables v1.8.10 (nf_tables): Chain 'MASQUERADE' does not exist\nTry `iptables -h' or 'iptables --help' for more information.",
  ],
]

export const networkReports = printed(texts)

/** The same tables and files of networks that are in order. */
export const healthyNetworks: readonly string[] = [
  '$ brctl show\nbridge name\tbridge id\t\tSTP enabled\tinterfaces\nbr0\t\t8000.7085c2aabbcc\tno\t\tenp3s0\n\t\t\t\t\t\t\ttap0\n$ ip a\n2: enp3s0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel master br0 state UP group default qlen 1000\n    link/ether 70:85:c2:aa:bb:cc brd ff:ff:ff:ff:ff:ff\n3: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n    inet 192.168.1.20/24 brd 192.168.1.255 scope global dynamic br0\n7: tap0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel master br0 state UP group default qlen 1000',
  'auto eno1\niface eno1 inet manual\n\nauto vmbr0\niface vmbr0 inet static\n        address 192.168.1.10/24\n        gateway 192.168.1.1\n        bridge-ports eno1',
  'iface vmbr0 inet static\n        address 192.168.1.10/24\n        gateway 192.168.1.1\niface vmbr0 inet6 static\n        address 2001:db8::2/64\n        gateway 2001:db8::1',
  'network:\n  version: 2\n  ethernets:\n    enp5s0:\n      dhcp4: false\n  bridges:\n    br0:\n      interfaces: [enp5s0]\n      dhcp4: true',
  'network:\n  ethernets:\n    enp5s0:\n      dhcp4: true\n    enp6s0:\n      dhcp4: false\n  bridges:\n    br0:\n      interfaces: [enp6s0]\n      addresses: [10.0.0.1/24]',
  'Chain POSTROUTING (policy ACCEPT 12 packets, 720 bytes)\n pkts bytes target     prot opt in     out     source               destination\n  120  9000 MASQUERADE  all  --  *      eth0    192.168.249.0/24     0.0.0.0/0\n$ ip r\ndefault via 10.0.0.1 dev eth0 proto dhcp metric 100',
  '*mangle\n:POSTROUTING ACCEPT [0:0]\nCOMMIT\n*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -s 192.168.249.0/24 -o eth0 -j MASQUERADE\nCOMMIT',
  '$ sudo tcpdump -ni any icmp\n11:00:01.1 tap0  In  IP 10.0.5.2 > 9.9.9.9: ICMP echo request, id 2, seq 1, length 64\n11:00:01.1 eth0  Out IP 192.168.1.5 > 9.9.9.9: ICMP echo request, id 2, seq 1, length 64\n11:00:01.2 eth0  In  IP 9.9.9.9 > 192.168.1.5: ICMP echo reply, id 2, seq 1, length 64\n11:00:01.2 tap0  Out IP 9.9.9.9 > 10.0.5.2: ICMP echo reply, id 2, seq 1, length 64',
  '$ sudo tcpdump -ni any icmp\n11:00:01.1 eth0  Out IP 192.168.1.5 > 9.9.9.9: ICMP echo request, id 2, seq 1, length 64\n11:00:01.2 eth0  In  IP 9.9.9.9 > 192.168.1.5: ICMP echo reply, id 2, seq 1, length 64',
  '11:00:01.1 tap0  In  IP 10.0.5.2 > 10.0.5.1: ICMP echo request, id 2, seq 1, length 64\n11:00:01.1 tap0  Out IP 10.0.5.1 > 10.0.5.2: ICMP echo reply, id 2, seq 1, length 64',
  '[NetDev]\nName=br0\nKind=bridge\n[Match]\nName=en*\n[Network]\nBridge=br0\n[Match]\nName=br0\n[Network]\nDHCP=yes',
  '  3 br0    bridge   routable   configured\n  4 vm-a   ether    enslaved   configured',
  ' Name      State    Autostart   Persistent\n--------------------------------------------\n default   active   yes         yes',
  ' Expiry Time           MAC address         Protocol   IP address           Hostname   Client ID or DUID\n--------------------------------------------------------------------------------------------------------\n 2024-05-05 10:00:00   52:54:00:11:22:33   ipv4       192.168.122.50/24    vm         -',
  '  latest handshake: 12 seconds ago\n  transfer: 1.20 MiB received, 3.10 MiB sent',
  '# ip r\ndefault via 192.168.249.1 dev eth0 proto static\n192.168.249.0/24 dev eth0 proto kernel scope link src 192.168.249.2',
  'Unicast reply from 192.168.1.60 [52:54:00:12:34:56]  0.812ms\nUnicast reply from 192.168.1.60 [52:54:00:12:34:56]  0.933ms',
  '52:54:00:12:34:56 dev tap0 master br0\n70:85:c2:aa:bb:cc dev eno1 master br0 permanent\n33:33:00:00:00:01 dev tap0 self permanent',
  'Status: active\nDefault: deny (incoming), allow (outgoing), allow (routed)',
  'libvirt\n  interfaces: virbr0\npublic\n  interfaces: enp3s0',
  '9: tap0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP\n    inet 192.168.249.1/24 scope global tap0\n$ cat /proc/sys/net/ipv4/ip_forward\n1',
  'br0              UP             70:85:c2:aa:bb:cc <BROADCAST,MULTICAST,UP,LOWER_UP>\neno1             UP             70:85:c2:aa:bb:cc <BROADCAST,MULTICAST,UP,LOWER_UP>\ntap0             UP             fe:85:c2:aa:bb:cc <BROADCAST,MULTICAST,UP,LOWER_UP>',
]

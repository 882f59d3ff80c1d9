ip link add wg0 type veth peer name srv1 netns gs
ip addr add 10.8.0.2/24 dev wg0; ip link set wg0 up
ip -n gs addr add 10.8.0.1/24 dev srv1; ip -n gs link set srv1 up
sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.wg0.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0
ip route add default via 10.8.0.1 dev wg0 table 100; ip rule add fwmark 0x64 lookup 100 priority 1000

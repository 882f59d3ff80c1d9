#!/bin/bash
# Sets up a host between a guest and a server, loads the rules of a directory, and says what becomes of packets.
# usage: packet-lab.sh DIRECTORY PEER.mjs [COMMAND…]   the command runs on the host, behind the packets
set -eu
directory=$1 peer=$2
shift 2
mount --make-rprivate /
mount -t tmpfs none /run
mkdir /run/netns
ip netns add gs
ip netns add gg
ip link set lo up
quiet() { sysctl -qw "$@" 2>/dev/null || true; }
ip link add eth0 type veth peer name srv0 netns gs
ip link add vm-tap0 type veth peer name ens0 address 12:34:56:78:90:ab netns gg
ip addr add 203.0.113.10/24 dev eth0
ip addr add 192.168.249.1/24 dev vm-tap0
ip link set eth0 up
ip link set vm-tap0 up
ip route add default via 203.0.113.1
ip -n gs link set lo up
ip -n gs addr add 203.0.113.1/24 dev srv0
ip -n gs addr add 9.9.9.9/32 dev lo
ip -n gs link set srv0 up
ip -n gs route add 192.168.249.0/24 via 203.0.113.10
ip -n gg link set lo up
ip -n gg addr add 192.168.249.2/24 dev ens0
ip -n gg link set ens0 up
ip -n gg route add default via 192.168.249.1
quiet net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0 net.ipv4.conf.vm-tap0.rp_filter=0
ip netns exec gs sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.srv0.rp_filter=0 2>/dev/null || true
run() { [ ! -e "$directory/$1" ] || bash -eu "$directory/$1" >&2; }
run setup.sh
[ ! -e "$directory/rules.nft" ] || nft -f "$directory/rules.nft"
[ ! -e "$directory/rules.save" ] || iptables-nft-restore "$directory/rules.save"
[ ! -e "$directory/rules.legacy" ] || iptables-legacy-restore "$directory/rules.legacy"
run after.sh
ip netns exec gs "$NODE" "$peer" server >/run/seen &
for _ in $(seq 100); do
  grep -q ready /run/seen 2>/dev/null && break
  sleep 0.05
done
ip netns exec gg "$NODE" "$peer" client
sort -u /run/seen | grep -v ready | tr '\n' ' '
echo
kill %1
[ $# -eq 0 ] || "$@"

# shellcheck shell=bash
# Hosts without a firewall of their own, one after the other from bare to broken.
BARE=bare
run() {
  cd /home/user
  configure_user
  network
  chmod 600 /dev/kvm 2>/dev/null || true
  record debian12-bare

  # A container that was given no devices.
  mkdir /tmp/devices
  mv /dev/kvm /dev/net/tun /tmp/devices/ 2>/dev/null || true
  touch /run/.containerenv
  record container
  rm /run/.containerenv
  mv /tmp/devices/kvm /dev/kvm 2>/dev/null || true
  mv /tmp/devices/tun /dev/net/tun

  serve
  $D fix --yes > /tmp/ready.out 2>&1 || { echo "== repair"; tail -n 30 /tmp/ready.out; echo "== end"; }
  record debian12-ready
  record_as_root debian12-ready-root

  # Two more guests, of which the third has no TAP yet.
  $D fix --yes --guest 2 > /tmp/second.out 2>&1 || { echo "== repair"; tail -n 30 /tmp/second.out; echo "== end"; }
  record_as_root second-guest --guest 2
  record_as_root third-guest --guest 3

  # A guest on an existing bridge, with a MAC of its own and with that of every first guest.
  ip link add br0 type bridge
  ip addr add 192.168.77.1/24 dev br0
  record_as_root bridge-down --set network=bridge
  ip link set br0 up
  $D fix --yes tap-device --set network=bridge --set guest_mac=52:54:00:12:34:56 > /tmp/bridge.out 2>&1 || true
  record_as_root bridge --set network=bridge --set guest_mac=52:54:00:12:34:56
  ip link del br0

  # IPv6 that the host does not pass on yet; huge pages that nobody reserved; a kernel instead of a firmware.
  $D fix --yes tap-device > /tmp/tap.out 2>&1 || true
  record_as_root ipv6 --set ipv6=masquerade --set hugepages=true
  $D fix --yes guest-ipv6 --set ipv6=masquerade > /tmp/ipv6.out 2>&1 || true
  record_as_root ipv6-ready --set ipv6=masquerade
  record kernel-build --set boot=kernel --set kernel_build=true --set net_admin_capability=always --set persist_network=true
  $D fix --yes net-admin --set net_admin_capability=always > /tmp/setcap.out 2>&1 || true
  record kernel-downloaded --set boot=kernel --set net_admin_capability=always

  # A kernel that is there; and a Cloud Hypervisor that may not have the memory of the guest.
  local data=/home/user/.local/share/chv-doctor
  runuser -u user -- cp "$data/CLOUDHV.fd" "$data/vmlinux"
  record_as_root kernel-ready --set boot=kernel
  printf '#!/bin/sh\nulimit -v 200000\nexec %s/bin/cloud-hypervisor "$@"\n' "$data" > /usr/local/bin/limited
  chmod 755 /usr/local/bin/limited
  record_as_root boot-refused --set hypervisor=/usr/local/bin/limited
  rm "$data/vmlinux"

  # Half made: a download that was cut off, a TAP of root in the way of the LAN, forwarding off again.
  truncate -s 1M "$data"/*.raw
  printf '<!DOCTYPE html><title>Sign in</title>' > "$data/CLOUDHV.fd"
  mkfs.fat -C -n CIDATA /tmp/seed.img 1024 >/dev/null
  printf '#cloud-config\nusers: {\n' > /tmp/user-data
  mcopy -i /tmp/seed.img /tmp/user-data ::
  cp /tmp/seed.img "$data/cloud-init.img"
  chown -R user: /home/user
  ip link del vm-tap0
  ip tuntap add dev vm-tap0 mode tap user root
  ip addr add 192.168.249.7/16 dev vm-tap0
  nft flush ruleset
  nft 'table ip filter { chain FORWARD { type filter hook forward priority 0; policy drop; }; }'
  sysctl -qw net.ipv4.ip_forward=0
  record_as_root debian12-half-made
  finish
}

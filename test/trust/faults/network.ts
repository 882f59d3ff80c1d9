/** Faults of the network: TAP, addresses, forwarding, masquerade, firewalls, names, persistence. */
import type { Fault } from './fault.ts'

const goss = ['goss'] as const

/** @param finding as the report has it, "CHECK/CODE" */
const network = (id: string, finding: string, plant: string, more: Partial<Fault> = {}): Fault => {
  const [check = '', code = ''] = finding.split('/')
  return { id, check, code, plant, mends: true, ...more }
}

const bridge =
  'ip link add br0 type bridge; ip link set br0 up; set_key network bridge; set_key guest_mac 52:54:00:12:34:56; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes tap-device cloud-init)'
const six =
  'ip -6 addr add 2001:db8::2/64 dev eth0 nodad; ip -6 route add default via 2001:db8::1 dev eth0; set_key ipv6 masquerade; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes tap-address guest-ipv6 cloud-init)'
const stub = `
[ -e /usr/bin/systemctl.real ] || mv /usr/bin/systemctl /usr/bin/systemctl.real
program /usr/bin/systemctl <<'SYSTEMCTL'
#!/bin/sh
case "$1" in
is-active) printf 'active\\ninactive\\ninactive\\n'; exit 3 ;;
disable) exec /usr/bin/systemctl.real --root=/ disable "$3" ;;
*) exec /usr/bin/systemctl.real --root=/ "$@" ;;
esac
SYSTEMCTL
mkdir -p /run/systemd/system`
const persist = `${stub}
set_key persist_network true; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes network-persistence)`

/** What the packets that guest-reach sends meet, and no rule of this host shows. */
const reachFaults: readonly Fault[] = [
  network(
    'reach-address-in-use',
    'guest-reach/address-in-use',
    // Another machine on the link, which announces the guest's address.
    `perl -e 'socket(my $s, 17, 3, 0x0608) or die; open(F, "/sys/class/net/vm-tap0/ifindex"); my $to = pack("S n l S C C a8", 17, 0x0806, <F> + 0, 1, 0, 6, "\\xff" x 6); my $arp = pack("H*", "ffffffffffff5254006666660806000108000604000152540066666" . "6c0a8f902000000000000c0a8f902") . "\\0" x 18; while (1) { send($s, $arp, 0, $to); select(undef, undef, undef, 0.001) }' & sleep 0.3`,
    { mends: false },
  ),
  network('reach-gateway-silent', 'guest-reach/gateway-silent', 'sysctl -qw net.ipv4.conf.all.arp_ignore=8', {
    mends: false,
  }),
  // One hop more than the packets of the host have made: a router that forwards for its own machines alone.
  network(
    'reach-no-way-out',
    'guest-reach/no-way-out',
    "on router nft 'table ip up { chain f { type filter hook forward priority 0; ip ttl 62 drop; }; }'",
    { mends: false },
  ),
  network(
    'reach-rejected',
    'guest-reach/rejected',
    "on router nft 'table ip up { chain f { type filter hook forward priority 0; ip ttl 62 reject with icmp type admin-prohibited; }; }'",
    { mends: false },
  ),
]

export const networkFaults: readonly Fault[] = [
  network(
    'subnet-on-lan',
    'subnet-conflict/in-other-network',
    'ip link add lan0 type bridge; ip addr add 192.168.249.77/24 dev lan0; ip link set lan0 up',
    { mends: false },
  ),
  network(
    'subnet-route',
    'subnet-conflict/in-other-network',
    'ip route add 192.168.249.0/25 via 198.51.100.1',
    {
      mends: false,
    },
  ),
  network(
    'subnet-host-route',
    'subnet-conflict/in-other-network',
    'ip route add 192.168.249.2/32 via 198.51.100.1',
    {
      mends: false,
    },
  ),
  network('subnet-wide-route', 'subnet-conflict/overlaps', 'ip route add 192.168.0.0/16 via 198.51.100.1', {
    mends: false,
    status: 'warn',
  }),
  network(
    'subnet-same-address',
    'subnet-conflict/in-other-network',
    'ip link add lan0 type bridge; ip addr add 192.168.249.1/32 dev lan0; ip link set lan0 up',
    { mends: false },
  ),
  network('bridge-gone', 'bridge/missing', 'ip link del br0', { ready: bridge, mends: false }),
  network('bridge-down', 'bridge/down', 'ip link set br0 down', { ready: bridge, mends: false }),
  network(
    'bridge-is-none',
    'bridge/not-a-bridge',
    'ip link del br0; ip link add br0 type veth peer name br0-peer; ip link set br0 up',
    {
      ready: bridge,
      mends: false,
    },
  ),
  network(
    'bridge-common-mac',
    'bridge/default-mac',
    'set_key guest_mac 12:34:56:78:90:ab; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes cloud-init)',
    { ready: bridge, mends: false, status: 'warn' },
  ),
  network('bridge-lost-port', 'tap-device/not-on-bridge', 'ip link set vm-tap0 nomaster', { ready: bridge }),
  network(
    'bridge-other-master',
    'tap-device/not-on-bridge',
    'ip link add br9 type bridge; ip link set vm-tap0 master br9',
    { ready: bridge },
  ),
  network('tap-gone', 'tap-device/missing', 'ip link del vm-tap0', { peers: goss }),
  network('tap-down', 'tap-device/down', 'ip link set vm-tap0 down', { peers: goss }),
  network(
    'tap-layer-3',
    'tap-device/not-a-tap',
    'ip link del vm-tap0; ip tuntap add dev vm-tap0 mode tun user root; ip link set vm-tap0 up',
    { mends: false, peers: goss },
  ),
  network(
    'tap-veth',
    'tap-device/not-a-tap',
    'ip link del vm-tap0; ip link add vm-tap0 type veth peer name vm-tap0-peer; ip link set vm-tap0 up',
    { mends: false, peers: goss },
  ),
  network('tap-multi-queue', 'tap-device/has-multi-queue', 'other_tap mode tap user root multi_queue', {
    peers: goss,
  }),
  network('tap-lacks-queues', 'tap-device/lacks-multi-queue', 'set_key cpus 2; set_key num_queues 4'),
  network('tap-foreign', 'tap-device/foreign-owner', 'other_tap mode tap user nobody', {
    user: 'sky',
    peers: goss,
  }),
  network('tap-of-a-group', 'tap-device/foreign-group', 'other_tap mode tap group daemon', {
    user: 'sky',
    peers: goss,
  }),
  network(
    'tap-in-a-bridge',
    'tap-device/on-a-bridge',
    'ip link add br7 type bridge; ip link set vm-tap0 master br7',
    {
      peers: goss,
    },
  ),
  network(
    'tap-in-use',
    'tap-device/in-use',
    `perl -e 'open(F, "+<", "/dev/net/tun"); my $request = pack("Z16s x22", "vm-tap0", 0x1002 | 0x4000); ioctl(F, 0x400454ca, $request) or die $!; sleep 1000' & sleep 0.3`,
    { mends: false, status: 'warn' },
  ),
  network('address-gone', 'tap-address/wrong-address', 'ip addr flush dev vm-tap0', { peers: goss }),
  network(
    'address-other',
    'tap-address/wrong-address',
    'ip addr flush dev vm-tap0; ip addr add 192.168.249.9/24 dev vm-tap0',
    { peers: goss },
  ),
  network(
    'address-prefix',
    'tap-address/wrong-address',
    'ip addr flush dev vm-tap0; ip addr add 192.168.249.1/25 dev vm-tap0',
    { peers: goss },
  ),
  network('address-six-gone', 'tap-address/wrong-ipv6-address', 'ip -6 addr flush dev vm-tap0 scope global', {
    ready: six,
  }),
  network('mtu-above-uplink', 'tap-mtu/exceeds-uplink', 'ip link set dev eth0 mtu 1450', {
    mends: false,
    status: 'warn',
  }),
  network('mtu-not-as-configured', 'tap-mtu/not-as-configured', 'set_key mtu 1400'),
  network('forwarding-off', 'ip-forward/off', 'sysctl -qw net.ipv4.ip_forward=0', { peers: goss }),
  network('forwarding-off-tap', 'ip-forward/off', 'sysctl -qw net.ipv4.conf.vm-tap0.forwarding=0', {
    peers: goss,
  }),
  network('forwarding-off-uplink', 'ip-forward/off', 'sysctl -qw net.ipv4.conf.eth0.forwarding=0', {
    peers: goss,
  }),
  network('masquerade-gone', 'nat/no-masquerade', 'nft delete table inet chv_doctor', { peers: goss }),
  network('masquerade-flushed', 'nat/no-masquerade', 'nft flush chain inet chv_doctor nat-vm-tap0', {
    peers: goss,
  }),
  network(
    'masquerade-other-subnet',
    'nat/outdated-rule',
    'nft flush chain inet chv_doctor nat-vm-tap0; nft \'add rule inet chv_doctor nat-vm-tap0 ip saddr 10.9.8.0/24 ip daddr != 10.9.8.0/24 masquerade comment "chv-doctor vm-tap0"\'',
    { peers: goss },
  ),
  network(
    'masquerade-other-uplink',
    'nat/no-masquerade',
    'nft delete table inet chv_doctor; nft \'table ip other { chain post { type nat hook postrouting priority srcnat; oifname "wlan0" masquerade; }; }\'',
    { peers: goss },
  ),
  network(
    'masquerade-accepted-before',
    'nat/no-masquerade',
    "nft delete table inet chv_doctor; nft 'table ip other { chain post { type nat hook postrouting priority srcnat; ip saddr 192.168.0.0/16 accept; masquerade; }; }'",
    { peers: goss },
  ),
  network(
    'masquerade-for-marked',
    'nat/no-masquerade',
    "nft delete table inet chv_doctor; nft 'table ip other { chain post { type nat hook postrouting priority srcnat; meta mark 7 masquerade; }; }'",
    { peers: goss },
  ),
  network(
    'policy-drop',
    'forward-policy/drops',
    "nft 'table inet mine { chain fw { type filter hook forward priority 0; policy drop; ct state invalid drop; }; }'",
  ),
  network(
    'policy-reject-set',
    'forward-policy/drops',
    'nft \'table ip mine { set s { type ipv4_addr; flags interval; elements = { 192.168.0.0/16 }; }; chain deep { ip saddr @s oifname { "eth0", "wl*" } reject; }; chain fw { type filter hook forward priority 10; jump deep; }; }\'',
  ),
  network('policy-docker', 'forward-policy/drops', 'docker_rules iptables-nft'),
  network('policy-docker-legacy', 'forward-policy/drops', 'docker_rules iptables-legacy'),
  network(
    'policy-drop-tap',
    'forward-policy/drops',
    'nft \'table ip mine { chain fw { type filter hook forward priority -5; iifname "vm-tap0" drop; }; }\'',
  ),
  network(
    'policy-no-answers',
    'forward-policy/drops',
    'nft \'table ip mine { chain fw { type filter hook forward priority 0; policy drop; iifname "vm-tap0" accept; }; }\'',
  ),
  network('policy-iptables-drop', 'forward-policy/drops', 'iptables-nft -I FORWARD -i vm-tap0 -j REJECT'),
  network('policy-legacy-policy', 'forward-policy/drops', 'iptables-legacy -P FORWARD DROP'),
  network(
    'policy-firewalld',
    'forward-policy/drops',
    'nft \'table inet firewalld { chain filter_FORWARD { type filter hook forward priority filter + 10; policy accept; ct state { established, related } accept; iifname "lo" accept; ct state invalid drop; reject with icmpx admin-prohibited; }; }\'',
  ),
  network('six-forwarding-off', 'guest-ipv6/not-forwarded', 'sysctl -qw net.ipv6.conf.all.forwarding=0', {
    ready: six,
  }),
  network('six-masquerade-gone', 'guest-ipv6/no-masquerade', 'nft delete table ip6 chv_doctor', {
    ready: six,
  }),
  network('six-no-route', 'guest-ipv6/no-default-route', 'ip -6 route del default', {
    ready: six,
    mends: false,
    status: 'warn',
  }),
  network('six-off', 'guest-ipv6/disabled', 'sysctl -qw net.ipv6.conf.all.disable_ipv6=1', {
    ready: six,
    mends: false,
  }),
  network(
    'names-silent',
    'guest-dns/none-answers-this-host',
    'set_key nameservers "[203.0.113.99]"; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes cloud-init)',
    { mends: false, status: 'warn' },
  ),
  network(
    'names-one-silent',
    'guest-dns/some-do-not-answer',
    'set_key nameservers "[203.0.113.53, 203.0.113.99]"; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes cloud-init)',
    { mends: false, status: 'warn' },
  ),
  network(
    'names-loopback',
    'guest-dns/loopback-address',
    'set_key nameservers "[127.0.0.53]"; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes cloud-init)',
    { mends: false },
  ),
  network(
    'names-silent-host-has-one',
    'guest-dns/none-answers',
    'echo "nameserver 203.0.113.53" > /etc/resolv.conf; set_key nameservers "[203.0.113.99]"; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes cloud-init)',
    { mends: false },
  ),
  ...reachFaults,
  network('persist-nothing', 'network-persistence/missing', 'set_key persist_network true', { ready: stub }),
  network(
    'persist-unit-gone',
    'network-persistence/missing',
    'rm /etc/systemd/system/chv-doctor-vm-tap0.service',
    {
      ready: persist,
    },
  ),
  network('persist-sysctl-gone', 'network-persistence/missing', 'rm /etc/sysctl.d/60-chv-doctor.conf', {
    ready: persist,
  }),
  network(
    'persist-not-enabled',
    'network-persistence/not-enabled',
    '/usr/bin/systemctl.real --root=/ disable chv-doctor-vm-tap0.service',
    { ready: persist },
  ),
  network(
    'persist-networkd-file-gone',
    'network-persistence/missing',
    'rm /etc/systemd/network/*chv-doctor*.netdev',
    { ready: persist },
  ),
]

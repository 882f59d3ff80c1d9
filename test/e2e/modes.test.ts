/**
 * Several guests, a bridge, IPv6: made by the doctor, used by guests that are namespaces behind the real
 * TAPs, with a router that advertises itself and a server behind it.
 */

import { beforeAll, describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { prelude } from './scripts.ts'

// A router advertisement (RFC 4861, section 4.2): lifetime 1800 s, one prefix 2001:db8:99::/64 for addresses.
const advertise = `
my $prefix = pack('C C C C N N N a16', 3, 4, 64, 0xc0, 86400, 14400, 0, pack('n8', 0x2001, 0xdb8, 0x99, 0, 0, 0, 0, 0));
my $ra = pack('C C n C C n N N', 134, 0, 0, 64, 0, 1800, 0, 0) . $prefix;
socket(my $s, 10, 3, 58) or die $!;
# IPV6_MULTICAST_HOPS 18, of SOL_IPV6 41: it must arrive with 255.
setsockopt($s, 41, 18, pack('i', 255)) or die $!;
send($s, $ra, 0, pack('S n N a16 L', 10, 0, 0, pack('n8', 0xff02, 0, 0, 0, 0, 0, 0, 1), $ARGV[0])) or die $!;
`

const script = `
prepare() {
  apt-get install --yes -qq --no-install-recommends nftables procps >/dev/null 2>&1
  useradd --create-home --shell /bin/bash sky
  echo 'sky ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/sky
  # A busy machine is not what is tested here.
  mkdir -p /etc/chv-doctor; echo 'check_timeout: 120' > /etc/chv-doctor/chv-doctor.yaml
}
sky() { runuser -u sky -- env -i HOME=/home/sky USER=sky TERM=dumb PATH=/usr/local/bin:/usr/bin:/bin "$@"; }
D="sky sudo $NODE $REPO/dist/cli.js"
N="subnet-conflict tap-device tap-address ip-forward nat forward-policy guest-ipv6"
until_() { for _ in $(seq 100); do eval "$1" >/dev/null 2>&1 && return; sleep 0.1; done; echo "not within 10 s: $1"; }
state() { nft list ruleset; sysctl -a 2>/dev/null | grep -E '^net.ipv[46].*(forward|accept_r)' | grep -v vm-tap; ip -brief link | grep -v '^up'; }
router() {
  ip netns add router
  # A neighbour that says it is no router is forgotten as one.
  ip netns exec router sysctl -qw net.ipv6.conf.all.forwarding=1
  ip link add up0 type veth peer name up1 netns router
  ip -n router link set lo up; ip -n router link set up1 up
  ip -n router addr add 10.99.0.1/24 dev up1; ip -n router addr add 203.0.113.1/32 dev lo
  ip -n router addr add 2001:db8:99::1/64 dev up1 nodad; ip -n router addr add 2001:db8:ffff::1/128 dev lo nodad
  ip addr add 10.99.0.2/24 dev up0; sysctl -qw net.ipv6.conf.up0.accept_dad=0 net.ipv6.conf.up0.accept_ra=1
  ip link set up0 up; ip route add default via 10.99.0.1
  until_ 'ip -n router -6 addr show dev up1 scope link | grep -v tentative | grep -q fe80'
  ip netns exec router perl -e "$ADVERTISE" "$(ip netns exec router cat /sys/class/net/up1/ifindex 2>/dev/null || ip -n router -j link show up1 | grep -o '"ifindex":[0-9]*' | cut -d: -f2)"
  until_ 'ip -6 route show default | grep -q "proto ra"'
  ip netns exec router "$NODE" -e 'require("net").createServer(s => s.on("error", () => {}).end(s.remoteAddress + ";")).listen(80, "::")' & SERVER=$!
  until_ 'ip netns exec router bash -c "exec 3<>/dev/tcp/203.0.113.1/80"'
}
# guest N, its MAC, its address, its gateway, and the same for IPv6
guest() {
  ip netns add "guest$1"; ip -n "guest$1" link set lo up
  rm -f "/tmp/guest$1" # what an earlier guest of this name said
  perl "$REPO/test/e2e/play-guest.pl" "guest$1" "vm-tap$(($1 - 1))" "$2" > "/tmp/guest$1" 2>&1 & GUESTS="$GUESTS $!"
  until_ "grep -q ready /tmp/guest$1"
  ip -n "guest$1" addr add "$3" dev eth0; ip -n "guest$1" route add default via "$4"
  [ -z "\${5-}" ] || { ip -n "guest$1" addr add "$5" dev eth0 nodad; ip -n "guest$1" route add default via "$6"; }
}
GUESTS=
# What a server says whom it sees, or that it is not reached.
reach() { ip netns exec "$1" timeout 8 bash -c "exec 3<>/dev/tcp/$2/80 && cat <&3" 2>/dev/null || echo unreached; echo; }
run() {
  cd /home/sky; router; state > /tmp/before
  say check; code $D check -v guest-ipv6 --set ipv6=masquerade --offline
  say fix; code $D fix --yes $N --set ipv6=masquerade --offline
  say fix2; code $D fix --yes $N --set ipv6=masquerade --offline --guest 2
  say again; code $D fix --yes $N --set ipv6=masquerade --offline --guest 2
  say route; ip -6 route show default; cat /proc/sys/net/ipv6/conf/up0/accept_ra
  guest 1 12:34:56:78:90:ab 192.168.249.2/24 192.168.249.1 fdc4:1d0c:7a3e:1::2/64 fdc4:1d0c:7a3e:1::1
  guest 2 12:34:56:78:90:ac 192.168.250.2/24 192.168.250.1 fdc4:1d0c:7a3e:2::2/64 fdc4:1d0c:7a3e:2::1
  say reach1; reach guest1 203.0.113.1; reach guest1 2001:db8:ffff::1
  say reach2; reach guest2 203.0.113.1; reach guest2 2001:db8:ffff::1
  ip netns exec guest2 "$NODE" -e 'require("net").createServer(s => s.on("error", () => {}).end(s.remoteAddress + ";")).listen(80, "::")' & GUESTS="$GUESTS $!"
  until_ 'exec 3<>/dev/tcp/192.168.250.2/80'
  say between; reach guest1 192.168.250.2; reach guest1 fdc4:1d0c:7a3e:2::2
  say explain; code $D explain network --set ipv6=masquerade --offline --guest 2
  for pid in $GUESTS; do kill $pid; done; wait $GUESTS 2>/dev/null || true; GUESTS=
  say undo; code $D undo --yes
  say after; state > /tmp/after; diff /tmp/before /tmp/after && echo same; ip -6 route show default

  ip link add br0 address 02:00:00:00:00:b0 type bridge; ip link add card0 type veth peer name card1; ip link set card0 master br0 up; ip link set card1 up; ip addr add 192.168.77.1/24 dev br0; ip link set br0 up; until_ 'ip -brief link show br0 | grep -q " UP "'; state > /tmp/before
  B="--set network=bridge --set guest_mac=52:54:00:12:34:56"
  say bridge; code $D fix --yes tap-device $B; code $D check -v bridge tap-device nat tap-address $B
  ip netns del guest1; guest 1 52:54:00:12:34:56 192.168.77.2/24 192.168.77.1
  say overbridge; ip netns exec guest1 "$NODE" -e 'require("net").createServer(s => s.on("error", () => {}).end(s.remoteAddress + ";")).listen(80)' & GUESTS="$GUESTS $!"
  until_ 'exec 3<>/dev/tcp/192.168.77.2/80'; timeout 8 bash -c 'exec 3<>/dev/tcp/192.168.77.2/80 && cat <&3'
  say busy; code $D check -v tap-device --set network=bridge --set num_queues=4
  code $D fix --yes tap-device $B --set num_queues=4
  for pid in $GUESTS; do kill $pid; done; wait $GUESTS 2>/dev/null || true
  say unbridge; code $D undo --yes; state > /tmp/after; diff /tmp/before /tmp/after && echo same
  kill $SERVER
}
`

describe.skipIf(whyNoDisposableHost !== null)(`modes of the network${because(whyNoDisposableHost)}`, () => {
  let output = ''
  const part = (name: string) => section(output, name).trimEnd()
  beforeAll(async () => {
    output = (await onDisposableHost(`${prelude()}${script}`, { ADVERTISE: advertise })).output
  }, 900_000)

  it('IPv6: finds what is missing, and keeps the route of the host, which forwarding would take', () => {
    expect(part('check')).toMatch(/FAIL +guest-ipv6 +net\.ipv6\.conf\.all\.forwarding is 0/)
    expect(part('fix')).toContain('keep the IPv6 route of up0, which forwarding would remove')
    expect(part('fix')).toContain('exit code 0')
    expect(part('route')).toMatch(/^default via fe80.* dev up0 proto ra[\s\S]*\n2$/)
  })

  it('two guests side by side reach the server, each by both families, and each other', () => {
    expect(part('fix2')).toContain('exit code 0')
    expect(part('again')).toContain('Nothing to repair.')
    for (const name of ['reach1', 'reach2']) expect(part(name)).toMatch(/^::ffff:10\.99\.0\.2;\n2001:db8:99:/)
    // The host stands in for each guest outside of its subnet.
    expect(part('between')).toBe('::ffff:192.168.250.1;\nfdc4:1d0c:7a3e:2::1;')
  })

  it('explain network shows the second one whole', () => {
    expect(part('explain')).toContain('12:34:56:78:90:ac  192.168.250.2/24')
    expect(part('explain')).toMatch(/ok +guest-ipv6 +fdc4:1d0c:7a3e:2::2 is masqueraded on up0/)
    expect(part('explain')).toContain('The way ends at cloud-init: missing.')
  })

  it('undo gives everything back', () => {
    expect(part('undo')).toContain('exit code 0')
    expect(part('after')).toMatch(/same\ndefault via fe80/)
  })

  it('a bridge: the TAP becomes its port, and the guest a neighbour; undo takes it off', () => {
    expect(part('bridge')).toMatch(/ok +bridge +br0, up, host at 192\.168\.77\.1\/24/)
    expect(part('bridge')).toMatch(/ok +tap-device +vm-tap0, owner sky, up, on br0/)
    expect(part('bridge')).toMatch(/skip +nat +not needed: the bridge connects the guest/)
    expect(part('overbridge')).toContain('192.168.77.1')
    expect(part('unbridge')).toMatch(/^same$/m)
  })

  it('does not take a TAP from a running guest', () => {
    // Where the line ends depends on how long the check took, which stands behind it.
    const said = part('busy')
      .replace(/\s[\d.]+ m?s$/gm, '')
      .replace(/\s+/g, ' ')
    expect(said).toContain('vm-tap0 lacks multi_queue, and a VM uses it')
    expect(part('busy')).toContain('exit code 1')
  })
})

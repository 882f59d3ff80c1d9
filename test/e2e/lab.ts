/** Bash for a network in a box: this host, a router, "the internet" behind it, and a guest behind the TAP. */

export const server = '203.0.113.53'
export const hostOutside = '198.51.100.2'

/** Functions for scripts that start with `prelude()`. */
export const lab = `
on() { ip netns exec "$@"; }
quiet() { "$@" >/dev/null 2>&1; }
# host eth0 .2 --- .1 router .1 --- .53 internet; the router knows no way to the subnet of a guest.
network() {
  local n; for n in router internet guest; do ip netns add $n; ip -n $n link set lo up; done
  ip link add eth0 type veth peer name host netns router
  ip -n router link add wan type veth peer name eth0 netns internet
  ip addr add ${hostOutside}/24 dev eth0; ip link set eth0 up
  ip -n router addr add 198.51.100.1/24 dev host; ip -n router link set host up
  ip -n router addr add 203.0.113.1/24 dev wan; ip -n router link set wan up
  ip -n internet addr add ${server}/24 dev eth0; ip -n internet link set eth0 up
  on router sysctl -qw net.ipv4.ip_forward=1
  ip -n internet route add default via 203.0.113.1
  ip route add default via 198.51.100.1
  mkdir -p /etc/netns/guest; echo 'nameserver ${server}' > /etc/netns/guest/resolv.conf; echo 'options timeout:1 attempts:1' >> /etc/netns/guest/resolv.conf
  on internet "$NODE" "$REPO/test/e2e/lab-server.mjs" ${server} >/dev/null 2>&1 & SERVERS=$!
  local i; for i in $(seq 100); do (exec 3<>/dev/tcp/${server}/80) 2>/dev/null && return; sleep 0.1; done
  echo 'the lab server did not start'; exit 1
}
# Starts a guest on the TAP (frames through the real TAP), lets it resolve a name and fetch a page, ends it.
reach() {
  local pid answer out=/tmp/shuttle.$$
  : > $out; perl "$REPO/test/e2e/shuttle.pl" "\${TAP:-vm-tap0}" /run/netns/guest eth0 > $out 2>&1 & pid=$!
  local i; for i in $(seq 100); do grep -q . $out && break; sleep 0.05; done
  if grep -q ready $out; then
    ip -n guest link set eth0 address 12:34:56:78:90:ab; ip -n guest addr add "\${GUEST:-192.168.249.2/24}" dev eth0
    ip -n guest link set eth0 up; ip -n guest route add default via "\${GATEWAY:-192.168.249.1}"
    answer=$(on guest curl -s -m 4 http://www.chv.test/ || true)
    echo "guest: \${answer:-no answer}"
  else echo "guest: $(cat $out)"; fi
  kill $pid 2>/dev/null || true; wait $pid 2>/dev/null || true
}
# Everything that a fix of the network may change, without counters and what changes by itself.
state() {
  nft -s list ruleset 2>&1 | grep -v '^# Warning' || true
  iptables-legacy-save 2>/dev/null | sed '/^#/d; s/ \\[[0-9:]*\\]$//' || true
  sysctl -a 2>/dev/null | grep '^net\\.ipv4\\.' | grep -v -e nf_conntrack_count -e route.flush || true
  # The carrier goes some time after the guest; a TAP that was made again has a new index and MAC. Every
  # process that opens a TAP sets its vnet_hdr to what it needs: boot-probe's guest does.
  ip -d link | grep -v '^ *link/' | sed 's/^[0-9]*: //; s/NO-CARRIER,//; s/,LOWER_UP//; s/ state [A-Z]*//; s/_timer *[0-9.]*//g; s/ vnet_hdr o[nf]*//'
  ip route | sed 's/ linkdown//'
}
failing() { $D check --format json | $NODE -e '
  const { results } = JSON.parse(require("fs").readFileSync(0, "utf8"))
  console.log("failing:", results.filter((x) => x.status === "fail").map((x) => x.id).join(" ") || "nothing")
  for (const x of results) if (["warn", "unknown"].includes(x.status)) console.log("also:", x.id, x.status, x.found ?? x.reason)
  for (const x of results) if (x.status === "fail") console.log("found:", x.found, x.hint ? "| " + x.hint : "")' || true; }
# fault NAME [COMMAND...]: state, plant, look, repair, look again, undo, compare.
fault() {
  local name=$1; shift; say "$name"
  export XDG_STATE_HOME=/root/state-$name
  "$@"; state > /tmp/planted
  failing; reach
  $D fix --yes > /tmp/fix.out 2>&1 && echo 'fixed: exit 0' || echo "fixed: exit $?"
  cp /tmp/fix.out /tmp/fix-$name.out; failing; reach; state > /tmp/repaired
  $D fix --yes >/dev/null 2>&1; state > /tmp/twice; cmp -s /tmp/repaired /tmp/twice && echo 'again: the same' || { echo 'again: changed'; diff /tmp/repaired /tmp/twice || true; }
  $D undo --yes > /tmp/undo.out 2>&1 && echo 'undone: exit 0' || { echo "undone: exit $?"; cat /tmp/undo.out; }
  state > /tmp/undone; cmp -s /tmp/planted /tmp/undone && echo 'undone: byte for byte' || { echo 'undone: different'; diff /tmp/planted /tmp/undone || true; }
  unset XDG_STATE_HOME
}
# Takes a planted fault away: the network as it was made ready, by the doctor where that is its work.
heal() {
  local f; nft flush ruleset; for f in iptables-legacy; do $f -P FORWARD ACCEPT; $f -F; $f -X; $f -t nat -F; done
  ip link del vm-tap0; sysctl -qw net.ipv4.ip_forward=0; sysctl -qw net.ipv4.ip_forward=1
  $D fix --yes > /tmp/heal.out 2>&1 || cat /tmp/heal.out
}
# A host on which all checks are green, and a guest that has the internet.
healthy() {
  export HOME=/root; cd /root; rm -rf /root/.local /root/.config; configure /root; echo 'nameservers: [${server}]' >> .config/chv-doctor/chv-doctor.yaml
  network; serve
  $D fix --yes > /tmp/healthy.out 2>&1 || { cat /tmp/healthy.out; exit 1; }
}
finish() { kill $SERVER $SERVERS; }
`

/**
 * What persist-network writes, taken by the real programs: systemd-networkd, NetworkManager, ifupdown.
 * A reboot is played: everything is taken away, the sysctl file is read, the unit's commands are run as
 * systemd would, and the real manager is started.
 */

import { beforeAll, describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { prelude } from './scripts.ts'

const host = `
prepare() {
  apt-get install --yes -qq --no-install-recommends network-manager ifupdown nftables procps dbus >/dev/null 2>&1
  useradd --create-home --shell /bin/bash sky
  echo 'sky ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/sky
  # A busy machine is not what is tested here.
  mkdir -p /etc/chv-doctor; echo 'check_timeout: 120' > /etc/chv-doctor/chv-doctor.yaml
}
sky() { runuser -u sky -- env -i HOME=/home/sky USER=sky TERM=dumb PATH=/usr/local/bin:/usr/bin:/bin "$@"; }
UNIT=/etc/systemd/system/chv-doctor-vm-tap0.service
D="sky $NODE $REPO/dist/cli.js"
W="network-persistence tap-device tap-address tap-mtu ip-forward nat forward-policy"
# No systemd runs here: one that says which services do, and whose enabling is the real one.
stand_in() {
  mkdir -p /run/systemd/system
  mv /usr/bin/systemctl /usr/bin/systemctl.real
  cat > /usr/bin/systemctl <<'SYSTEMCTL'
#!/bin/sh
case "$1" in
is-active) cat /tmp/active; exit 3 ;;
disable) exec /usr/bin/systemctl.real --root=/ disable "$3" ;;
*) exec /usr/bin/systemctl.real --root=/ "$@" ;;
esac
SYSTEMCTL
  chmod 755 /usr/bin/systemctl
}
active() { printf '%s\\n' "$@" > /tmp/active; chmod 644 /tmp/active; }
uplink() {
  ip link add up0 type veth peer name up1; ip addr add 10.99.0.2/24 dev up0
  # As on the networks of clouds and VPNs: a guest with 1500 would lose what is large.
  ip link set up0 mtu 1450 up; ip link set up1 up; ip route add default via 10.99.0.1
  # udev is not here to say that an interface is ready: with this nobody waits for it.
  mount -o remount,ro /sys
}
seen() { (cd /etc && find . -type f -printf '%p %m ' -exec sha256sum {} + ; find . -type l -printf '%p %l\\n') | sort; }
units() {
  python3 - "$1" <<'PYTHON'
import shlex, subprocess, sys
for line in open(sys.argv[1]):
    if line.startswith('ExecStart='):
        words = [w.replace('%%', '%').replace('$$', '$') for w in shlex.split(line[len('ExecStart='):].strip())]
        may = words[0].startswith('-')
        subprocess.run([words[0].lstrip('-')] + words[1:], check=not may)
PYTHON
}
reboot() {
  ip link del vm-tap0; nft flush ruleset; sysctl -qw net.ipv4.ip_forward=0; rm -rf /run/chv-doctor
  sysctl -q -p /etc/sysctl.d/60-chv-doctor.conf
  units $UNIT
}
# Waits for the address, at most 30 s.
appears() { for _ in $(seq 150); do ip -j addr show vm-tap0 2>/dev/null | grep -q 192.168.249.1 && return; sleep 0.2; done; echo "no vm-tap0"; }
`

const managers: Readonly<Record<string, { active: string; start: string; says?: string }>> = {
  'systemd-networkd': {
    active: 'active inactive inactive',
    start: `mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
      chown -R systemd-network:systemd-network /run/systemd/netif
      /lib/systemd/systemd-networkd >/tmp/daemon.log 2>&1 & DAEMON=$!`,
  },
  NetworkManager: {
    active: 'inactive active inactive',
    start: `mkdir -p /run/dbus; dbus-uuidgen --ensure; dbus-daemon --system --fork --print-pid > /tmp/dbus.pid
      NetworkManager --no-daemon >/tmp/daemon.log 2>&1 & DAEMON=$!`,
  },
  // None of the three: the unit that makes the rules makes the TAP as well.
  'a systemd unit': {
    active: 'inactive inactive inactive',
    says: 'systemd',
    start: 'DAEMON=; : > /tmp/daemon.log',
  },
  ifupdown: {
    active: 'inactive inactive active',
    start: `mkdir -p /run/network; ifquery vm-tap0; ifup -a >/tmp/daemon.log 2>&1; DAEMON=`,
  },
}

const round = (name: string, { active, start }: { active: string; start: string }) => `
  say '${name}'
  active ${active}; uplink; cd /home/sky; seen > /tmp/before
  say '${name}: without'; code $D check -v --only network-persistence
  say '${name}: dry'; code $D fix network-persistence --dry-run --set persist_network=true
  say '${name}: fix'; code $D fix --yes $W --set persist_network=true
  say '${name}: again'; code $D fix --yes network-persistence --set persist_network=true
  say '${name}: verify'; systemd-analyze verify --man=no $UNIT 2>&1 | grep chv-doctor || echo fine
  say '${name}: enabled'; ls /etc/systemd/system/multi-user.target.wants | grep chv || true
  say '${name}: reboot'; reboot
  ${start}
  appears; ip -d addr show vm-tap0; tail -5 /tmp/daemon.log
  say '${name}: check'; code sky sudo $NODE $REPO/dist/cli.js check -v $W --set persist_network=true
  say '${name}: undo'; code $D undo --yes
  say '${name}: after'; ip -brief link show vm-tap0 2>&1 || true; nft list ruleset
  seen > /tmp/after; diff /tmp/before /tmp/after && echo same
  [ -z "$DAEMON" ] || kill $DAEMON
  ip link del up0
`

// The printed script does the same; and a port of somebody else's bridge comes back as one.
const more = `
  active active inactive inactive; uplink
  say script; $D fix network-persistence --script --set persist_network=true > /tmp/script.sh; code sky bash /tmp/script.sh
  code sky sudo $NODE $REPO/dist/cli.js check -v network-persistence --set persist_network=true
  rm -f /etc/systemd/network/*chv-doctor* /etc/sysctl.d/60-chv-doctor.conf $UNIT
  printf '[NetDev]\\nName=br0\\nKind=bridge\\n' > /etc/systemd/network/50-br0.netdev
  ip link add br0 type bridge; ip link set br0 up
  say bridge; code $D fix --yes tap-device network-persistence --set persist_network=true --set network=bridge
  ip link del vm-tap0; ip link del br0
  ${managers['systemd-networkd']?.start}
  for _ in $(seq 150); do ip -j link show vm-tap0 2>/dev/null | grep -q '"master":"br0"' && break; sleep 0.2; done
  ip -d link show vm-tap0; kill $DAEMON
`

describe.skipIf(whyNoDisposableHost !== null)(`what survives a reboot${because(whyNoDisposableHost)}`, () => {
  let output = ''
  beforeAll(async () => {
    const rounds = Object.entries(managers).map(([name, manager]) => round(name, manager))
    const script = `${prelude()}${host}\nrun() { stand_in\n${rounds.join('')}${more}\nkill $(cat /tmp/dbus.pid); }`
    output = (await onDisposableHost(script)).output
  }, 900_000)

  it.each(Object.keys(managers))('with %s, and not after undo', (name) => {
    const part = (title: string) => section(output, `${name}: ${title}`)
    expect(part('without')).toMatch(/ok +network-persistence not configured: a reboot removes it/)
    expect(part('dry')).toContain(`${managers[name]?.says ?? name} makes vm-tap0`)
    expect(part('fix')).toContain('exit code 0')
    expect(part('again')).toContain('Nothing to repair.')
    expect(part('verify')).toBe('fine')
    expect(part('enabled')).toBe('chv-doctor-vm-tap0.service')
    expect(part('reboot')).toMatch(/inet 192\.168\.249\.1\/24/)
    expect(part('reboot')).toContain('user sky')
    expect(part('reboot')).toContain(' mtu 1450 ')
    const check = part('check')
    expect(check).toMatch(/ok +tap-device +vm-tap0, owner sky, up/)
    expect(check).toMatch(/ok +tap-mtu +1450, up0 takes 1450/)
    expect(check).toMatch(/ok +nat /)
    expect(check).toMatch(/ok +ip-forward /)
    expect(check).toMatch(new RegExp(`ok +network-persistence vm-tap0 and its NAT, by ${name}`))
    expect(part('undo')).toContain('exit code 0')
    expect(part('after')).toMatch(/does not exist.*\nsame\s*$/)
  })

  it('does the same by the printed script', () => {
    expect(section(output, 'script')).toMatch(/exit code 0[\s\S]*ok +network-persistence [\s\S]*exit code 0/)
  })

  it('makes the port of a bridge again', () => {
    expect(section(output, 'bridge')).toContain('systemd-networkd makes vm-tap0 at boot')
    expect(section(output, 'bridge')).toMatch(/vm-tap0: .* master br0 /)
    expect(section(output, 'bridge')).not.toContain('sysctl.d')
  })
})

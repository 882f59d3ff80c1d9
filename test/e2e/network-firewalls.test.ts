/** The real ufw, Docker and firewalld: the guest gets through them by their own means. */

import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { hostOutside, lab } from './lab.ts'
import { prelude } from './scripts.ts'

const installing = (packages: string) => `
prepare() { apt-get install --yes -qq --no-install-recommends ${packages} > /tmp/apt.log 2>&1 || { tail -n 3 /tmp/apt.log; exit 1; }; }
`

const expectRepaired = (text: string, found: RegExp) => {
  const [before = '', after = ''] = text.split('fixed:')
  expect(before).toMatch(/^failing: forward-policy$/m)
  expect(before).toMatch(found)
  expect(before).not.toContain('guest: hello')
  expect(after).toContain('exit 0')
  expect(after).toContain('failing: nothing')
  expect(after).toContain(`guest: hello ${hostOutside}`)
  expect(after).toContain('again: the same')
  expect(after).toContain('undone: exit 0')
  expect(after).toContain('undone: byte for byte')
}

describe.skipIf(whyNoDisposableHost !== null)(`firewalls${because(whyNoDisposableHost)}`, () => {
  it('ufw', async () => {
    const { output } = await onDisposableHost(`${prelude()}${lab}${installing('ufw')}
run() {
  healthy
  # With its first rule ufw also completes chains that enabling leaves short: that is not ours to give back.
  fault ufw eval 'ufw --force enable > /dev/null; ufw allow 22/tcp > /dev/null; ufw delete allow 22/tcp > /dev/null'
  say commands; cat /tmp/fix-ufw.out; ufw show added
  finish
}`)
    expectRepaired(
      section(output, 'ufw'),
      /found: iptables-nft filter FORWARD \(ufw\) drops packets of the guest/,
    )
    expect(section(output, 'commands')).toContain(
      '$ ufw route prepend allow in on vm-tap0 from 192.168.249.0/24',
    )
  })

  it('Docker', async ({ skip }) => {
    const { output } = await onDisposableHost(`${prelude()}${lab}${installing('docker.io')}
start() {
  mount -t cgroup2 cgroup /sys/fs/cgroup 2>/dev/null || {
    mount -t tmpfs cgroup /sys/fs/cgroup; mkdir /sys/fs/cgroup/devices; mount -t cgroup -o devices cgroup /sys/fs/cgroup/devices
  }
  # Where forwarding is off, Docker switches it on, and sets the policy of FORWARD to drop.
  sysctl -qw net.ipv4.ip_forward=0
  dockerd --data-root /tmp/docker --exec-root /tmp/docker-run --storage-driver vfs > /tmp/dockerd.log 2>&1 & DOCKERD=$!
  local i; for i in $(seq 300); do grep -q 'API listen' /tmp/dockerd.log && return; sleep 0.1; done
  say unavailable; tail -n 2 /tmp/dockerd.log; exit 1
}
run() {
  healthy
  fault docker start
  say commands; cat /tmp/fix-docker.out
  finish; kill $DOCKERD; wait $DOCKERD
}`)
    if (output.includes('== unavailable'))
      skip(`dockerd does not run here: ${section(output, 'unavailable')}`)
    expectRepaired(
      section(output, 'docker'),
      /found: iptables-\w+ filter FORWARD \(Docker\) drops packets of the guest: policy drop/,
    )
    expect(section(output, 'commands')).toContain('-I DOCKER-USER -i vm-tap0 -s 192.168.249.0/24')
  })

  it('firewalld', async () => {
    const { output } = await onDisposableHost(`${prelude()}${lab}${installing('firewalld')}
start() {
  mkdir -p /run/dbus; dbus-daemon --system --fork
  firewalld --nofork --nopid > /tmp/firewalld.log 2>&1 & FIREWALLD=$!
  local i; for i in $(seq 200); do firewall-cmd --state >/dev/null 2>&1 && break; sleep 0.1; done
  firewall-cmd --quiet --zone=public --change-interface=eth0
  firewall-cmd --quiet --zone=public --remove-forward
}
# The chains of a zone that was in use once stay until firewalld makes its rules anew.
eval "plain_$(declare -f state)"
state() { plain_state | sed '/chain .*_trusted/,/^\\t}/d; /^$/d'; }
run() {
  healthy
  fault firewalld start
  say commands; cat /tmp/fix-firewalld.out; firewall-cmd --zone=trusted --list-interfaces
  finish; kill $FIREWALLD
}`)
    expectRepaired(
      section(output, 'firewalld'),
      // Firewalld 2 says which way out it means.
      /found: inet firewalld \S+ \(firewalld\) drops packets of the guest: (oifname "eth0" )?reject with icmpx admin-prohibited/,
    )
    expect(section(output, 'commands')).toContain('$ firewall-cmd --zone=trusted --add-interface=vm-tap0')
  })
})

/** Planted faults of a real network: each is found as the one root cause, repaired, and given back. */

import { beforeAll, describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { hostOutside, lab } from './lab.ts'
import { prelude } from './scripts.ts'

const answered = `guest: hello ${hostOutside}`

describe.skipIf(whyNoDisposableHost !== null)(`the network of a guest${because(whyNoDisposableHost)}`, () => {
  let output = ''
  beforeAll(async () => {
    const result = await onDisposableHost(`${prelude()}${lab}
prepare() { :; }
docker() {
  # What dockerd 28 leaves in the filter table, with $1 as its iptables.
  $1 -P FORWARD DROP
  for c in DOCKER DOCKER-USER DOCKER-FORWARD DOCKER-CT; do $1 -N $c; done
  $1 -A FORWARD -j DOCKER-USER; $1 -A FORWARD -j DOCKER-FORWARD
  $1 -A DOCKER-FORWARD -j DOCKER-CT; $1 -A DOCKER-FORWARD -i docker0 -j ACCEPT
  $1 -A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
  $1 -A DOCKER ! -i docker0 -o docker0 -j DROP
  $1 -A DOCKER-USER -j RETURN
}
stale() {
  nft flush chain inet chv_doctor nat-vm-tap0
  nft 'add rule inet chv_doctor nat-vm-tap0 ip saddr 10.9.8.0/24 ip daddr != 10.9.8.0/24 masquerade comment "chv-doctor vm-tap0"'
}
other_tap() {
  nft 'add chain inet chv_doctor nat-old { type nat hook postrouting priority srcnat; }'
  nft 'add rule inet chv_doctor nat-old ip saddr 192.168.249.0/24 ip daddr != 192.168.249.0/24 masquerade comment "chv-doctor old"'
  nft delete chain inet chv_doctor nat-vm-tap0
  nft 'table inet mine { chain fw { type filter hook forward priority 0; policy drop; iifname "old" ip saddr 192.168.249.0/24 accept comment "chv-doctor old"; }; }'
}
policy() { nft 'table inet mine { chain fw { type filter hook forward priority 0; policy drop; ct state invalid drop; }; }'; }
reject() {
  nft 'table ip mine { set s { type ipv4_addr; flags interval; elements = { 192.168.0.0/16 }; }; chain deep { ip saddr @s oifname { "eth0", "wl*" } reject; }; chain fw { type filter hook forward priority 10; jump deep; }; }'
}
another() { ip link del vm-tap0; ip tuntap add dev vm-tap0 mode tap "$@"; ip addr add 192.168.249.1/24 dev vm-tap0; ip link set vm-tap0 up; }
no_forwarding() { sysctl -qw net.ipv4.ip_forward=0; sysctl -qw net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.lo.forwarding=1; }
mac() {
  local seed=/root/.local/share/chv-doctor/cloud-init.img
  mcopy -oni $seed ::network-config /tmp/nc; sed -i 's/12:34:56:78:90:ab/12:34:56:78:90:22/' /tmp/nc; mcopy -oi $seed /tmp/nc ::network-config
}
run() {
  healthy
  say healthy; failing; reach
  fault docker docker iptables-nft; heal
  fault forwarding no_forwarding; heal
  fault forwarding-tap sysctl -qw net.ipv4.conf.vm-tap0.forwarding=0; heal
  fault forwarding-uplink sysctl -qw net.ipv4.conf.eth0.forwarding=0; heal
  fault masquerade nft delete table inet chv_doctor; heal
  fault stale stale; heal
  fault other-tap other_tap; heal
  fault policy policy; heal
  fault reject reject; heal
  fault down ip link set vm-tap0 down; heal
  fault queues another user root multi_queue; heal
  fault mac mac; heal
  fault legacy docker iptables-legacy; heal
  say overlap; ip link add lan0 type veth peer name lan1; ip addr add 192.168.249.77/24 dev lan0; ip link set lan0 up; ip link set lan1 up
  failing; code $D fix --yes; ip link del lan0; heal; failing
  say killed; export XDG_STATE_HOME=/root/killed; nft delete table inet chv_doctor; sysctl -qw net.ipv4.ip_forward=0; state > /tmp/planted
  # A nft that ends the doctor the hard way, and does what it was told to all the same.
  mv /usr/sbin/nft /usr/sbin/nft.real
  printf '#!/bin/sh\ncase "$*" in *masquerade*) mv /usr/sbin/nft.real /usr/sbin/nft; kill -9 $PPID; exec /usr/sbin/nft "$@";; esac\nexec /usr/sbin/nft.real "$@"\n' > /usr/sbin/nft; chmod +x /usr/sbin/nft
  code quiet $D fix --yes; code quiet $D fix --yes; failing; reach
  code quiet $D undo --yes; state > /tmp/undone; cmp /tmp/planted /tmp/undone && echo 'byte for byte'; unset XDG_STATE_HOME; heal
  say gone; iptables-nft -N DOCKER-USER; iptables-nft -P FORWARD DROP; iptables-nft -A FORWARD -j DOCKER-USER; XDG_STATE_HOME=/root/gone $D fix --yes >/dev/null 2>&1; nft flush ruleset; XDG_STATE_HOME=/root/gone code $D undo --yes
  finish
}`)
    output = result.output
  }, 600_000)

  it('is green and works on a host that was made ready', () => {
    expect(section(output, 'healthy')).toContain('failing: nothing')
    expect(section(output, 'healthy')).toContain(answered)
  })

  it.each([
    [
      'docker',
      'forward-policy',
      'iptables-nft filter FORWARD (Docker) drops packets of the guest: policy drop',
    ],
    ['forwarding', 'ip-forward', 'net.ipv4.ip_forward is 0'],
    ['forwarding-tap', 'ip-forward', 'net.ipv4.conf.vm-tap0.forwarding is 0'],
    ['forwarding-uplink', 'ip-forward', 'net.ipv4.conf.eth0.forwarding is 0'],
    ['masquerade', 'nat', 'nothing masquerades 192.168.249.2 on eth0'],
    ['stale', 'nat', 'a rule of chv-doctor for an earlier configuration: ip saddr 10.9.8.0/24'],
    ['policy', 'forward-policy', 'inet mine fw drops packets of the guest: policy drop'],
    [
      'reject',
      'forward-policy',
      'ip mine deep drops packets of the guest: ip saddr @s oifname { "eth0", "wl*" } reject',
    ],
    ['down', 'tap-device', 'vm-tap0 is down'],
    ['queues', 'tap-device', 'vm-tap0 has multi_queue'],
    [
      'legacy',
      'forward-policy',
      'iptables-legacy filter FORWARD (Docker) drops packets of the guest: policy drop',
    ],
  ])('%s: found by %s alone, repaired once, given back byte for byte', (name, id, found) => {
    const text = section(output, name)
    const before = text.slice(0, text.indexOf('fixed:'))
    const after = text.slice(text.indexOf('fixed:'))
    expect(before).toContain(`failing: ${id}\n`)
    expect(before).toContain(`found: ${found}`)
    expect(before).not.toContain(answered)
    expect(after).toContain('fixed: exit 0')
    expect(after).toContain('failing: nothing')
    expect(after).toContain(answered)
    expect(after).toContain('again: the same')
    expect(after).toContain('undone: exit 0')
    expect(after).toContain('undone: byte for byte')
  })

  it('other-tap: the rules for a TAP of earlier are replaced, and put back', () => {
    const text = section(output, 'other-tap')
    expect(text).toMatch(/^failing: forward-policy\n/)
    expect(text).toContain('also: nat warn a rule of chv-doctor for an earlier configuration')
    expect(text).toMatch(
      /failing: nothing\n[\s\S]*hello[\s\S]*again: the same\nundone: exit 0\nundone: byte for byte/,
    )
  })

  it('mac: a seed for another card is found by cloud-init alone', () => {
    const text = section(output, 'mac')
    expect(text).toMatch(/^failing: cloud-init\n/)
    expect(text).toContain('found: the seed matches MAC 12:34:56:78:90:22')
    expect(text).toMatch(/fixed: exit 0\nfailing: nothing/)
  })

  it('overlap: found by subnet-conflict alone, left to the user with a free subnet', () => {
    const text = section(output, 'overlap')
    expect(text).toContain('failing: subnet-conflict\n')
    expect(text).toContain('found: 192.168.249.1/24 is in 192.168.249.77/24 on lan0')
    expect(text).toContain('`gateway_address: 192.168.248.1/24`')
    expect(text).toContain('exit code 1')
    expect(text).toContain('failing: nothing')
  })

  it('killed half way: the next run finishes, and undo takes all of it back', () => {
    const text = section(output, 'killed')
    expect(text).toMatch(/exit code 137\nexit code 0\nfailing: nothing\n/)
    expect(text).toContain(answered)
    expect(text).toMatch(/exit code 0\nbyte for byte/)
  })

  it('undo has nothing to say about rules that somebody else flushed', () => {
    expect(section(output, 'gone')).toContain('exit code 0')
    expect(section(output, 'gone')).not.toContain('failed')
  })
})

/**
 * Logins at a real OpenSSH server in a machine of its own: a network namespace with the guest's MAC and
 * address, behind a host that routes and masquerades, with a name server in "the internet".
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GuestReport } from '../../src/boot/inside.ts'
import { realHypervisor, whyNoGuest } from '../e2e/fixtures.ts'
import { lab, server } from '../e2e/lab.ts'
import { guestThat, off, say, wait } from '../helpers/acting-guest.ts'
import { bundled } from '../helpers/bundled.ts'
import { onDisposableHost, repository, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'

/** A program of its own: it is run where nothing of this checkout is. */
const program = (): string => {
  const directory = mkdtempSync(`${tmpdir()}/chv-doctor-test-`)
  const source = readFileSync(`${repository}/test/boot/look-inside.ts`, 'utf8')
  const text = readFileSync(bundled(source.replaceAll("'../../", "'./"), directory), 'base64')
  rmSync(directory, { recursive: true })
  return text
}

/** Switches itself off after 20 s: by then the power button was pressed, which it does not know. */
const actingGuest = () =>
  guestThat(
    say('BdsDxe: starting Boot0001 "UEFI Misc Device"\r\n[    0.000000] Linux version 6.1.0\r\n'),
    ...[wait(200), say('\r\nDebian GNU/Linux 12 cloud ttyS0\r\n\r\ncloud login: ')],
    say('\r\nCloud-init v. 22.4.2 finished at Mon. Datasource DataSourceNoCloud.  Up 20.10 seconds\r\n'),
    ...Array.from({ length: 20 }, () => wait(1000)),
    off,
  )

// The server is installed where it vanishes again: its package starts it, for everybody, on a real host.
const setup = `
prepare() {
  apt-get install --yes -qq --no-install-recommends openssh-server nftables procps dosfstools mtools iputils-ping >/tmp/apt.log 2>&1 || { tail -n 3 /tmp/apt.log; exit 1; }
  useradd --create-home --shell /bin/bash cloud; usermod -p '*' cloud
}
say() { echo "== $1"; }
wait_for() { local i; for i in $(seq 200); do "$@" >/dev/null 2>&1 && return; sleep 0.05; done; echo "in vain: $*"; exit 1; }
open() { (exec 3<>/dev/tcp/192.168.249.2/22) 2>/dev/null; }
closed() { ! open; }
gone() { ! "$@"; }
serve_ssh() { ip netns exec guest /usr/sbin/sshd -D -e -o UsePAM=no -o PasswordAuthentication=no "$@" 2>>/tmp/sshd.log & SSHD=$!; wait_for open; }
stop() { kill $SSHD; wait $SSHD 2>/dev/null || true; wait_for closed; }
# Greets with some words, or none, and never says anything again.
serve_silence() { ip netns exec guest perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => 22, Listen => 9, ReuseAddr => 1) or die $!; while ($c = $s->accept) { print $c $ARGV[0]; $c->flush; push @c, $c }' "$1" & SSHD=$!; wait_for open; }
seed() {
  printf '#cloud-config\\nusers:\\n  - name: cloud\\n    ssh_authorized_keys: ["%s"]\\n' "$(cat "$1")" > /root/user-data
  rm -f /root/seed.img; mkdosfs -n CIDATA -C /root/seed.img 1024 >/dev/null; mcopy -i /root/seed.img /root/user-data ::
}
authorize() { install -d -o cloud -m 700 /home/cloud/.ssh; install -o cloud -m 600 "$1" /home/cloud/.ssh/authorized_keys; }
# look NAME LIMIT [MORE KEYS]
look() { say "$1"; KEYS='{"seed":"/root/seed.img","nameservers":["${server}"]'"\${3:+,$3}}" LIMIT=$2 "$NODE" /tmp/look.cjs; left; }
once() { ONCE=1 look "$1" 100 "\${2:-}"; }
left() { echo "left: $(pgrep -x -c ssh)"; }
ready() {
  unset SSH_AUTH_SOCK; mkdir -p /run/sshd; rm -rf /root/.ssh; mkdir -m 700 /root/.ssh
  network; rm -f /etc/resolv.conf; echo 'nameserver ${server}' > /etc/resolv.conf
  ip link add vm-tap0 type veth peer name eth0 netns guest; ip -n guest link set eth0 address 12:34:56:78:90:ab
  ip addr add 192.168.249.1/24 dev vm-tap0; ip link set vm-tap0 up
  ip -n guest addr add 192.168.249.2/24 dev eth0; ip -n guest link set eth0 up; ip -n guest route add default via 192.168.249.1
  sysctl -qw net.ipv4.ip_forward=1; masquerade
  # Prints something at every start of a shell, as some people's do.
  sed -i '1i echo hello; echo "chv-doctor: nonsense"' /home/cloud/.bashrc
  ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519; ssh-keygen -q -t ed25519 -N '' -f /root/other
  ssh-keygen -q -t ecdsa -N secret -f /root/closed
  seed /root/.ssh/id_ed25519.pub; authorize /root/.ssh/id_ed25519.pub
}
masquerade() { echo 'table ip t { chain p { type nat hook postrouting priority 100; oifname "eth0" masquerade; }; }' | nft -f -; }
`

/** Boots what prints as a guest does, beside the machine that answers for it on the network. */
const withHypervisor = `
command_line() {
  echo "$NODE" "$REPO/dist/cli.js" boot --verify --boot-timeout 60 --skip cloud-init,disk-image,firmware,kvm,memory
  printf -- '--set %s\n' hypervisor=${realHypervisor} firmware=/root/guest.elf disk=/root/disk.raw seed=/root/seed.img \
    memory=128M cpus=1 tap=vm-tap1 nameservers=${server}
}
verified() {
  base64 -d > /root/guest.elf <<'GUEST'
${realHypervisor ? Buffer.from(actingGuest()).toString('base64') : ''}
GUEST
  truncate -s 8M /root/disk.raw; mkdir -p /root/empty; cd /root/empty
  # Its own TAP is a dead end: what answers for it is behind the other link.
  ip tuntap add dev vm-tap1 mode tap; ip addr add 192.168.249.1/24 dev vm-tap1 noprefixroute; ip link set vm-tap1 up
  say verify; local rc=0; $(command_line) 2>/tmp/said || rc=$?; echo "exit code $rc"; left; [ $rc = 0 ] || cat /tmp/said
  stop; serve_ssh -o ForceCommand='sleep 1000'
  say interrupt; $(command_line) 2>/dev/null & local pid=$!
  wait_for pgrep -x -u cloud sleep; kill -INT $pid; rc=0; wait $pid || rc=$?; echo "exit code $rc"; left
  pkill -u cloud || true; wait_for gone pgrep -u cloud
}`

const scenarios = `
run() {
  base64 -d > /tmp/look.cjs <<'BUNDLE'
PROGRAM
BUNDLE
  ready; serve_ssh
  look works 60
  look offline 60 '"offline":true'
  ip link set eth0 mtu 1400; look small-uplink 60; ip link set eth0 mtu 1500
  once other-mac '"guest_mac":"52:54:00:00:00:01"'
  chmod 700 /usr/bin/ping; look guest-without-ping 60; chmod 755 /usr/bin/ping
  echo 'table ip f { chain i { type filter hook input priority 0; iifname "vm-tap0" icmp type echo-request drop; }; }' | nft -f -
  once no-ping; nft delete table ip f
  nft delete table ip t; once no-masquerade; masquerade
  echo 'nameserver 198.51.100.1' > /etc/netns/guest/resolv.conf
  once server-without-names '"nameservers":["198.51.100.1"]'
  echo 'nameserver ${server}' > /etc/netns/guest/resolv.conf
  echo 'nameserver 127.0.0.9' > /etc/resolv.conf; look host-without-names 60; echo 'nameserver ${server}' > /etc/resolv.conf

  authorize /root/other.pub; once refused
  : > /tmp/sshd.log; (look late-user 60 '"offline":true' > /tmp/late) & local late=$!
  wait_for grep -q 'authenticating user cloud' /tmp/sshd.log; authorize /root/.ssh/id_ed25519.pub; wait $late; cat /tmp/late
  usermod -s /usr/sbin/nologin cloud; once no-shell; usermod -s /bin/bash cloud

  seed /root/closed.pub; authorize /root/closed.pub; look passphrase 60 '"ssh_public_key_file":"/root/closed.pub"'
  printf '#!/bin/sh\\necho secret\\n' > /tmp/ask; chmod +x /tmp/ask; eval "$(ssh-agent)" >/dev/null
  SSH_ASKPASS=/tmp/ask SSH_ASKPASS_REQUIRE=force ssh-add -q /root/closed
  look agent 60 '"offline":true,"ssh_public_key_file":"/root/closed.pub"'
  look agent-without-file 60 '"offline":true'
  ssh-agent -k >/dev/null; unset SSH_AUTH_SOCK
  seed /dev/null; look no-key 60
  seed /root/.ssh/id_ed25519.pub; authorize /root/.ssh/id_ed25519.pub

  verified
  stop; serve_ssh -o ForceCommand='sleep 1000'
  say interrupted; (KEYS='{"seed":"/root/seed.img"}' LIMIT=1000 exec "$NODE" /tmp/look.cjs) & local pid=$!
  wait_for pgrep -x -u cloud sleep; kill -INT $pid; wait $pid; left
  stop; serve_silence "$(printf 'SSH-2.0-silence\\r\\n.')"; once hangs-at-the-door
  stop; serve_silence ''; look says-nothing 4
  stop; kill $SERVERS; say end
}`

interface Looked {
  readonly reached: readonly string[]
  readonly cause: string | null
  readonly notes: readonly string[]
  readonly inside: GuestReport | null
  readonly login: { readonly kind: string; readonly said?: string } | null
}

describe.skipIf(whyNoDisposableHost !== null)(`a look into a guest${because(whyNoDisposableHost)}`, () => {
  let output = ''
  beforeAll(async () => {
    const ran = await onDisposableHost(
      `${lab}${setup}${whyNoGuest ? 'verified() { :; }' : withHypervisor}${scenarios.replace('PROGRAM', program())}`,
    )
    output = ran.output
  }, 600_000)
  const seen = (name: string): Looked => {
    const text = section(output, name)
    const line = text.split('\n').find((one) => one.startsWith('{'))
    if (!line) throw new Error(`${name} printed no result:\n${output}`)
    // Whatever happens, no ssh is left behind.
    expect(text, name).toContain('left: 0')
    return JSON.parse(line) as Looked
  }
  const outside = ['ping', 'ssh']

  it('proves the user, the address, the way to the host, and a name through NAT', () => {
    const { reached, inside, notes, cause } = seen('works')
    expect([...reached].sort()).toEqual(['host', 'name', 'ping', 'ssh', 'user'])
    expect(inside).toEqual({
      ...{
        user: 'cloud',
        mac: true,
        addresses: ['192.168.249.2'],
        mtu: 1500,
        host: 'yes',
        name: 'yes',
        nameServerReachable: null,
      },
    })
    expect([cause, notes]).toEqual([null, []])
  })

  it('notices that the guest sends larger packets than the uplink takes', () => {
    expect(seen('small-uplink').notes).toEqual([
      expect.stringMatching(/^the guest sends packets of 1500 bytes, and eth0 takes 1400: /),
    ])
  })

  it('waits for a user that cloud-init has not made yet', () => {
    expect([...seen('late-user').reached].sort()).toEqual(['host', 'ping', 'ssh', 'user'])
  })

  it.each<[name: string, reached: readonly string[], cause: string]>([
    ['other-mac', outside, 'address-taken'],
    ['no-ping', [...outside, 'user', 'name'], 'host-unreachable'],
    ['no-masquerade', [...outside, 'user', 'host'], 'no-internet'],
    ['server-without-names', [...outside, 'user', 'host'], 'no-dns'],
    ['refused', outside, 'ssh-key'],
    ['no-shell', outside, 'ssh-login'],
    ['hangs-at-the-door', outside, 'ssh-login'],
    ['says-nothing', ['ping'], 'no-ssh'],
    ['interrupted', outside, 'ssh-login'],
  ])('%s: reaches %j, because of %s', (name, reached, cause) => {
    const result = seen(name)
    expect([...result.reached].sort(), JSON.stringify(result)).toEqual([...reached].sort())
    expect(result.cause).toBe(cause)
  })

  it.each<[name: string, reached: readonly string[], note: RegExp | null]>([
    ['offline', [...outside, 'user', 'host'], null],
    ['guest-without-ping', [...outside, 'user', 'name'], /it has no ping/],
    ['host-without-names', [...outside, 'user', 'host'], /this host does not resolve deb\.debian\.org/],
    ['passphrase', outside, /\/root\/closed without a prompt: it has a passphrase/],
    ['agent', [...outside, 'user', 'host'], null],
    ['agent-without-file', [...outside, 'user', 'host'], null],
    ['no-key', outside, /the seed has no ssh key for cloud/],
  ])('%s: reaches %j and is content with that', (name, reached, note) => {
    const result = seen(name)
    expect([...result.reached].sort(), JSON.stringify(result)).toEqual([...reached].sort())
    expect(result.cause).toBeNull()
    expect(result.notes).toHaveLength(note ? 1 : 0)
    expect(result.notes.join()).toMatch(note ?? /^$/)
  })

  it.skipIf(whyNoGuest)(`is part of boot --verify${because(whyNoGuest)}`, () => {
    const text = section(output, 'verify')
    for (const name of ['user logs in by ssh', 'guest reaches host', 'guest resolves a name'])
      expect(text).toMatch(new RegExp(`^ {2}ok {3}${name} +[0-9.]+ m?s`, 'm'))
    expect(text).toContain('The guest came up and answered')
    expect(text).toContain('exit code 0')
    expect(text).toContain('left: 0')
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it.skipIf(whyNoGuest)(`ends at once with boot --verify${because(whyNoGuest)}`, () => {
    expect(section(output, 'interrupt')).toContain('exit code 130')
    expect(section(output, 'interrupt')).toContain('left: 0')
  })

  it('reports why a login failed', () => {
    expect(seen('refused').login?.said).toContain('Permission denied (publickey')
    expect(seen('no-shell').login?.said).toBe('This account is currently not available.')
    expect(seen('hangs-at-the-door').login?.said).toMatch(/timed out/)
    expect(seen('interrupted').login).toBeNull()
    expect(output, output).toContain('== end')
  })
})

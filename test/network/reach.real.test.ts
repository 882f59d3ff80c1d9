/**
 * The doctor as a guest on a real TAP, and the kernel of this machine as its host: with every fault that
 * a firewall can plant. A network of three namespaces: the host, a router behind it without a route to the
 * guest, and a name server behind the router. Run as an ordinary user who owns the TAP.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reach } from '../../src/network/reach/play.ts'
import { repository } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'

const works = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const why =
  process.getuid?.() !== 0
    ? 'needs root'
    : !works('perl', '-e', '1')
      ? 'needs perl'
      : !works('unshare', '-m', '-n', 'sh', '-c', 'ip tuntap add t0 mode tap && nft list ruleset')
        ? 'needs ip, nft, TAPs and namespaces'
        : null

const accept = 'sysctl -qw net.ipv4.ip_forward=1'
const masquerade =
  'nft "table ip n { chain p { type nat hook postrouting priority srcnat; ip saddr 192.168.249.0/24 masquerade; }; }"'
const filter = (rules: string) =>
  `nft "table ip f { chain c { type filter hook forward priority 0; ${rules} }; }"`

const proved = { answered: ['203.0.113.53'], echo: true, rejected: null }
const silent = { answered: [], echo: true, rejected: null }

/** Name, what is set up, what must come back. */
const cases: readonly (readonly [string, string, Partial<Extract<Reach, { attached: true }>>])[] = [
  ['a router', `${accept}; ${masquerade}`, proved],
  [
    'a router that drops echo requests',
    `${accept}; ${masquerade}; sysctl -qw net.ipv4.icmp_echo_ignore_all=1`,
    { ...proved, echo: false },
  ],
  ['no forwarding', masquerade, silent],
  ['no masquerade', accept, silent],
  ['masquerade of another subnet', `${accept}; ${masquerade.replace('192.168.249.0', '10.9.8.0')}`, silent],
  ['a policy of drop', `${accept}; ${masquerade}; ${filter('policy drop;')}`, silent],
  ['what goes out is dropped', `${accept}; ${masquerade}; ${filter('iifname "vm-tap0" drop;')}`, silent],
  ['what comes back is dropped', `${accept}; ${masquerade}; ${filter('oifname "vm-tap0" drop;')}`, silent],
  ['UDP alone is dropped', `${accept}; ${masquerade}; ${filter('meta l4proto udp drop;')}`, silent],
  [
    'the firewall rejects',
    `${accept}; ${masquerade}; ${filter('reject with icmp type admin-prohibited;')}`,
    { ...silent, rejected: '3/13 from 192.168.249.1' },
  ],
  ['iptables drops', `${accept}; ${masquerade}; iptables -P FORWARD DROP`, silent],
  [
    'a rule for the uplink drops before routing',
    `${accept}; ${masquerade}; nft "table ip r { chain c { type filter hook prerouting priority raw; iifname vm-tap0 udp dport 53 drop; }; }"`,
    silent,
  ],
  [
    'a rule for the guest sends it into nothing',
    `${accept}; ${masquerade}; ip rule add from 192.168.249.2 blackhole`,
    silent,
  ],
  [
    'the host drops ARP',
    `${accept}; ${masquerade}; sysctl -qw net.ipv4.conf.vm-tap0.arp_ignore=8`,
    { gatewayMac: null, answered: [] },
  ],
  ['no server listens', `${accept}; ${masquerade}; kill $SERVER`, { answered: [], closed: ['203.0.113.53'] }],
  ['multi_queue and vnet_hdr', `${accept}; ${masquerade}; make_tap multi_queue vnet_hdr`, proved],
]

const script = (setUp: string, program: string) => `
set -e
mount -t tmpfs none /run; mkdir /run/netns; mount -t sysfs none /sys
mount -t tmpfs none /dev/net; mknod -m 666 /dev/net/tun c 10 200
ip link set lo up
for n in router internet; do ip netns add $n; ip -n $n link set lo up; done
make_tap() {
  ip link del vm-tap0 2>/dev/null || true
  ip tuntap add dev vm-tap0 mode tap user nobody "$@"
  ip addr add 192.168.249.1/24 dev vm-tap0; ip link set vm-tap0 up
}
make_tap
ip link add eth0 type veth peer name host netns router
ip -n router link add inet type veth peer name eth0 netns internet
ip addr add 198.51.100.2/24 dev eth0; ip link set eth0 up; ip route add default via 198.51.100.1
ip -n router addr add 198.51.100.1/24 dev host; ip -n router link set host up
ip -n router addr add 203.0.113.1/24 dev inet; ip -n router link set inet up
ip -n internet addr add 203.0.113.53/24 dev eth0; ip -n internet link set eth0 up; ip -n internet route add default via 203.0.113.1
ip netns exec router sysctl -qw net.ipv4.ip_forward=1
ip netns exec internet node ${repository}/test/e2e/lab-server.mjs 203.0.113.53 >/dev/null 2>&1 & SERVER=$!
trap 'kill $SERVER 2>/dev/null || true' EXIT
for i in $(seq 100); do (exec 3<>/dev/tcp/203.0.113.53/80) 2>/dev/null && break; sleep 0.05; done
${setUp}
ip -d link show vm-tap0 > /run/before
setpriv --reuid=65534 --regid=65534 --clear-groups node ${program}
sleep 0.1; ip -d link show vm-tap0 > /run/after; cmp /run/before /run/after

`

describe.skipIf(why)(`the doctor as a guest of this kernel${because(why)}`, () => {
  const directory = mkdtempSync(`${tmpdir()}/chv-doctor-reach-`)
  const program = `${directory}/reach.mjs`
  afterAll(() => rmSync(directory, { recursive: true }))
  beforeAll(async () => {
    // The user of the TAP reads it.
    chmodSync(directory, 0o755)
    const source = `
      import { createHost } from '${repository}/src/host/host.ts'
      import { playGuest } from '${repository}/src/network/reach/play.ts'
      const user = { uid: 65534, gid: 65534, name: 'nobody', home: '/', groups: [], viaSudo: false }
      const host = createHost(user, process.env, 5000, new AbortController().signal)
      const guest = { mac: '12:34:56:78:90:ab', address: '192.168.249.2', gateway: '192.168.249.1', nameServers: ['203.0.113.53'] }
      console.log(JSON.stringify(await playGuest(guest, (events) => host.openTap('vm-tap0', events))))
      host.close()`
    const { outputFiles } = await build({
      stdin: { contents: source, resolveDir: repository, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: 'const require=process.getBuiltinModule;' },
      write: false,
      logLevel: 'error',
    })
    writeFileSync(program, outputFiles[0]?.contents ?? '', { mode: 0o644 })
  })

  it.each(cases)('%s', (_, setUp, expected) => {
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['-m', '-n', 'bash', '-c', script(setUp, program)],
      {
        encoding: 'utf8',
      },
    )
    expect(stderr).toBe('')
    expect(JSON.parse(stdout.trim())).toMatchObject({ attached: true, duplicate: null, ...expected })
    expect(status, 'the TAP is as it was').toBe(0)
  })
})

/**
 * The doctor as a guest on a real TAP, and the kernel of this machine as its host. A network of three
 * namespaces: the host, a router behind it without a route to the guest, and name servers behind the router.
 * Run as an ordinary user who owns the TAP.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import type { Guest } from '../../src/network/reach/dialogue.ts'
import { repository } from './disposable-host.ts'

const works = (program: string, ...args: string[]) => spawnSync(program, args).status === 0

export const whyNoReach =
  process.getuid?.() !== 0
    ? 'needs root'
    : !works('perl', '-e', '1')
      ? 'needs perl'
      : !works('unshare', '-m', '-n', 'sh', '-c', 'ip tuntap add t0 mode tap && nft list ruleset')
        ? 'needs ip, nft, TAPs and namespaces'
        : null

export const whyNoReach6 =
  whyNoReach ??
  (works('unshare', '-n', 'sh', '-c', 'ip link set lo up && ip addr add fd00::1/64 dev lo')
    ? null
    : 'needs IPv6')

export const guest4: Guest = {
  mac: '12:34:56:78:90:ab',
  address: '192.168.249.2',
  gateway: '192.168.249.1',
  nameServers: ['203.0.113.53'],
}
export const guest6: Guest = {
  mac: guest4.mac,
  address: 'fd00::2',
  gateway: 'fd00::1',
  nameServers: ['2001:db8:53::53'],
}

/** Writes the program that plays the guests that its argument names, and prints what came back. */
export const writePlayer = async (directory: string): Promise<string> => {
  const program = `${directory}/reach.mjs`
  // The user of the TAP reads it.
  chmodSync(directory, 0o755)
  const source = `
      import { createHost } from '${repository}/src/host/host.ts'
      import { playGuest } from '${repository}/src/network/reach/play.ts'
      const user = { uid: 65534, gid: 65534, name: 'nobody', home: '/', groups: [], viaSudo: false }
      const host = createHost(user, process.env, 5000, new AbortController().signal)
      const [guest, six] = JSON.parse(process.argv[2])
      console.log(JSON.stringify(await playGuest(guest, (events) => host.openTap('vm-tap0', events), six)))
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
  return program
}

const serve = (address: string, variable: string) => `
ip netns exec internet node ${repository}/test/e2e/lab-server.mjs ${address} >/dev/null 2>&1 & ${variable}=$!
for i in $(seq 100); do (exec 3<>/dev/tcp/${address}/80) 2>/dev/null && break; sleep 0.05; done`

const six = `
ip addr add fd00::1/64 dev vm-tap0 nodad
ip addr add 2001:db8:1::2/64 dev eth0 nodad; ip -6 route add default via 2001:db8:1::1
ip -n router addr add 2001:db8:1::1/64 dev host nodad; ip -n router addr add 2001:db8:53::1/64 dev inet nodad
ip -n internet addr add 2001:db8:53::53/64 dev eth0 nodad; ip -n internet -6 route add default via 2001:db8:53::1
ip netns exec router sysctl -qw net.ipv6.conf.all.forwarding=1
${serve('2001:db8:53::53', 'SERVER6')}`

const script = (setUp: string, program: string, withSix: boolean) => `
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
trap 'kill $SERVER $SERVER6 2>/dev/null || true' EXIT
${serve('203.0.113.53', 'SERVER')}
${withSix ? six : ''}
${setUp}
ip -d link show vm-tap0 > /run/before
setpriv --reuid=65534 --regid=65534 --clear-groups node ${program} "$GUESTS"
sleep 0.1; ip -d link show vm-tap0 > /run/after; cmp /run/before /run/after

`

/**
 * @param setUp shell commands of root on the host, before the doctor looks
 * @param program what `writePlayer` wrote
 * @returns the status is 0 when the TAP is as it was
 */
export const playIn = (setUp: string, program: string, guests: readonly [Guest, Guest?]) =>
  spawnSync('unshare', ['-m', '-n', 'bash', '-c', script(setUp, program, guests.length > 1)], {
    encoding: 'utf8',
    env: { ...process.env, GUESTS: JSON.stringify(guests) },
  })

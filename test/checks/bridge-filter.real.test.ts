/**
 * br_netfilter of the real kernel: a bridge with two ports in namespaces of their own. What the check says must be
 * what becomes of a packet, and the way past a rule that its hint names must work.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { whyNoRules } from '../helpers/rulesets.ts'

const whyNot =
  whyNoRules ??
  missing('ping') ??
  (existsSync('/proc/sys/net/bridge') ? null : 'the kernel has no br_netfilter')

const doctor = [
  process.execPath,
  `${repository}/dist/cli.js`,
  ...['check', 'bridge-filter', '--format', 'json'],
  ...['--set', 'network=bridge', '--set', 'guest_mac=52:54:00:12:34:56'],
]
  .map((word) => `'${word}'`)
  .join(' ')

/** @returns the code of the finding, or the status; and whether a packet from port to port arrives */
const onBridge = (setup: string) => {
  const script = `
set -e
exec 3>&1 >&2
mount -t tmpfs none /run; mkdir /run/netns; ip link set lo up
for one in left right; do
  ip netns add $one
  ip link add $one type veth peer name port netns $one
done
ip link add br0 type bridge; ip link set left master br0; ip link set right master br0
for one in br0 left right; do ip link set $one up; done
ip -n left addr add 10.9.9.1/24 dev port; ip -n left link set port up
ip -n right addr add 10.9.9.2/24 dev port; ip -n right link set port up
${setup}
arrives=no
for n in 1 2 3; do ip netns exec left ping -c 1 -W 1 10.9.9.2 && { arrives=yes; break; }; done
echo "$arrives" >&3
${doctor} >&3 || true
`
  const { stdout, stderr } = spawnSync('unshare', ['--net', '--mount', 'bash', '-c', script], {
    encoding: 'utf8',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' },
    timeout: 60_000,
  })
  const [arrives = '', ...json] = stdout.split('\n')
  const { results } = JSON.parse(json.join('\n') || `{"results":[],"stderr":${JSON.stringify(stderr)}}`)
  const result = results.find(({ id }: { id: string }) => id === 'bridge-filter')
  return { arrives, says: result?.code ?? result?.status ?? stderr, hint: result?.hint ?? '' }
}

const call = (value: 0 | 1) => `sysctl -qw net.bridge.bridge-nf-call-iptables=${value}`
const drop = 'iptables-nft -P FORWARD DROP'

describe.skipIf(whyNot)(`a real bridge${because(whyNot)}`, () => {
  it.each([
    ['passes on what no rule is asked about', `${call(0)}; ${drop}`, 'yes', 'ok'],
    ['passes on what rules accept', `${call(1)}; iptables-nft -P FORWARD ACCEPT`, 'yes', 'ok'],
    ['loses what rules drop', `${call(1)}; ${drop}`, 'no', 'bridge-filter/drops'],
    [
      'loses it to a table of nftables, too',
      `${call(1)}; nft add table inet t; nft 'add chain inet t f { type filter hook forward priority 0; policy drop; }'`,
      'no',
      'bridge-filter/drops',
    ],
  ])('%s', (_, setup, arrives, says) => {
    expect(onBridge(setup)).toMatchObject({ arrives, says })
  })

  it('passes it on behind the rule that the hint names', () => {
    const { hint } = onBridge(`${call(1)}; ${drop}`)
    const command = /`sudo (iptables [^`]+)`/.exec(hint)?.[1] ?? 'false'
    const mended = onBridge(`${call(1)}; ${drop}; ${command.replace('iptables', 'iptables-nft')}`)
    expect(mended).toMatchObject({ arrives: 'yes', says: 'ok' })
  })
})

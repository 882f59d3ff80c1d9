import { describe, expect, it } from 'vitest'
import { guestIpv6 } from '../../checks/guest-ipv6.ts'
import { routeIpv6 } from '../../fixes/route-ipv6.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Step } from '../../src/contract/step.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'

const conf = '/proc/sys/net/ipv6/conf'
const config = configWith({ ipv6: 'masquerade' })
const fix = { id: 'route-ipv6', args: {} }

const ourRule = (prefix: string) => ({
  rule: {
    family: 'ip6',
    table: 'chv_doctor',
    chain: 'nat-vm-tap0',
    comment: 'chv-doctor6 vm-tap0',
    expr: [{ match: { op: '==', left: { payload: {} }, right: { prefix: { addr: prefix, len: 64 } } } }],
  },
})
const ours = [{ table: { family: 'ip6', name: 'chv_doctor' } }, ourRule('fdc4:1d0c:7a3e:1::')]
const dropping = {
  chain: { family: 'ip6', table: 'filter', name: 'FORWARD', hook: 'forward', policy: 'drop' },
}

interface State {
  readonly disabled?: string | null
  /** disable_ipv6 of the TAP. */
  readonly onTap?: string
  readonly forwarding?: string
  /** accept_ra of eth0. */
  readonly accept?: string
  readonly routes?: readonly object[]
  readonly rules?: readonly object[]
  readonly root?: boolean
  readonly marked?: boolean
}
const learned = { dst: 'default', dev: 'eth0', protocol: 'ra' }

const host = ({
  disabled = '0',
  onTap = '0',
  forwarding = '1',
  accept = '2',
  routes = [learned],
  rules = ours,
  root = true,
  marked = false,
}: State = {}): FakeHost => ({
  user: root ? { uid: 0 } : {},
  files: {
    [conf]: { names: ['all', 'default', 'lo', 'eth0', 'br9', 'vm-tap0'] },
    [`${conf}/all/disable_ipv6`]: disabled,
    [`${conf}/vm-tap0/disable_ipv6`]: onTap,
    [`${conf}/a*/disable_ipv6`]: null,
    [`${conf}/all/forwarding`]: forwarding,
    [`${conf}/default/forwarding`]: forwarding,
    [`${conf}/lo/forwarding`]: forwarding,
    [`${conf}/eth0/forwarding`]: forwarding,
    [`${conf}/br9/forwarding`]: '1',
    [`${conf}/vm-tap0/forwarding`]: forwarding,
    [`${conf}/eth0/accept_ra`]: accept,
    '/sys/module/nf_tables': {},
    '/run/chv-doctor/vm-tap0-ipv6': marked ? {} : null,
    '/run/chv-doctor/a*-ipv6': null,
  },
  programs: { nft: '/sbin/nft' },
  commands: { 'ip -j -6 route show': JSON.stringify(routes) },
  rootCommands: root ? { '/sbin/nft -j list ruleset': JSON.stringify({ nftables: rules }) } : null,
})

const verdict = (state: State, changes: Partial<Config> = {}) =>
  conclude(guestIpv6, host(state), { ...config, ...changes })
const plan = async (state: State, changes: Partial<Config> = {}): Promise<readonly Step[]> => {
  const wanted = { ...config, ...changes }
  const survey = await routeIpv6.survey?.(fakeHost(host(state)), {}, wanted)
  if (!survey) throw new Error('route-ipv6 has a survey')
  return routeIpv6.plan({}, wanted, survey)
}
const argvs = (steps: readonly Step[]) =>
  steps.map((step) => (step.kind === 'run' ? step.argv.join(' ') : step.kind))

describe('guest-ipv6', () => {
  it('is ok, masqueraded or routed', async () => {
    expect(await verdict({})).toEqual({ status: 'ok', found: 'fdc4:1d0c:7a3e:1::2 is masqueraded on eth0' })
    const routed = { ipv6: 'routed', guest_range6: '2001:db8:5::/48' } as const
    expect(await verdict({ rules: [] }, routed)).toEqual({
      status: 'ok',
      found: '2001:db8:5:1::2 is routed through eth0',
    })
  })

  it.each<[string, State, string]>([
    ['forwarding off', { forwarding: '0' }, 'not-forwarded'],
    ['a host that will forget its router', { accept: '1' }, 'ignores-router-advertisements'],
    ['no masquerade', { rules: [] }, 'no-masquerade'],
    ['the masquerade of another range', { rules: [ourRule('fd00:9:9:1::')] }, 'no-masquerade'],
  ])('fails and names its fix: %s', async (_, state, code) => {
    expect(await verdict(state)).toMatchObject({ status: 'fail', code: `guest-ipv6/${code}`, fix })
  })

  it.each<[string, State, string]>([
    ['turned off', { disabled: '1' }, 'guest-ipv6/disabled'],
    ['turned off on the TAP', { onTap: '1' }, 'guest-ipv6/disabled-on-tap'],
    ['not in the kernel', { disabled: null }, 'guest-ipv6/no-ipv6'],
  ])('leaves to a person: %s', async (_, state, code) => {
    const seen = await verdict(state)
    expect(seen).toMatchObject({ status: 'fail', code, hint: expect.any(String) })
    expect(seen).not.toHaveProperty('fix')
  })

  it.each<[string, State, Partial<Config>, string]>([
    ['no default route', { routes: [] }, {}, 'guest-ipv6/no-default-route'],
    ['a policy that drops', { rules: [...ours, dropping] }, {}, 'guest-ipv6/drops-by-default'],
    ['a range that nobody routes', {}, { ipv6: 'routed' }, 'guest-ipv6/local-address'],
  ])('warns: %s', async (_, state, changes, code) => {
    expect(await verdict(state, changes)).toMatchObject({ status: 'warn', code, hint: expect.any(String) })
  })

  it('does not fear for a route that somebody else looks after', async () => {
    // accept_ra is 0 where systemd-networkd or NetworkManager listens to routers.
    expect(await verdict({ accept: '0' })).toMatchObject({ status: 'ok' })
    expect(await verdict({ accept: '1', routes: [{ ...learned, protocol: 'static' }] })).toMatchObject({
      status: 'ok',
    })
  })

  it('is unknown where only root could see the rules, but says what it does see', async () => {
    const seeing = guestIpv6.probe(fakeHost(host({ root: false })), config)
    await expect(seeing).rejects.toMatchObject({ message: expect.stringContaining('only root'), fix })
    expect(await verdict({ root: false, forwarding: '0' })).toMatchObject({ status: 'fail' })
    expect(await verdict({ root: false }, { ipv6: 'routed', guest_range6: '2001:db8::/48' })).toMatchObject({
      status: 'ok',
    })
  })
})

describe('route-ipv6', () => {
  it('keeps the route of the host before it forwards, and gives every switch its value back', async () => {
    const steps = await plan({ forwarding: '0', accept: '1', rules: [] })
    expect(argvs(steps)).toEqual([
      'mkdir -p /run/chv-doctor/vm-tap0-ipv6',
      'sysctl -q -e -w net/ipv6/conf/eth0/accept_ra=2',
      'sysctl -q -e -w net/ipv6/conf/all/forwarding=1',
      expect.stringContaining(
        'ip6 saddr fdc4:1d0c:7a3e:1::/64 ip6 daddr != fdc4:1d0c:7a3e:1::/64 masquerade',
      ),
    ])
    expect(steps.map((step) => (step.kind === 'run' ? step.undo?.[0]?.join(' ') : ''))).toEqual([
      'rmdir /run/chv-doctor/vm-tap0-ipv6',
      'sysctl -q -e -w net/ipv6/conf/eth0/accept_ra=1',
      'sysctl -q -e -w net/ipv6/conf/all/forwarding=0 net/ipv6/conf/br9/forwarding=1',
      'nft add table ip6 chv_doctor; delete table ip6 chv_doctor',
    ])
  })

  it('does what is missing alone', async () => {
    expect(argvs(await plan({ accept: '1', marked: true }))).toEqual([
      'sysctl -q -e -w net/ipv6/conf/eth0/accept_ra=2',
    ])
    expect(await plan({})).toEqual([])
    expect(await plan({ rules: [] }, { ipv6: 'routed' })).toEqual([])
  })

  it('leaves the rules of other guests in the table', async () => {
    const steps = await plan({ rules: [{ table: { family: 'ip6', name: 'chv_doctor' } }], marked: true })
    const [step] = steps
    expect(step?.kind === 'run' && step.undo?.[0]?.join(' ')).toMatch(
      /delete chain ip6 chv_doctor nat-vm-tap0$/,
    )
  })

  it('names no interface that a rule cannot name', async () => {
    expect(await plan({}, { tap: 'a*' })).toMatchObject([{ kind: 'manual' }])
  })
})

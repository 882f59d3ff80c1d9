import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import type { Host } from '../src/host/host.ts'
import { managersOf } from '../src/network/managers.ts'
import { internetProbeAddress } from '../src/network/packet.ts'
import type { PathProblem } from '../src/network/path.ts'
import type { Uplink } from '../src/network/routes.ts'
import { simulate } from '../src/network/simulate.ts'
import { addressOf, formatIPv4 } from '../src/util/address.ts'
import { iproute2 } from './iproute2.ts'
import { notReadableVerdict, placeOf, readFirewallFor, textOf } from './shared/firewall.ts'
import { notForIsolated } from './shared/network.ts'

type Blocker = {
  readonly direction: 'out' | 'back'
  readonly place: string
  /** Null: the policy of the chain. */
  readonly rule: string | null
  readonly manager: string | null
}

interface Facts {
  readonly uplink: Uplink
  readonly obstacles: readonly (Blocker & {
    readonly certain: boolean
    /** Whether an accept rule there would help: before and after forwarding the fix changes nothing. */
    readonly mendable?: boolean
  })[]
  /** What else keeps the guest from an answer. Absent in facts that were recorded before it was looked at. */
  readonly problems?: readonly ProblemFacts[]
}

interface ProblemFacts {
  readonly kind: PathProblem['kind']
  /** The chain and the rule, where there is one. */
  readonly place: string | null
  readonly rule: string | null
  /** The address that packets are sent to, or get; null for this host. For a missing route why. */
  readonly detail: string | null
}

const describe = (verb: string, { direction, place, rule, manager }: Blocker) =>
  `${place}${manager ? ` (${manager})` : ''} ${verb} ${direction === 'out' ? 'packets of the guest' : 'answers to the guest'}: ${rule ?? 'policy drop'}`

const passes = ({ tap }: { tap: string }) => `packets from ${tap} and the answers to them pass this host`

const byHand = 'Change that rule yourself: no rule of chv-doctor can come before it.'

type Rule = { readonly place: string; readonly rule: string }

const findings = {
  'may-drop': finding<Blocker & { repairable: boolean }>({
    found: (blocker) => describe('may drop', blocker),
    expected: 'rules that certainly let them through',
    hint: ({ repairable }) =>
      repairable
        ? 'Check that rule yourself, or let `chv-doctor fix forward-policy` put an accept rule before it.'
        : byHand,
  }),
  drops: finding<Blocker & { repairable: boolean; tap: string }>({
    found: (blocker) => describe('drops', blocker),
    expected: passes,
    hint: ({ repairable }) => (repairable ? null : byHand),
  }),
  'no-route': finding<{ reason: string; guest: string; tap: string }>({
    found: ({ reason }) => `the kernel has no route for packets of the guest: ${reason}`,
    expected: passes,
    hint: ({ guest, tap }) =>
      `\`ip rule show\` and \`ip route get ${internetProbeAddress} from ${guest} iif ${tap}\` show why.`,
  }),
  'answers-not-tracked': finding<Rule & { tap: string }>({
    found: ({ place, rule }) => `${place} takes answers to the guest from connection tracking: ${rule}`,
    expected: passes,
    hint: 'Restrict that rule to packets that are not forwarded: an untracked answer does not reach the guest.',
  }),
  redirected: finding<Rule & { to: string; tap: string }>({
    found: ({ place, rule, to }) => `${place} sends packets of the guest to ${to}: ${rule}`,
    expected: 'packets reach the address that the guest sends them to',
    hint: ({ to, tap }) => `Make sure that ${to} answers the guest there, or exempt ${tap} from that rule.`,
  }),
  'foreign-source-address': finding<Rule & { address: string }>({
    found: ({ place, rule, address }) =>
      `${place} gives packets of the guest the address ${address}: ${rule}`,
    expected: 'an address of this host, to which the answers come',
    hint: ({ address }) => `Correct that rule, unless your router sends packets for ${address} to this host.`,
  }),
}

type ForwardVerdict = Verdict<typeof findings>

const fix = { id: 'route-guest', args: {} } as const

const problemFacts = async (host: Host, problem: PathProblem): Promise<ProblemFacts> => {
  const { kind } = problem
  if (kind === 'no-route') return { kind, place: null, rule: null, detail: problem.why }
  const at = kind === 'untracked-answer' ? problem : problem.by
  const address = kind === 'redirected' ? problem.to : kind === 'foreign-source' ? problem.address : null
  return {
    kind,
    place: placeOf(at.chain),
    rule: await textOf(host, at),
    detail: address === null ? null : formatIPv4(address),
  }
}

const judgeProblem = ({ kind, place, rule, detail }: ProblemFacts, config: Config): ForwardVerdict => {
  const { tap } = config
  const at = { place: place ?? '', rule: rule ?? '' }
  switch (kind) {
    case 'no-route': {
      const values = { reason: detail ?? '', guest: addressOf(config.guest_address), tap }
      return { status: 'fail', code: 'no-route', values }
    }
    case 'untracked-answer':
      return { status: 'fail', code: 'answers-not-tracked', values: { ...at, tap } }
    case 'redirected':
      return { status: 'warn', code: 'redirected', values: { ...at, to: detail ?? 'this host', tap } }
    case 'foreign-source':
      return { status: 'warn', code: 'foreign-source-address', values: { ...at, address: detail ?? '' } }
  }
}

const failuresFirst = (a: ForwardVerdict, b: ForwardVerdict) =>
  Number(b.status === 'fail') - Number(a.status === 'fail')

export const forwardPolicy = defineCheck({
  id: 'forward-policy',
  title: 'No firewall drops what is forwarded for the guest',
  group: 'network',
  needs: [iproute2],
  beforeBoot: 'reported',
  networkPlace: { hop: 'host' },
  readsAsRoot: true,
  findings,
  skipReason: notForIsolated,
  probe: async (host, config): Promise<Facts | null> => {
    const sight = await readFirewallFor(host, config)
    if (!sight) return null
    const { chains, uplink, path } = sight
    const { blocking, problems } = simulate(chains, path)
    const found = blocking.map(async ({ direction, certain, base, ending }) => ({
      direction,
      certain,
      place: placeOf(ending.chain),
      rule: await textOf(host, ending),
      manager: managersOf(chains, base).join(' and ') || null,
      mendable: base.base?.hook === 'forward',
    }))
    return {
      uplink,
      obstacles: await Promise.all(found),
      problems: await Promise.all(problems.map((problem) => problemFacts(host, problem))),
    }
  },
  judge: (facts, config) => {
    if (!facts) return notReadableVerdict
    const { uplink, obstacles, problems = [] } = facts
    const [first] = obstacles
    const [problem] = problems.map((one) => judgeProblem(one, config)).sort(failuresFirst)
    if (problem && (problem.status === 'fail' || !first)) return problem
    if (!first)
      return {
        status: 'ok',
        found: uplink.device
          ? `${config.tap} to ${uplink.device} and back`
          : `nothing drops what ${config.tap} sends`,
      }
    const { certain, mendable: repairable = true, ...blocker } = first
    const values = { ...blocker, repairable }
    const remedy = repairable ? { fix } : {}
    return certain
      ? { status: 'fail', code: 'drops', values: { ...values, tap: config.tap }, ...remedy }
      : { status: 'warn', code: 'may-drop', values, ...remedy }
  },
})

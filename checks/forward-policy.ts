import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
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

interface Facts {
  readonly uplink: Uplink
  readonly obstacles: readonly {
    readonly direction: 'out' | 'back'
    readonly certain: boolean
    readonly place: string
    /** Null: the policy of the chain. */
    readonly rule: string | null
    readonly manager: string | null
    /** Whether an accept rule there would help: before and after forwarding the fix changes nothing. */
    readonly mendable?: boolean
  }[]
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

const judgeProblem = ({ kind, place, rule, detail }: ProblemFacts, config: Config): Verdict => {
  const expected = `${config.tap} may send through this host, and be answered`
  const guest = addressOf(config.guest_address)
  switch (kind) {
    case 'no-route':
      return {
        status: 'fail',
        found: `the kernel has no route for packets of the guest: ${detail}`,
        expected,
        hint: `\`ip rule show\` and \`ip route get ${internetProbeAddress} from ${guest} iif ${config.tap}\` show why.`,
      }
    case 'untracked-answer':
      return {
        status: 'fail',
        found: `${place} takes answers to the guest from connection tracking: ${rule}`,
        expected,
        hint: 'Restrict that rule to what is not forwarded: an untracked answer never gets back to the guest.',
      }
    case 'redirected':
      return {
        status: 'warn',
        found: `${place} sends packets of the guest to ${detail ?? 'this host'}: ${rule}`,
        expected: 'packets that get where the guest sends them',
        hint: `Make sure that ${detail ?? 'this host'} answers the guest there, or exempt ${config.tap} from that rule.`,
      }
    case 'foreign-source':
      return {
        status: 'warn',
        found: `${place} gives packets of the guest the address ${detail}: ${rule}`,
        expected: 'an address of this host, where the answers come in',
        hint: `Correct that rule, unless your router sends packets for ${detail} to this host.`,
      }
  }
}

const failuresFirst = (a: Verdict, b: Verdict) => Number(b.status === 'fail') - Number(a.status === 'fail')

export const forwardPolicy = defineCheck<'forward-policy', Facts | null>({
  id: 'forward-policy',
  title: 'No firewall drops what is forwarded for the guest',
  group: 'network',
  needs: [iproute2],
  skipReason: notForIsolated,
  probe: async (host, config) => {
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
    const { uplink, obstacles: found, problems = [] } = facts
    const [first] = found
    const [problem] = problems.map((one) => judgeProblem(one, config)).sort(failuresFirst)
    if (problem && (problem.status === 'fail' || !first)) return problem
    if (!first)
      return {
        status: 'ok',
        found: uplink.device
          ? `${config.tap} to ${uplink.device} and back`
          : `nothing drops what ${config.tap} sends`,
      }
    const what = first.direction === 'out' ? 'packets of the guest' : 'answers to the guest'
    const whose = first.manager ? ` (${first.manager})` : ''
    const rule = first.rule ?? 'policy drop'
    const byHand = {
      hint: `Change that rule yourself: it stands where no rule of the doctor comes before it.`,
    }
    const remedy = first.mendable === false ? byHand : { fix }
    if (!first.certain)
      return {
        status: 'warn',
        found: `${first.place}${whose} may drop ${what}: ${rule}`,
        expected: 'rules that certainly let them through',
        ...(first.mendable === false
          ? byHand
          : {
              hint: 'Look at it yourself, or let `chv-doctor fix forward-policy` put an accept rule before it.',
              fix,
            }),
      }
    return {
      status: 'fail',
      found: `${first.place}${whose} drops ${what}: ${rule}`,
      expected: `${config.tap} may send through this host, and be answered`,
      ...remedy,
    }
  },
})

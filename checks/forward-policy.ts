import { defineCheck } from '../src/contract/check.ts'
import { managersOf } from '../src/network/managers.ts'
import type { Uplink } from '../src/network/routes.ts'
import { blockingRules } from '../src/network/verdicts.ts'
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
  }[]
}

const fix = { id: 'route-guest', args: {} } as const

export const forwardPolicy = defineCheck<'forward-policy', Facts | null>({
  id: 'forward-policy',
  title: 'No firewall drops what is forwarded for the guest',
  group: 'network',
  needs: [iproute2],
  skipReason: notForIsolated,
  probe: async (host, config) => {
    const sight = await readFirewallFor(host, config)
    if (!sight) return null
    const { chains, uplink, way } = sight
    const found = blockingRules(chains, way).map(async ({ direction, certain, base, ending }) => ({
      direction,
      certain,
      place: placeOf(ending.chain),
      rule: await textOf(host, ending),
      manager: managersOf(chains, base).join(' and ') || null,
    }))
    return { uplink, obstacles: await Promise.all(found) }
  },
  judge: (facts, config) => {
    if (!facts) return notReadableVerdict
    const { uplink, obstacles: found } = facts
    const [first] = found
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
    if (!first.certain)
      return {
        status: 'warn',
        found: `${first.place}${whose} may drop ${what}: ${rule}`,
        expected: 'rules that certainly let them through',
        hint: `Look at it yourself, or let \`chv-doctor fix forward-policy\` put an accept rule before it.`,
        fix,
      }
    return {
      status: 'fail',
      found: `${first.place}${whose} drops ${what}: ${rule}`,
      expected: `${config.tap} may send through this host, and be answered`,
      fix,
    }
  },
})

import { defineCheck } from '../src/contract/check.ts'
import { ownRules } from '../src/network/own-rules.ts'
import type { Uplink } from '../src/network/routes.ts'
import { simulate } from '../src/network/simulate.ts'
import { addressOf } from '../src/util/address.ts'
import { iproute2 } from './iproute2.ts'
import { notReadableVerdict, placeOf, readFirewallFor, textOf } from './shared/firewall.ts'
import { notForIsolated } from './shared/network.ts'

interface Facts {
  readonly uplink: Uplink
  readonly masked: 'yes' | 'no' | 'unclear'
  /** The chain and the rule that does it, or that is not understood. */
  readonly place: string | null
  readonly rule: string | null
  /** The rule takes the guest's packets from connection tracking, and nothing translates what is not tracked. */
  readonly untracked?: boolean
  /** Other devices with a default route that the guest's packets would leave by unmasked. */
  readonly uncovered: readonly string[]
  /** Rules of an earlier configuration of ours. */
  readonly stale: readonly string[]
}

const fix = { id: 'route-guest', args: {} } as const

export const nat = defineCheck<'nat', Facts | null>({
  id: 'nat',
  title: 'What the guest sends leaves with the address of this host',
  group: 'network',
  needs: [iproute2],
  skipReason: notForIsolated,
  probe: async (host, config) => {
    const sight = await readFirewallFor(host, config)
    if (!sight) return null
    const { chains, uplink, path } = sight
    const { masked, by, device } = simulate(chains, path).translation
    const own = await ownRules(host, chains, config)
    return {
      uplink: { ...uplink, device: device ?? uplink.device },
      masked,
      place: by && placeOf(by.chain),
      rule: by && (await textOf(host, by)),
      untracked: by?.action.do === 'accept',
      uncovered: uplink.others.filter(
        (other) =>
          simulate(chains, { ...path, uplink: other, routes: new Map() }).translation.masked !== 'yes',
      ),
      stale: own.filter(({ isCurrent }) => !isCurrent).map(({ text }) => text),
    }
  },
  judge: (facts, config) => {
    if (!facts) return notReadableVerdict
    const { uplink, masked, place, rule, untracked = false, uncovered, stale } = facts
    const guest = addressOf(config.guest_address)
    const expected = `masquerade for ${guest}`
    if (stale[0] !== undefined)
      return {
        status: masked === 'yes' ? 'warn' : 'fail',
        found: `a rule of ours from an earlier setup: ${stale[0]}`,
        expected,
        fix,
      }
    if (untracked)
      return {
        status: masked === 'no' ? 'fail' : 'warn',
        found: `${place} takes packets of the guest from connection tracking: ${rule}`,
        expected,
        hint: 'Restrict that rule to what is not forwarded: nothing masquerades an untracked packet.',
      }
    if (masked === 'no')
      return {
        status: 'fail',
        found: `nothing masquerades ${guest}${uplink.device ? ` on ${uplink.device}` : ''}`,
        expected: `${expected}: else no answer finds its way back`,
        fix,
      }
    if (uplink.device === null)
      return {
        status: 'warn',
        found: 'this host has no default route',
        expected: 'a way into the internet for the guest to share',
        hint: 'Connect this host; `ip route show default` shows when it is.',
      }
    if (masked === 'unclear')
      return {
        status: 'warn',
        found: `it depends on a rule that is not understood: ${rule}`,
        expected,
        hint: `Look at it in ${place}, or let \`chv-doctor fix nat\` add a rule of its own.`,
        fix,
      }
    // Not wrong as long as the host does not change over to them.
    const but = uncovered.length > 0 ? `, not on ${uncovered.join(', ')}` : ''
    return { status: 'ok', found: `${guest} is masqueraded on ${uplink.device}${but}` }
  },
})

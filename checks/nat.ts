import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
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

const masqueradeFor = ({ guest }: { guest: string }) => `masquerade for ${guest}`

const findings = {
  'outdated-rule': finding<{ rule: string; guest: string }>({
    found: ({ rule }) => `a rule of chv-doctor for an earlier configuration: ${rule}`,
    expected: masqueradeFor,
  }),
  'not-tracked': finding<{ rule: string; place: string; guest: string }>({
    found: ({ rule, place }) => `${place} takes packets of the guest from connection tracking: ${rule}`,
    expected: masqueradeFor,
    hint: 'Restrict that rule to packets that are not forwarded: nothing masquerades an untracked packet.',
  }),
  'no-masquerade': finding<{ guest: string; uplink: string | null }>({
    found: ({ guest, uplink }) => `nothing masquerades ${guest}${uplink ? ` on ${uplink}` : ''}`,
    expected: ({ guest }) => `masquerade for ${guest}: otherwise no answer reaches it`,
  }),
  'no-default-route': finding({
    found: 'this host has no default route',
    expected: 'a connection to the internet that the guest can share',
    hint: 'Connect this host; `ip route show default` then shows a route.',
  }),
  'unclear-rule': finding<{ rule: string; place: string; guest: string }>({
    found: ({ rule }) => `it depends on a rule that chv-doctor does not understand: ${rule}`,
    expected: masqueradeFor,
    hint: ({ place }) => `Check that rule in ${place}, or let \`chv-doctor fix nat\` add a rule of its own.`,
  }),
}

const fix = { id: 'route-guest', args: {} } as const

export const nat = defineCheck({
  id: 'nat',
  title: 'The packets of the guest are masqueraded',
  group: 'network',
  needs: [iproute2],
  beforeBoot: 'reported',
  networkPlace: { hop: 'uplink' },
  readsAsRoot: true,
  findings,
  skipReason: notForIsolated,
  probe: async (host, config): Promise<Facts | null> => {
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
    const [outdated] = stale
    if (outdated !== undefined) {
      const status = masked === 'yes' ? 'warn' : 'fail'
      return { status, code: 'outdated-rule', values: { rule: outdated, guest }, fix }
    }
    if (untracked) {
      const values = { rule: rule ?? '', place: place ?? '', guest }
      return { status: masked === 'no' ? 'fail' : 'warn', code: 'not-tracked', values }
    }
    if (masked === 'no')
      return { status: 'fail', code: 'no-masquerade', values: { guest, uplink: uplink.device }, fix }
    if (uplink.device === null) return { status: 'warn', code: 'no-default-route' }
    if (masked === 'unclear') {
      const values = { rule: rule ?? '', place: place ?? '', guest }
      return { status: 'warn', code: 'unclear-rule', values, fix }
    }
    // Not wrong as long as the host does not change over to them.
    const but = uncovered.length > 0 ? `, not on ${uncovered.join(', ')}` : ''
    return { status: 'ok', found: `${guest} is masqueraded on ${uplink.device}${but}` }
  },
})

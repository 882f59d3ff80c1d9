import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { managerNames } from '../src/persist/manager.ts'
import { notForNone } from './shared/network.ts'

const afterReboot = 'the same network after a reboot (persist_network: true)'

const findings = {
  'not-supported': finding<{ reason: string }>({
    found: ({ reason }) => reason,
    expected: afterReboot,
    hint: 'Let your own boot scripts run `chv-doctor fix --yes create-tap` as this user, or set `persist_network: false`.',
  }),
  missing: finding<{ parts: readonly string[] }>({
    found: ({ parts }) => `gone after a reboot: ${parts.join(', ')}`,
    expected: afterReboot,
  }),
  'not-enabled': finding({
    found: 'the unit that sets the network up is not enabled',
    expected: afterReboot,
  }),
}

const fix = { id: 'persist-network', args: {} } as const

export const networkPersistence = defineCheck({
  id: 'network-persistence',
  title: 'The network survives a reboot',
  group: 'network',
  beforeBoot: 'reported',
  networkPlace: { hop: 'after-reboot' },
  findings,
  skipReason: notForNone,
  probe: async (host, config) => {
    if (!config.persist_network) return null
    // Loaded only where it is configured.
    const { readPersistence } = await import('../src/persist/persistence.ts')
    const state = await readPersistence(host, config)
    if ('problem' in state) return state
    const { manager, files, enabled } = state
    const missing = files.filter((file) => !file.isThere).map((file) => file.makes)
    return { manager, missing, enabled }
  },
  judge: (facts, config) => {
    if (!facts) return { status: 'ok', found: 'not configured: a reboot removes it (persist_network: false)' }
    if ('problem' in facts)
      return { status: 'warn', code: 'not-supported', values: { reason: facts.problem } }
    const { manager, missing, enabled } = facts
    if (missing.length > 0) return { status: 'fail', code: 'missing', values: { parts: missing }, fix }
    if (!enabled) return { status: 'fail', code: 'not-enabled', fix }
    const more = config.network === 'bridge' ? ` on ${config.bridge}` : config.nat ? ' and its NAT' : ''
    return { status: 'ok', found: `${config.tap}${more}, by ${managerNames[manager]}` }
  },
})

import { defineCheck } from '../src/contract/check.ts'
import { managerNames } from '../src/persist/manager.ts'
import { notForNone } from './shared/network.ts'

export const networkPersistence = defineCheck({
  id: 'network-persistence',
  title: 'What of the network is there again after a reboot',
  group: 'network',
  skipReason: notForNone,
  probe: async (host, config) => {
    if (!config.persist_network) return null
    // Loaded only where somebody wants it.
    const { readPersistence: readLasting } = await import('../src/persist/lasting.ts')
    const state = await readLasting(host, config)
    if ('problem' in state) return state
    const { manager, files, enabled } = state
    const missing = files.filter((file) => !file.isThere).map((file) => file.makes)
    return { manager, missing, enabled }
  },
  judge: (facts, config) => {
    if (!facts) return { status: 'ok', found: 'a reboot takes it all away (persist_network: false)' }
    const expected = 'a network that is there again after a reboot (persist_network: true)'
    if ('problem' in facts)
      return {
        status: 'warn',
        found: facts.problem,
        expected,
        hint: 'Let your own boot scripts run `chv-doctor fix --yes create-tap` as this user, or set `persist_network: false`.',
      }
    const { manager, missing, enabled } = facts
    if (missing.length > 0 || !enabled)
      return {
        status: 'fail',
        found: missing.length > 0 ? `gone after a reboot: ${missing.join(', ')}` : 'its unit is not enabled',
        expected,
        fix: { id: 'persist-network', args: {} },
      }
    const more = config.network === 'bridge' ? ` on ${config.bridge}` : config.nat ? ' and its way out' : ''
    return { status: 'ok', found: `${config.tap}${more}, by ${managerNames[manager]}` }
  },
})

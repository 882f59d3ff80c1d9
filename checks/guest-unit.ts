import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { cloudHypervisor } from './cloud-hypervisor.ts'

const wanted = 'an enabled systemd unit that runs the guest (guest_unit: true)'

const findings = {
  'not-supported': finding<{ reason: string }>({
    found: ({ reason }) => reason,
    expected: wanted,
    hint: 'Start the guest in another way, and set `guest_unit: false`.',
  }),
  missing: finding<{ unit: string }>({
    found: ({ unit }) => `there is no ${unit}`,
    expected: wanted,
  }),
  outdated: finding<{ unit: string }>({
    found: ({ unit }) => `${unit} says something else than the configuration`,
    expected: 'the unit that `chv-doctor boot --unit` prints',
  }),
  'not-enabled': finding<{ unit: string }>({
    found: ({ unit }) => `${unit} is not enabled: the guest does not start at boot`,
    expected: wanted,
  }),
}

const fix = { id: 'install-guest-unit', args: {} } as const

export const guestUnit = defineCheck({
  id: 'guest-unit',
  title: 'A unit runs the guest',
  group: 'hypervisor',
  needs: [cloudHypervisor],
  findings,
  skipReason: (config) => (config.guest_unit ? null : 'not configured (guest_unit: false)'),
  probe: async (host, config) => {
    // Loaded only where it is configured.
    const { readUnitState } = await import('../src/boot/unit/state.ts')
    const state = await readUnitState(host, config)
    if ('problem' in state) return state
    const { name, path, file, enabled } = state
    return { name, path, file, enabled }
  },
  judge: (facts) => {
    if ('problem' in facts)
      return { status: 'warn', code: 'not-supported', values: { reason: facts.problem } }
    const { name, path, file, enabled } = facts
    const values = { unit: name }
    if (file === 'missing') return { status: 'fail', code: 'missing', values, fix }
    if (file === 'other') return { status: 'fail', code: 'outdated', values, path, fix }
    if (!enabled) return { status: 'fail', code: 'not-enabled', values, fix }
    return { status: 'ok', found: `${name}, enabled` }
  },
})

import type { NoUnit } from '../src/boot/unit/guest-unit.ts'
import { readUnitState, type UnitState } from '../src/boot/unit/state.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { Step } from '../src/contract/step.ts'
import { enableUnit } from '../src/persist/enabled-unit.ts'

type Survey = UnitState | NoUnit

/** Writes and enables the unit; the guest that runs now is left alone. */
export const installGuestUnit = defineFix<'install-guest-unit', Record<string, never>, Survey>({
  id: 'install-guest-unit',
  title: 'Let systemd run the guest',
  survey: (host, _args, config) => readUnitState(host, config),
  plan: (_args, _config, survey) => {
    if ('problem' in survey) return [{ kind: 'manual', text: `Only you can do this: ${survey.problem}.` }]
    const { name, path, content, file, enabled, notes } = survey
    const steps: Step[] = []
    if (file !== 'same')
      steps.push({ kind: 'write', path, content, mode: 0o644, root: true, why: 'systemd runs the guest' })
    if (file !== 'same' && enabled)
      steps.push({
        kind: 'run',
        argv: ['systemctl', 'daemon-reload'],
        root: true,
        why: 'let systemd read it again',
      })
    if (!enabled) steps.push(enableUnit(name, 'start the guest at boot'))
    return [...steps, ...notes.map((text): Step => ({ kind: 'manual', text }))]
  },
})

import { defineFix } from '../src/contract/fix.ts'
import type { Step } from '../src/contract/step.ts'
import { enableUnit } from '../src/persist/enabled-unit.ts'
import { type PersistenceState, readPersistence } from '../src/persist/persistence.ts'

type Survey = PersistenceState | { readonly problem: string }

/** Writes what makes the network again at boot; what it makes now is the work of other fixes. */
export const persistNetwork = defineFix<'persist-network', Record<string, never>, Survey>({
  id: 'persist-network',
  title: 'Let the network survive a reboot',
  survey: (host, _args, config) => readPersistence(host, config),
  plan: (_args, _config, survey) => {
    if ('problem' in survey) return [{ kind: 'manual', text: `Only you can do this: ${survey.problem}.` }]
    const { files, unit, enabled } = survey
    const steps = files
      .filter((file) => !file.isThere)
      .map(
        ({ path, content, mode, why, forget }): Step => ({
          kind: 'write',
          path,
          content,
          mode,
          root: true,
          why,
          ...(forget ? { afterUndo: forget } : {}),
        }),
      )
    if (unit && !enabled) steps.push(enableUnit(unit, 'make systemd start it at boot'))
    return steps
  },
})

import { defineFix } from '../src/contract/fix.ts'
import type { Step } from '../src/contract/step.ts'
import { enabledLink, type PersistenceState, readPersistence } from '../src/persist/persistence.ts'

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
        ({ path, content, mode, why }): Step => ({
          kind: 'write',
          path,
          content,
          mode,
          root: true,
          why,
        }),
      )
    if (unit && !enabled)
      steps.push({
        kind: 'run',
        argv: ['systemctl', 'enable', unit],
        root: true,
        why: 'make systemd start it at boot',
        // Stopped as well: after a reboot it is what made the rules.
        undo: [['systemctl', 'disable', '--now', unit]],
        undoWhile: enabledLink(unit),
      })
    return steps
  },
})

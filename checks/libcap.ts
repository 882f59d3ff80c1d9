import { notForNone } from './shared/network.ts'
import { toolCheck } from './shared/tool.ts'

export const libcap = toolCheck({
  id: 'libcap',
  title: 'setcap grants file capabilities',
  commands: ['setcap'],
  // Not run: the fix that needs it reports what it says, and a healthy check should start few processes.
  trial: null,
  package: 'libcap2-bin',
  skipReason: (config) =>
    notForNone(config) ??
    (config.net_admin_capability === 'auto' ? 'not needed: a TAP of your own needs no capability' : null),
})

import { defineFix } from '../src/contract/fix.ts'
import type { FixArgs } from '../src/contract/fix-args.ts'
import { capabilityText } from '../src/host/capabilities.ts'

interface Survey {
  /** What is set already, in getcap's notation; "" for nothing. */
  readonly before: string
  /** Why another account could exchange the file, or null. */
  readonly fault: string | null
}

/**
 * A file has one effective flag for all its capabilities, and setcap refuses a text where they differ:
 * what was only permitted or inheritable becomes effective with the one that is added.
 */
const effective = (text: string): string => text.replace(/([=+])([pi]+)(?=\s|$)/g, '$1e$2')

export const setcap = defineFix<'setcap', FixArgs['setcap'], Survey>({
  id: 'setcap',
  title: 'Grant cap_net_admin to the binary',
  needs: ['install-cloud-hypervisor'],
  programs: { setcap: 'libcap2-bin' },
  survey: async (host, { path }) => {
    const [getcap, fault] = await Promise.all([host.which('getcap'), host.pathFault(path)])
    const { stdout } = getcap ? await host.run([getcap, path]) : { stdout: '' }
    return { before: capabilityText(path, stdout), fault }
  },
  plan: ({ path }, _config, { before, fault }) => {
    // What other accounts can exchange would run their program with the capability.
    if (fault !== null) return [{ kind: 'manual', text: `${path} gets no capability, because ${fault}.` }]
    return [
      {
        kind: 'run',
        // setcap replaces everything: other capabilities are named again, so that they stay.
        argv: ['setcap', [effective(before), 'cap_net_admin+ep'].filter(Boolean).join(' '), path],
        root: true,
        why: 'let Cloud Hypervisor set TAPs up without root',
        undo: [before ? ['setcap', before, path] : ['setcap', '-r', path]],
        undoWhile: path,
      },
    ]
  },
})

/** `chv-doctor completion SHELL`: prints what the shell completes this command line with. */
import { fixes } from '../../fixes/registry.ts'
import { keys } from '../config/keys.ts'
import { loadRegistry } from '../engine/registry.ts'
import { completedCommands, type Shell, shells } from '../report/completion-words.ts'
import { exit, UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'
import type { Context } from './context.ts'

const scripts: Record<Shell, () => Promise<(all: ReturnType<typeof completedCommands>) => string>> = {
  bash: async () => (await import('../report/completion-bash.ts')).bashCompletion,
  zsh: async () => (await import('../report/completion-zsh.ts')).zshCompletion,
  fish: async () => (await import('../report/completion-fish.ts')).fishCompletion,
}

const shellFrom = (word: string | undefined): Shell => {
  const shell = shells.find((one) => one === word)
  if (shell) return shell
  const all = `give ${shells.slice(0, -1).join(', ')} or ${shells.at(-1)}.`
  throw new UsageError(
    word === undefined
      ? `chv-doctor completion needs a shell: ${all}`
      : `There is no completion for "${word}"${suggestion(word, shells) || `; ${all}`}`,
  )
}

/** @returns the exit code */
export const completion = async ({ call, config, user, out }: Context): Promise<number> => {
  const shell = shellFrom(call.operands[0])
  const { checks, ownFixes } = await loadRegistry(config, user.uid)
  const all = completedCommands({
    checks: checks.map(({ id }) => id),
    fixes: [...Object.keys(fixes), ...Object.keys(ownFixes)],
    groups: [...new Set(checks.map(({ group }) => group))],
    keys: keys.map(({ name }) => name),
  })
  out.result((await scripts[shell]())(all))
  return exit.healthy
}

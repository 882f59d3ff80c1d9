/** `chv-doctor undo`: undoes the changes that `fix` recorded, newest first. */
import { openJournal } from '../apply/journal.ts'
import { renderChanges } from '../report/changes-text.ts'
import { exit } from '../util/errors.ts'
import { jsonText } from '../util/printable.ts'
import { exclusiveFlags, requireConsent } from './consent.ts'
import type { Context } from './context.ts'
import { withExecutor } from './executor.ts'
import { sayFailure } from './say-failure.ts'

const agreed = async (context: Context, count: number): Promise<boolean> => {
  if (context.call.has('yes')) return true
  requireConsent(context, 'what would be undone')
  const { confirm } = await import('../cli/prompt.ts')
  return confirm(`Undo ${count === 1 ? 'this change' : `these ${count} changes`}?`, context.signal)
}

/** @returns the exit code */
export const undo = async (context: Context): Promise<number> => {
  const { call, out, look, terminal, user } = context
  exclusiveFlags(context)
  const journal = openJournal(context.stateDir)
  const changes = await journal.open()
  if (call.json) {
    out.result(jsonText({ schema: 'chv-doctor/undo/1', version: context.version, changes }))
    return exit.healthy
  }
  if (call.has('script')) {
    const { renderUndoScript } = await import('../report/script.ts')
    out.result(renderUndoScript(changes))
    return exit.healthy
  }
  if (changes.length === 0) {
    out.text('Nothing to undo.\n')
    return exit.healthy
  }
  out.text(renderChanges(changes, { ...look, sudo: user.uid !== 0 }))
  if (call.has('dry-run')) return exit.healthy
  if (!(await agreed(context, changes.length))) {
    out.text('Nothing was undone.\n')
    return exit.fixFailed
  }
  const { undoChanges } = await import('../apply/undo.ts')
  const root = changes.some((change) => change.undo.root)
  const { undone, failures, left } = await withExecutor(context, root, (executor) =>
    undoChanges(changes, { executor, journal, live: terminal.live, say: out.say }),
  )
  for (const { why, message } of failures) sayFailure(context, why, message)
  for (const { why, because } of left) out.say(`left ${why}: ${because}`)
  out.text(`Undone: ${undone} of ${changes.length}.\n`)
  return failures.length > 0 ? exit.fixFailed : exit.healthy
}

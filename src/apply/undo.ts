/** Takes changes back, newest first, each exactly as the journal says. */
import { access } from 'node:fs/promises'
import type { Live } from '../cli/terminal.ts'
import type { OpenChange } from '../contract/undo.ts'
import { runTasks } from '../engine/tasks.ts'
import { restore } from '../files/write.ts'
import { Interrupted, messageOf } from '../util/errors.ts'
import { assertGuard } from './execute.ts'
import type { Journal } from './journal.ts'
import { restoreAsRoot } from './root-files.ts'
import { type Executor, runUndo } from './run-step.ts'

export interface Undone {
  readonly undone: number
  readonly failures: readonly { readonly why: string; readonly message: string }[]
  /** What needed no undoing any more, and why. */
  readonly left: readonly { readonly why: string; readonly because: string }[]
}

/** @returns why nothing had to be done, or null when the change was taken back */
const takeBack = async ({ undo, certain }: OpenChange, executor: Executor): Promise<string | null> => {
  if (undo.kind === 'restore') return undo.root ? restoreAsRoot(undo, executor) : restore(undo)
  if (undo.while !== undefined) {
    const there = await access(undo.while).then(
      () => true,
      () => false,
    )
    if (!there) return 'it is gone already'
  }
  await assertGuard(undo.guard)
  for (const argv of undo.argvs) {
    try {
      await runUndo(argv, undo.root, executor)
    } catch (error) {
      // Killed between the record and the change: there is nothing to take back, and the command says so.
      if (certain || executor.signal.aborted) throw error
      return 'it had not happened'
    }
  }
  return null
}

export const undoChanges = async (
  changes: readonly OpenChange[],
  options: {
    readonly executor: Executor
    readonly journal: Journal
    readonly live: Live | false
    readonly say: (line: string) => void
  },
): Promise<Undone> => {
  const failures: { why: string; message: string }[] = []
  const left: { why: string; because: string }[] = []
  await runTasks({
    concurrent: false,
    live: options.live,
    transient: false,
    tasks: changes.map((change) => ({
      title: `undo ${change.fix}: ${change.why}`,
      run: async (view) => {
        if (options.executor.signal.aborted) {
          view.hide()
          return
        }
        if (!options.live) options.say(`undo ${change.fix}: ${change.why}`)
        try {
          const because = await takeBack(change, options.executor)
          if (because !== null) {
            left.push({ why: change.why, because })
            view.mark('skip', `undo ${change.fix}: ${change.why} (${because})`)
          }
          await options.journal.finished(change.id, 'undone')
        } catch (error) {
          failures.push({ why: change.why, message: messageOf(error) })
          throw error
        }
      },
    })),
  })
  if (options.executor.signal.aborted) throw new Interrupted()
  return { undone: changes.length - failures.length - left.length, failures, left }
}

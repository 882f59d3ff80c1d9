/**
 * Temporary files in the journal: a run that is killed with SIGKILL removes nothing, so `undo` does. A seed
 * that was left unfinished holds the hash of a password.
 */
import type { Journal } from './journal.ts'

/**
 * Call before the file is made.
 * @param root whether it belongs to root
 * @returns the id of the record
 */
export const recordTemporary = async (
  journal: Journal,
  fix: string,
  path: string,
  root = false,
): Promise<string> => {
  await forgetTemporary(journal, path)
  const undo = { kind: 'run', argvs: [['rm', '-rf', '--', path]], root, while: path } as const
  return journal.started({ fix, why: `make ${path}, which is unfinished`, undo })
}

/** Call once the file has its final name, or is gone. */
export const forgetTemporary = async (journal: Journal, path: string): Promise<void> => {
  for (const { id, undo } of await journal.open()) {
    if (undo.kind === 'run' && undo.while === path && undo.argvs[0]?.[0] === 'rm')
      await journal.finished(id, 'void')
  }
}

/**
 * The record of what was changed and how to take it back: one JSON line per event, appended and
 * synced before the change happens, so that a killed run can still be undone.
 */
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Change, OpenChange } from '../contract/undo.ts'
import { ensureDirectory } from '../files/directory.ts'
import { syncDirectory } from '../files/sync.ts'
import { DoctorError, errnoOf, UsageError } from '../util/errors.ts'
import { assertTrustedPath } from '../util/trusted-path.ts'
import { humanBytes } from '../util/units.ts'
import { isJournalLine, type JournalLine } from './journal-line.ts'

/** A run of `fix` adds some kilobytes. */
const maxBytes = 64 * 2 ** 20

export interface Journal {
  readonly path: string
  /** Call before the change; returns its id. */
  started(change: Omit<Change, 'id' | 'at'>): Promise<string>
  /** `void`: the change turned out not to happen. */
  finished(id: string, how: 'done' | 'undone' | 'void'): Promise<void>
  /** What can still be undone, newest first. @throws DoctorError (exit 2) for a journal that others may write, or a wrong one */
  open(): Promise<readonly OpenChange[]>
}

/**
 * The text of the journal as changes; a line that a crash cut short is passed over.
 * @throws DoctorError (exit 2) for a line that the journal never writes
 */
export const openChanges = (text: string, path: string): OpenChange[] => {
  const changes = new Map<string, OpenChange>()
  for (const [index, line] of text.split('\n').entries()) {
    let entry: unknown
    try {
      entry = JSON.parse(line)
    } catch {
      continue
    }
    if (!isJournalLine(entry)) {
      throw new UsageError(
        `Line ${index + 1} of ${path} is not a change that chv-doctor recorded: correct it, or move the file away.`,
      )
    }
    if (entry.event === 'started') {
      const { event: _, ...change } = entry
      changes.set(entry.id, { ...change, certain: false })
    } else if (entry.event === 'done') {
      const change = changes.get(entry.id)
      if (change) changes.set(entry.id, { ...change, certain: true })
    } else changes.delete(entry.id)
  }
  return [...changes.values()].reverse()
}

/** Opens the journal, which this user alone may have written. @throws DoctorError (exit 2) for any other file */
const openOwnJournal = async (path: string, flags: number): Promise<FileHandle> => {
  await assertTrustedPath(path, process.getuid?.() ?? 0)
  // A pipe in its place would keep the doctor waiting.
  const file = await open(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600)
  const info = await file.stat()
  if (info.isFile() && info.size <= maxBytes) return file
  await file.close()
  throw new UsageError(
    info.isFile()
      ? `${path} has more than ${humanBytes(maxBytes)}: move it away.`
      : `${path} is not a regular file: move it away.`,
  )
}

/** @param stateDir `$XDG_STATE_HOME/chv-doctor` */
export const openJournal = (stateDir: string): Journal => {
  const path = `${stateDir}/journal.jsonl`
  const append = async (line: JournalLine) => {
    await ensureDirectory(stateDir, 0o700)
    const { O_WRONLY, O_APPEND, O_CREAT } = constants
    const file = await openOwnJournal(path, O_WRONLY | O_APPEND | O_CREAT)
    try {
      const isNew = (await file.stat()).size === 0
      // A leading newline keeps this line whole even when a crash cut the one before it.
      await file.write(`\n${JSON.stringify(line)}`)
      await file.sync()
      // Its name, too, has to be there after a power cut.
      if (isNew) await syncDirectory(stateDir)
    } finally {
      await file.close()
    }
  }
  return {
    path,
    started: async (change) => {
      const id = randomUUID()
      await append({ event: 'started', id, at: new Date().toISOString(), ...change })
      return id
    },
    finished: (id, how) => append({ event: how, id }),
    open: async () => {
      let file: FileHandle
      try {
        file = await openOwnJournal(path, constants.O_RDONLY)
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return []
        if (error instanceof DoctorError) throw error
        throw new UsageError(`${path} cannot be read (${errnoOf(error)}).`, { cause: error })
      }
      try {
        return openChanges(await file.readFile('utf8'), path)
      } finally {
        await file.close()
      }
    },
  }
}

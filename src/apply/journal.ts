/**
 * The record of what was changed and how to take it back: one JSON line per event, appended and
 * synced before the change happens, so that a killed run can still be undone.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Change, OpenChange } from '../contract/undo.ts'
import { errnoOf } from '../util/errors.ts'

type Line =
  | ({ readonly event: 'started' } & Change)
  | { readonly event: 'done' | 'undone' | 'void'; readonly id: string }

export interface Journal {
  readonly path: string
  /** Call before the change; returns its id. */
  started(change: Omit<Change, 'id' | 'at'>): Promise<string>
  /** `void`: the change turned out not to happen. */
  finished(id: string, how: 'done' | 'undone' | 'void'): Promise<void>
  /** What can still be undone, newest first. */
  open(): Promise<readonly OpenChange[]>
}

/** The text of the journal as changes; a line that a crash cut short is passed over. */
export const openChanges = (text: string): OpenChange[] => {
  const changes = new Map<string, OpenChange>()
  for (const line of text.split('\n')) {
    let entry: Line
    try {
      entry = JSON.parse(line) as Line
    } catch {
      continue
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

/** @param stateDir `$XDG_STATE_HOME/chv-doctor` */
export const openJournal = (stateDir: string): Journal => {
  const path = `${stateDir}/journal.jsonl`
  const append = async (line: Line) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(path, 'a', 0o600)
    try {
      // A leading newline keeps this line whole even when a crash cut the one before it.
      await file.write(`\n${JSON.stringify(line)}`)
      await file.sync()
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
      try {
        return openChanges(await readFile(path, 'utf8'))
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return []
        throw error
      }
    },
  }
}

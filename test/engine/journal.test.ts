import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openJournal } from '../../src/apply/journal.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/chv-journal-`)
})
afterEach(() => rmSync(directory, { recursive: true }))

const change = (fix: string) => ({
  fix,
  why: `did ${fix}`,
  undo: { kind: 'run', argvs: [['true']], root: false } as const,
})

it('gives back what was started and not undone, newest first', async () => {
  const journal = openJournal(directory)
  expect(await journal.open()).toEqual([])
  const first = await journal.started(change('first'))
  await journal.finished(first, 'done')
  const second = await journal.started(change('second'))
  await journal.started(change('cut-off'))
  await journal.finished(second, 'void')
  expect((await journal.open()).map(({ fix }) => fix)).toEqual(['cut-off', 'first'])
  await journal.finished(first, 'undone')
  expect((await openJournal(directory).open()).map(({ fix }) => fix)).toEqual(['cut-off'])
})

it('survives a line that a crash cut short, and what is written after it', async () => {
  const journal = openJournal(directory)
  await journal.started(change('before'))
  appendFileSync(journal.path, '\n{"event":"started","id":"x","fi')
  await journal.started(change('after'))
  expect((await journal.open()).map(({ fix }) => fix)).toEqual(['after', 'before'])
})

import { appendFileSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
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

it('is on the disk with its name before the change happens, and every directory that was made for it', async () => {
  const any = await open(directory)
  const handles = Object.getPrototypeOf(any) as { sync(this: { fd: number }): Promise<void> }
  await any.close()
  const synced: string[] = []
  const { sync } = handles
  vi.spyOn(handles, 'sync').mockImplementation(function (this: { fd: number }) {
    synced.push(readlinkSync(`/proc/self/fd/${this.fd}`).slice(directory.length))
    return sync.call(this)
  })
  onTestFinished(() => {
    vi.restoreAllMocks()
  })
  const journal = openJournal(`${directory}/state/chv-doctor`)
  const id = await journal.started(change('first'))
  const file = '/state/chv-doctor/journal.jsonl'
  expect(synced).toEqual(['', '/state', file, '/state/chv-doctor'])
  synced.length = 0
  await journal.finished(id, 'done')
  expect(synced).toEqual([file])
})

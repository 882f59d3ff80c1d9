import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { UndoAction } from '../../src/contract/undo.ts'
import { publish, restore, stampOf, writeAside, writeWhole } from '../../src/files/write.ts'
import { scratch } from '../helpers/scratch.ts'

type Restore = Extract<UndoAction, { kind: 'restore' }>

/** A time that a copy can have as well: only the inode tells the two apart then. */
const longAgo = 1_000_000_000

/** Publishes content and returns the recorded way back. */
const published = async (path: string, content: string): Promise<Restore> => {
  const from = `${path}.part`
  writeFileSync(from, content)
  utimesSync(from, longAgo, longAgo)
  let recorded: UndoAction | null = null
  await publish(from, path, async (undo) => {
    recorded = undo
  })
  return recorded as unknown as Restore
}

describe('writeWhole', () => {
  it('lets nobody else read a secret', async () => {
    const path = `${scratch()}/user-data`
    await writeWhole(path, 'secret', 0o600)
    expect(readFileSync(path, 'utf8')).toBe('secret')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(path))).toEqual(['user-data'])
  })

  it('replaces the file and its mode, and what a killed run left', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/f`, 'older and longer', { mode: 0o644 })
    writeFileSync(`${folder}/.f.part`, 'half', { mode: 0o644 })
    await writeWhole(`${folder}/f`, 'new', 0o600)
    expect(readFileSync(`${folder}/f`, 'utf8')).toBe('new')
    expect(statSync(`${folder}/f`).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['f'])
  })

  it('does not write through a link that stands under the temporary name', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/victim`, 'precious')
    symlinkSync('victim', `${folder}/.f.part`)
    await writeWhole(`${folder}/f`, 'new', 0o600)
    expect(readFileSync(`${folder}/victim`, 'utf8')).toBe('precious')
    expect(readFileSync(`${folder}/f`, 'utf8')).toBe('new')
  })
})

describe('publish', () => {
  it('records the way back before the name changes hands', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/from`, 'new')
    writeFileSync(`${folder}/to`, 'mine')
    let recorded: UndoAction | null = null
    await publish(`${folder}/from`, `${folder}/to`, async (undo) => {
      recorded = undo
      expect(readdirSync(folder).sort()).toEqual(['from', 'to.old-1'])
    })
    const kept = `${folder}/to.old-1`
    expect(recorded).toEqual({
      kind: 'restore',
      path: `${folder}/to`,
      stamp: await stampOf(`${folder}/to`),
      kept,
    })
    expect(readFileSync(`${folder}/to`, 'utf8')).toBe('new')
    expect(readFileSync(kept, 'utf8')).toBe('mine')
    expect(existsSync(`${folder}/from`)).toBe(false)
  })

  it('makes the folder of the final name', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/from`, 'new')
    await publish(`${folder}/from`, `${folder}/not/there/to`, async () => {})
    expect(readFileSync(`${folder}/not/there/to`, 'utf8')).toBe('new')
  })

  it('changes nothing that cannot be recorded', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/from`, 'new')
    const full = async () => {
      throw new Error('no space for the journal')
    }
    await expect(publish(`${folder}/from`, `${folder}/to`, full)).rejects.toThrow('no space for the journal')
    expect(readdirSync(folder)).toEqual(['from'])
  })

  it('touches nothing when there is nothing to publish', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/to`, 'mine')
    await expect(publish(`${folder}/from`, `${folder}/to`, async () => {})).rejects.toThrow('ENOENT')
    expect(readdirSync(folder)).toEqual(['to'])
    expect(readFileSync(`${folder}/to`, 'utf8')).toBe('mine')
  })
})

describe('restore', () => {
  it('removes what was published', async () => {
    const folder = scratch()
    expect(await restore(await published(`${folder}/seed`, 'ours'))).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  it('removes the folders that were made for it, when nothing else is in them', async () => {
    const folder = scratch()
    const undos: UndoAction[] = []
    const record = async (undo: UndoAction) => void undos.push(undo)
    await writeAside(`${folder}/not/there/a`, 'a', 0o600, record)
    await writeAside(`${folder}/not/there/b`, 'b', 0o600, record)
    const [first, second] = undos as [Restore, Restore]
    expect([first.folders, second.folders]).toEqual([[`${folder}/not/there`, `${folder}/not`], undefined])
    writeFileSync(`${folder}/not/mine`, 'mine')
    expect([await restore(second), readdirSync(`${folder}/not/there`)]).toEqual([null, ['a']])
    expect([await restore(first), readdirSync(`${folder}/not`)]).toEqual([null, ['mine']])
  })

  it('puts back what stood there before, through several generations', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/seed`, 'mine')
    const undos = [await published(`${folder}/seed`, 'first'), await published(`${folder}/seed`, 'second')]
    const contents: string[] = []
    for (const undo of undos.reverse()) {
      expect(await restore(undo)).toBeNull()
      contents.push(readFileSync(`${folder}/seed`, 'utf8'))
    }
    expect(contents).toEqual(['first', 'mine'])
    expect(readdirSync(folder)).toEqual(['seed'])
  })

  const changes: readonly [string, (path: string) => void][] = [
    ['written to', (path) => writeFileSync(path, 'edited by hand')],
    [
      'replaced by a copy of the same size and time',
      (path) => {
        writeFileSync(`${path}.new`, 'ours')
        utimesSync(`${path}.new`, longAgo, longAgo)
        renameSync(`${path}.new`, path)
      },
    ],
  ]
  it.each(changes)('leaves alone what was %s since', async (_name, change) => {
    const folder = scratch()
    writeFileSync(`${folder}/seed`, 'mine')
    const undo = await published(`${folder}/seed`, 'ours')
    change(`${folder}/seed`)
    const now = readFileSync(`${folder}/seed`, 'utf8')
    expect(await restore(undo)).toBe('it was changed since')
    expect(readFileSync(`${folder}/seed`, 'utf8')).toBe(now)
    expect(readFileSync(`${folder}/seed.old-1`, 'utf8')).toBe('mine')
  })

  it('says so when it is gone, and does so twice', async () => {
    const undo = await published(`${scratch()}/seed`, 'ours')
    expect(await restore(undo)).toBeNull()
    expect(await restore(undo)).toBe('it is gone already')
  })
})

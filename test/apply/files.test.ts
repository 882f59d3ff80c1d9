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
import { publish, restore, stampOf, writeFileAtomic, writeWithBackup } from '../../src/files/write.ts'
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
    await writeFileAtomic(path, 'secret', 0o600)
    expect(readFileSync(path, 'utf8')).toBe('secret')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(path))).toEqual(['user-data'])
  })

  it('replaces the file and its mode, and what a killed run left', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/f`, 'older and longer', { mode: 0o644 })
    writeFileSync(`${directory}/.f.part`, 'half', { mode: 0o644 })
    await writeFileAtomic(`${directory}/f`, 'new', 0o600)
    expect(readFileSync(`${directory}/f`, 'utf8')).toBe('new')
    expect(statSync(`${directory}/f`).mode & 0o777).toBe(0o600)
    expect(readdirSync(directory)).toEqual(['f'])
  })

  it('does not write through a link that stands under the temporary name', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/victim`, 'precious')
    symlinkSync('victim', `${directory}/.f.part`)
    await writeFileAtomic(`${directory}/f`, 'new', 0o600)
    expect(readFileSync(`${directory}/victim`, 'utf8')).toBe('precious')
    expect(readFileSync(`${directory}/f`, 'utf8')).toBe('new')
  })
})

describe('publish', () => {
  it('records the way back before the name changes executor', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/from`, 'new')
    writeFileSync(`${directory}/to`, 'mine')
    let recorded: UndoAction | null = null
    await publish(`${directory}/from`, `${directory}/to`, async (undo) => {
      recorded = undo
      expect(readdirSync(directory).sort()).toEqual(['from', 'to.old-1'])
    })
    const kept = `${directory}/to.old-1`
    expect(recorded).toEqual({
      kind: 'restore',
      path: `${directory}/to`,
      stamp: await stampOf(`${directory}/to`),
      kept,
    })
    expect(readFileSync(`${directory}/to`, 'utf8')).toBe('new')
    expect(readFileSync(kept, 'utf8')).toBe('mine')
    expect(existsSync(`${directory}/from`)).toBe(false)
  })

  it('makes the directory of the final name', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/from`, 'new')
    await publish(`${directory}/from`, `${directory}/not/there/to`, async () => {})
    expect(readFileSync(`${directory}/not/there/to`, 'utf8')).toBe('new')
  })

  it('changes nothing that cannot be recorded', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/from`, 'new')
    const full = async () => {
      throw new Error('no space for the journal')
    }
    await expect(publish(`${directory}/from`, `${directory}/to`, full)).rejects.toThrow(
      'no space for the journal',
    )
    expect(readdirSync(directory)).toEqual(['from'])
  })

  it('touches nothing when there is nothing to publish', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/to`, 'mine')
    await expect(publish(`${directory}/from`, `${directory}/to`, async () => {})).rejects.toThrow('ENOENT')
    expect(readdirSync(directory)).toEqual(['to'])
    expect(readFileSync(`${directory}/to`, 'utf8')).toBe('mine')
  })
})

describe('restore', () => {
  it('removes what was published', async () => {
    const directory = scratch()
    expect(await restore(await published(`${directory}/seed`, 'ours'))).toBeNull()
    expect(readdirSync(directory)).toEqual([])
  })

  it('removes the directories that were made for it, when nothing else is in them', async () => {
    const directory = scratch()
    const undos: UndoAction[] = []
    const record = async (undo: UndoAction) => void undos.push(undo)
    await writeWithBackup(`${directory}/not/there/a`, 'a', 0o600, record)
    await writeWithBackup(`${directory}/not/there/b`, 'b', 0o600, record)
    const [first, second] = undos as [Restore, Restore]
    expect([first.directories, second.directories]).toEqual([
      [`${directory}/not/there`, `${directory}/not`],
      undefined,
    ])
    writeFileSync(`${directory}/not/mine`, 'mine')
    expect([await restore(second), readdirSync(`${directory}/not/there`)]).toEqual([null, ['a']])
    expect([await restore(first), readdirSync(`${directory}/not`)]).toEqual([null, ['mine']])
  })

  it('puts back what stood there before, through several generations', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/seed`, 'mine')
    const undos = [
      await published(`${directory}/seed`, 'first'),
      await published(`${directory}/seed`, 'second'),
    ]
    const contents: string[] = []
    for (const undo of undos.reverse()) {
      expect(await restore(undo)).toBeNull()
      contents.push(readFileSync(`${directory}/seed`, 'utf8'))
    }
    expect(contents).toEqual(['first', 'mine'])
    expect(readdirSync(directory)).toEqual(['seed'])
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
    const directory = scratch()
    writeFileSync(`${directory}/seed`, 'mine')
    const undo = await published(`${directory}/seed`, 'ours')
    change(`${directory}/seed`)
    const now = readFileSync(`${directory}/seed`, 'utf8')
    expect(await restore(undo)).toBe('it was changed since')
    expect(readFileSync(`${directory}/seed`, 'utf8')).toBe(now)
    expect(readFileSync(`${directory}/seed.old-1`, 'utf8')).toBe('mine')
  })

  it('says so when it is gone, and does so twice', async () => {
    const undo = await published(`${scratch()}/seed`, 'ours')
    expect(await restore(undo)).toBeNull()
    expect(await restore(undo)).toBe('it is gone already')
  })
})

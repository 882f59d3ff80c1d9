/** Files of root: written, kept, taken back; killed and changed in between. */
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { restoreAsRoot, writeAsRoot } from '../../src/apply/root-files.ts'
import type { WriteStep } from '../../src/contract/step.ts'
import type { UndoAction } from '../../src/contract/undo.ts'
import { scratch } from '../helpers/scratch.ts'

type Restore = Extract<UndoAction, { kind: 'restore' }>

let directory: string
let path: string
beforeEach(() => {
  directory = `${scratch()}/it's $(a) directory`
  path = `${directory}/file.conf`
})

/** Commands of root get this put before them, as they get sudo. */
const handsOf = (...rootPrefix: string[]) => ({
  rootPrefix,
  bash: '/bin/bash',
  logDir: '/nonexistent',
  signal: new AbortController().signal,
})
const executor = handsOf('env')
const step = (content: string, mode = 0o644): WriteStep => ({
  kind: 'write',
  path,
  content,
  mode,
  why: 'w',
  root: true,
})

const written = async (content: string, mode?: number, by = executor): Promise<Restore | null> => {
  let recorded: UndoAction | null = null
  await writeAsRoot(step(content, mode), by, async (undo) => {
    recorded = undo
  })
  return recorded as Restore | null
}
const all = () => readdirSync(directory).sort()

describe('writeAsRoot', () => {
  it('writes what it is given, byte for byte, with the mode, and nothing else', async () => {
    const content = "END\n$HOME `id` 'ü' %\\n\nno newline at the end"
    const undo = await written(content, 0o600)
    expect(readFileSync(path, 'utf8')).toBe(content)
    expect(statSync(path).mode & 0o7777).toBe(0o600)
    expect(all()).toEqual(['file.conf'])
    expect(undo).toMatchObject({ kind: 'restore', path, kept: null, root: true })
  })

  it('does nothing the second time', async () => {
    await written('same')
    const { ino } = statSync(path)
    expect(await written('same')).toBeNull()
    expect(statSync(path).ino).toBe(ino)
  })

  it('is followed by a command once undo has taken the file away, and not before', async () => {
    let undo: UndoAction | null = null
    const seen = `${directory}/seen`
    const afterUndo = ['sh', '-c', 'ls -A "$1" > "$2"', 'sh', directory, seen] as const
    await writeAsRoot({ ...step('ours'), afterUndo }, executor, async (recorded) => {
      undo = recorded
    })
    expect(all()).toEqual(['file.conf'])
    expect(await restoreAsRoot(undo as unknown as Restore, executor)).toBeNull()
    expect(readFileSync(seen, 'utf8')).toBe('seen\n')
    // An undo that was killed behind the removal is finished by the next one, whatever that command says.
    writeFileSync(seen, '')
    expect(await restoreAsRoot(undo as unknown as Restore, executor)).toBe('it is gone already')
    expect(readFileSync(seen, 'utf8')).toBe('seen\n')
    const failing = { ...(undo as unknown as Restore), after: ['false'] } as const
    expect(await restoreAsRoot(failing, executor)).toBe('it is gone already')
  })

  it('keeps what stood there, hidden, and never over an older one', async () => {
    mkdirSync(directory)
    writeFileSync(path, 'of the administrator')
    writeFileSync(`${directory}/.file.conf.old-1`, 'older')
    const undo = await written('ours')
    expect(undo?.kept).toBe(`${directory}/.file.conf.old-2`)
    expect(readFileSync(`${directory}/.file.conf.old-2`, 'utf8')).toBe('of the administrator')
    expect(readFileSync(path, 'utf8')).toBe('ours')
    if (undo) expect(await restoreAsRoot(undo, executor)).toBeNull()
    expect(readFileSync(path, 'utf8')).toBe('of the administrator')
    expect(all()).toEqual(['.file.conf.old-1', 'file.conf'])
  })

  it('knows the way back before the file has its name', async () => {
    mkdirSync(directory)
    writeFileSync(path, 'before')
    await writeAsRoot(step('after'), executor, async () => {
      expect(readFileSync(path, 'utf8')).toBe('before')
    })
  })

  it('leaves nothing half-made where root is refused', async () => {
    await expect(written('x', 0o644, handsOf('false'))).rejects.toThrow()
    expect(existsSync(directory)).toBe(false)
  })

  it('leaves nothing half-made where the way back cannot be recorded', async () => {
    await expect(
      writeAsRoot(step('x'), executor, async () => {
        throw new Error('the journal is full')
      }),
    ).rejects.toThrow('the journal is full')
    expect(all()).toEqual([])
  })
})

describe('restoreAsRoot', () => {
  it('removes a new file, and is content when it is gone already', async () => {
    const undo = await written('ours')
    if (!undo) throw new Error('nothing was recorded')
    expect(await restoreAsRoot(undo, executor)).toBeNull()
    expect(all()).toEqual([])
    expect(await restoreAsRoot(undo, executor)).toBe('it is gone already')
  })

  it('leaves a file alone that somebody changed since', async () => {
    const undo = await written('ours')
    if (!undo) throw new Error('nothing was recorded')
    writeFileSync(path, 'edited')
    expect(await restoreAsRoot(undo, executor)).toBe('it was changed since')
    expect(readFileSync(path, 'utf8')).toBe('edited')
  })

  it('leaves the old file alone after a kill before the change', async () => {
    mkdirSync(directory)
    writeFileSync(path, 'before')
    const stop = new Error('killed here')
    let undo: Restore | null = null
    await writeAsRoot(step('after'), executor, async (action) => {
      undo = action as Restore
      throw stop
    }).catch(() => {})
    if (!undo) throw new Error('nothing was recorded')
    expect(await restoreAsRoot(undo, executor)).toBe('it was changed since')
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(all()).toEqual(['file.conf'])
    // The same, killed after the old file got its second name.
    linkSync(path, `${directory}/.file.conf.old-1`)
    expect(await restoreAsRoot(undo, executor)).toBe('it had not happened')
    expect(all()).toEqual(['file.conf'])
  })
})

/** The journal says what `undo` runs, as root too: it counts only where no other account could have written it. */
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/apply/journal.ts'
import { because, notRoot } from '../../helpers/needs.ts'
import { scratch } from '../../helpers/scratch.ts'

const change = {
  ...{ event: 'started', id: 'a', at: '2026-01-01T00:00:00Z', fix: 'setcap', why: 'x' },
  undo: { kind: 'run', argvs: [['touch', '/owned']], root: true },
}
const stateWith = (text: string) => {
  const state = `${scratch()}/chv-doctor`
  mkdirSync(state, { mode: 0o700 })
  writeFileSync(`${state}/journal.jsonl`, text, { mode: 0o600 })
  return { state, journal: `${state}/journal.jsonl` }
}

describe('a journal', () => {
  it('of this user alone is read', async () => {
    const { state } = stateWith(JSON.stringify(change))
    expect(await openJournal(state).open()).toMatchObject([{ id: 'a', certain: false }])
  })

  it.each([
    ['file', (state: string) => `${state}/journal.jsonl`],
    ['directory', (state: string) => state],
  ])('whose %s every user may write is neither read nor continued', async (_kind, at) => {
    const { state } = stateWith(JSON.stringify(change))
    chmodSync(at(state), 0o777)
    const refusal = { message: expect.stringContaining(`every user may write ${at(state)}:`) }
    await expect(openJournal(state).open()).rejects.toMatchObject({ exitCode: 2, ...refusal })
    const { fix, why } = change
    const undo = { kind: 'run', argvs: [['true']], root: false } as const
    await expect(openJournal(state).started({ fix, why, undo })).rejects.toMatchObject(refusal)
  })

  it.skipIf(notRoot)(`of another user is not read${because(notRoot)}`, async () => {
    const { state, journal } = stateWith(JSON.stringify(change))
    chownSync(journal, 12345, 12345)
    await expect(openJournal(state).open()).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(`${journal} belongs to user 12345`),
    })
  })

  it('behind a link is not appended to', async () => {
    const { state } = stateWith('')
    mkdirSync(`${state}/other`, { mode: 0o700 })
    symlinkSync(`${state}/victim`, `${state}/other/journal.jsonl`)
    const undo = { kind: 'run', argvs: [['true']], root: false } as const
    await expect(openJournal(`${state}/other`).started({ fix: 'x', why: 'x', undo })).rejects.toThrow(/ELOOP/)
  })

  it.each([
    ['a list', []],
    ['a word', 'constructor'],
    ['no event', { id: 'a' }],
    ['an event of the language', { ...change, event: 'constructor' }],
    ['no way back', { ...change, undo: undefined }],
    ['a way back of the language', { ...change, undo: { kind: 'toString' } }],
    ['a command that is no list', { ...change, undo: { ...change.undo, argvs: ['rm -rf /'] } }],
    ['an empty command', { ...change, undo: { ...change.undo, argvs: [[]] } }],
    ['a relative path', { ...change, undo: { kind: 'restore', path: 'x', stamp: {}, kept: null } }],
    [
      'a stamp without numbers',
      {
        ...change,
        undo: { kind: 'restore', path: '/x', stamp: { ino: '1', size: 1, mtimeMs: 1 }, kept: null },
      },
    ],
  ])('with %s in a line ends with one sentence', async (_what, line) => {
    const { state, journal } = stateWith(`${JSON.stringify(change)}\n${JSON.stringify(line)}\n{"cut sh`)
    await expect(openJournal(state).open()).rejects.toMatchObject({
      exitCode: 2,
      message: `Line 2 of ${journal} is not a change that chv-doctor recorded: correct it, or move the file away.`,
    })
  })
})

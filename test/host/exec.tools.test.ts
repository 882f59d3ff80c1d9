/** Real commands. Where one would run for ever, the test ends because it was killed, or not at all. */
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { execCapture } from '../../src/host/exec.ts'
import { scratch } from '../helpers/scratch.ts'

const long = 50_000
const sh = (script: string, timeoutMs = long) => execCapture(['sh', '-c', script], timeoutMs)

describe('runQuietly', () => {
  it('keeps both outputs apart, and a code is data', async () => {
    expect(await sh('echo out; echo err >&2; exit 3')).toEqual({
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      failure: null,
    })
  })

  it('passes words as they are: there is no shell between', async () => {
    const words = ['a b', '$HOME', '`id`', '', '"']
    const { stdout } = await execCapture(['printf', '<%s>', ...words], long)
    expect(stdout).toBe(words.map((word) => `<${word}>`).join(''))
  })

  it('speaks C, gives nothing to read, and finds what is in sbin', async () => {
    expect((await sh('cat; echo "$LC_ALL"')).stdout).toBe('C\n')
    expect((await sh('echo "$PATH"')).stdout.trim().split(':')).toContain('/usr/sbin')
  })

  it('does not break a letter that two pieces share', async () => {
    // After one odd byte, every piece that a pipe hands out ends in the middle of a letter.
    const { stdout } = await sh("printf x; yes é | tr -d '\\n' | head -c 400000")
    expect(stdout).toBe(`x${'é'.repeat(200_000)}`)
  })

  it('tells a command that is not there from one that cannot start', async () => {
    const file = `${scratch()}/file`
    writeFileSync(file, 'no program', { mode: 0o644 })
    expect(await execCapture(['/nonexistent/command'], long)).toMatchObject({
      code: null,
      failure: { kind: 'not-found' },
    })
    expect(await execCapture([file], long)).toMatchObject({
      code: null,
      failure: { kind: 'cannot-start', errno: 'EACCES' },
    })
  })

  it('names the signal that ended it', async () => {
    expect(await sh('echo before; kill -SEGV $$')).toMatchObject({
      code: null,
      stdout: 'before\n',
      failure: { kind: 'signal', signal: 'SIGSEGV' },
    })
  })

  it('kills what hangs', async () => {
    expect(await execCapture(['sleep', '1000'], 100)).toMatchObject({
      code: null,
      failure: { kind: 'timed-out', limitMs: 100 },
    })
  })

  it('kills what hangs although a grandchild holds its output', async () => {
    const { stdout, ...rest } = await sh('sleep 60 & echo $!; wait', 500)
    expect(process.kill(Number(stdout))).toBe(true)
    expect(rest).toEqual({ code: null, stderr: '', failure: { kind: 'timed-out', limitMs: 500 } })
  })

  it('does not wait for what a finished command left behind', async () => {
    const { stdout, ...rest } = await sh('sleep 60 & echo $!')
    // It is there still: the answer did not come from its end.
    expect(process.kill(Number(stdout))).toBe(true)
    expect(rest).toEqual({ code: 0, stderr: '', failure: null })
  })

  it('reads all of a long output', async () => {
    const { code, stdout } = await sh('head -c 4000000 /dev/zero | tr "\\0" x')
    expect([code, stdout.length]).toEqual([0, 4_000_000])
  })

  it('stops reading what never stops', async () => {
    expect(await execCapture(['yes'], long)).toMatchObject({
      code: null,
      failure: { kind: 'too-much-output', maxBytes: 8 * 2 ** 20 },
    })
  })

  it('is ended by a signal of ours, before or while it runs', async () => {
    expect(await execCapture(['sleep', '1000'], long, AbortSignal.abort())).toMatchObject({ code: null })
    const controller = new AbortController()
    const running = execCapture(['sleep', '1000'], long, controller.signal)
    controller.abort()
    expect(await running).toMatchObject({ code: null, failure: { kind: 'signal', signal: 'SIGKILL' } })
  })
})

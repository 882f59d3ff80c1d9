/** Trials with real processes: nothing of them stays, whatever happens. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runSandboxed, type SandboxedRun } from '../../src/host/trial.ts'
import { scratch } from '../helpers/scratch.ts'

const uid = process.getuid?.() ?? 0
const which = async (name: string) => (name === 'timeout' ? '/usr/bin/timeout' : null)
const alive = (pid: number) => {
  try {
    // A killed process whose parent has not fetched its end is no longer running either.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
const gone = async (pid: number) => {
  while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 10))
}

const sh = (script: string, limitMs = 10_000): SandboxedRun => ({
  files: { input: new TextEncoder().encode('hello') },
  argv: (directory) => ['sh', '-c', `cd ${directory}; ${script}`],
  watch: 'out',
  limitMs,
})

const tryIn = (place: string, trial: SandboxedRun, signal = new AbortController().signal) =>
  runSandboxed(trial, { ...process.env, XDG_RUNTIME_DIR: place }, uid, which, signal)

describe('a trial', () => {
  it('has its files, gives back what it wrote and how it ended, and leaves nothing', async () => {
    const place = scratch()
    const result = await tryIn(
      place,
      sh('ls -ld . | cut -c1-10; tr a-z A-Z < input > out; echo oops >&2; exit 3'),
    )
    expect(result).toMatchObject({
      watched: 'HELLO',
      code: 3,
      stdout: 'drwx------\n',
      stderr: 'oops\n',
      failure: null,
    })
    expect(readdirSync(place)).toEqual([])
  })

  it('does without the file that is watched, and without a runtime directory', async () => {
    expect(await tryIn('/nonexistent', sh('true'))).toMatchObject({ watched: '', code: 0 })
  })

  it('is killed with all that it started when its time is up', async () => {
    const place = scratch()
    const result = await tryIn(place, sh('sleep 1000 & echo $! > out; wait', 300))
    expect(result).toMatchObject({ code: null, failure: { kind: 'timed-out', limitMs: 300 } })
    await gone(Number(result.watched))
    expect(readdirSync(place)).toEqual([])
  })

  it('is killed with all that it started when the doctor is stopped', async () => {
    const place = scratch()
    const stop = new AbortController()
    const trial = sh('sleep 1000 & echo $! > out; wait')
    const running = tryIn(place, trial, stop.signal)
    const started = () =>
      readdirSync(place)
        .flatMap((name) => readdirSync(`${place}/${name}`))
        .includes('out')
    while (!started()) await new Promise((resolve) => setTimeout(resolve, 5))
    stop.abort()
    await gone(Number((await running).watched))
    expect(readdirSync(place)).toEqual([])
  })

  it('keeps its limit even when the doctor is killed', async () => {
    // What a killed doctor leaves is this: the guard and the command, without anybody who waits.
    const { watched } = await tryIn(scratch(), sh('tr "\\0" " " < /proc/$PPID/cmdline > out', 2000))
    expect(watched).toMatch(/^\/usr\/bin\/timeout -s KILL 3 .*sh -c/)
    const guarded = spawn('/usr/bin/timeout', ['-s', 'KILL', '0.2', 'sleep', '1000'], { detached: true })
    await gone(guarded.pid ?? 0)
  })

  it('does not pass on what would bury an error', async () => {
    const { stdout } = await runSandboxed(
      sh('echo "[$RUST_BACKTRACE]"'),
      { ...process.env, RUST_BACKTRACE: 'full', XDG_RUNTIME_DIR: scratch() },
      uid,
      which,
      new AbortController().signal,
    )
    expect(stdout).toBe('[]\n')
  })
})

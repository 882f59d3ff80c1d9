/** Runs the commands with which checks read the host. Fixes never come here: theirs go through zx. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Argv } from '../util/argv.ts'
import { errnoOf } from '../util/errors.ts'
import { childEnvironment } from './child-environment.ts'
import type { RunFailure } from './run-failure.ts'
import { startChild } from './start-child.ts'

export interface RunResult {
  /** Null when the command was not found, timed out or died of a signal. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Why there is no code. */
  readonly failure: RunFailure | null
}

/** How long the pipes of a finished command may stay open; what it wrote itself is there at once. */
const drainMs = 500

/** No tool prints this much for us; a broken one must not fill the memory. */
const maxOutput = 8 * 2 ** 20

const whyNot = (error: unknown): RunFailure =>
  errnoOf(error) === 'ENOENT' ? { kind: 'not-found' } : { kind: 'cannot-start', errno: errnoOf(error) }

/** Node reports a few failures of spawn() as an event and throws all others, EPERM of a capability among them. */
const start = (program: string, args: readonly string[], group: boolean, input: string | null) => {
  try {
    return startChild(
      () =>
        spawn(program, args, {
          detached: group,
          stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
          env: childEnvironment(process.env),
        }) as ChildProcessByStdio<Writable | null, Readable, Readable>,
    )
  } catch (error) {
    return { error }
  }
}

/** Gives a child its standard input; one that ends before it has read it all is no fault. */
const feed = ({ stdin }: ChildProcess, input: string | null) => {
  stdin?.on('error', () => {})
  stdin?.end(input)
}

/** Kills a child, or the whole process group that it leads. */
const killer = (child: ChildProcess, group: boolean) => () => {
  if (!group || child.pid === undefined) return void child.kill('SIGKILL')
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group has ended.
  }
}

/**
 * @param timeoutMs after which the command is killed and reported as timed out
 * @param signal kills it at once
 * @param group whether it leads a process group of its own, which is killed as a whole; the terminal's
 *   Ctrl-C does not reach it then, only `signal` does
 * @param input what it reads from its standard input; null: nothing
 */
export const execCapture = (
  argv: Argv,
  timeoutMs: number,
  signal?: AbortSignal,
  group = false,
  input: string | null = null,
): Promise<RunResult> =>
  new Promise((resolve) => {
    const [program, ...args] = argv
    const out = { stdout: '', stderr: '' }
    const child = start(program, args, group, input)
    if ('error' in child) return resolve({ code: null, ...out, failure: whyNot(child.error) })
    const abort = killer(child, group)
    feed(child, input)
    let failure: RunFailure | null = null
    let timer = setTimeout(() => {
      failure = { kind: 'timed-out', limitMs: timeoutMs }
      abort()
    }, timeoutMs)
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted) abort()
    const finish = (code: number | null) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code: failure ? null : code, ...out, failure })
    }
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        out[stream] += chunk
        if (out[stream].length > maxOutput) {
          failure = { kind: 'too-much-output', maxBytes: maxOutput }
          abort()
        }
      })
    }
    child.on('error', (error) => {
      failure ??= whyNot(error)
      finish(null)
    })
    child.on('exit', (code, signal) => {
      failure ??= signal && { kind: 'signal', signal }
      // What it printed may still be under way; a grandchild may keep the pipes open for ever.
      // The last turn of the loop reads what is there.
      clearTimeout(timer)
      timer = setTimeout(() => setImmediate(finish, code), drainMs)
    })
    child.on('close', finish)
  })

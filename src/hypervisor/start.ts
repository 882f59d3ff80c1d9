/**
 * Starts Cloud Hypervisor to stay: in the foreground with the user's terminal, or headless. Nobody
 * else starts a guest that outlives a check.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { childEnvironment } from '../host/child-environment.ts'
import type { Argv } from '../util/argv.ts'
import { DoctorError, errnoOf, exit } from '../util/errors.ts'
import { eventNames } from './event-monitor.ts'

export interface ProcessEnd {
  /** Null after a signal. */
  readonly code: number | null
  readonly signal: string | null
  /** The end of what it said on standard error. */
  readonly stderr: string
}

/** Enough for a whole chain of errors after a long run with warnings. */
const maxStderr = 64 * 1024

const keepLast = (text: string, most: number): string => (text.length > most ? text.slice(-most) : text)

const launch = (start: () => ChildProcess, program: string): ChildProcess => {
  try {
    return start()
  } catch (error) {
    throw cannotStart(program, error)
  }
}

const cannotStart = (program: string, error: unknown): DoctorError =>
  new DoctorError(exit.failed, `${program} cannot be started (${errnoOf(error) ?? 'unknown error'}).`, {
    cause: error,
  })

const waitForEnd = (child: ChildProcess, program: string, stderr: () => string): Promise<ProcessEnd> =>
  new Promise((resolve, reject) => {
    child.on('error', (error) => reject(cannotStart(program, error)))
    child.on('close', (code, signal) => resolve({ code, signal, stderr: stderr() }))
  })

/** Reads and sets the modes of the terminal on standard input; both do nothing without stty or terminal. */
const terminalModes = async (stty: string | null): Promise<() => Promise<void>> => {
  const use = (args: readonly string[]) =>
    new Promise<string>((resolve) => {
      const child = spawn(stty ?? 'stty', args, {
        stdio: ['inherit', 'pipe', 'ignore'],
        env: childEnvironment(process.env),
      })
      let out = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
      })
      child.on('error', () => resolve('')).on('close', (code) => resolve(code === 0 ? out.trim() : ''))
    })
  const before = process.stdin.isTTY && stty !== null ? await use(['-g']) : ''
  return async () => {
    if (before) await use([before])
  }
}

/** How long it may take to stop when it was asked to. */
const stopMs = 5000

/**
 * Runs it with this terminal and waits for its end. Its standard error is shown as it comes, and kept.
 * It restores the modes of the terminal itself, except when it is killed; then this does.
 * @param signal asks it to stop; it then ends with code 0
 * @param stty the program, or null where there is none
 * @throws DoctorError when it cannot be started
 */
export const runInForeground = async (
  argv: Argv,
  signal: AbortSignal,
  stty: string | null,
): Promise<ProcessEnd> => {
  const restore = await terminalModes(stty)
  const [program, ...args] = argv
  const child = launch(
    () => spawn(program, args, { stdio: ['inherit', 'inherit', 'pipe'], env: childEnvironment(process.env) }),
    program,
  )
  let stderr = ''
  child.stderr?.on('data', (data) => {
    stderr = keepLast(stderr + data, maxStderr)
  })
  // What it says is its own; the terminal sees it as if it had written there itself.
  child.stderr?.pipe(process.stderr, { end: false })
  let killTimer: NodeJS.Timeout | undefined
  const stop = () => {
    child.kill('SIGTERM')
    killTimer = setTimeout(() => child.kill('SIGKILL'), stopMs)
  }
  // Closing the terminal ends the guest, as if it had been started by hand.
  const hangUp = () => void child.kill('SIGTERM')
  signal.addEventListener('abort', stop, { once: true })
  process.on('SIGHUP', hangUp)
  if (signal.aborted) stop()
  try {
    return await waitForEnd(child, program, () => stderr)
  } finally {
    clearTimeout(killTimer)
    signal.removeEventListener('abort', stop)
    process.off('SIGHUP', hangUp)
    await restore()
  }
}

/** A guest that can be ended. */
export interface Ending {
  /** Settles once it has ended. */
  readonly ended: Promise<unknown>
  kill(signal: NodeJS.Signals): void
}

export interface Headless extends Ending {
  readonly pid: number
  readonly ended: Promise<ProcessEnd>
  /** Sends a signal to it and to all that it started. */
  kill(signal: NodeJS.Signals): void
}

export interface Listeners {
  /** What the guest prints where the command says `tty`. */
  readonly onConsole: (text: string) => void
  /** One name per event of `--event-monitor fd=3`: "vm booted", "vm rebooting", … */
  readonly onEvent: (name: string) => void
}

/**
 * Starts it without a terminal, as the leader of a process group of its own.
 * @param argv uses descriptor 3 for its events
 * @param guard a command that ends it after its time even when this process is gone; possibly empty
 */
export const startHeadless = (argv: Argv, guard: readonly string[], to: Listeners): Headless => {
  const [program = '', ...args] = [...guard, ...argv]
  const child = launch(
    () =>
      spawn(program, args, {
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        detached: true,
        env: childEnvironment(process.env),
      }),
    argv[0],
  )
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', to.onConsole)
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = keepLast(stderr + text, maxStderr)
  })
  const events = child.stdio[3]
  if (events && 'on' in events) {
    const read = eventNames(to.onEvent)
    events.on('data', (data: Buffer) => read(data.toString('utf8')))
    events.on('error', () => {})
  }
  return {
    pid: child.pid ?? 0,
    ended: waitForEnd(child, argv[0], () => stderr),
    kill: (signal) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal)
      } catch {
        // It has ended already.
      }
    },
  }
}

/** @returns a command prefix that limits the run time also when this process is killed; empty without `timeout` */
export const timeGuard = (timeout: string | null, seconds: number): readonly string[] =>
  timeout === null ? [] : [timeout, '-s', 'KILL', String(Math.ceil(seconds))]

/** Runs the command of one step: through zx, and only here. */
import { writeSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessPromise } from 'zx/core'
import type { RunStep } from '../contract/step.ts'
import { ensureDirectory } from '../files/directory.ts'
import { childEnvironment } from '../host/child-environment.ts'
import { execCapture } from '../host/exec.ts'
import { rootPath, rootProgram } from '../host/root-program.ts'
import type { Argv } from '../util/argv.ts'
import { DoctorError, errnoOf, exit, Interrupted } from '../util/errors.ts'
import { humanMs } from '../util/units.ts'
import { commandFailure, endOfBuild, programOf, tail } from './command-failure.ts'
import { limitOf } from './limits.ts'
import { progressReader } from './progress.ts'
import { shieldOf } from './shield.ts'

export interface Executor {
  /** Put before a command that needs root. */
  readonly rootPrefix: readonly string[]
  readonly bash: string
  /** Where the output of commands that must not be interrupted goes. */
  readonly logDir: string
  readonly signal: AbortSignal
  /** The limit of every command in milliseconds, instead of those in limits.ts. */
  readonly limitMs?: number
}

interface Wiring {
  readonly interruptible: boolean
  readonly root: boolean
  readonly limitMs: number
  /** The command writes to it itself. */
  readonly log: FileHandle | null
  /** Both streams through one pipe, so that an error stays beside what caused it. */
  readonly joined: boolean
  readonly onOutput: (text: string) => void
  /** What the command reads on its standard input; nothing when absent. */
  readonly input?: string | undefined
}

/** Between being asked to end and being made to, in milliseconds. */
const graceMs = 5000

/** Ends a command that exceeded its limit. What sudo started belongs to root, and sudo passes the signal on. */
const end = async (running: ProcessPromise, rootPrefix: readonly string[]) => {
  const { pid } = running
  if (pid === undefined) return
  const [sudo, ...options] = rootPrefix
  const signal = async (name: 'TERM' | 'KILL') =>
    sudo === undefined
      ? running.kill(`SIG${name}`).catch(() => {})
      : execCapture([sudo, ...options, 'kill', `-${name}`, String(pid)], graceMs)
  await signal('TERM').catch(() => {})
  await Promise.race([running, sleep(graceMs)])
  // zx throws where the command ended meanwhile.
  await signal('KILL').catch(() => {})
}

const start = async (argv: readonly string[], executor: Executor, wiring: Wiring) => {
  const { $, quote } = await import('zx/core')
  const stdio = wiring.log
    ? (['ignore', wiring.log.fd, wiring.log.fd] as const)
    : ([wiring.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] as const)
  const shell = $({
    // Every one of these can be set from outside by ZX_* variables: what runs with root is set here alone.
    shell: executor.bash,
    prefix: 'exec ',
    postfix: wiring.joined ? ' 2>&1' : '',
    quote,
    env: {
      ...childEnvironment(process.env),
      // A first bash (no SHLVL) whose standard input is a socket takes itself for one of rshd and reads
      // ~/.bashrc (bash(1), "Invocation"). Node's pipes are sockets.
      SHLVL: '1',
      // sudo replaces PATH where secure_path is set; this holds without it, and where this process is root.
      ...(wiring.root ? { PATH: rootPath } : {}),
    },
    quiet: true,
    nothrow: true,
    stdio: [...stdio],
    ...(wiring.input === undefined ? {} : { input: wiring.input }),
    // zx's own kill walks the output of ps, which slim hosts do not have; `exec` makes the pid the command's.
    kill: async (pid: number | string, signal?: string) =>
      void process.kill(Number(pid), (signal ?? 'SIGTERM') as NodeJS.Signals),
  })
  const running = shell`${argv}`
  if (!wiring.log) {
    running.stdout.on('data', (chunk: Buffer) => wiring.onOutput(chunk.toString()))
    running.stderr.on('data', (chunk: Buffer) => wiring.onOutput(chunk.toString()))
  }
  const abort = () => void running.kill('SIGTERM').catch(() => {})
  if (wiring.interruptible) executor.signal.addEventListener('abort', abort, { once: true })
  let timer: NodeJS.Timeout | undefined
  let timedOut = false
  // What it started itself may keep its pipes open for ever: nothing is waited for after that.
  const expired = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      timedOut = true
      void end(running, wiring.root ? executor.rootPrefix : []).then(() => resolve(null))
    }, wiring.limitMs)
  })
  const output = await Promise.race([running, expired])
  clearTimeout(timer)
  executor.signal.removeEventListener('abort', abort)
  return timedOut ? null : output
}

const openLog = async (executor: Executor): Promise<{ file: FileHandle; path: string }> => {
  await ensureDirectory(executor.logDir, 0o700)
  const name = new Date().toISOString().replaceAll(':', '')
  // Two steps may begin in the same millisecond.
  for (let n = 1; ; n++) {
    const path = `${executor.logDir}/${name}${n === 1 ? '' : `-${n}`}.log`
    try {
      return { file: await open(path, 'ax+', 0o600), path }
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error
    }
  }
}

/** Synchronous, so that pieces stay in order; a few lines a second are nothing. */
const keep = (file: FileHandle, text: string) => {
  try {
    writeSync(file.fd, text)
  } catch {
    // A full disk must end the build with its own words, not with those about its log.
  }
}

/** Shows the last line of a growing log until stopped. */
const follow = (file: FileHandle, onOutput: (text: string) => void) => {
  const timer = setInterval(async () => {
    const { size } = await file.stat().catch(() => ({ size: 0 }))
    const from = Math.max(0, size - 512)
    const { bytesRead, buffer } = await file
      .read(Buffer.alloc(512), 0, 512, from)
      .catch(() => ({ bytesRead: 0, buffer: Buffer.alloc(0) }))
    onOutput(buffer.subarray(0, bytesRead).toString())
  }, 250)
  return () => clearInterval(timer)
}

/**
 * The words of a command of root, its programs as absolute paths that only root can change.
 * @param programs which of the words are programs
 */
const asRootPrograms = async (
  words: readonly string[],
  programs: readonly number[],
): Promise<readonly string[]> => {
  return Promise.all(
    words.map(async (word, index) => {
      if (!programs.includes(index)) return word
      const path = await rootProgram(word)
      if (path !== null) return path
      throw new DoctorError(
        exit.fixFailed,
        `${word} was not found where only root can change it; it has to be installed first`,
      )
    }),
  )
}

/**
 * Runs a command to its end. A critical one is shielded from Ctrl-C (a session of its own) and writes
 * to a log file, so that it ends well even when the doctor is killed.
 * @param onOutput gets the last line of what it prints, or a percentage
 * @param input what it reads on its standard input
 * @returns its standard output; nothing of a critical one
 * @throws DoctorError with the end of its output; Interrupted after a signal
 */
export const runCommand = async (
  step: Pick<RunStep, 'argv' | 'root' | 'critical' | 'progress' | 'logged'>,
  executor: Executor,
  onOutput: (text: string) => void,
  input?: string,
): Promise<string> => {
  const shield = step.critical ? await shieldOf() : []
  const words = [...shield, ...step.argv]
  const programs = [0, ...(shield.length > 0 ? [shield.indexOf('setsid'), shield.length] : [])]
  const argv = step.root ? [...executor.rootPrefix, ...(await asRootPrograms(words, programs))] : words
  const limitMs = executor.limitMs ?? limitOf(step)
  const read = progressReader(step.progress)
  const log = step.critical || step.logged ? await openLog(executor) : null
  // A critical command writes to its log itself, and goes on when we are gone. Any other one gets its
  // output through us, and ends with us.
  const own = step.critical ? log : null
  const show = (text: string) => {
    if (log && !own) keep(log.file, text)
    onOutput(read(text))
  }
  const unfollow = own && follow(own.file, show)
  try {
    // What sudo started belongs to root and cannot be signalled by us: it is short, or must end anyway.
    const interruptible = !step.critical && !(step.root && executor.rootPrefix.length > 0)
    const output = await start(argv, executor, {
      interruptible,
      root: step.root,
      limitMs,
      log: own?.file ?? null,
      joined: step.logged ?? false,
      onOutput: show,
      input,
    })
    if (output?.exitCode === 0) return log ? '' : output.stdout
    if (executor.signal.aborted) throw new Interrupted()
    if (output === null) {
      throw new DoctorError(
        exit.fixFailed,
        `${step.argv[0]} did not end within ${humanMs(limitMs)} and was ended${log ? ` (log: ${log.path})` : ''}`,
      )
    }
    const text = step.logged
      ? endOfBuild(output.stdout)
      : tail(own ? await readEnd(own.file, 4096) : `${output.stdout}\n${output.stderr}`)
    // Only package managers must not be interrupted, and the last lines of one seldom are the reason.
    const trouble = own && (await troubleOf(step.argv, await readEnd(own.file, 65_536)))
    throw commandFailure(step.argv, output.exitCode, output.signal, trouble ?? text, log?.path ?? null)
  } finally {
    unfollow?.()
    await log?.file.close()
  }
}

const troubleOf = async (argv: Argv, output: string): Promise<string | null> => {
  const { packageTrouble } = await import('../explain/package-trouble.ts')
  return packageTrouble(programOf(argv), output)
}

const readEnd = async (file: FileHandle, bytes: number): Promise<string> => {
  const { size } = await file.stat()
  const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, Math.max(0, size - bytes))
  return buffer.subarray(0, bytesRead).toString()
}

/** Makes room for a temporary file or directory: its directory exists, a half-made one of an earlier run is gone. */
export const clearTemporary = async (path: string): Promise<void> => {
  await ensureDirectory(dirname(path))
  await rm(path, { force: true, recursive: true })
}

/** The command of an undo, which is never critical and shows nothing. */
export const runUndo = async (argv: Argv, root: boolean, executor: Executor): Promise<void> =>
  void (await runCommand({ argv, root }, executor, () => {}))

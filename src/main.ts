/** Maps argv to a command, runs it, and maps its outcome to an exit code. */
import { setMaxListeners } from 'node:events'
import { commandNamed, type Invocation, parseCommandLine } from './cli/args.ts'
import type { CommandName } from './cli/commands.ts'
import { createOutput } from './cli/output.ts'
import { columnsFrom, describeTerminal, isAscii } from './cli/terminal.ts'
import { type Context, createContext } from './commands/context.ts'
import { pageFor } from './report/layout.ts'
import { programFrom } from './report/program.ts'
import {
  DoctorError,
  errnoOf,
  exit,
  Interrupted,
  messageOf,
  Undetermined,
  UsageError,
} from './util/errors.ts'

type Run = (context: Context) => Promise<number>

// Each is loaded on use; scripts/build.mjs says what is in one file.
const load: Record<Exclude<CommandName, 'help' | 'version'>, () => Promise<Run>> = {
  '': async () => (await import('./commands/doctor.ts')).doctor,
  check: async () => (await import('./commands/check.ts')).check,
  fix: async () => (await import('./commands/fix.ts')).fix,
  boot: async () => (await import('./commands/boot.ts')).boot,
  ssh: async () => (await import('./commands/ssh.ts')).ssh,
  stop: async () => (await import('./commands/stop.ts')).stop,
  undo: async () => (await import('./commands/undo.ts')).undo,
  explain: async () => (await import('./commands/explain.ts')).explain,
  report: async () => (await import('./commands/report.ts')).report,
  list: async () => (await import('./commands/list.ts')).list,
  update: async () => (await import('./commands/update.ts')).update,
  init: async () => (await import('./commands/init.ts')).init,
  completion: async () => (await import('./commands/completion.ts')).completion,
}

// By call: a stream that is never written need not be made.
const out = createOutput(
  () => process.stdout,
  () => process.stderr,
  isAscii(process.env),
)

const startedAs = () =>
  programFrom({
    script: process.argv[1],
    node: process.execPath,
    directory: process.cwd(),
    env: process.env,
  })

/** `help COMMAND`, and `--help` of any command. */
const help = async (call: Invocation): Promise<number> => {
  const { helpText } = await import('./cli/help.ts')
  const { docsDirectory } = await import('./host/package-docs.ts')
  const isHelp = call.command === 'help' && !call.has('help')
  out.text(helpText(isHelp ? commandNamed(call.operands[0] ?? '') : call.command, docsDirectory()))
  return exit.healthy
}

const execute = async (call: Invocation, version: string, signal: AbortSignal): Promise<number> => {
  const { command } = call
  if (command === 'version' || call.has('version')) {
    out.result(`chv-doctor ${version}\n`)
    return exit.healthy
  }
  if (command === 'help' || call.has('help')) return help(call)
  const terminal = describeTerminal(process.env, {
    noColor: call.has('no-color'),
    noInput: call.has('no-input'),
  })
  const context = await createContext({ call, version, terminal, program: startedAs(), signal, out })
  return (await load[command]())(context)
}

/** Of no use to a developer: the host has no space, descriptors, processes or memory left, or cannot write (errno(3)). */
const exhaustions = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'EIO'])

/** The message of an error that only says that something of the host is used up, or null. */
const exhaustionIn = (error: unknown): string | null =>
  exhaustions.has(errnoOf(error) ?? '') ? messageOf(error) : null

/** Says it on standard error, in the lines of a terminal; a log gets one line. */
const complain = (text: string): void => {
  const { stderr, env } = process
  const look = { color: false, width: columnsFrom(env, stderr.columns), program: startedAs() }
  if (!stderr.isTTY) out.say(pageFor(look).say(text))
  else
    out.say(
      pageFor({ ...look, home: env.HOME ?? '' })
        .lines(text)
        .join('\n'),
    )
}

/** @param changesHost whether the command was one that changes the host */
const report = (error: unknown, changesHost: boolean): number => {
  if (error instanceof Interrupted) {
    out.say('Interrupted: no incomplete file has its final name.')
    return exit.interrupted
  }
  if (error instanceof DoctorError) {
    complain(`chv-doctor: ${error.message}`)
    return error.exitCode
  }
  if (error instanceof Undetermined) {
    complain(`chv-doctor: ${error.message}.`)
    return exit.undetermined
  }
  const exhausted = exhaustionIn(error)
  if (exhausted) {
    complain(`chv-doctor: this host ran out of something: ${exhausted}.`)
    return changesHost ? exit.fixFailed : exit.undetermined
  }
  out.say(`chv-doctor: a defect of chv-doctor: ${messageOf(error)}`)
  out.say(error instanceof Error && error.stack ? error.stack : '')
  complain('Please report it with these lines and the output of `chv-doctor check --format json`.')
  return exit.defect
}

/**
 * Reports a result that could not be written as an error; a reader that closed its end
 * (`chv-doctor fix --yes 2>&1 | head`) does not interrupt a command.
 * @param stopped once it is aborted, the terminal may be gone
 * @returns waits until standard output has taken everything; throws UsageError when it did not
 */
const watchOutput = (stopped: AbortSignal): (() => Promise<void>) => {
  let fault: string | null = null
  process.stdout.on('error', (error) => {
    const errno = errnoOf(error) ?? error.message
    if (errno !== 'EPIPE' && !stopped.aborted) fault = errno
  })
  process.stderr.on('error', () => {})
  return async () => {
    // Its callback comes after those of all earlier writes, and after their error.
    await new Promise((resolve) => process.stdout.write('', resolve))
    await new Promise((resolve) => setImmediate(resolve))
    if (fault !== null) throw new UsageError(`Standard output cannot be written (${fault}).`)
  }
}

/** What has steps that must not be cut short. */
const changing: readonly CommandName[] = ['', 'fix', 'undo']

/** Runs the program; sets the exit code and never throws. */
export const main = async (argv: readonly string[], version: string): Promise<void> => {
  // If the event loop runs empty before a command ends, the exit code reports a defect.
  process.exitCode = exit.defect
  const stopping = new AbortController()
  let changesHost = true
  const requireOutput = watchOutput(stopping.signal)
  // Every command that a check runs adds a listener; that is no leak.
  setMaxListeners(0, stopping.signal)
  // SIGHUP: the terminal was closed, or the connection to it ended.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const stop = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) {
      // The second time: at once, and so that the shell sees what ended it.
      for (const name of signals) process.off(name, stop)
      process.kill(process.pid, signal)
      return
    }
    out.say(
      !changesHost ? '' : '\nStopping after a step that must not be cut short; press again to leave it.',
    )
    stopping.abort()
  }
  // Not once(): with no listener left, signal-exit (in listr2) takes the signal for unhandled and ends us.
  for (const name of signals) process.on(name, stop)
  try {
    const call = parseCommandLine(argv)
    changesHost = changing.includes(call.command)
    process.exitCode = await execute(call, version, stopping.signal)
    await requireOutput()
  } catch (error) {
    process.exitCode = report(stopping.signal.aborted ? new Interrupted() : error, changesHost)
  }
}

#!/usr/bin/env node
/** The entry: reads the command line, answers what needs nothing else, loads one command, sets the exit code. */
import { setMaxListeners } from 'node:events'
import { readFileSync } from 'node:fs'
import { type CommandName, type Invocation, parseCommandLine } from './args.ts'
import type { Context, Output, Start } from './commands/context.ts'
import { DoctorError, exit, Interrupted, messageOf } from './errors.ts'
import { describeTerminal } from './terminal.ts'

type Run = (context: Context) => Promise<number>

const load: Record<CommandName, () => Promise<Run>> = {
  '': async () => (await import('./commands/doctor.ts')).doctor,
  check: async () => (await import('./commands/check.ts')).check,
  fix: async () => (await import('./commands/fix.ts')).fix,
  undo: async () => (await import('./commands/undo.ts')).undo,
  explain: async () => (await import('./commands/explain.ts')).explain,
  list: async () => (await import('./commands/list.ts')).list,
  init: async () => (await import('./commands/init.ts')).init,
}

const versionOf = (): string => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return version
}

const out: Output = {
  result: (text) => void process.stdout.write(text),
  say: (line) => void process.stderr.write(`${line}\n`),
}

const execute = async (call: Invocation, signal: AbortSignal): Promise<number> => {
  if (call.has('version')) {
    out.result(`chv-doctor ${versionOf()}\n`)
    return exit.healthy
  }
  if (call.has('help')) {
    const { helpText } = await import('./help.ts')
    out.result(helpText(call.command))
    return exit.healthy
  }
  const start: Start = { call, version: versionOf(), terminal: describeTerminal(process.env), signal, out }
  const { createContext } = await import('./commands/context.ts')
  const [run, context] = await Promise.all([load[call.command](), createContext(start)])
  return run(context)
}

const report = (error: unknown): number => {
  if (error instanceof Interrupted) {
    out.say('Interrupted: nothing is left half-made.')
    return exit.interrupted
  }
  if (error instanceof DoctorError) {
    out.say(`chv-doctor: ${error.message}`)
    return error.exitCode
  }
  out.say(`chv-doctor: a defect of chv-doctor: ${messageOf(error)}`)
  out.say(error instanceof Error && error.stack ? error.stack : '')
  out.say('Please report it with these lines and the output of `chv-doctor check --format json`.')
  return exit.defect
}

const main = async () => {
  // A reader that went away (`chv-doctor list | head`) is no error of ours.
  process.stdout.on('error', () => {})
  const stopping = new AbortController()
  // Every command that a check runs listens; that is no leak.
  setMaxListeners(0, stopping.signal)
  const stop = () => {
    out.say('\nStopping; a step that must not be cut short ends first (press again to leave it).')
    stopping.abort()
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    process.exitCode = await execute(parseCommandLine(process.argv.slice(2)), stopping.signal)
  } catch (error) {
    process.exitCode = stopping.signal.aborted ? report(new Interrupted()) : report(error)
  }
}

await main()

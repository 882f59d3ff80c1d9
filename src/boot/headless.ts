/** Starts the guest without a terminal and records what shows how far it has come. */
import { readFile } from 'node:fs/promises'
import { type Headless, type ProcessEnd, startHeadless } from '../hypervisor/start.ts'
import type { Argv } from '../util/argv.ts'
import { valuesOf, withArguments } from './arguments.ts'
import { consoleReader } from './console-text.ts'
import { type Milestone, type ProgressReader, progressReader } from './milestones.ts'

/**
 * @param directory private; receives the API socket `api` and the output of the other console, `other`
 * @returns the same command with the shown console on standard output and events on descriptor 3
 */
const headlessCommand = (command: Argv, directory: string): Argv =>
  withArguments(command, [
    ...(shownConsole(command) === 'serial'
      ? ['--serial', 'tty', '--console', `file=${directory}/other`]
      : ['--console', 'tty', '--serial', `file=${directory}/other`]),
    '--api-socket',
    `path=${directory}/api`,
    '--event-monitor',
    'fd=3',
  ])

/** @returns the console that `boot` shows; Cloud Hypervisor uses the virtio console by default */
export const shownConsole = (command: Argv): 'serial' | 'console' =>
  valuesOf(command, '--serial').includes('tty') ? 'serial' : 'console'

export interface Watched {
  readonly running: Headless
  readonly progress: ProgressReader
  /** Milliseconds since the start. */
  readonly elapsedMs: () => number
  /** When the console printed last, in milliseconds since the start. */
  readonly lastOutputAt: () => number
  /** How often the guest was reset. */
  readonly resets: () => number
  /** How the process ended, or why it did not start; null while it runs. */
  readonly end: () => ProcessEnd | Error | null
  /** The output of the other console, without control codes. */
  readonly otherConsoleText: () => Promise<string>
}

/**
 * @param guard a command prefix that limits the run time (see timeGuard)
 * @param expected the milestones that this guest can reach
 * @param onOutput called with each new part of the console, without control codes
 */
export const startWatched = (
  command: Argv,
  directory: string,
  guard: readonly string[],
  expected: readonly Milestone[],
  onOutput: (text: string) => void,
): Watched => {
  const start = performance.now()
  const elapsedMs = () => performance.now() - start
  const progress = progressReader(expected)
  const reader = consoleReader()
  let lastOutputAt = 0
  let resets = 0
  let end: ProcessEnd | Error | null = null
  const running = startHeadless(headlessCommand(command, directory), guard, {
    onConsole: (part) => {
      const text = reader.feed(part)
      if (text) {
        lastOutputAt = elapsedMs()
        // The event may arrive after the first output.
        progress.mark('vmm', elapsedMs())
      }
      progress.feed(text, elapsedMs())
      onOutput(text)
    },
    onEvent: (name) => {
      if (name === 'vm booted') progress.mark('vmm', elapsedMs())
      // The guest was reset: the VMM creates the machine again.
      if (name === 'vm rebooting') resets++
    },
  })
  running.ended.then(
    (ended) => {
      end = ended
    },
    (error: Error) => {
      end = error
    },
  )
  // A reset truncates the file: the longest text is kept.
  let longest = ''
  return {
    running,
    progress,
    elapsedMs,
    lastOutputAt: () => lastOutputAt,
    resets: () => resets,
    end: () => end,
    otherConsoleText: async () => {
      const raw = await readFile(`${directory}/other`, 'utf8').catch(() => '')
      const text = consoleReader().feed(raw)
      if (text.length > longest.length) longest = text
      return longest
    },
  }
}

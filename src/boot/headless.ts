/** Starts the machine of `boot` without a terminal and collects what shows how far it has come. */
import { readFile } from 'node:fs/promises'
import { type Headless, type ProcessEnd, startHeadless } from '../hypervisor/start.ts'
import type { Argv } from '../util/argv.ts'
import { valuesOf, withArguments } from './arguments.ts'
import { consoleReader } from './console-text.ts'
import { type Milestone, type ProgressReader, progressReader } from './milestones.ts'

/**
 * The same command with the shown console on standard output, the other one in a file, and what is
 * needed to watch it and to end it.
 */
export const headlessCommand = (command: Argv, directory: string): Argv =>
  withArguments(command, [
    ...(shownConsole(command) === 'serial'
      ? ['--serial', 'tty', '--console', `file=${directory}/other`]
      : ['--console', 'tty', '--serial', `file=${directory}/other`]),
    ...['--api-socket', `path=${directory}/api`, '--event-monitor', 'fd=3'],
  ])

/** Where `boot` shows the guest; the virtio console is what Cloud Hypervisor does when nobody says. */
export const shownConsole = (command: Argv): 'serial' | 'console' =>
  valuesOf(command, '--serial').includes('tty') ? 'serial' : 'console'

export interface Watched {
  readonly running: Headless
  readonly progress: ProgressReader
  /** Milliseconds since the start. */
  readonly clock: () => number
  /** When something was printed last. */
  readonly lastWord: () => number
  readonly resets: () => number
  /** Set once it has ended, or could not even start. */
  readonly end: () => ProcessEnd | Error | null
  /** What the other console has printed, cleaned. */
  readonly elsewhere: () => Promise<string>
}

/**
 * @param expected the steps that this guest is to reach
 * @param heard is told of every new piece of the console, cleaned
 */
export const startWatched = (
  command: Argv,
  directory: string,
  guard: readonly string[],
  expected: readonly Milestone[],
  heard: (text: string) => void,
): Watched => {
  const start = performance.now()
  const clock = () => performance.now() - start
  const progress = progressReader(expected)
  const reader = consoleReader()
  let lastWord = 0
  let resets = 0
  let end: ProcessEnd | Error | null = null
  const running = startHeadless(headlessCommand(command, directory), guard, {
    console: (piece) => {
      const text = reader.feed(piece)
      if (text) {
        lastWord = clock()
        // Its event may come later than the guest's first word.
        progress.mark('vmm', clock())
      }
      progress.feed(text, clock())
      heard(text)
    },
    event: (name) => {
      if (name === 'vm booted') progress.mark('vmm', clock())
      // A reset by the guest: the VMM makes the machine anew.
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
  // A reset truncates the file: what was there before is kept.
  let longest = ''
  return {
    running,
    progress,
    clock,
    lastWord: () => lastWord,
    resets: () => resets,
    end: () => end,
    elsewhere: async () => {
      const raw = await readFile(`${directory}/other`, 'utf8').catch(() => '')
      const text = consoleReader().feed(raw)
      if (text.length > longest.length) longest = text
      return longest
    },
  }
}

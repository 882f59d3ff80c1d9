/**
 * Runs lists of work and shows them: listr2, and only here. On a terminal the list is live on
 * standard error; elsewhere the silent renderer runs the very same list.
 */
import { Listr, ListrLogger, type ListrTask, ProcessOutput } from 'listr2'
import type { Live } from '../cli/terminal.ts'
import { visibleLine } from '../util/printable.ts'
import { type Mark, type Symbols, styleFor, symbolsFor, worst } from './task-marks.ts'

export interface TaskView {
  /** Replaces the line of the task. */
  title(text: string): void
  /** The line below it: progress, the last line of a command. */
  output(text: string): void
  /** Its last line, under another mark than that of success. */
  mark(mark: Mark, text: string): void
  /** It was not begun, and its line is not shown. */
  hide(): void
}

export interface Task {
  readonly title: string
  run?(view: TaskView): Promise<void>
  readonly tasks?: readonly Task[]
  /** Whether `tasks` may run side by side. */
  readonly concurrent?: boolean
}

export interface TaskList {
  readonly tasks: readonly Task[]
  readonly concurrent: boolean
  /** Draw it (a terminal), or run it silently. */
  readonly live: Live | false
  /** Wipe the drawing at the end, because a report follows. */
  readonly transient: boolean
}

/** As often as a spinner turns. */
const paceMs = 100

/**
 * Shows the newest text, not more often than the pace: listr2 draws the whole list anew for each, and a
 * download brings thousands in a second. On an emulated machine: 0.3 instead of 2.1 MiB/s.
 */
const throttle = (show: (text: string) => void) => {
  let newest: string | null = null
  let timer: NodeJS.Timeout | null = null
  const next = () => {
    timer = null
    if (newest === null) return
    show(newest)
    newest = null
    timer = setTimeout(next, paceMs)
  }
  return {
    show: (text: string) => {
      newest = text
      if (timer === null) next()
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** @param ended called with the mark that the task ended under, null for the usual ones */
const toListr = (task: Task, symbols: Symbols, ended: (mark: Mark | null) => void): ListrTask => ({
  title: visibleLine(task.title),
  task: async (_, self) => {
    const end = (mark: Mark, text: string) => self.skip(`${symbols[mark]} ${visibleLine(text)}`)
    if (task.tasks) {
      const marks: (Mark | null)[] = []
      const { tasks, title } = task
      const childEnded = (mark: Mark | null) => {
        marks.push(mark)
        const whole = marks.length === tasks.length ? worst(marks) : null
        if (whole) end(whole, title)
      }
      return self.newListr(
        tasks.map((child) => toListr(child, symbols, childEnded)),
        { concurrent: task.concurrent ?? false, exitOnError: false },
      )
    }
    const output = throttle((text) => {
      self.output = visibleLine(text)
    })
    let ending: Mark | null = null
    try {
      await task.run?.({
        title: (text) => {
          self.title = visibleLine(text)
        },
        output: output.show,
        mark: (mark, text) => {
          ending = mark
          end(mark, text)
        },
        hide: () => {
          ending = 'skip'
          // listr2 shows no line for a message of blanks.
          self.skip(' ')
        },
      })
    } finally {
      output.stop()
      ended(ending)
    }
  },
})

/** Runs the list to its end. A task that throws is marked and does not stop the others. */
export const runTasks = async (list: TaskList): Promise<void> => {
  // Both option sets carry the logger: with one alone a fallback renderer would write to standard output.
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) })
  const live: Live = list.live || { color: false, ascii: false }
  const symbols = symbolsFor(live)
  const rendererOptions = {
    ...styleFor(live),
    logger,
    clearOutput: list.transient,
    collapseSubtasks: false,
    collapseErrors: false,
    formatOutput: 'truncate' as const,
  }
  const listr = new Listr(
    list.tasks.map((task) => toListr(task, symbols, () => {})),
    {
      concurrent: list.concurrent,
      exitOnError: false,
      // Its own handler ends the process at once, with 127; ours stops cleanly.
      registerSignalListeners: false,
      renderer: list.live ? 'default' : 'silent',
      rendererOptions,
      fallbackRendererOptions: { logger },
    },
  )
  await listr.run()
}

/**
 * Runs lists of work and shows them: listr2, and only here. On a terminal the list is live on
 * standard error; elsewhere the silent renderer runs the very same list.
 */
import { Listr, type ListrTask, ProcessOutput } from 'listr2'
import type { Live } from '../cli/terminal.ts'
import { endingText, hiddenMark, type LiveTaskOptions } from './live-lines.ts'
import { LiveList, type LiveListOptions } from './live-list.ts'
import { type Mark, worst } from './task-marks.ts'

export interface TaskView {
  /** Shows that the task has not begun, until this resolves. */
  wait(until: Promise<void>): Promise<void>
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

/** @param ended called with the mark that the task ended under, null for the usual ones */
const toListr = (task: Task, ended: (mark: Mark | null) => void): ListrTask => {
  let isWaiting = false
  return {
    title: task.title,
    rendererOptions: { isWaiting: () => isWaiting } satisfies LiveTaskOptions,
    task: async (_, self) => {
      const end = (mark: Mark, text: string) => self.skip(endingText(mark, text))
      if (task.tasks) {
        const marks: (Mark | null)[] = []
        const { tasks, title } = task
        const childEnded = (mark: Mark | null) => {
          marks.push(mark)
          const whole = marks.length === tasks.length ? worst(marks) : null
          if (whole) end(whole, title)
        }
        return self.newListr(
          tasks.map((child) => toListr(child, childEnded)),
          { concurrent: task.concurrent ?? false, exitOnError: false },
        )
      }
      let ending: Mark | null = null
      try {
        await task.run?.({
          wait: async (until) => {
            isWaiting = true
            await until
            isWaiting = false
          },
          title: (text) => {
            self.title = text
          },
          output: (text) => {
            self.output = text
          },
          mark: (mark, text) => {
            ending = mark
            end(mark, text)
          },
          hide: () => {
            ending = 'skip'
            self.skip(endingText(hiddenMark, ''))
          },
        })
      } finally {
        ended(ending)
      }
    },
  }
}

/** Runs the list to its end. A task that throws is marked and does not stop the others. */
export const runTasks = async (list: TaskList): Promise<void> => {
  const { live } = list
  const rendererOptions: LiveListOptions | undefined = live
    ? {
        live,
        transient: list.transient,
        output: new ProcessOutput(process.stderr, process.stderr),
        terminal: process.stderr,
      }
    : undefined
  const listr = new Listr(
    list.tasks.map((task) => toListr(task, () => {})),
    {
      concurrent: list.concurrent,
      exitOnError: false,
      // Its own handler ends the process at once, with 127; ours stops cleanly.
      registerSignalListeners: false,
      renderer: live ? LiveList : 'silent',
      ...(rendererOptions ? { rendererOptions } : {}),
    },
  )
  await listr.run()
}

/** A list of work as the lines of a terminal: a mark, a title, the last line of output, the message of a failure. */
import type { Live } from '../cli/terminal.ts'
import { visibleLine } from '../util/printable.ts'
import { columnsOf, cutTo } from '../util/text-width.ts'
import { type Icon, iconsFor, isMark, spinnerOf } from './task-marks.ts'

/** What listr2 knows nothing of. */
export interface LiveTaskOptions {
  /** It was started, so that it can wait for others. */
  isWaiting?(): boolean
}

/** What is looked at of a task of listr2. */
export interface ListedTask {
  readonly title?: string | undefined
  readonly output?: string | undefined
  readonly message: { readonly skip?: string; readonly error?: string }
  readonly subtasks?: readonly ListedTask[] | undefined
  readonly rendererTaskOptions?: LiveTaskOptions | undefined
  isStarted(): boolean
  isSkipped(): boolean
  isCompleted(): boolean
  hasFailed(): boolean
}

/** Where a task ends under a mark of its own, listr2 carries one text: the mark comes first in it. */
export const endingText = (mark: string, text: string): string => `${mark} ${text}`

/** Not shown at all. */
export const hiddenMark = 'hidden'

const readEnding = (ending: string): { mark: string; text: string } => {
  const end = ending.indexOf(' ')
  return { mark: ending.slice(0, end), text: ending.slice(end + 1) }
}

const iconOf = (task: ListedTask, children: readonly ListedTask[]): Icon => {
  if (task.hasFailed() || (!task.isStarted() && children.some((child) => child.hasFailed()))) return 'failed'
  if (task.isSkipped()) {
    const { mark } = readEnding(task.message.skip ?? '')
    return isMark(mark) ? mark : 'skip'
  }
  if (task.rendererTaskOptions?.isWaiting?.()) return 'waiting'
  if (task.isStarted()) return children.length > 0 ? 'group' : 'running'
  return task.isCompleted() ? 'done' : 'waiting'
}

const printable = /^[\x20-\x7e]*$/

/** As much of a line as there is room for. Measuring every character costs more than all else. */
const shorten = (text: string, columns: number, ellipsis: string): string => {
  if (printable.test(text) ? text.length <= columns : columnsOf(text) <= columns) return text
  return `${cutTo(text, columns - ellipsis.length)}${ellipsis}`
}

export interface LiveLines {
  readonly lines: readonly string[]
  /** How many lines there are up to the end of the last task that runs: what has to be seen. */
  readonly active: number
}

/**
 * @param columns of the terminal
 * @param turn of the spinner
 */
export const liveLines = (
  tasks: readonly ListedTask[],
  live: Live,
  columns: number,
  turn: number,
): LiveLines => {
  const icons = iconsFor(live)
  const out: string[] = []
  let active = 0
  const add = (icon: string, text: string, level: number) => {
    // The last column stays free: a terminal would begin a new line after it. Each icon takes one.
    const room = Math.max(1, columns - 2 * level - 4)
    out.push(`${'  '.repeat(level)}${icon} ${shorten(visibleLine(text), room, live.ascii ? '...' : '…')}`)
  }
  const below = (text: string, level: number) => {
    for (const [index, line] of text.split('\n').entries()) {
      if (line.trim()) add(index === 0 ? icons.output : ' ', line, level)
    }
  }
  const addTask = (task: ListedTask, level: number) => {
    const { title = '', output, message, subtasks: children = [] } = task
    const ending = task.isSkipped() ? readEnding(message.skip ?? '') : null
    if (ending?.mark === hiddenMark) return
    const icon = iconOf(task, children)
    add(icon === 'running' ? spinnerOf(live, turn) : icons[icon], ending?.text ?? title, level)
    if (task.hasFailed() && message.error !== undefined && message.error !== title)
      below(message.error, level + 1)
    if (task.isStarted() && output) below(output, level + 1)
    if (icon === 'running') active = out.length
    for (const child of children) addTask(child, level + 1)
  }
  for (const task of tasks) addTask(task, 0)
  return { lines: out, active }
}

/** The marks of a live list: what neither succeeded nor failed gets no tick. */
import type { Live } from '../cli/terminal.ts'

const marks = ['warn', 'unknown', 'skip'] as const

/** What a task ended as that neither succeeded nor failed. */
export type Mark = (typeof marks)[number]

export const isMark = (text: string): text is Mark => (marks as readonly string[]).includes(text)

/** What stands before a line: a mark, or the state of a task. */
export type Icon = Mark | 'done' | 'failed' | 'running' | 'group' | 'waiting' | 'output'

type Color = 'red' | 'green' | 'yellow' | 'magenta' | 'dim'

/** ECMA-48 8.3.117. */
const codes: Readonly<Record<Color, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
  dim: [2, 22],
}

/** Icon, its form in ASCII, its colour. */
const shapes: Readonly<Record<Icon, readonly [string, string, Color | null]>> = {
  warn: ['!', '!', 'yellow'],
  unknown: ['?', '?', 'magenta'],
  skip: ['–', '-', 'dim'],
  done: ['✓', '+', 'green'],
  failed: ['✗', 'x', 'red'],
  running: ['❯', '>', 'yellow'],
  group: ['❯', '>', 'yellow'],
  waiting: ['◼', '-', 'dim'],
  output: ['›', '>', null],
}

const painted = (live: Live, color: Color | null, text: string): string =>
  live.color && color ? `\x1b[${codes[color][0]}m${text}\x1b[${codes[color][1]}m` : text

/** Each takes one column. */
export const iconsFor = (live: Live): Readonly<Record<Icon, string>> =>
  Object.fromEntries(
    Object.entries(shapes).map(([icon, [shape, ascii, color]]) => [
      icon,
      painted(live, color, live.ascii ? ascii : shape),
    ]),
  ) as Record<Icon, string>

/** The icon of what is running. @param turn counts up */
export const spinnerOf = (live: Live, turn: number): string => {
  const frames = live.ascii ? '-\\|/' : '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
  return painted(live, 'yellow', frames[turn % frames.length] ?? '')
}

/** The mark of a list: that of its worst task; a task that is well decides only over those that were skipped. */
export const worst = (of: readonly (Mark | null)[]): Mark | null =>
  of.includes('unknown')
    ? 'unknown'
    : of.includes('warn')
      ? 'warn'
      : of.length > 0 && of.every((mark) => mark === 'skip')
        ? 'skip'
        : null

/** The marks of a live list: what neither succeeded nor failed gets no tick. */
import type { Live } from '../cli/terminal.ts'

/** What a task ended as that neither succeeded nor failed. */
export type Mark = 'warn' | 'unknown' | 'skip'

type Color = 'red' | 'green' | 'yellow' | 'magenta' | 'dim'
export type Symbols = Readonly<Record<Mark, string>>

/** ECMA-48 8.3.117. listr2 decides on colours by itself, and knows no --no-color. */
const codes: Readonly<Record<Color, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
  dim: [2, 22],
}

const painted =
  (live: Live, color: Color) =>
  (text = ''): string =>
    live.color ? `\x1b[${codes[color][0]}m${text}\x1b[${codes[color][1]}m` : text

export const symbolsFor = (live: Live): Symbols => ({
  warn: painted(live, 'yellow')('!'),
  unknown: painted(live, 'magenta')('?'),
  skip: painted(live, 'dim')(live.ascii ? '-' : '–'),
})

/** Icons and colours of the states that listr2 has; what it calls skipped brings its mark along. */
export const styleFor = (live: Live) => ({
  icon: {
    SKIPPED_WITH_COLLAPSE: '',
    COMPLETED: live.ascii ? '+' : '✓',
    COMPLETED_WITH_FAILED_SUBTASKS: live.ascii ? 'x' : '✗',
    FAILED: live.ascii ? 'x' : '✗',
    ...(live.ascii ? { PENDING: '>', WAITING: '-', OUTPUT: '>' } : {}),
  },
  color: {
    SKIPPED_WITH_COLLAPSE: (text = '') => text,
    PENDING: painted(live, 'yellow'),
    COMPLETED: painted(live, 'green'),
    COMPLETED_WITH_FAILED_SUBTASKS: painted(live, 'red'),
    FAILED: painted(live, 'red'),
    WAITING: painted(live, 'dim'),
  },
})

/** The mark of a list: that of its worst task; a task that is well decides only over those that were skipped. */
export const worst = (marks: readonly (Mark | null)[]): Mark | null =>
  marks.includes('unknown')
    ? 'unknown'
    : marks.includes('warn')
      ? 'warn'
      : marks.length > 0 && marks.every((mark) => mark === 'skip')
        ? 'skip'
        : null

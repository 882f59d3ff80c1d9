/** The word, mark and tone of each status, in every report that people read. */
import type { Status } from '../contract/report.ts'
import type { Tone } from './layout.ts'

export const statusWords: Readonly<Record<Status, readonly [word: string, tone: Tone]>> = {
  ok: ['ok', 'good'],
  warn: ['warn', 'careful'],
  fail: ['FAIL', 'bad'],
  skip: ['skip', 'quiet'],
  unknown: ['unknown', 'unsure'],
}

/** Of a finding that counts as ok. */
export const adviceWord: readonly [word: string, tone: Tone] = ['advice', 'quiet']

export const statusMarks: Readonly<Record<Status, string>> = {
  ok: '✓',
  warn: '!',
  fail: '✗',
  skip: '–',
  unknown: '?',
}

/** The columns of the longest word. */
export const statusWidth = Math.max(...Object.values(statusWords).map(([word]) => word.length))

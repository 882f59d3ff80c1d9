/** The word and tone of each status, in every report that people read. */
import type { Status } from '../contract/report.ts'
import type { Tone } from './layout.ts'

export const statusWords: Readonly<Record<Status, readonly [word: string, tone: Tone]>> = {
  ok: ['ok', 'good'],
  warn: ['warn', 'careful'],
  fail: ['FAIL', 'bad'],
  skip: ['skip', 'quiet'],
  unknown: ['????', 'careful'],
}

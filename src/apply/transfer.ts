import { humanBytes } from '../util/units.ts'

const bar = (fraction: number): string => {
  const width = 20
  const filled = Math.round(fraction * width)
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]`
}

export interface Transfer {
  readonly done: number
  readonly total: number | null
  /** Bytes that an earlier run had fetched: no part of the rate. */
  readonly resumed: number
  /** Since the first byte was asked for. */
  readonly elapsedMs: number
}

/** One line about a transfer: bar, percentage, amount, rate and time left, within 70 columns. */
export const transferLine = ({ done, total, resumed, elapsedMs }: Transfer): string => {
  const rate = elapsedMs > 0 ? ((done - resumed) / elapsedMs) * 1000 : 0
  const speed = `${humanBytes(rate)}/s`
  if (total === null || total === 0) return `${humanBytes(done)}, ${speed}`
  const fraction = Math.min(1, done / total)
  const left = rate > 0 ? Math.ceil((total - done) / rate) : null
  const time =
    left === null
      ? ''
      : left >= 60
        ? `, ${Math.floor(left / 60)} min ${left % 60} s left`
        : `, ${left} s left`
  return `${bar(fraction)} ${Math.floor(fraction * 100)} % of ${humanBytes(total)}, ${speed}${time}`
}

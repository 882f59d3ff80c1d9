/** What the forms of a text report share at their end. */
import type { Report } from '../contract/report.ts'
import type { Paint } from './layout.ts'

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** "1 failed", "2 unknown", "1 warning", "23 ok": those that are not 0, the worst first. */
export const countsOf = ({ summary }: Report, paint: Paint): string[] => [
  ...(summary.fail > 0 ? [paint('bad', `${summary.fail} failed`)] : []),
  ...(summary.unknown > 0 ? [paint('unsure', `${summary.unknown} unknown`)] : []),
  ...(summary.warn > 0 ? [paint('careful', plural(summary.warn, 'warning', 'warnings'))] : []),
  ...(summary.ok > 0 ? [paint('good', `${summary.ok} ok`)] : []),
]

/** The flag that selects the same guest in a suggested command. */
export const forGuest = (guest: number): string => (guest > 1 ? ` --guest ${guest}` : '')

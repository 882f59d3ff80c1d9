/** The report of `--quiet`: what decides the exit code, one line each, and nothing when that is 0. */
import type { Report, Status } from '../contract/report.ts'
import { exit } from '../util/errors.ts'
import { beside, type Page } from './layout.ts'
import { statusMarks, statusWords } from './status-words.ts'

const deciding: Readonly<Record<number, Status>> = {
  [exit.failed]: 'fail',
  [exit.undetermined]: 'unknown',
  [exit.warnings]: 'warn',
}

/** @returns the lines; none when all is well */
export const renderFailures = ({ results, exitCode }: Report, page: Page): string[] =>
  results
    .filter(({ status }) => status === deciding[exitCode])
    .flatMap(({ id, status, found, reason, path }) => {
      const head = { text: `${page.paint(statusWords[status][1], statusMarks[status])} `, columns: 2 }
      const text = `${id}: ${found ?? reason ?? ''}${path === undefined ? '' : `: ${path}`}`
      return beside(head, 2, page.lines(text, page.width - 2), page)
    })

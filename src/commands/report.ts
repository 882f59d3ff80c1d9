/** `chv-doctor report`: a file for a bug report, or many reports on one page. */
import { UsageError } from '../util/errors.ts'
import type { Context } from './context.ts'

const ofMerge = ['since', 'format'] as const
const ofBugReport = ['log', 'yes'] as const

/** @returns the exit code */
export const report = async (context: Context): Promise<number> => {
  const { call } = context
  const isMerge = call.has('merge')
  for (const flag of isMerge ? ofBugReport : ofMerge)
    if (call.has(flag))
      throw new UsageError(`--${flag} ${isMerge ? 'does not go with' : 'belongs to'} --merge.`)
  if (!isMerge && call.operands.length > 0)
    throw new UsageError('Files of reports go with --merge: chv-doctor report --merge FILE…')
  return isMerge
    ? (await import('./merge.ts')).merge(context)
    : (await import('./bug-report.ts')).bugReport(context)
}

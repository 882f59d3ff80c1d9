import type { Invocation } from '../cli/args.ts'
import type { Detail } from '../report/text.ts'
import { UsageError } from '../util/errors.ts'

/** @returns how much of a report `--verbose` and `--quiet` ask for; throws UsageError when both are given */
export const detailOf = (call: Pick<Invocation, 'has'>): Detail => {
  if (call.has('verbose') && call.has('quiet'))
    throw new UsageError('--verbose and --quiet exclude each other: give one of them.')
  return call.has('verbose') ? 'all' : call.has('quiet') ? 'failures' : 'summary'
}

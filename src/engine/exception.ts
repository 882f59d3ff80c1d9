/** Entries of `ignore`: whether one counts today, and how the report shows it. */
import type { Exception } from '../config/policy.ts'
import type { Result } from '../contract/report.ts'

/** @returns what a map from a file says about a name; nothing that every object has */
export const entryOf = <T>(map: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined

/** An exception counts on its last day, too. Days are those of UTC, so that every host agrees. */
export const isInForce = ({ until }: Exception): boolean =>
  until === null || new Date().toISOString().slice(0, 10) <= until

/** What the result of a check says that an exception leaves out. */
export const leftOut = ({ reason, until }: Exception): Required<Pick<Result, 'reason' | 'exception'>> => ({
  reason: `ignored${until === null ? '' : ` until ${until}`}: ${reason}`,
  exception: { reason, until, expired: false },
})

/** Adds to what was found that an exception for it has ended. */
export const noteExpired = <T extends Pick<Result, 'found' | 'reason'>>(
  result: T,
  { reason, until }: Exception,
): T & Pick<Result, 'exception'> => {
  const note = ` (was ignored until ${until}: ${reason})`
  return {
    ...result,
    ...(result.found === undefined ? {} : { found: result.found + note }),
    ...(result.reason === undefined ? {} : { reason: result.reason + note }),
    exception: { reason, until, expired: true },
  }
}

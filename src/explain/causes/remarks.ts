/** When a remark is worth telling: in a text that shows nothing worse. */
import type { Evidence } from '../evidence.ts'

/**
 * @param own the words of the remark itself, which may sound like an error
 * @returns whether no other line of the text looks like an error: that one counts then, known or not
 */
export const isAlone = (own: string): ((evidence: Evidence) => boolean) => {
  const other = new RegExp(
    `^(?!.{0,300}(?:${own})).{0,400}(?:\\b(?:errors?|fatal|failed|failure|panic\\w*|denied|refused|cannot|can't|unable|unknown|exception|traceback|abort\\w*|timed out|not found|invalid)\\b|\\bno .{1,60} found\\b)`,
    'i',
  )
  return ({ says }) => !says(other)
}

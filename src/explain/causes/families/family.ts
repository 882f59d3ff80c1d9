/**
 * A family: errors that name where they happened, and whose reason is in their errno. What is said of them
 * is that place, the errno in words, and what would tell the possible reasons apart. Families are tried after
 * all other causes.
 */
import type { Cause } from '../../cause.ts'
import type { Layer } from '../../diagnosis.ts'

interface Family {
  readonly id: string
  readonly layer?: Layer
  /** Levels of the chain, as they are displayed. */
  readonly words?: RegExp
  /** Variants of the Debug form. */
  readonly names?: readonly string[]
  /** Words that other programs use, too: they count only where the text is certainly of Cloud Hypervisor. */
  readonly onlyOurs?: true
  /** "while …" */
  readonly doing: string
  /** What it usually is, where the errno leaves that open. */
  readonly why: string
  readonly hint: string
  readonly needs?: NonNullable<Cause['needs']>
  readonly reference: string
  readonly check?: string
}

/** Behind a variant stands its value, or the end of the one around it: in prose the same word does not count. */
const pattern = (names: readonly string[]) =>
  [new RegExp(`\\b(?:${names.join('|')})(?=[(),]| \\{|$)`)] as const

/** @returns the cause of a family: never more than possible, because its reason is not in the words */
export const family = ({ words, names, doing, why, hint, ...rest }: Family): Cause => ({
  ...rest,
  patterns: [...(words ? [[words]] : []), ...(names ? [pattern(names)] : [])],
  what: `Cloud Hypervisor failed while ${doing}: {said|see the message}.`,
  why: `{errno|} ${why} {phase|}`.trim(),
  hint: `${hint} {apart|}`.trim(),
  confidence: 'possible',
})

/** Three-valued logic: whether a rule applies to a packet, where part of the answer may not be known. */

/** `maybe` where the answer is not known, or the question not understood. */
export type Ternary = 'yes' | 'no' | 'maybe'

export const and = (a: Ternary, b: Ternary): Ternary =>
  a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'maybe'

export const not = (a: Ternary): Ternary => (a === 'yes' ? 'no' : a === 'no' ? 'yes' : 'maybe')

export const fromBoolean = (applies: boolean): Ternary => (applies ? 'yes' : 'no')

/** Whether any of several alternatives applies. */
export const or = (answers: readonly Ternary[]): Ternary =>
  answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no'

/** The common answer for every value that something may have; `maybe` where they differ. */
export const forAll = <T>(candidates: readonly T[], ask: (candidate: T) => Ternary): Ternary => {
  const [first = 'maybe', ...rest] = candidates.map(ask)
  return rest.every((answer) => answer === first) ? first : 'maybe'
}

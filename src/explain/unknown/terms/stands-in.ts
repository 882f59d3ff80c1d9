/** Whether an expression stands in a text, where hundreds of them are asked for: most are never compiled. */
import { wordsOf } from '../../patterns.ts'

const requiredBy = new Map<RegExp, readonly string[] | null>()

const requiredWords = (expression: RegExp): readonly string[] | null => {
  const known = requiredBy.get(expression)
  if (known !== undefined) return known
  const words = wordsOf([expression])
  requiredBy.set(expression, words)
  return words
}

/** @param lower the text in lower case */
export const standsIn = (expression: RegExp, text: string, lower: string): boolean => {
  const words = requiredWords(expression)
  return (words === null || words.some((word) => lower.includes(word))) && expression.test(text)
}

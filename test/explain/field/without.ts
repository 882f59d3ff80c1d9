/** What is said of a report when the causes that answer it are switched off: as of one whose cause is not known. */
import type { Cause } from '../../../src/explain/cause.ts'
import { knowledge } from '../../../src/explain/causes/registry.ts'
import { type FieldCase, type Score, scoreCase } from './score.ts'

let off: ReadonlySet<string> = new Set()

/** Before the first text is explained, because the index of the causes is made then. */
export const makeSwitchable = (): void => {
  for (const [, causes] of knowledge)
    for (const cause of causes) {
      const { id, needs } = cause
      const switchable: Cause['needs'] = (evidence) => !off.has(id) && (needs?.(evidence) ?? true)
      Object.assign(cause, { needs: switchable })
    }
}

/** @returns the score without those causes; null where none answers it, or the answer with them is not right */
export const scoreWithoutCauses = (one: FieldCase): Score | null => {
  off = new Set()
  const { causes, verdict } = scoreCase(one)
  const known = causes.filter((id) => id !== 'unknown')
  if (known.length === 0 || verdict !== 'right') return null
  off = new Set(known)
  return scoreCase(one)
}

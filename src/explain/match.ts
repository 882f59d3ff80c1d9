/** Which causes a failure can have. */
import type { Cause } from './cause.ts'
import type { Failure } from './failures.ts'
import { knowledge } from './knowledge/registry.ts'
import { compile } from './patterns.ts'
import type { Layer } from './types.ts'

export interface Known extends Cause {
  readonly layer: Layer
  readonly patterns: readonly RegExp[]
}

export interface Match {
  readonly cause: Known
  /** Named groups of the expression that matched. */
  readonly values: Readonly<Record<string, string>>
}

let compiled: readonly Known[] | null = null

/** Expressions are made on first use: there are hundreds, and most runs of the program need none. */
const known = (): readonly Known[] => {
  compiled ??= knowledge.flatMap(([layer, causes]) =>
    causes.map((cause) => ({ ...cause, layer, patterns: (cause.says ?? []).map(compile) })),
  )
  return compiled
}

const isGiven = (entry: [string, string | undefined]): entry is [string, string] => !!entry[1]

const matchOf = (cause: Known, { form, texts }: Failure): Match | null => {
  const lines = form === 'line' ? (cause.line ?? []) : []
  for (const text of texts) {
    for (const expression of [...cause.patterns, ...lines]) {
      const found = expression.exec(text)
      if (found)
        return { cause, values: Object.fromEntries(Object.entries(found.groups ?? {}).filter(isGiven)) }
    }
  }
  return null
}

/** @returns the first cause that fits, and the other readings of the same words behind it */
export const matchesOf = (failure: Failure): readonly Match[] => {
  for (const cause of known()) {
    const isWarning = cause.severity === 'warning' || cause.severity === 'note'
    if (failure.form !== 'line' && isWarning !== (failure.form === 'warning')) continue
    const match = matchOf(cause, failure)
    if (match) {
      const others = known().filter(({ likewise }) => likewise === cause.id)
      return [match, ...others.map((other) => ({ cause: other, values: match.values }))]
    }
  }
  return []
}

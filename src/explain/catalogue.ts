/** Looks causes up by their ids. */
import type { Cause } from './cause.ts'
import { knowledge } from './causes/registry.ts'
import type { Layer } from './diagnosis.ts'
import { interpolate } from './patterns.ts'

export interface ListedCause {
  readonly id: string
  readonly layer: Layer
  readonly severity: NonNullable<Cause['severity']>
  readonly what: string
  readonly why: string
  readonly hint: string
  readonly check: string | null
  readonly fix: string | null
  readonly reference: string
}

/** @returns all causes in the order in which they are tried, with their texts as they are without values */
export const listCauses = (): readonly ListedCause[] =>
  knowledge.flatMap(([layer, causes]) =>
    causes.map(({ id, severity = 'error', what, why, hint, check, fix, reference }) => ({
      id,
      layer,
      severity,
      what: interpolate(what, {}),
      why: interpolate(why, {}),
      hint: interpolate(hint, {}),
      check: check ?? null,
      fix: fix?.id ?? null,
      reference,
    })),
  )

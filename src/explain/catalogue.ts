/** Looks causes, and doubts about commands, up by their ids. */

import { doubts } from './advice/doubts.ts'
import type { Advice, Cause } from './cause.ts'
import { knowledge } from './causes/registry.ts'
import type { Layer, Severity } from './diagnosis.ts'
import { told } from './told.ts'

export interface ListedCause {
  readonly id: string
  readonly layer: Layer
  readonly severity: Severity
  readonly what: string
  readonly why: string
  readonly hint: string
  readonly check: string | null
  readonly fix: string | null
  readonly reference: string
}

const listed = (layer: Layer, severity: Severity, one: Cause | Advice): ListedCause => {
  const { id, what, why, hint, check, fix, reference } = told(one)
  return { id, layer, severity, what, why, hint, check: check ?? null, fix: fix?.id ?? null, reference }
}

/**
 * @returns all causes in the order in which they are tried, then the doubts about commands, with their texts as they
 *   are without values
 */
export const listCauses = (): readonly ListedCause[] => [
  ...knowledge.flatMap(([layer, causes]) =>
    causes.map((cause) => listed(layer, cause.severity ?? 'error', cause)),
  ),
  ...doubts.flatMap(([layer, list]) => list.map((doubt) => listed(layer, 'advice', doubt))),
]

/** Explanations as JSON (docs/explanation.schema.json). */
import type { Ranked } from '../explain/rank-by-host.ts'
import { jsonText } from '../util/printable.ts'

export interface Explanation {
  readonly version: string
  /** A path, or "-". */
  readonly source: string
  /** Of the whole input; no more than its end was read when `firstLine` is above 1. */
  readonly bytes: number
  readonly firstLine: number
  readonly diagnoses: readonly Ranked[]
  readonly exitCode: number
}

/** @returns one JSON document, ending in a newline */
export const renderExplanationJson = ({ diagnoses, ...rest }: Explanation): string =>
  jsonText({
    schema: 'chv-doctor/explanation/1',
    ...rest,
    diagnoses: diagnoses.map(({ host, agrees, confirmedBy: _confirmedBy, ...diagnosis }) => ({
      ...diagnosis,
      host: host && {
        check: host.id,
        status: host.status,
        found: host.found ?? host.reason ?? null,
        expected: host.expected ?? null,
        agrees,
      },
    })),
  })

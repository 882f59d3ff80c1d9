import type { Outcome } from '../boot/outcome.ts'
import { jsonText } from '../util/printable.ts'

/** @returns the outcome as JSON (docs/boot.schema.json), times rounded to milliseconds, ending in a newline */
export const renderOutcomeJson = (outcome: Outcome): string =>
  jsonText(outcome, (key, value) =>
    key.endsWith('Ms') && typeof value === 'number' ? Math.round(value) : value,
  )

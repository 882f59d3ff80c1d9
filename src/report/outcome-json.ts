import type { Outcome } from '../boot/outcome.ts'

/** @returns the outcome as JSON (docs/boot.schema.json), times rounded to milliseconds, ending in a newline */
export const renderOutcomeJson = (outcome: Outcome): string =>
  `${JSON.stringify(outcome, (key, value) => (key.endsWith('Ms') && value !== null ? Math.round(value) : value), 2)}\n`

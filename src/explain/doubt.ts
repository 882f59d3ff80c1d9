/** A doubt about a command: its words, in which what the command says is filled in. */
import type { Advice } from './cause.ts'
import { interpolate } from './patterns.ts'

/** @returns the doubt with the values of a command in its texts, as the texts of a cause take them: `{name|otherwise}` */
export const told = (doubt: Advice, values: Readonly<Record<string, string | undefined>> = {}): Advice => ({
  ...doubt,
  what: interpolate(doubt.what, values),
  why: interpolate(doubt.why, values),
  hint: interpolate(doubt.hint, values),
})

/** The texts of a cause or a doubt, in which what was read is filled in. */
import type { Cause } from './cause.ts'
import { interpolate } from './patterns.ts'

/** @returns the same with these values in its texts (`{name|otherwise}`); without them as it is looked up */
export const told = <T extends Pick<Cause, 'what' | 'why' | 'hint'>>(
  words: T,
  values: Readonly<Record<string, string | undefined>> = {},
): T => ({
  ...words,
  what: interpolate(words.what, values),
  why: interpolate(words.why, values),
  hint: interpolate(words.hint, values),
})

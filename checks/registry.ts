/** Every check, in the order in which it is shown. Adding one: its file, one line here, its docs page, its test. */
import type { Check } from '../src/contract.ts'

// biome-ignore lint/suspicious/noExplicitAny: each check has facts of its own type
export const checks: readonly Check<string, any>[] = []

/** What a check reports when something is not in order: a code with values, and the wording derived from both. */
import type { Json } from '../util/json.ts'

/** A text, or a function that writes it from the values of the finding. */
type Wording<Values> = string | ((values: Values) => string)

/** The wording of one code. Each text is one line without markup, except for `code` in hints. */
export interface Finding<Values = NoValues> {
  readonly found: Wording<Values>
  readonly expected: Wording<Values>
  /** What the user has to do where no fix can: one sentence. Null where these values need no hint. */
  readonly hint?: string | ((values: Values) => string | null)
}

export type NoValues = Readonly<Record<string, never>>

/** The findings of a check by their codes: lower-case words joined by hyphens. */
// biome-ignore lint/suspicious/noExplicitAny: each code has values of its own type
export type Findings = Readonly<Record<string, Finding<any>>>

/** Declares one finding and the type of its values: JSON, written as a type literal (an interface has no index signature). */
export const finding = <Values extends Readonly<Record<string, Json>> = NoValues>(
  wording: Finding<Values>,
): Finding<Values> => wording

/** One of the declared codes with the values of exactly that code; any code where the findings are not known. */
export type FoundCode<F extends Findings> = string extends keyof F
  ? { readonly code: string; readonly values?: Readonly<Record<string, Json>> }
  : {
      [Code in keyof F & string]: F[Code] extends Finding<infer Values>
        ? NoValues extends Values
          ? { readonly code: Code }
          : { readonly code: Code; readonly values: Values }
        : never
    }[keyof F & string]

const written = <Values, Text extends string | null>(
  wording: string | ((values: Values) => Text),
  values: Values,
): string | Text => (typeof wording === 'string' ? wording : wording(values))

/** The texts of a finding. */
export const describeFinding = <Values>(
  { found, expected, hint }: Finding<Values>,
  values: Values,
): { readonly found: string; readonly expected: string; readonly hint?: string } => {
  const advice = hint === undefined ? null : written(hint, values)
  return {
    found: written(found, values),
    expected: written(expected, values),
    ...(advice === null ? {} : { hint: advice }),
  }
}

/**
 * Codes of the status `unknown`, which every check has and none declares. `timed-out`: the probe did not
 * end in time. `not-readable`: it was not able or not permitted to read the host. `check-failed`: the
 * check has a defect. `not-recorded`: a facts file does not cover the check.
 */
export const unknownCodes = ['timed-out', 'not-readable', 'check-failed', 'not-recorded'] as const
export type UnknownCode = (typeof unknownCodes)[number]

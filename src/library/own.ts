/** Types for checks and fixes that users write: a file of `check_files` exports them (docs/own-checks.md). */
import type { Check, Verdict } from '../contract/check.ts'
import type { Findings, FoundCode } from '../contract/finding.ts'
import type { Fix } from '../contract/fix.ts'
import type { FixCall } from '../contract/fix-args.ts'
import type { Json } from '../util/json.ts'

/** A built-in fix with its arguments, or one of the same file. */
type OwnFixCall = FixCall | { readonly id: string; readonly args: Readonly<Record<string, Json>> }

/** What a check of one's own concludes; a code that its findings do not declare does not compile. */
export type OwnVerdict<F extends Findings = Findings> =
  | Extract<Verdict<F>, { readonly status: 'ok' | 'skip' }>
  | (FoundCode<F> & {
      readonly status: 'warn' | 'fail'
      readonly path?: string
      readonly fix?: OwnFixCall
      readonly hint?: string
    })

/**
 * A check as its author writes it. It has the contract of the built-in ones, but names other checks by their ids,
 * and its group is always `own`.
 */
// biome-ignore lint/suspicious/noExplicitAny: where no type is given, any facts will do
export type OwnCheck<Facts = any, F extends Findings = Findings> = Omit<
  Check<string, Facts, F>,
  'needs' | 'group' | 'proves' | 'judge'
> & {
  /** Ids of checks that must not have failed: built-in ones, or those above it in the file. */
  readonly needs?: readonly string[]
  /** Ids of checks that are ok when this one is and they could not be read. */
  readonly proves?: readonly string[]
  judge(facts: Facts, config: Parameters<Check['judge']>[1]): OwnVerdict<F>
}

/** A fix as its author writes it; it is exported in `fixes` under its id. */
export type OwnFix<Args = Readonly<Record<string, Json>>, Survey = null> = Fix<string, Args, Survey>

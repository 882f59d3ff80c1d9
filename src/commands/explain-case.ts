/** `chv-doctor explain --report-case`: turns an output and its explanation into a case for the corpus. */
import { hostname } from 'node:os'
import { redact } from '../engine/facts-file.ts'
import type { Diagnosis } from '../explain/diagnosis.ts'
import { jsonText } from '../util/printable.ts'
import type { Context } from './context.ts'

/** An expression that fits this text and no other; people make it broader. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Prints a case as test/explain/field/*.json holds them: the text without names of this user and host,
 * what was answered, and empty fields for what should have been (docs/explain.md says how to fill them).
 */
export const reportCase = (context: Context, text: string, found: readonly Diagnosis[]): void => {
  const { version, user, out } = context
  const [first] = found
  const whole = {
    id: 'NAME-OF-THE-CASE',
    source: 'WHERE IT WAS PUBLISHED, OR "own report"',
    release: 'RELEASE OF CLOUD HYPERVISOR',
    situation: 'WHAT WAS DONE, AND WHAT HAPPENED',
    text,
    answered: {
      version,
      causes: found.map(({ cause, confidence }) => `${cause} (${confidence})`),
      first: first?.what ?? null,
    },
    expected: 'THE RIGHT ANSWER IN ONE SENTENCE',
    expected_regex: ['WORDS THAT A RIGHT ANSWER CONTAINS'],
    first_regex: [],
    must_not_regex: first ? [literal(first.hint.slice(0, 60))] : [],
    unknown_is_right: false,
    truth: 'said in the source, or judged',
  }
  out.result(jsonText(redact(whole, user, hostname())))
}

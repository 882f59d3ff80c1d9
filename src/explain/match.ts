/** Which causes a failure can have. */
import type { Cause } from './cause.ts'
import { knowledge } from './causes/registry.ts'
import type { Layer } from './diagnosis.ts'
import type { Evidence } from './evidence.ts'
import type { Failure } from './failures.ts'
import { compile, type Groups, type Matcher, type Subject, subjectOf } from './patterns.ts'
import { signalLines, signalWords } from './signals.ts'

interface Known extends Cause {
  readonly layer: Layer
  /** `patterns` and, for loose lines, `line`. */
  readonly matchers: readonly Matcher[]
  readonly lineMatchers: readonly Matcher[]
}

export interface Match {
  readonly cause: Known
  /** Named groups of the expression that matched. */
  readonly values: Groups
}

let compiled: readonly Known[] | null = null

/** Expressions are made on first use: there are hundreds, and most runs of the program need none. */
const known = (): readonly Known[] => {
  compiled ??= knowledge.flatMap(([layer, causes]) =>
    causes.map((cause) => ({
      ...cause,
      layer,
      matchers: (cause.patterns ?? []).map(compile),
      lineMatchers: [...(cause.line ?? []), ...(cause.signal ? signalLines(cause.signal) : [])].map(
        (expression) => compile([expression]),
      ),
    })),
  )
  return compiled
}

const matchOf = (cause: Known, form: Failure['form'], subjects: readonly Subject[]): Match | null => {
  // Patterns that name more stand first; the chain may have what the Debug text lacks.
  for (const matcher of form === 'line' ? [...cause.matchers, ...cause.lineMatchers] : cause.matchers) {
    for (const subject of subjects) {
      const values = matcher(subject)
      if (values) return { cause, values }
    }
  }
  return null
}

/**
 * A loose line without any of these words is no error of anybody: most of a long log is passed over
 * by this one expression instead of by hundreds.
 */
const prefilter = new RegExp(
  `${signalWords}|${
    /error|fail|fault|cannot|can't|could|unable|denied|not |n't|\bno\b|invalid|unknown|unsupported|unexpected|missing|requires|required|provided|too |exceeds|lower than|greater than|depend|mismatch|match|misaligned|lock|already|special|exist|kill|abort|abandon|status=|exit|\brc\b|command|lacks|Launch a|timeout|timed out|fallback|panic|BdsDxe|parsing|allocation|incompatible|Illegal|SIG[A-Z]|multiple|seccomp|file |hugepage|mergeable|bigger|gave up|DataSourceNone|expected|device|support|Size|open|bad |disable|disabling|nested|depth|zone|PVH|path was|not viable|Tap |TAP|tap\b|SUN_LEN|queues|reserved|deprecated|refused|stop|Exception|ASSERT|PANIC|Windows|BLUESCREEN|_[A-Z]{3,}|dracut|waiting|initramfs|emergency|unhandled|ignored|Reloc|MpInit|mandatory|Shell|grub|rescue|IOMMU|mapping|sandbox|DMAR|skipped|WARN|Unrecognized|incorrect|start job|Job dev|Dependency|superblock|MEMLOCK|VfioUser|[A-Z][a-z]+[A-Z]\w*\(|[\u0080-\uffff]/
      .source
  }`,
  'i',
)

/** No message is as long; what is has no line ends because it is no text. */
const maxLineLength = 2000

/** Whether a cause is looked for in this form: a warning is no error, and what ends a run is no warning. */
const suits = ({ severity = 'error', anyLevel }: Known, { form }: Failure): boolean => {
  const isWarning = severity === 'warning' || severity === 'note'
  if (form === 'line') return true
  if (form === 'warning') return isWarning || anyLevel === true
  return form === 'error-record' || !isWarning
}

/** @returns the first cause that fits, and the other readings of the same words behind it */
export const matchesOf = (failure: Failure, evidence: Evidence): readonly Match[] => {
  const [text = ''] = failure.texts
  if (failure.form === 'line' && (text.length > maxLineLength || !prefilter.test(text))) return []
  const subjects = failure.texts.map(subjectOf)
  for (const cause of known()) {
    if (!suits(cause, failure)) continue
    const match = matchOf(cause, failure.form, subjects)
    if (!match || cause.needs?.(evidence) === false) continue
    const others = known().filter(
      ({ alternativeOf, needs }) => alternativeOf === cause.id && needs?.(evidence) !== false,
    )
    return [match, ...others.map((other) => ({ cause: other, values: match.values }))]
  }
  return []
}

/** @returns the cause of an end by a signal that the program could not speak about */
export const matchOfSignal = (signal: string): Match | null => {
  const cause = known().find((one) => one.signal === signal)
  return cause ? { cause, values: {} } : null
}

/** Text in, explanations out: pure, so that the boot probe, `boot` and `explain` say the same. */
import { answerOf } from './answer.ts'
import { type Confidence, type Diagnosis, type Line, numbersOf, weakened } from './diagnosis.ts'
import { errnoIn } from './errno-words.ts'
import { type Evidence, phaseOf } from './evidence.ts'
import { explained } from './explanation.ts'
import { withConsequences } from './follow-ups.ts'
import { type Match, matchesOf, matchOfSignal } from './match.ts'
import { isErrorInPanic } from './panics.ts'
import { type Found, merged, ranked } from './ranking.ts'
import { withWholeValues } from './reading/broken-values.ts'
import { isCited } from './reading/cited.ts'
import { cleanLines } from './reading/clean.ts'
import { type CommandLine, findCommands } from './reading/command-line.ts'
import type { Failure } from './reading/failure.ts'
import { findFailures } from './reading/failures.ts'
import { quotedLines } from './reading/quotations.ts'
import { signalOfCode } from './signals.ts'
import { asOwnMessage } from './unknown/bare-message.ts'
import { ends, endsRun, isOurs } from './unknown/remainder.ts'
import { unknownFailure } from './unknown/unknown-failure.ts'

/** How a process that we started ended; what it printed may not say. */
export interface Ending {
  readonly code: number | null
  /** "SIGBUS", … */
  readonly signal: string | null
}

/** The last ones count; a text with more is no log of a few runs. */
const maxCommands = 200

/** A text that was read once: its lines, the commands in it, and what may tell of a failure. */
export interface Reading {
  readonly lines: readonly Line[]
  readonly commands: readonly CommandLine[]
  readonly failures: readonly Failure[]
}

/**
 * @param output what Cloud Hypervisor printed or logged, in whatever wrapping, and perhaps the command itself
 * @param firstLine the number of the first line, where the output is the end of something longer
 */
export const readOutput = (output: string, firstLine = 1): Reading =>
  readLines(withWholeValues(cleanLines(output, firstLine)))

/** Citations stay among the lines, which are evidence of what a text is about. */
const isNoCitation = ({ text }: Line): boolean => !isCited(text)

const readLines = (lines: readonly Line[]): Reading => ({
  lines,
  commands: findCommands(lines).slice(-maxCommands),
  failures: findFailures(lines.filter(isNoCitation)),
})

const eacces = 13

const confidenceOf = (
  failure: Failure,
  { phase, text }: Evidence,
  { cause, isErrnoOpen }: Match,
  index: number,
  count: number,
): Confidence => {
  const errno = errnoIn(text)
  const said = cause.confidence ?? (count === 1 ? 'certain' : index === 0 ? 'likely' : 'possible')
  // At a reboot the VM itself may be what holds a device.
  const isWeak =
    (failure.form === 'line' && cause.patterns !== undefined) ||
    phase === 'reboot' ||
    // A reason that was not made for this errno may be another one.
    (isErrnoOpen && errno !== null) ||
    // The mode of a file, the rules of Landlock and security modules are refused with the same errno.
    errno === eacces ||
    isErrorInPanic(failure, cause)
  return isWeak ? weakened(said) : said
}

/** The command that a failure belongs to: the last one before it, else the first one behind it. */
const commandOf = (commands: readonly CommandLine[], failure: Failure): CommandLine | null => {
  const line = failure.lines[0]?.number ?? 0
  return commands.findLast(({ lines }) => (lines[0]?.number ?? 0) <= line) ?? commands[0] ?? null
}

/** How far from its reason a shell may report a death. */
const nearby = 15

/** @returns whether the reason of a death stands beside it: its own line then says nothing new */
const toldOf = (failures: readonly Failure[]): ((failure: Failure) => boolean) => {
  const reasons = numbersOf(failures.filter(({ form }) => ends(form)))
  return ({ lines: [death] }) => {
    const number = death?.number ?? 0
    for (let at = number - nearby; at <= number + nearby; at++) if (reasons.has(at)) return true
    return false
  }
}

/** @returns whether any line fits; the same question is answered once, however often it is asked */
const asking = (lines: readonly Line[]): Evidence['says'] => {
  const answers = new Map<string, boolean>()
  return (expression) => {
    const answer = answers.get(expression.source) ?? lines.some(({ text }) => expression.test(text))
    answers.set(expression.source, answer)
    return answer
  }
}

/** What a process that ended by a signal could not say itself. */
const endOf = (ending: Ending | undefined, order: number, failures: readonly Failure[]): readonly Found[] => {
  const signal = ending?.signal ?? signalOfCode(ending?.code ?? 0)
  const match = signal === null ? null : matchOfSignal(signal)
  if (!match || failures.some(({ form }) => ends(form))) return []
  const evidence: Evidence = { phase: 'start', text: '', command: null, says: () => false }
  const diagnosis = explained(
    match,
    match.cause.confidence ?? 'likely',
    { form: 'line', texts: [], lines: [] },
    evidence,
  )
  return [{ diagnosis, order, since: order, run: 0, index: 0, ending: true, form: 'line', phase: 'start' }]
}

/** After how many failures the work pauses, so that an interruption is noticed. */
const slice = 200

/** Slice by slice: the same for those who wait and those who can be interrupted. */
function* explainingLines(
  { lines, commands, failures }: Reading,
  ending?: Ending,
): Generator<void, readonly Diagnosis[]> {
  const says = asking(lines)
  const isToldOf = toldOf(failures)
  const evidenceOf = (failure: Failure, before?: Failure): Evidence => {
    const text = failure.texts.join('\n')
    return {
      phase: phaseOf(text),
      text,
      command: commandOf(commands, failure),
      before: before?.texts[0],
      says,
    }
  }
  let run = 0
  const unmatched: Failure[] = []
  const found: Found[] = []
  const ofCommands = numbersOf(commands)
  for (const [order, given] of failures.entries()) {
    if (order % slice === 0) yield
    // Words of a command are what was asked for, not what went wrong.
    if (given.form === 'line' && ofCommands.has(given.lines[0]?.number ?? 0)) continue
    const evidence = evidenceOf(given, failures[order - 1])
    const asGiven = matchesOf(given, evidence)
    const failure = asGiven.length > 0 ? given : (asOwnMessage(given, failures.length) ?? given)
    const matches = failure === given ? asGiven : matchesOf(failure, evidence)
    const { form } = failure
    const common = { order, since: order, run, form, phase: evidence.phase }
    if (endsRun(form)) run++
    if (matches.length === 0) {
      unmatched.push(failure)
      if (!isOurs(failure)) continue
      found.push({ ...common, diagnosis: unknownFailure(failure, evidence), index: 0, ending: ends(form) })
    }
    for (const [index, match] of matches.entries()) {
      found.push({
        ...common,
        diagnosis: explained(
          match,
          confidenceOf(given, evidence, match, index, matches.length),
          failure,
          evidence,
        ),
        index,
        ending: ends(form) || (match.cause.line !== undefined && !isToldOf(failure)),
      })
    }
  }
  const all = merged([...found, ...endOf(ending, failures.length, failures)])
  const known = ranked(withConsequences(all, unmatched))
  return answerOf({ known, unmatched, lines, commands, failures, evidenceOf })
}

const isKnown = ({ cause }: Diagnosis): boolean => cause !== 'unknown'

/** A text in which nothing is recognised may be a person's sentence that quotes a program. */
function* explaining(reading: Reading, ending?: Ending): Generator<void, readonly Diagnosis[]> {
  const told = yield* explainingLines(reading, ending)
  const quoted = told.some(isKnown) ? [] : quotedLines(reading.lines.filter(isNoCitation))
  if (quoted.length === 0) return told
  const found = (yield* explainingLines(readLines(quoted)))
    .filter(({ severity }) => severity === 'error')
    .map((one) => ({ ...one, confidence: weakened(one.confidence) }))
  // A line that only looks like an error says less than what it quotes.
  const isLoose = told.every(({ severity }) => severity === 'note')
  return found.some(isKnown) || (found.length > 0 && isLoose) ? found : told
}

/**
 * @param ending how the process ended, where that is known: some deaths leave no word
 * @returns the explanations of all failures in the text, most important first; empty when it tells of none
 */
const diagnoseReading = (reading: Reading, ending?: Ending): readonly Diagnosis[] => {
  const steps = explaining(reading, ending)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/**
 * The same for long texts: pauses again and again, so that signals are noticed.
 * @throws the reason of the signal once it is aborted
 */
export const diagnoseInSteps = async (
  reading: Reading,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> => {
  const steps = explaining(reading)
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value
    await new Promise((resolve) => setImmediate(resolve))
    signal.throwIfAborted()
  }
}

/** Reads and explains in one step: see `readOutput` and `diagnoseReading`. */
export const diagnose = (output: string, ending?: Ending, firstLine = 1): readonly Diagnosis[] =>
  diagnoseReading(readOutput(output, firstLine), ending)

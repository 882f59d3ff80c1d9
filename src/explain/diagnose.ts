/** Text in, explanations out: pure, so that the boot probe, `boot` and `explain` say the same. */
import { adviceFor } from './advice.ts'
import { cleanLines } from './clean.ts'
import { type CommandLine, findCommands } from './command-line.ts'
import { valuesOf } from './command-values.ts'
import type { Confidence, Diagnosis, Line } from './diagnosis.ts'
import { type Evidence, phaseOf } from './evidence.ts'
import { type Failure, type Form, findFailures } from './failures.ts'
import { withConsequences } from './follow-ups.ts'
import { embeddedError, ourThread } from './forms.ts'
import { type Match, matchesOf, matchOfSignal } from './match.ts'
import { interpolate } from './patterns.ts'
import { type Found, merged, ranked } from './ranking.ts'
import { signalOfCode } from './signals.ts'
import { unknownFailure, unrecognisedLine } from './unknown-failure.ts'

/** How a process that we started ended; what it printed may not say. */
export interface Ending {
  readonly code: number | null
  /** "SIGBUS", … */
  readonly signal: string | null
}

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
export const readOutput = (output: string, firstLine = 1): Reading => {
  const lines = cleanLines(output, firstLine)
  return { lines, commands: findCommands(lines), failures: findFailures(lines) }
}

/** A single line without its surroundings proves less. */
const weakened = (confidence: Confidence): Confidence => (confidence === 'certain' ? 'likely' : confidence)

const confidenceOf = (failure: Failure, { cause }: Match, index: number, count: number): Confidence => {
  const said = cause.confidence ?? (count === 1 ? 'certain' : index === 0 ? 'likely' : 'possible')
  return failure.form === 'line' && cause.patterns !== undefined ? weakened(said) : said
}

const bare = ({ number, text }: Line): Line => ({ number, text })

/** What is to be known of the phase to act on the explanation. */
const phaseNotes: Readonly<Partial<Record<Evidence['phase'], string>>> = {
  restore:
    ' A snapshot is being restored: devices, paths and descriptors are those of its config.json, not of a command line.',
  reboot: ' It happened at a reboot of the guest: all devices are set up anew then.',
}

const explained = (
  match: Match,
  confidence: Confidence,
  lines: readonly Line[],
  evidence: Evidence,
): Diagnosis => {
  const { cause } = match
  const { command, phase } = evidence
  const values = { ...(command ? valuesOf(command) : {}), ...match.values }
  const isError = (cause.severity ?? 'error') === 'error'
  // What config.json of a snapshot names is not what the checks look at.
  const isLookedAt = phase !== 'restore' || !isError
  return {
    cause: cause.id,
    layer: cause.layer,
    severity: cause.severity ?? 'error',
    what: interpolate(cause.what, values),
    why: interpolate(cause.why, values) + ((isError && phaseNotes[phase]) || ''),
    hint: interpolate((phase === 'restore' && cause.atRestore) || cause.hint, values),
    check: (isLookedAt && cause.check) || null,
    confirmedBy: cause.confirmedBy ?? [],
    fix: (isLookedAt && cause.fix) || null,
    reference: cause.reference,
    confidence,
    lines: lines.map(bare),
    values: match.values,
    follows: null,
    times: 1,
  }
}

const advised = (command: CommandLine, lines: readonly Line[]): readonly Diagnosis[] =>
  adviceFor(command, lines).map(({ id, check, confirmedBy, fix, ...advice }) => ({
    ...advice,
    cause: id,
    severity: 'advice',
    check: check ?? null,
    confirmedBy: confirmedBy ?? [],
    fix: fix ?? null,
    lines: command.lines.map(bare),
    values: {},
    follows: null,
    times: 1,
  }))

/** Whether this ended a run by itself; records of the log and loose lines accompany something. */
const ends = (form: Form): boolean => ['chain', 'debug', 'answer', 'panic', 'usage'].includes(form)

/** Whether nothing of the same run follows; a panic and an answer of the API are not the end. */
const endsRun = (form: Form): boolean => ['chain', 'debug', 'usage'].includes(form)

/** The command that a failure belongs to: the last one before it, else the first one behind it. */
const commandOf = (commands: readonly CommandLine[], failure: Failure): CommandLine | null => {
  const line = failure.lines[0]?.number ?? 0
  return commands.findLast(({ lines }) => (lines[0]?.number ?? 0) <= line) ?? commands[0] ?? null
}

/** How far from its reason a shell may report a death. */
const nearby = 15

/** Whether the reason of a death stands beside it: its own line then says nothing new. */
const isToldOf = (failures: readonly Failure[], { lines: [death] }: Failure): boolean =>
  failures.some(
    ({ form, lines }) =>
      ends(form) && lines.some(({ number }) => Math.abs(number - (death?.number ?? 0)) <= nearby),
  )

/** Parts of the program that a panic of it names, and its threads; other programs panic too. */
const ourPanic =
  /^panicked at (?:\S*\/)?(?:vmm|cloud-hypervisor|hypervisor|arch|block|devices|event_monitor|net_util|option_parser|pci|rate_limiter|serial_buffer|tpm|tracer|vhost_user_\w+|virtio-devices|vm-allocator|vm-device|vm-migration|vm-virtio|api_client)\/src\//

/** Whether an error that is not known is at least certainly one of Cloud Hypervisor. */
const isOurs = ({ form, texts, lines }: Failure): boolean =>
  form === 'panic'
    ? ourPanic.test(texts[0] ?? '') ||
      texts.length > 1 ||
      ourThread.test(/thread '([^']{0,80})'/.exec(lines[0]?.text ?? '')?.[1] ?? '')
    : ends(form)

/** A level of a chain, pasted alone, or a line that names the program. */
const ourLine = /cloud-hypervisor|ch-remote|\bvmm\b/i

/** An errno without anything that is known is still worth a word, when there is nothing better. */
const remainder = (
  failures: readonly Failure[],
  evidenceOf: (failure: Failure) => Evidence,
): readonly Diagnosis[] => {
  const rest =
    failures.findLast(({ form }) => form === 'error-record') ??
    failures.findLast(
      ({ form, texts, lines }) =>
        form === 'line' &&
        (embeddedError.test(texts[0] ?? '') ||
          (/\(os error \d+\)/.test(texts[0] ?? '') &&
            (/^\s*\d+: /.test(lines[0]?.text ?? '') || ourLine.test(texts[0] ?? '')))),
    )
  return rest ? [unknownFailure(rest, evidenceOf(rest))] : []
}

/** What a line looks like that a person would take for the error. */
const looksLikeError =
  /\b(?:error|fail(?:ed|ure)?|fatal|panic|exception|denied|refused|cannot|unable|timed? ?out|abort(?:ed)?|invalid|not found)\b/i

/** Beside a command alone: a line that nothing was recognised in, so that doubts about the command do not stand for it. */
const unrecognised = (
  failures: readonly Failure[],
  commands: readonly CommandLine[],
): readonly Diagnosis[] => {
  const used = new Set(commands.flatMap(({ lines }) => lines.map(({ number }) => number)))
  const line = failures.find(
    ({ form, texts, lines }) =>
      form === 'line' && looksLikeError.test(texts[0] ?? '') && !used.has(lines[0]?.number ?? 0),
  )
  return line ? [unrecognisedLine(line)] : []
}

/** What a process that ended by a signal could not say itself. */
const endOf = (ending: Ending | undefined, order: number, failures: readonly Failure[]): readonly Found[] => {
  const signal = ending?.signal ?? signalOfCode(ending?.code ?? 0)
  const match = signal === null ? null : matchOfSignal(signal)
  if (!match || failures.some(({ form }) => ends(form))) return []
  const evidence: Evidence = { phase: 'start', text: '', command: null, says: () => false }
  const diagnosis = explained(match, match.cause.confidence ?? 'likely', [], evidence)
  return [{ diagnosis, order, since: order, run: 0, index: 0, ending: true, form: 'line', phase: 'start' }]
}

/**
 * @param ending how the process ended, where that is known: some deaths leave no word
 * @returns the explanations of all failures in the text, most important first; empty when it tells of none
 */
export const diagnoseReading = (
  { lines, commands, failures }: Reading,
  ending?: Ending,
): readonly Diagnosis[] => {
  const says = (expression: RegExp) => lines.some(({ text }) => expression.test(text))
  const evidenceOf = (failure: Failure): Evidence => {
    const text = failure.texts.join('\n')
    return { phase: phaseOf(text), text, command: commandOf(commands, failure), says }
  }
  let run = 0
  const unmatched: Failure[] = []
  const found = failures.flatMap((failure, order): Found[] => {
    const evidence = evidenceOf(failure)
    const { form } = failure
    const common = { order, since: order, run, form, phase: evidence.phase }
    if (endsRun(form)) run++
    const matches = matchesOf(failure, evidence)
    if (matches.length === 0) {
      unmatched.push(failure)
      return isOurs(failure)
        ? [{ ...common, diagnosis: unknownFailure(failure, evidence), index: 0, ending: ends(form) }]
        : []
    }
    return matches.map((match, index) => ({
      ...common,
      diagnosis: explained(
        match,
        confidenceOf(failure, match, index, matches.length),
        failure.lines,
        evidence,
      ),
      index,
      ending: ends(form) || (match.cause.line !== undefined && !isToldOf(failures, failure)),
    }))
  })
  const known = ranked(withConsequences(merged([...found, ...endOf(ending, failures.length, failures)])))
  const errors = known.filter(({ severity }) => severity === 'error')
  const layers = new Set(errors.map(({ layer }) => layer))
  const last = commands.at(-1)
  // Doubts about a command are worth reading where nothing failed, or where it failed in that layer.
  const advice = last
    ? advised(last, lines).filter(({ layer }) => errors.length === 0 || layers.has(layer))
    : []
  const rest = errors.length === 0 ? remainder(unmatched, evidenceOf) : []
  const other = known.length + rest.length === 0 && last ? unrecognised(unmatched, commands) : []
  return [...rest, ...other, ...known, ...advice]
}

/** Reads and explains in one step: see `readOutput` and `diagnoseReading`. */
export const diagnose = (output: string, ending?: Ending, firstLine = 1): readonly Diagnosis[] =>
  diagnoseReading(readOutput(output, firstLine), ending)

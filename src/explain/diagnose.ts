/** Text in, explanations out: pure, so that the boot probe, `boot` and `explain` say the same. */
import { adviceFor } from './advice.ts'
import { cleanLines } from './clean.ts'
import { type CommandLine, findCommands } from './command-line.ts'
import { valuesOf } from './command-values.ts'
import type { Confidence, Diagnosis, Line } from './diagnosis.ts'
import { type Failure, type Form, findFailures } from './failures.ts'
import { type Match, matchesOf } from './match.ts'
import { interpolate } from './patterns.ts'
import { type Found, merged, ranked } from './ranking.ts'
import { unknownFailure } from './unknown-failure.ts'

/** How a process that we started ended; what it printed may not say. */
export interface Ending {
  readonly code: number | null
  /** "SIGBUS", … */
  readonly signal: string | null
}

/** A single line without its surroundings proves less. */
const weakened = (confidence: Confidence): Confidence => (confidence === 'certain' ? 'likely' : confidence)

const confidenceOf = (failure: Failure, { cause }: Match, index: number, count: number): Confidence => {
  const said = cause.confidence ?? (count === 1 ? 'certain' : index === 0 ? 'likely' : 'possible')
  return failure.form === 'line' && !cause.line ? weakened(said) : said
}

const bare = ({ number, text }: Line): Line => ({ number, text })

const explained = (
  failure: Failure,
  match: Match,
  confidence: Confidence,
  command: CommandLine | null,
): Diagnosis => {
  const { cause } = match
  const values = { ...(command ? valuesOf(command) : {}), ...match.values }
  return {
    cause: cause.id,
    layer: cause.layer,
    severity: cause.severity ?? 'error',
    what: interpolate(cause.what, values),
    why: interpolate(cause.why, values),
    hint: interpolate(cause.hint, values),
    check: cause.check ?? null,
    confirmedBy: cause.confirmedBy ?? [],
    fix: cause.fix ?? null,
    reference: cause.reference,
    confidence,
    lines: failure.lines.map(bare),
    values: match.values,
    times: 1,
  }
}

const advised = (command: CommandLine): readonly Diagnosis[] =>
  adviceFor(command).map(({ id, check, confirmedBy, fix, ...advice }) => ({
    ...advice,
    cause: id,
    severity: 'advice',
    check: check ?? null,
    confirmedBy: confirmedBy ?? [],
    fix: fix ?? null,
    lines: command.lines.map(bare),
    values: {},
    times: 1,
  }))

/** Whether this ended a run by itself; records of the log and loose lines accompany something. */
const ends = (form: Form): boolean => ['chain', 'debug', 'panic', 'usage'].includes(form)

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

/** Whether an error that nobody here knows is at least certainly one of Cloud Hypervisor. */
const isOurs = ({ form, texts }: Failure): boolean =>
  form === 'panic' ? ourPanic.test(texts[0] ?? '') || texts.length > 1 : ends(form)

/** A level of a chain, pasted alone, or a line that names the program. */
const ourLine = /cloud-hypervisor|ch-remote|\bvmm\b/i

/** An errno without anything that we know is still worth a word, when there is nothing better. */
const remainder = (failures: readonly Failure[]): readonly Diagnosis[] => {
  const rest =
    failures.findLast(({ form }) => form === 'error-record') ??
    failures.findLast(
      ({ form, texts, lines }) =>
        form === 'line' &&
        /\(os error \d+\)/.test(texts[0] ?? '') &&
        (/^\s*\d+: /.test(lines[0]?.text ?? '') || ourLine.test(texts[0] ?? '')),
    )
  return rest ? [unknownFailure(rest)] : []
}

const endingText = ({ code, signal }: Ending): string =>
  signal ? `killed by ${signal}` : code ? `exit code ${code}` : ''

/**
 * @param output what Cloud Hypervisor printed or logged, in whatever wrapping, and perhaps the command itself
 * @param ending how the process ended, where that is known: some deaths leave no word
 * @param firstLine the number of the first line, where the output is the end of something longer
 * @returns the explanations of all failures in the output, most important first; empty when it tells of none
 */
export const diagnose = (output: string, ending?: Ending, firstLine = 1): readonly Diagnosis[] => {
  const end = ending ? endingText(ending) : ''
  const lines = cleanLines(end ? `${output}\n${end}` : output, firstLine)
  const commands = findCommands(lines)
  const failures = findFailures(lines)
  const found = failures.flatMap((failure, order): Found[] => {
    const ending = ends(failure.form)
    const matches = matchesOf(failure)
    if (matches.length === 0) {
      return isOurs(failure) ? [{ diagnosis: unknownFailure(failure), order, index: 0, ending }] : []
    }
    const command = commandOf(commands, failure)
    return matches.map((match, index) => ({
      diagnosis: explained(failure, match, confidenceOf(failure, match, index, matches.length), command),
      order,
      index,
      ending: ending || (match.cause.line !== undefined && !isToldOf(failures, failure)),
    }))
  })
  const known = ranked(merged(found))
  const errors = known.filter(({ severity }) => severity === 'error')
  const layers = new Set(errors.map(({ layer }) => layer))
  const last = commands.at(-1)
  // Doubts about a command are worth reading where nothing failed, or where it failed in that layer.
  const advice = last ? advised(last).filter(({ layer }) => errors.length === 0 || layers.has(layer)) : []
  return [...(errors.length === 0 ? remainder(failures) : []), ...known, ...advice]
}

/** Puts together what is said of a text: what was recognised, what was not, and doubts about the command. */
import { adviceFor, adviceForPart, adviceForSilence } from './advice/advice.ts'
import { besideCommands, isRelevant } from './advice/relevance.ts'
import { requestFieldAdvice } from './advice/request-fields.ts'
import { sharedAdvice } from './advice/shared-advice.ts'
import { bare, type Confidence, type Diagnosis, type Line, standingAlone, weakened } from './diagnosis.ts'
import type { Evidence } from './evidence.ts'
import { progressOf } from './progress.ts'
import { type CommandLine, partOfCommand } from './reading/command-line.ts'
import type { Failure } from './reading/failure.ts'
import { stackParts } from './unknown/kernel-stack.ts'
import { beforeGuestEnd, likely, placed } from './unknown/placed.ts'
import { programTrace } from './unknown/program-trace.ts'
import { besideErrors, remainder, tellsMore, unknownWarnings, unrecognised } from './unknown/remainder.ts'
import { subjectBeside, subjectOf } from './unknown/subjects/subject-of-text.ts'
import { termsBeside } from './unknown/terms/terms-beside.ts'

interface Findings {
  /** What was recognised, in its order. */
  readonly known: readonly Diagnosis[]
  /** Failures for which there is no cause. */
  readonly unmatched: readonly Failure[]
  readonly lines: readonly Line[]
  readonly commands: readonly CommandLine[]
  readonly failures: readonly Failure[]
  readonly evidenceOf: (failure: Failure) => Evidence
}

/**
 * @param confidenceIn how far a doubt may be trusted: beside other output it does not explain what happened
 */
const advised = (
  command: CommandLine,
  doubts: ReturnType<typeof adviceFor>,
  confidenceIn: (said: Confidence) => Confidence = (said) => said,
): readonly Diagnosis[] =>
  doubts.map(({ id, check, confirmedBy, fix, confidence, ...advice }) => ({
    ...standingAlone,
    ...advice,
    cause: id,
    confidence: confidenceIn(confidence),
    severity: 'advice',
    check: check ?? null,
    confirmedBy: confirmedBy ?? [],
    fix: fix ?? null,
    lines: command.lines.map(bare),
  }))

/** Cloud Hypervisor does not start with these: what is told beside them follows from it, or is of another run. */
const refused: ReadonlySet<string> = new Set([
  'option-of-flag-unknown',
  'option-path-empty',
  'command-line-broken',
])

/** Doubts about the last command, where they are worth reading: nothing failed, or it failed in that layer. */
const doubts = (
  command: CommandLine,
  beside: readonly Line[],
  { known, lines, commands, failures }: Findings,
): readonly Diagnosis[] => {
  const errors = known.filter(({ severity }) => severity === 'error')
  const layers = new Set(errors.map(({ layer }) => layer))
  return advised(
    command,
    adviceFor(command, lines),
    tellsMore(failures, commands) ? weakened : undefined,
  ).filter(
    ({ cause, layer }) =>
      (errors.length === 0 || layers.has(layer) || refused.has(cause)) &&
      isRelevant(cause, beside, errors.length > 0),
  )
}

const isUnknown = ({ cause }: Diagnosis): boolean => cause === 'unknown'

/** A part of a command was quoted, and no whole one. */
const doubtsOfPart = (lines: readonly Line[]): readonly Diagnosis[] => {
  const part = partOfCommand(lines)
  return part ? advised(part, adviceForPart(part, lines)) : []
}

/** Of a kernel, or of a program. */
const tracesOf = (lines: readonly Line[]): readonly Diagnosis[] => [
  ...stackParts(lines),
  ...programTrace(lines),
]

const bareEnds: ReadonlySet<string> = new Set([
  'unit-ended',
  'unit-killed',
  'unit-job-failed',
  'pipeline-ended',
])

/** @returns the answer, most important first; empty where the text tells of nothing */
export const answerOf = (findings: Findings): readonly Diagnosis[] => {
  const { known, unmatched, lines, commands, evidenceOf } = findings
  const command = commands.at(-1)
  const beside = besideCommands(lines, commands)
  const shared = command && beside.length === 0 ? sharedAdvice(commands) : []
  const advice = command
    ? [...advised(command, shared), ...doubts(command, beside, findings)]
    : doubtsOfPart(lines)
  const errors = known.filter(({ severity }) => severity === 'error')
  // That a unit or a step of a pipeline ended says nothing; what it printed before may.
  if (errors.length > 0 && errors.every(({ cause }) => bareEnds.has(cause))) {
    return [...likely(unmatched), ...known, ...advice]
  }
  const fields = requestFieldAdvice(lines)
  if (errors.length > 0) {
    const unknown = besideErrors(unmatched, known)
    const others = unknown.length > 0 ? unknown : beforeGuestEnd(unmatched, known)
    const terms = errors.every(({ confidence }) => confidence === 'possible')
      ? termsBeside([...known, ...others], beside)
      : []
    return [...known, ...fields, ...advice, ...others, ...stackParts(lines), ...terms]
  }
  const rest = remainder(unmatched, evidenceOf)
  const warnings = rest.length === 0 ? unknownWarnings(unmatched) : []
  const isSilent = known.length + warnings.length + fields.length === 0
  const other =
    rest.length > 0
      ? []
      : command
        ? unrecognised(unmatched, commands, isSilent ? 'command' : 'warnings')
        : placed(unmatched, isSilent)
  // A remark does not stand for an error beside it that is not known.
  const isRemarkAlone = known.length > 0 && rest.length + other.length === 0
  const told = [
    ...rest,
    ...other,
    ...fields,
    ...known,
    ...warnings,
    ...(isRemarkAlone ? besideErrors(unmatched, known) : []),
    ...advice,
  ]
  const isDoubted =
    command !== undefined && told.length > 0 && told.every(({ severity }) => severity === 'advice')
  if (isDoubted) return [...told, ...subjectOf(beside, true)]
  const said = told.length > 0 ? told : progressOf(beside, command !== undefined)
  if (said.length > 0)
    return said.every(isUnknown)
      ? [
          ...said,
          ...tracesOf(lines),
          ...subjectBeside(said, lines, command !== undefined),
          ...termsBeside(said, beside),
        ]
      : [...said, ...stackParts(lines)]
  if (!command) return [...tracesOf(lines), ...subjectOf(lines), ...termsBeside([], lines)]
  return [...advised(command, adviceForSilence(command, beside.length === 0)), ...subjectOf(beside, true)]
}

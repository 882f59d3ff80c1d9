/** Turns what matched into what is said. */
import { familyIds } from './causes/registry.ts'
import { valuesOf } from './command-values.ts'
import { circumstances } from './contexts.ts'
import { bare, type Confidence, type Diagnosis } from './diagnosis.ts'
import { errnoIn } from './errno-words.ts'
import type { Evidence } from './evidence.ts'
import type { Match } from './match.ts'
import { isErrorInPanic, panicNote, placeOfFailure } from './panics.ts'
import { interpolate } from './patterns.ts'
import type { Failure } from './reading/failure.ts'
import { hintUnderModule, isRefusedByModule } from './refused-by-module.ts'
import { valuesOfFailure } from './said.ts'
import { termsIn } from './unknown/terms/terms-in.ts'
import { optionOfSource } from './unknown/touched.ts'

/** What is to be known of the phase to act on the explanation. */
const phaseNotes: Readonly<Partial<Record<Evidence['phase'], string>>> = {
  restore:
    ' A snapshot is being restored: devices, paths and descriptors are those of its config.json, not of a command line.',
  reboot:
    ' It happened at a reboot of the guest: all devices are set up anew then, and what this VM itself held before may not be free yet (a defect of some releases).',
}

const hintOf = (cause: Match['cause'], { phase, text }: Evidence): string =>
  (phase === 'restore' && cause.atRestore) || (/^Error from API\b/m.test(text) && cause.overApi) || cause.hint

/** Whether the words fit several reasons: those of a family, or of any error number. */
const leavesOpen = ({ id }: Match['cause'], isErrnoOpen: boolean): boolean => isErrnoOpen || familyIds.has(id)

const eacces = 13
const namesModules = /Landlock|SELinux|AppArmor|security module/
const otherRefusals = 'Landlock, SELinux and AppArmor refuse it in the same way.'

const isMadeFor = ({ errnos = [], patterns = [] }: Match['cause'], errno: number): boolean =>
  errnos.includes(errno) || patterns.some((pattern) => pattern.includes(errno))

/** What the errno says is added where it did not decide for this cause, and to a family what its words stand for. */
const whyOf = (
  { cause, isErrnoOpen }: Match,
  values: Readonly<Record<string, string>>,
  { text }: Evidence,
): string => {
  const isError = cause.severity === undefined
  const { said, steps = '', errno } = values
  // What leaves the reason open shows the words that hold it.
  const needsWords = isError && leavesOpen(cause, isErrnoOpen) && !/\{said\b/.test(cause.what + cause.why)
  return [
    interpolate(cause.why, values),
    isError && errnoIn(text) === eacces && isMadeFor(cause, eacces) && !namesModules.test(cause.why)
      ? otherRefusals
      : null,
    isErrnoOpen && isError && !/\{errno\b/.test(cause.why) ? errno : null,
    needsWords && said !== undefined ? `Its innermost words are: ${said}${steps}.` : null,
    isError && (familyIds.has(cause.id) || cause.confidence === 'possible')
      ? termsIn(`${said ?? ''}${steps}`, 1)
      : null,
  ]
    .filter(Boolean)
    .join(' ')
}

/** The line above a crash, for the texts that show it. */
const aboveOf = ({ before = '' }: Evidence): Readonly<Record<string, string>> =>
  /[A-Za-z]{3}/.test(before) ? { above: `The line above it says: ${before.slice(0, 160)}.` } : {}

/** @returns the explanation of a failure by a cause that fits it */
export const explained = (
  match: Match,
  confidence: Confidence,
  failure: Failure,
  evidence: Evidence,
): Diagnosis => {
  const { cause } = match
  const { command, phase } = evidence
  const values = {
    ...(command ? valuesOf(command) : {}),
    ...valuesOfFailure(failure, phase),
    ...aboveOf(evidence),
    // Few texts name the step: looking for it in each of a long log would take as long as all the rest.
    ...(/\{during\b/.test(cause.what + cause.why) ? { during: placeOfFailure(failure).doing } : {}),
    ...match.values,
  }
  const isError = (cause.severity ?? 'error') === 'error'
  // What config.json of a snapshot names is not what the checks look at.
  const isLookedAt = phase !== 'restore' || !isError
  // Where the reason is left open, the circumstances are part of it.
  const isOpen = cause.confidence === 'possible' || leavesOpen(cause, match.isErrnoOpen)
  const around = isError && isOpen ? circumstances(cause.layer, evidence) : ''
  const ofPanic = failure.form === 'panic' && isOpen && command ? optionOfSource(evidence.text, command) : ''
  return {
    cause: cause.id,
    layer: cause.layer,
    severity: cause.severity ?? 'error',
    what: interpolate(cause.what, values),
    why: [
      whyOf(match, values, evidence),
      isErrorInPanic(failure, cause) ? panicNote : '',
      ofPanic && ` ${ofPanic}`,
      (isError && phaseNotes[phase]) || '',
      around && ` ${around}`,
    ].join(''),
    hint: interpolate(hintUnderModule(hintOf(cause, evidence), evidence), values),
    check: (isLookedAt && cause.check) || null,
    confirmedBy: cause.confirmedBy ?? [],
    fix: (isLookedAt && !isRefusedByModule(evidence) && cause.fix) || null,
    reference: cause.reference,
    confidence,
    lines: failure.lines.map(bare),
    values: match.values,
    follows: null,
    times: 1,
  }
}

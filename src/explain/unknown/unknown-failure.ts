/** What can be said of an error that the knowledge does not have: where it happened, the errno, and what would tell more. */

import { bothEnds } from '../both-ends.ts'
import { circumstances } from '../contexts.ts'
import { bare, type Diagnosis, standingAlone } from '../diagnosis.ts'
import { errnoIn, errnoInWords, whatTellsApart } from '../errno-words.ts'
import type { Evidence } from '../evidence.ts'
import { natureOfPanic, placeOfFailure, whatToDoAboutPanic } from '../panics.ts'
import { type Place, placeOf } from '../places.ts'
import type { CommandLine } from '../reading/command-line.ts'
import type { Failure } from '../reading/failure.ts'
import { innermostOf, phaseInWords } from '../said.ts'
import { lookAround, type Origin } from './origins.ts'
import type { Reason } from './reasons/reason.ts'
import { particularReason, reasonIn } from './reasons/reason-in-line.ts'
import { reasonOfPart } from './reasons/reason-of-part.ts'
import { usualReason } from './reasons/usual.ts'
import { termsIn } from './terms/terms-in.ts'
import { optionOfSource, partOfCommandIn } from './touched.ts'

const search =
  'Look for the message in the tracker of Cloud Hypervisor, and run `chv-doctor check`: another cause may show there.'

/** Of the errno alone: what other words of a line say may be of another program. */
const errnoReason = (text: string): Partial<Reason> => {
  const number = errnoIn(text)
  if (number === null) return {}
  return (
    reasonOfPart(text, number) ?? {
      why: `Its error number says: ${errnoInWords(number)}.`,
      tells: whatTellsApart(number),
    }
  )
}

/** @returns a diagnosis that says no more than is known */
export const unknownFailure = (failure: Failure, evidence: Evidence): Diagnosis => {
  const { phase } = evidence
  const { form, texts, lines } = failure
  const all = texts.join('\n')
  const { layer, doing } = placeOfFailure(failure)
  const reason = errnoReason(all)
  const kind =
    form === 'panic' ? 'crashed (a panic)' : form === 'usage' ? 'refused its command line' : 'failed'
  return {
    cause: 'unknown',
    layer,
    severity: 'error',
    what: `Cloud Hypervisor ${kind}${form === 'usage' ? '' : ` while ${doing}`}: ${innermostOf(failure)}`,
    why: [
      'This message is not among those that chv-doctor knows.',
      form === 'panic' ? natureOfPanic : null,
      form === 'panic' && evidence.command ? optionOfSource(all, evidence.command) : null,
      reason.why,
      termsIn(all),
      phaseInWords(phase),
      circumstances(layer, evidence),
    ]
      .filter(Boolean)
      .join(' '),
    hint: [reason.tells, form === 'panic' ? whatToDoAboutPanic : null, search].filter(Boolean).join(' '),
    ...standingAlone,
    reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
    confidence: 'possible',
    lines: lines.map(bare),
  }
}

/** What stands beside a line that was not recognised. */
export type Beside = 'command' | 'warnings' | 'error'

const besideWords: Readonly<Record<Beside, readonly [what: string, why: string]>> = {
  command: [
    'Only the command was recognised. This line is not among those that chv-doctor knows',
    'It may be of another program, a backend or the guest. Doubts about the command, where any follow, need not have to do with it.',
  ],
  warnings: [
    'This line is not among those that chv-doctor knows, and may be the error',
    'What else was recognised in the text are warnings and remarks, which need not have to do with it.',
  ],
  error: [
    'The text holds an error beside it that chv-doctor does not know',
    'It may be the reason, or a consequence, or have nothing to do with what is explained above: compare the order of the lines.',
  ],
}

/** @returns that a line was not recognised, and what the explanations around it are then worth */
export const unrecognisedLine = (
  { texts, lines }: Failure,
  beside: Beside = 'command',
  command: CommandLine | null = null,
): Diagnosis => ({
  cause: 'unknown',
  layer: 'other',
  severity: 'note',
  what: `${besideWords[beside][0]}: ${(texts[0] ?? '').replace(/\n/g, ' ').slice(0, 200)}`,
  why: [
    besideWords[beside][1],
    reasonIn(texts[0] ?? '')?.why,
    termsIn(texts[0] ?? ''),
    command === null ? null : partOfCommandIn(texts[0] ?? '', command),
  ]
    .filter(Boolean)
    .join(' '),
  hint: 'Give the whole output of Cloud Hypervisor, standard error included: `COMMAND 2>&1 | chv-doctor explain -`.',
  ...standingAlone,
  reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
  confidence: 'possible',
  lines: lines.map(bare),
})

/** @returns what can be said of a warning that is not known: of which part, and that it is no end */
export const unknownWarning = (failure: Failure): Diagnosis => {
  const { texts, lines } = failure
  const text = innermostOf(failure)
  const { layer, doing } = placeOf(texts.join('\n'), lines[0]?.thread, lines[0]?.source)
  const number = errnoIn(texts.join('\n'))
  return {
    ...unknownFailure(failure, { phase: 'start', text, command: null, says: () => false }),
    layer,
    severity: 'note',
    what: `Cloud Hypervisor warns${doing === 'running' ? '' : ` while ${doing}`}: ${text}`,
    why: [
      'This warning is not among the messages that chv-doctor knows. A warning does not end the VM, and is not an error: the VM goes on.',
      number === null ? null : `Its error number says: ${errnoInWords(number)}.`,
      termsIn(text),
    ]
      .filter(Boolean)
      .join(' '),
    hint: 'If something does not work, look for a record with ERROR, or for the last words before the end; the warning alone need not have to do with it.',
  }
}

/** The reason that a line names, or what is usual for the step that it says failed. */
const reasonOf = (text: string): Reason | null => reasonIn(text) ?? usualReason(text)

/** @returns who wrote a line that is not known, and the reason that its words name */
export const placedLine = (failure: Failure, { layer, of, look }: Origin): Diagnosis => {
  const text = failure.texts.join(': ')
  const reason = reasonOf(text)
  return {
    ...unrecognisedLine(failure),
    layer,
    what: `This line is not among those that chv-doctor knows. It is one of ${of}: ${bothEnds(text)}`,
    why: [reason?.why, termsIn(text), 'By its words it is no message of Cloud Hypervisor itself.']
      .filter(Boolean)
      .join(' '),
    hint: [look, reason?.tells].filter(Boolean).join(' '),
  }
}

/** @returns what the line says that looks most like an error, in a text of which nothing is known but its writer */
export const lineOfWriter = (failure: Failure, writer: string): Diagnosis => {
  const text = failure.texts.join(': ')
  const reason = reasonOf(text)
  return {
    ...unrecognisedLine(failure),
    what: `This line looks most like the error, and is not among those that chv-doctor knows. It was written by ${writer}: ${bothEnds(text)}`,
    why: [
      reason?.why,
      termsIn(text),
      'By its words it is no message of Cloud Hypervisor itself, and it does not tell whether that was reached.',
    ]
      .filter(Boolean)
      .join(' '),
    hint: [reason?.tells, lookAround].filter(Boolean).join(' '),
  }
}

/**
 * @param place what it is about, as far as its words show that it has to do with a virtual machine
 * @returns what a line says of which the text does not tell who wrote it
 */
export const lineWithoutWriter = (failure: Failure, place: Place | null): Diagnosis => {
  const text = failure.texts.join(': ')
  const said: Partial<Reason> = (place === null ? reasonIn(text) : errnoReason(text)) ?? {}
  const reason = said.why === undefined ? (particularReason(text) ?? usualReason(text) ?? {}) : said
  const isPlaced = place !== null && place.layer !== 'usage' && place.doing !== 'running'
  return {
    ...unrecognisedLine(failure),
    layer: isPlaced ? place.layer : 'other',
    what: `This line is not among those that chv-doctor knows, and does not tell which program wrote it: ${bothEnds(text)}`,
    why: [
      reason.why,
      termsIn(text),
      isPlaced ? `By its words it happened while ${place.doing}.` : null,
      place === null
        ? 'Whether it has to do with Cloud Hypervisor is unknown.'
        : 'It may be of Cloud Hypervisor, or of a program around it.',
    ]
      .filter(Boolean)
      .join(' '),
    hint: [reason.tells, lookAround].filter(Boolean).join(' '),
  }
}

/** @returns a line that looks like an error, too, and stands before the one that is told */
export const lineBefore = (failure: Failure): Diagnosis => {
  const text = failure.texts.join(': ')
  const reason = reasonOf(text)
  return {
    ...unrecognisedLine(failure),
    what: `Before it stands another line that looks like an error: ${bothEnds(text)}`,
    why: [reason?.why, termsIn(text), 'What was met first is often the reason of what follows.']
      .filter(Boolean)
      .join(' '),
    hint: reason?.tells ?? 'Read both in their order, with what stands between them.',
  }
}

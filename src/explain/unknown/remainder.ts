/** What is ours of a text although no cause is known for it, and what is said of the rest. */

import { type Diagnosis, numbersOf } from '../diagnosis.ts'
import { errnoIn } from '../errno-words.ts'
import type { Evidence } from '../evidence.ts'
import { isOurPanic } from '../panics.ts'
import type { CommandLine } from '../reading/command-line.ts'
import type { Failure, Form } from '../reading/failure.ts'
import { embeddedError } from '../reading/forms.ts'
import { exceptionHead, failureWords } from './failure-words.ts'
import { gravity, namesFailure } from './likely-line.ts'
import { looksLikeError } from './placed.ts'
import { type Beside, unknownFailure, unknownWarning, unrecognisedLine } from './unknown-failure.ts'

/** Whether this ended a run by itself; records of the log and loose lines accompany something. */
export const ends = (form: Form): boolean => ['chain', 'debug', 'answer', 'panic', 'usage'].includes(form)

/** Whether nothing of the same run follows; a panic and an answer of the API are not the end. */
export const endsRun = (form: Form): boolean => ['chain', 'debug', 'usage'].includes(form)

/** Whether an error that is not known is at least certainly one of Cloud Hypervisor. */
export const isOurs = (failure: Failure): boolean =>
  failure.form === 'panic' ? isOurPanic(failure) : ends(failure.form)

/** A level of a chain, pasted alone, or a line that names the program. */
const ourLine = /cloud-hypervisor|ch-remote|\bvmm\b/i

/** An errno without anything that is known is still worth a word, when there is nothing better. */
export const remainder = (
  failures: readonly Failure[],
  evidenceOf: (failure: Failure) => Evidence,
): readonly Diagnosis[] => {
  const rest =
    failures.findLast(({ form }) => form === 'error-record') ??
    failures.findLast(
      ({ form, texts, lines, isForeign }) =>
        form === 'line' &&
        !isForeign &&
        (embeddedError.test(texts[0] ?? '') ||
          (/\(os error \d+\)/.test(texts[0] ?? '') &&
            (/^\s*\d+: /.test(lines[0]?.text ?? '') || ourLine.test(texts[0] ?? '')))),
    )
  return rest ? [unknownFailure(rest, evidenceOf(rest))] : []
}

/** Firmware and boot loaders write their progress to a port, which is logged as a warning. */
const progress = /^\[.{0,60}\bcode:? 0x/

/** A warning that is not known is still worth a word where there is no error. */
export const unknownWarnings = (failures: readonly Failure[]): readonly Diagnosis[] => {
  const last = failures.findLast(({ form, texts }) => form === 'warning' && !progress.test(texts[0] ?? ''))
  return last ? [unknownWarning(last)] : []
}

/** What happens to a guest or a program without the word "error" in it. */
const looksLikeEvent =
  /\b(?:stall(?:s|ed)?|lock-?up|hung|hangs?|hanging|fr(?:eez(?:es?|ing)|oze|ozen)|unresponsive|100 ?% (?:of )?cpu|call trace|backtrace|oops|BUG:|crash(?:ed|es)?|stuck|starved|killed|(?:vcpu|vm|guest|system|machine) (?:was |is |got )?(?:reset|rebooted|shut ?down)|rebooting|shut ?down)\b/i

/** The kernel repeats its command line, in which "panic=" and "reboot=" are options. */
const repeatsCommand = /\bcommand line: /i

/** @returns whether the text holds more than commands: then doubts about them do not explain what happened */
export const tellsMore = (failures: readonly Failure[], commands: readonly CommandLine[]): boolean => {
  const used = numbersOf(commands)
  return failures.some(({ lines, texts }) => !used.has(lines[0]?.number ?? 0) && /\w{3}/.test(texts[0] ?? ''))
}

/** Levels, errnos and words by which a line is certainly an error, whoever wrote it. */
const isPlainError =
  /\(os error \d+\)|\berrno\b|\b[Ee]rror -\d{1,3}\b|^(?:fatal|FATAL|panic|Error|ERROR)\b|\bparameter not set\b|\bunbound variable\b/

/** The heads of lists in which package managers give their reasons. */
const isHead = /^(?:ERROR: unable to select packages|Error: Transaction test error):\s*$/

/** The end of a message that went on over several lines. */
const isErrnoAlone = /^\s*[A-Z][\w ,'-]{2,40} \(os error \d{1,3}\)[)\]} ]*$/

/** Beside an error that is known: the first that is certainly one, too, and is not known. */
export const besideErrors = (
  failures: readonly Failure[],
  known: readonly Diagnosis[],
): readonly Diagnosis[] => {
  const told = numbersOf(known)
  const one = failures.find(({ form, texts: [text = ''], lines }) => {
    if (
      told.has(lines[0]?.number ?? 0) ||
      isErrnoAlone.test(text) ||
      isHead.test(text) ||
      !/\w{3}.*\s\w{2}/s.test(text)
    )
      return false
    return (
      form === 'error-record' ||
      (form === 'line' &&
        text.length < 400 &&
        (isPlainError.test(text) ||
          exceptionHead.test(text) ||
          (errnoIn(text) !== null && failureWords.test(text))))
    )
  })
  return one ? [unrecognisedLine(one, 'error')] : []
}

/** Beside a command alone: a line that nothing was recognised in, so that doubts about the command do not stand for it. */
export const unrecognised = (
  failures: readonly Failure[],
  commands: readonly CommandLine[],
  beside: Beside,
): readonly Diagnosis[] => {
  const used = numbersOf(commands)
  const candidates = failures.filter((failure) => {
    const {
      form,
      texts: [text = ''],
      lines,
    } = failure
    if (form !== 'line' || used.has(lines[0]?.number ?? 0) || repeatsCommand.test(text)) return false
    return looksLikeError.test(text) || looksLikeEvent.test(text) || namesFailure(failure)
  })
  const [first] = candidates
  // The first one tells what was met; one that looks more like an error tells it better.
  const line = first && candidates.reduce((best, one) => (gravity(one) > gravity(best) ? one : best), first)
  return line ? [unrecognisedLine(line, beside, commands.at(-1) ?? null)] : []
}

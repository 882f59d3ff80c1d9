/** The line that a person would point at, in a text of which nothing is known. */
import { errnoIn } from '../errno-words.ts'
import { isCited } from '../reading/cited.ts'
import type { Failure } from '../reading/failure.ts'
import {
  exceptionHead,
  failureWords,
  isAbsent,
  kernelTime,
  kernelTrouble,
  lesserTrouble,
} from './failure-words.ts'
import { wholeMessage } from './message-block.ts'
import { reasonIn } from './reasons/reason-in-line.ts'

/** Of a longer line both ends are shown; one of a whole page is no message. */
const maxLength = 4000

/** How many lines a text has of which each was picked out by a person, as an error or as what led to it. */
const alone = 2
const pickedOut = 4
const few = 6
/** The same of lines of a kernel, which prints hundreds; in longer pieces much fails that does not matter. */
const shortKernelLog = 12

/** A level in front of the words, or in the record around them. */
const graveLevel =
  /\[FAILED\]|\w\[E\]: |\*(?:ERROR|CRITICAL)\*|\b(?:ERROR|ERRO|FATAL|FATA|CRIT(?:ICAL)?)\b|^\W{0,3}(?:error|fatal|panic)\b|\blevel"?[=:]"?(?:error|fatal|panic)\b/
const mildLevel =
  /\blevel"?[=:]"?(?:info|debug|trace)\b|(?:^|[\s[<|])(?:INFO|DEBUG|TRACE|DEBG|TRAC)(?=[\s:\]>|]|\[)/

const isOfGraveLevel = (text: string): boolean => exceptionHead.test(text) || graveLevel.test(text)

/** A program of user space that writes to the log of the kernel. */
const namesProgram = /\] [\w.@-]{1,60}\[\d+\]: ?$/

/** A line of a program's source in a traceback, the shell's own prompt, a flag of a command, a hint of mount, a count of none. */
const noMessage =
  /^\s*dmesg\(1\) may have|^\s*(?:File "|at \S+[ (]|\^+\s*$|[#$] [^A-Z\s]|--[a-z])|^[\s{}[\]]*$|: +0$/

const isMessage = (text: string): boolean =>
  text.length <= maxLength && !noMessage.test(text) && !isCited(text)

/** Words, not a prompt or the name of a thing. */
const isStatement = (text: string): boolean => (text.slice(0, 400).match(/[A-Za-z]{2,}/g)?.length ?? 0) >= 3

/** Nothing that a program says outweighs that it crashed. */
const ofPanic = 9

/** What a reason adds to the weight of a line. */
export const ofReason = 2

const weightOf = (text: string, head: string): number => {
  if (!isMessage(text) || !/\w\W+\w/.test(text)) return 0
  if (kernelTime.test(head) && !namesProgram.test(head))
    return kernelTrouble.test(text) ? 4 : lesserTrouble.test(text) ? 2 : 0
  if (mildLevel.test(head) || mildLevel.test(text.slice(0, 80))) return 0
  const isGrave = isOfGraveLevel(head) || isOfGraveLevel(text.slice(0, 160))
  const isFailure = failureWords.test(text)
  if (!isGrave && !isFailure) {
    const namesReason = errnoIn(text) !== null || /\b(?:error|warn(?:ing)?)\b/i.test(text)
    return namesReason && reasonIn(text) !== null ? 2 : 0
  }
  return (isGrave ? 2 : 0) + (isFailure ? 1 : 0) + (reasonIn(text) === null ? 0 : ofReason)
}

/** @returns how much of an error a line shows, to be compared with others of the same text */
export const gravity = ({ form, texts, lines }: Failure): number =>
  form === 'panic' ? ofPanic : weightOf(texts[0] ?? '', lines[0]?.head ?? '')

/** @returns whether a line says that something failed, whoever wrote it and at whatever level */
export const namesFailure = ({ texts: [text = ''] }: Failure): boolean =>
  isMessage(text) && failureWords.test(text) && !isAbsent.test(text)

/** A value in Debug form that was taken out of a message. */
const debugValue = /^(?=[A-Z][a-z0-9]{1,60}[A-Z])[A-Za-z0-9]{6,80}(?:\(.{0,400}\))?$/

/** The name of an error in C. */
const constant = /^[A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{1,20}){1,8}$/

const adverse =
  /\berror\b|(?<!\b(?:0|no) )\berrors\b|\bwarning\b|\bdeprecated\b|\b(?:is|are|was|were) not\b|\bmust (?:be|have|not)\b|\btoo [a-z]+\b|\balready\b|\bthrottl\w+|\bstuck\b/i
/** Of a line that stands alone, a word of this kind says that something is not as it should be. */
const negative =
  /\b(?:no(?!-)|not|never|(?<!-)unknown(?!-)|without|lost|leak\w*|lacks?|instead|gave|skipp\w+|ignor\w+|bad)\b|n't\b/i

/** @returns whether words say that something is not as it should be, at whatever level */
export const soundsAdverse = (text: string): boolean =>
  failureWords.test(text) || adverse.test(text) || negative.test(text)

/** How people begin who tell of it in their own words. */
const prose = /^\(|^(?:it|i|we|you|this|that|there|when|if|but|and|so|my|our)\b/i

const isKernels = ({ lines }: Failure): boolean => kernelTime.test(lines[0]?.head ?? '')

/** Whatever its level is: people do not pick lines out that go well. */
const saysReason = (failure: Failure, isAlone: boolean): boolean => {
  const [text = ''] = failure.texts
  if (!isMessage(text)) return false
  if (debugValue.test(text) || constant.test(text)) return true
  // An errno in a line of the kernel is mostly hardware that is not there.
  if (!isStatement(text) || (isKernels(failure) && errnoIn(text) !== null)) return false
  const isAdverse = adverse.test(text) || (isAlone && negative.test(text))
  return reasonIn(text) !== null || (isAdverse && !prose.test(text))
}

/** Whether a line counts only because the text has so few. */
const isPickedOut = (failure: Failure, count: number): boolean =>
  (count <= pickedOut && saysReason(failure, count <= alone)) ||
  (count <= shortKernelLog &&
    isKernels(failure) &&
    errnoIn(failure.texts[0] ?? '') === null &&
    namesFailure(failure))

const isKernelInTrouble = (failure: Failure): boolean => {
  const [text = ''] = failure.texts
  return kernelTrouble.test(text) || (isKernels(failure) && lesserTrouble.test(text))
}

/** That something ended, without a word on why. */
const bareEnd =
  /\b(?:exit(?:ed|ing)?|completed|returned|ended|failed|killed|died)\b.{0,30}\b(?:code|status|result|signal|non-?zero)\b|\bexit (?:status|code)\b|\bMain process exited\b|\breturned? non-zero\b|^Error: \d+$|\*\*\* \[.{1,120}\] Error \d+|^Failed to (?:start|set up|listen on|mount|activate) \S{1,120}(?: - |\.?$)|: Failed with result '|^\[FAILED\]$|FAILED! =>|=> non-zero$/i

/** How far above its end a program says why. */
const nearby = 10

/** systemd says of a unit that it ended; what its program printed stands under the name of the program. */
const ofManager = /\bsystemd\[\d+\]: ?$/
const tellsOfProgress =
  /\b(?:prepar(?:ed|ing)|start(?:ed|ing)|ready|load(?:ed|ing)|listening|done|complet(?:ed|ing)|enabled|finished)\b/i

/** @returns what stands above a bare end, or else right below it, and says what was not as it should be; else that end itself */
export const reasonAbove = (end: Failure, failures: readonly Failure[]): Failure => {
  const [text = ''] = end.texts
  if (!bareEnd.test(text) || text.length > 160) return end
  const place = failures.indexOf(end)
  const isReason = ({ form, texts: [near = ''] }: Failure): boolean =>
    looseForms.has(form) &&
    isMessage(near) &&
    isStatement(near) &&
    !bareEnd.test(near) &&
    (soundsAdverse(near) || reasonIn(near) !== null)
  const above = failures.slice(Math.max(0, place - nearby), place)
  const isOfProgram = ({ form, lines: [line], texts: [near = ''] }: Failure): boolean =>
    form === 'line' &&
    /\w\[\d+\]: ?$/.test(line?.head ?? '') &&
    !ofManager.test(line?.head ?? '') &&
    !tellsOfProgress.test(near) &&
    !bareEnd.test(near)
  const below = failures.slice(place + 1, place + nearby)
  const isPlain = (one: Failure): boolean => isReason(one) && namesFailure(one)
  return (
    above.findLast(isPlain) ??
    below.find(isPlain) ??
    above.findLast(isReason) ??
    (ofManager.test(end.lines[0]?.head ?? '') ? above.findLast(isOfProgram) : undefined) ??
    below.find(isReason) ??
    end
  )
}

const looseForms: ReadonlySet<string> = new Set(['line', 'answer', 'panic'])

/** Less is a word that stands in healthy logs, too; but a few lines were picked out because they tell of a failure. */
const enoughOf = (count: number): number => (count <= 40 ? 1 : 3)

/** @returns the last of those that look most like an error, of a kernel in trouble the first; null where none does */
export const likelyLine = (failures: readonly Failure[]): Failure | null => {
  let best: Failure | null = null
  const enough = enoughOf(failures.length)
  let most = enough - 1
  for (const failure of failures) {
    if (!looseForms.has(failure.form) || failure.lines.length === 0) continue
    const weight = Math.max(gravity(failure), isPickedOut(failure, failures.length) ? 1 : 0)
    // A kernel says first what it met, other programs say last what they gave up over.
    const isMore = best && isKernelInTrouble(failure) ? weight > most : weight >= most
    if (weight > 0 && isMore) {
      best = failure
      most = weight
    }
  }
  return most < enough || best === null ? null : reasonAbove(best, failures)
}

/** A word alone is no second error. */
const leastOfEarlier = 2

/** A head ("ERROR … Error:") is as grave as what stands below it; of a long log only its surroundings are looked at. */
const gravityOfMessage = (failure: Failure, place: number, failures: readonly Failure[]): number =>
  gravity(
    (failure.texts[0] ?? '').endsWith(':')
      ? wholeMessage(failure, failures.slice(Math.max(0, place - nearby), place + nearby))
      : failure,
  )

/** Without numbers: the same message again is no other one. */
const wordsOf = ({ texts: [text = ''] }: Failure): string => text.replace(/[\d\W]+/g, ' ').slice(0, 60)

/**
 * @param told the line that is told
 * @returns the first line that looks as much like an error as that one, and stands before it; null where none does
 */
export const earlierLine = (failures: readonly Failure[], told: Failure): Failure | null => {
  const at = told.lines[0]?.number ?? 0
  const least = failures.length <= few ? 1 : Math.max(gravity(told), leastOfEarlier)
  const earlier = failures.find(
    (one, place) => looseForms.has(one.form) && gravityOfMessage(one, place, failures) >= least,
  )
  const isOther = earlier !== undefined && wordsOf(earlier) !== wordsOf(told)
  return isOther && (earlier.lines[0]?.number ?? at) < at ? earlier : null
}

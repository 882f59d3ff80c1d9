/** The line that a person would point at, in a text of which nothing is known. */

import { errnoIn } from '../errno-words.ts'
import { isCited } from '../reading/cited.ts'
import type { Failure } from '../reading/failure.ts'
import { reasonIn } from './reasons/reason-in-line.ts'

/** Of a longer line both ends are shown; one of a whole page is no message. */
const maxLength = 4000

/** A level in front of the words, or in the record around them. */
const graveLevel =
  /^(?:\w+(?:\.|::)){0,8}[A-Z]\w*(?:Error|Exception)\b: |\*(?:ERROR|CRITICAL)\*|\b(?:ERROR|ERRO|FATAL|FATA|CRIT(?:ICAL)?)\b|^\W{0,3}(?:error|fatal|panic)\b|\blevel"?[=:]"?(?:error|fatal|panic)\b/
const mildLevel =
  /\blevel"?[=:]"?(?:info|debug|trace)\b|(?:^|[\s[<|])(?:INFO|DEBUG|TRACE|DEBG|TRAC)(?=[\s:\]>|]|\[)/

/** What failed is named by one of these, in whatever program. */
const failureWords =
  /\b(?:fail(?:ed|s|ure)?|fatal|\w*panic(?:ked)?|\w*exception|denied|refus(?:ed|es)|cannot|can't|could not|couldn't|unable to|timed? ?-?out|abort(?:ed)?|invalid|not found|does not exist|no such|unexpected(?:ly)?|terminated|unknown (?:\w+ )?(?:['"`]\S|type)|unbound variable|parameter not set|is empty|did not happen|wrong|truncated|corrupted|no match(?:es)?|assert(?:ion)?|will not|won't|overflow|being deleted|not available|unavailable|\*\*\* \[|inconsistent|expected value|[Oo]ut of memory|oom-kill|unavailable|missing|mismatch|is different (?:than|from)|do(?:es)? not match|forbidden|rejected|illegal|has no|is blank|not (?:in|allowed|permitted|openable|supported|registered|available|loaded|viable)|undefined reference|exiting|spurious|should (?:never|not) happen|killed by|SIG(?:SYS|SEGV|BUS|ABRT|KILL|ILL))\b|unwrap\(\)|失败|错误/i

/** A kernel prints much that fails and does not matter. */
const kernelTime =
  /\[(?:\s*\d+\.\d+(?:\]\[\s*[TC]\d+)?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} {1,2}\d{1,2} [\d:]{8} \d{4})\] /
const kernelTrouble = /^(?:WARNING: CPU: |BUG: |Oops|Kernel panic|Internal error: )/
/** What else it prints of what ended or stands still, and not of hardware that is not there. */
const lesserTrouble =
  /\bgeneral protection fault\b|\bsegfault at\b|\btask \S{1,40} blocked for more than\b|\binvoked oom-killer\b|\bOut of memory: Killed\b|\bUnable to handle kernel\b|\bsoft lockup\b|\bdetected stalls?\b|\bcan(?:'t|not) (?:reserve|assign|find)\b|\bspurious\b|\bnot syncing\b|\bshould never happen\b|\btable (?:full|overflow)\b|\bdropping packet\b/
/** A program of user space that writes to the log of the kernel. */
const namesProgram = /\] [\w.@-]{1,60}\[\d+\]: ?$/

/** A line of a program's source in a traceback, and the shell's own prompt. */
const noMessage = /^\s*(?:File "|at \S+[ (]|\^+\s*$|[#$] [^A-Z\s]|--[a-z])|^\s*[{}[\]]*\s*$|: +0$/

/** Nothing that a program says outweighs that it crashed. */
const ofPanic = 9

/** What a reason adds to the weight of a line. */
export const ofReason = 2

/** Of a text of so few lines each was picked out. */
const pickedOut = 4

/** Words, not a prompt or the name of a thing. */
const isStatement = (text: string): boolean => (text.slice(0, 400).match(/[A-Za-z]{2,}/g)?.length ?? 0) >= 3

const weightOf = (text: string, head: string): number => {
  if (text.length > maxLength || noMessage.test(text) || isCited(text) || !/\w\W+\w/.test(text)) return 0
  if (kernelTime.test(head) && !namesProgram.test(head))
    return kernelTrouble.test(text) ? 4 : lesserTrouble.test(text) ? 2 : 0
  if (mildLevel.test(head) || mildLevel.test(text.slice(0, 80))) return 0
  const isGrave = graveLevel.test(head) || graveLevel.test(text.slice(0, 160))
  const isFailure = failureWords.test(text)
  if (!isGrave && !isFailure) {
    const namesReason = errnoIn(text) !== null || /\b(?:error|warn(?:ing)?)\b/i.test(text)
    return namesReason && reasonIn(text) !== null ? 2 : 0
  }
  return (isGrave ? 2 : 0) + (isFailure ? 1 : 0) + (reasonIn(text) === null ? 0 : ofReason)
}

/** In so few lines each counts. */
const few = 6

/** A word alone is no second error. */
const leastOfEarlier = 2

/** Without numbers: the same message again is no other one. */
const wordsOf = ({ texts: [text = ''] }: Failure): string => text.replace(/[\d\W]+/g, ' ').slice(0, 60)

/** Hardware that is not there: a kernel says that of every machine. */
const isAbsent = /\bprobe\b|-19\b|\bENODEV\b|\bnot found\b|\bregulatory\.db\b|\bMCE\b|^i8042\b/

/** @returns whether a line says that something failed, whoever wrote it and at whatever level */
export const namesFailure = ({ texts: [text = ''] }: Failure): boolean =>
  text.length <= maxLength &&
  failureWords.test(text) &&
  !isAbsent.test(text) &&
  !noMessage.test(text) &&
  !isCited(text)

/** Less is a word that stands in healthy logs, too; but a few lines were picked out because they tell of a failure. */
const enoughOf = (lines: number): number => (lines <= 40 ? 1 : 3)

/** @returns how much of an error a line shows, to be compared with others of the same text */
export const gravity = ({ form, texts, lines }: Failure): number =>
  form === 'panic' ? ofPanic : weightOf(texts[0] ?? '', lines[0]?.head ?? '')

/** A value in Debug form that was taken out of a message. */
const debugValue = /^(?=[A-Z][a-z0-9]{1,60}[A-Z])[A-Za-z0-9]{6,80}(?:\(.{0,400}\))?$/

const adverse = /\berror\b|\bwarning\b|\bdeprecated\b|\b(?:is|are|was|were) not\b/i
/** Of one line or two that somebody pasted, a word of this kind says that something is not as it should be. */
const negative = /\b(?:no|not|never|without|lost|leak\w*|lacks?|instead|gave|skipp\w+|ignor\w+|bad)\b|n't\b/i
const alone = 2

/** How people begin who tell of it in their own words. */
const prose = /^\(|^(?:it|i|we|you|this|that|there|when|if|but|and|so|my|our)\b/i

/** Whatever its level is: people do not pick lines out that go well. */
const saysReason = ({ texts: [text = ''], lines }: Failure, isAlone: boolean): boolean => {
  if (text.length > maxLength || noMessage.test(text) || isCited(text)) return false
  if (debugValue.test(text)) return true
  // An errno in a line of the kernel is mostly hardware that is not there.
  if (!isStatement(text) || (kernelTime.test(lines[0]?.head ?? '') && errnoIn(text) !== null)) return false
  return (
    reasonIn(text) !== null || ((adverse.test(text) || (isAlone && negative.test(text))) && !prose.test(text))
  )
}

const isOfKernel = ({ texts: [text = ''], lines }: Failure): boolean =>
  kernelTrouble.test(text) || (kernelTime.test(lines[0]?.head ?? '') && lesserTrouble.test(text))

/** A few lines of a kernel were picked out of hundreds; in longer pieces much fails that does not matter. */
const shortLog = 12

const saysFailure = (failure: Failure): boolean =>
  kernelTime.test(failure.lines[0]?.head ?? '') &&
  errnoIn(failure.texts[0] ?? '') === null &&
  namesFailure(failure)

const looseForms: ReadonlySet<string> = new Set(['line', 'answer', 'panic'])

/**
 * @param told the line that is told
 * @returns the first line that looks as much like an error as that one, and stands before it; null where none does
 */
export const earlierLine = (failures: readonly Failure[], told: Failure): Failure | null => {
  const at = told.lines[0]?.number ?? 0
  const least = failures.length <= few ? 1 : Math.max(gravity(told), leastOfEarlier)
  const earlier = failures.find((one) => looseForms.has(one.form) && gravity(one) >= least)
  const isOther = earlier !== undefined && wordsOf(earlier) !== wordsOf(told)
  return isOther && (earlier.lines[0]?.number ?? at) < at ? earlier : null
}

/** @returns the last of those that look most like an error; null where none does */
export const likelyLine = (failures: readonly Failure[]): Failure | null => {
  let best: Failure | null = null
  const enough = enoughOf(failures.length)
  const isPickedOut = failures.length <= pickedOut
  const isShort = failures.length <= shortLog
  let most = enough - 1
  for (const failure of failures) {
    const [line] = failure.lines
    if (!looseForms.has(failure.form) || !line) continue
    const isSaid =
      (isPickedOut && saysReason(failure, failures.length <= alone)) || (isShort && saysFailure(failure))
    const weight = Math.max(gravity(failure), isSaid ? 1 : 0)
    // Of the trouble of a kernel the first line says what it met, of other programs the last what they gave up over.
    if (weight > 0 && (isOfKernel(failure) && best ? weight > most : weight >= most)) {
      best = failure
      most = weight
    }
  }
  return most < enough ? null : best
}

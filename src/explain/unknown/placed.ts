/** A line that no cause knows, and that shows at least who wrote it, what it is about, or an errno. */
import { type Diagnosis, numbersOf } from '../diagnosis.ts'
import { errnosIn } from '../errno-words.ts'
import { placeOf } from '../places.ts'
import type { Failure } from '../reading/failure.ts'
import { earlierLine, gravity, likelyLine, namesFailure, ofReason, reasonAbove } from './likely-line.ts'
import { wholeMessage } from './message-block.ts'
import { isOfOthers, originAround, originOf } from './origins.ts'
import { toolOf } from './tools.ts'
import { lineBefore, lineOfWriter, lineWithoutWriter, placedLine } from './unknown-failure.ts'
import { writerOf } from './writer.ts'

/** What a line looks like that a person would take for the error. */
export const looksLikeError =
  /\b(?:error|fail(?:ed|ure)?|fatal|panic|exception|denied|refused|cannot|unable|timed? ?out|abort(?:ed)?|invalid|not found)\b/i

/** Of a longer line its beginning is looked at. */
const maxLooked = 400

/** What of a virtual machine a line can be about; other programs have files and networks, too. */
const aboutMachines =
  /\b(?:vmm?s?|micro-?vms?|vcpus?|hypervisor|virtual machine|tap\d{0,4}|vhost\S{0,20}|virtio\S{0,20}|ioeventfd|irqfd|iommu|vfio|netns|network namespace|vsock|swtpm)\b|\/dev\/(?:kvm|net\/tun|vhost|vfio|loop\d|vd[a-z])|AF=40\b/i

/** "error: a: b: c", as programs in Go put their levels into one line. */
const levelsInLine =
  /^(?:\[?(?:error|erro|fatal|fata|err)\]?)\b[^:]{0,20}:? (?:[^:]{1,160}: ){2,9}[^:]{2,160}$/i

/** The number that programs in Rust print. */
const rustErrno = /\(os error \d{1,3}\)/

/** Its words say nothing about the place. */
const errnoAlone = /: [^:]{0,80}\(os error \d{1,3}\)/

const isError = (text: string): boolean => looksLikeError.test(text) || errnosIn(text).length > 0

/** @returns whether a line whose writer is not known is about a machine, or is one of a program with an errno */
const tellsSomething = (text: string): boolean =>
  aboutMachines.test(text) || (errnosIn(text).length > 0 && (rustErrno.test(text) || levelsInLine.test(text)))

/**
 * @param isSilent whether nothing at all is known of the text: a remark beside it may be about the same line
 * @returns the line that a person would take for the error, with what its words show: who wrote it, what it is about,
 *   which errno it met; empty where the text tells of nothing
 */
export const placed = (failures: readonly Failure[], isSilent: boolean): readonly Diagnosis[] => {
  // What another program says of a machine does not explain that one crashed.
  if (isSilent && failures.some(({ form }) => form === 'panic')) return likely(failures)
  const found = failures.some(({ texts }) => isOfOthers(texts[0] ?? ''))
    ? []
    : placedByWords(failures, isSilent)
  if (found.length > 0) return isSilent ? withEarlier(found, failures) : found
  return isSilent ? likely(failures) : []
}

/** Programs tell a reason first and what they gave up over last: both are told where both look like it. */
const withEarlier = (told: readonly Diagnosis[], failures: readonly Failure[]): readonly Diagnosis[] => {
  const numbers = numbersOf(told)
  const last = failures.findLast(({ lines }) => numbers.has(lines[0]?.number ?? 0))
  const earlier = last && earlierLine(failures, last)
  return earlier && !numbers.has(earlier.lines[0]?.number ?? 0)
    ? [...told, lineBefore(wholeMessage(earlier, failures))]
    : told
}

/** @returns the line that looks most like an error, whoever wrote it; empty where none does */
export const likely = (failures: readonly Failure[]): readonly Diagnosis[] => {
  const line = likelyLine(failures)
  if (!line) return []
  const writer = writerOf(line, failures)
  const message = wholeMessage(line, failures)
  const told = writer === null ? lineWithoutWriter(message, null) : lineOfWriter(message, writer)
  return withEarlier([told], failures)
}

/** What the words of a line show of a virtual machine, or of a writer that is met around one. */
const placedByWords = (failures: readonly Failure[], isSilent: boolean): readonly Diagnosis[] => {
  const lines = failures.filter(
    ({ form, isForeign, texts: [text = ''] }) =>
      form === 'line' && !isForeign && text.length <= maxLooked && isError(text),
  )
  const known = lines.filter(({ texts: [text = ''] }) => looksLikeError.test(text) && originOf(text) !== null)
  const named = known.at(-1)
  if (named) {
    // The reason may stand beside a line that shows whose it is.
    const likeliest = likelyLine(lines) ?? named
    const gravest = reasonAbove(gravity(likeliest) >= gravity(named) + ofReason ? likeliest : named, failures)
    const tool = toolOf(gravest.texts[0] ?? '', gravest.lines[0]?.head ?? '')
    if (tool !== null) return [lineOfWriter(wholeMessage(gravest, failures), tool)]
    const origin = originOf(gravest.texts[0] ?? '') ?? originOf(named.texts[0] ?? '')
    if (origin) return [placedLine(wholeMessage(gravest, failures), origin)]
  }
  const last = isSilent ? lines.findLast(({ texts: [text = ''] }) => tellsSomething(text)) : undefined
  const text = last?.texts[0] ?? ''
  if (last)
    return [
      lineWithoutWriter(
        wholeMessage(reasonAbove(last, failures), failures),
        aboutMachines.test(text) ? placeOf(text.replace(errnoAlone, '')) : null,
      ),
    ]
  const around = originAround(failures.map(({ texts: [text = ''] }) => text.slice(0, maxLooked)))
  const line =
    around &&
    failures.findLast(
      ({ form, texts: [text = ''] }) => form === 'line' && looksLikeError.test(text.slice(0, maxLooked)),
    )
  if (!line) return []
  const writer = writerOf(line, failures)
  const message = wholeMessage(line, failures)
  return [writer === null ? placedLine(message, around) : lineOfWriter(message, writer)]
}

/** How many lines above an end a guest says what led there. */
const nearby = 6

/**
 * @param known what was recognised
 * @returns the line right above the end of a guest that says what failed; none where the end is the first word of it
 */
export const beforeGuestEnd = (
  failures: readonly Failure[],
  known: readonly Diagnosis[],
): readonly Diagnosis[] => {
  const [end] = known
  const number = end?.lines[0]?.number ?? 0
  if (end?.severity !== 'error' || !(end.layer === 'guest' || end.cause.startsWith('guest-'))) return []
  const earlier = failures.find(
    (one) =>
      one.form === 'line' &&
      (one.lines[0]?.number ?? 0) < number &&
      (one.lines[0]?.number ?? 0) >= number - nearby &&
      namesFailure(one),
  )
  return earlier ? [lineBefore(earlier)] : []
}

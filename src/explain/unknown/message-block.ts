/** A message of another program that goes on over several lines: below it, indented deeper or behind a colon. */
import type { Failure } from '../reading/failure.ts'
import { exceptionHead } from './failure-words.ts'

/** More lines than a message has. */
const maxLines = 10

/** Of a record: a message, an error and its reason. */
const maxFields = 3

const indentOf = (text: string): number => text.length - text.trimStart().length

const causedBy = /^Caused by:$/

/** Whether a line stands right behind another; anyhow puts an empty line in front of "Caused by:". */
const follows = (next: Failure | undefined, last: Failure): next is Failure => {
  if (next?.form !== 'line') return false
  const distance = (next.lines[0]?.number ?? 0) - (last.lines.at(-1)?.number ?? 0)
  return distance === 1 || (distance === 2 && causedBy.test(next.texts[0] ?? ''))
}

const kernelPlace = /^WARNING: CPU: \d+ PID: \d+ at /
const cutHere = /cut here|^\W*$/

/** A head names the step, or no more than a level, and what stands behind its colon the reason. */
const isHead = (text: string): boolean =>
  /:$|^"?[\w.-]{0,20}(?:level|severity)"?\s*[:=]\s*"?(?:fatal|error|critical|panic)"?,?$/i.test(text)

const frame = /^\s*File "(?:[^"]*\/)?([\w.-]{1,60})", line \d+/

/** @returns the files that a traceback above an exception of Python went through last, in words; null where there is none */
const tracebackAbove = (failure: Failure, failures: readonly Failure[]): string | null => {
  if (!exceptionHead.test(failure.texts[0] ?? '')) return null
  const names = failures
    .slice(0, failures.indexOf(failure))
    .flatMap(({ texts: [text = ''] }) => frame.exec(text)?.[1] ?? [])
  return names.length === 0 ? null : `a traceback through ${[...new Set(names)].slice(-3).join(', ')}`
}

/** The writer of a record, which was taken out of it with its message. */
const writerField = /^(?:name|source|subsystem|unit)=/

/** @returns a line with what stood in other fields of the same record: its message, then its error */
const fieldsOfRecord = (failure: Failure, failures: readonly Failure[]): Failure[] => {
  const number = failure.lines[0]?.number
  const fields = failures.filter(
    ({ form, lines: [line], texts: [text = ''] }) =>
      form === 'line' && line?.number === number && !writerField.test(text),
  )
  return fields.length > 1 && fields.length <= maxFields && fields.includes(failure) ? fields : [failure]
}

/** What programs print of a command that failed, one field in each line. */
const commandField = /^(?:Command|Exit code|Reason|Std(?:out|err)|Output|Returncode)\b ?:/i
const ofCommand = /\b(?:ProcessExecutionError|CalledProcessError|running command)\b/

/** @returns whether brackets were opened that are not closed yet: the message goes on */
const isOpen = (text: string): boolean => {
  const count = (expression: RegExp) => text.match(expression)?.length ?? 0
  return count(/[{([]/g) > count(/[})\]]/g)
}

/** A line that was broken where it was full. */
const fullLine = 40
const restOfLine = /^(?:["'(/]|(?:to|of|in|on|for|with|and|or|the|an?|is|are|must|shares|because|the same)\b)/

/** No sentence ends with one of these; tables and mails break lines before they are full. */
const unfinished = /(?:\b(?:to|of|in|on|for|with|and|or|the|cannot|could not|cannot open|failed to)|,|\w\/)$/

/** @returns whether a line is the rest of the sentence above it */
const isRest = (next: string, last: string): boolean =>
  unfinished.test(last) || (last.length >= fullLine && !/[.!?]$/.test(last) && restOfLine.test(next))

/**
 * @param failures all of the text, in its order
 * @returns the line with the heads above it and all that belongs to it below, as one text
 */
export const wholeMessage = (failure: Failure, failures: readonly Failure[]): Failure => {
  const trace = tracebackAbove(failure, failures)
  if (trace !== null) return { ...failure, texts: [`${failure.texts[0]} (${trace})`] }
  const place = failures.indexOf(failure)
  const parts = fieldsOfRecord(failure, failures)
  for (let at = place - 1; parts.length < maxLines; at--) {
    const head = failures[at]
    if (!head || parts.includes(head) || !follows(parts[0], head) || !isHead(head.texts[0] ?? '')) break
    parts.unshift(head)
  }
  // What a kernel warns of stands above the place in its source.
  const above = failures[place - 1]
  if (
    kernelPlace.test(failure.texts[0] ?? '') &&
    above &&
    follows(failure, above) &&
    !cutHere.test(above.texts[0] ?? '')
  )
    parts.unshift(above)
  const indent = indentOf(parts[0]?.lines[0]?.text ?? '')
  for (let at = place + 1; parts.length < maxLines; at++) {
    const next = failures[at]
    if (next && parts.includes(next)) continue
    const last = parts.at(-1) ?? failure
    const isDeeper = indentOf(next?.lines[0]?.text ?? '') > indent
    const goesOn =
      isDeeper ||
      causedBy.test(next?.texts[0] ?? '') ||
      isHead(last.texts[0] ?? '') ||
      isRest(next?.texts[0] ?? '', last.texts[0] ?? '') ||
      (commandField.test(next?.texts[0] ?? '') && ofCommand.test(failure.texts[0] ?? '')) ||
      isOpen(parts.map(({ texts }) => texts[0]).join(' '))
    if (!follows(next, last) || !goesOn) break
    parts.push(next)
  }
  if (parts.length === 1) return failure
  const isOneRecord = parts[1]?.lines[0]?.number === parts[0]?.lines[0]?.number
  return {
    ...failure,
    texts: [parts.map(({ texts }) => texts[0]).join(isOneRecord ? ': ' : ' ')],
    lines: parts.flatMap(({ lines }) => lines),
  }
}

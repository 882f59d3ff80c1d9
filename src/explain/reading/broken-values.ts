/** Error values in Debug form that a pod log, a pretty printer or a mail broke over several lines. */
import type { Line } from '../diagnosis.ts'
import { header } from './forms.ts'

/** A line that ends inside of a value: "CreateVirtioNet(". */
const open = /\b[A-Z][A-Za-z0-9]{2,60}\($/

/** The head of a message whose value begins on the next line. */
const openHead = /\bFatal error:$/
const value = /^\s+[A-Z][A-Za-z0-9]{2,60}\(/

/** The next record of a log: the value was cut off. */
const record = /^(?:[\w.-]+: {1,12}[\d.]{1,20}(?:s|ms|µs): |\[?\d{4}-\d\d-\d\d)/

/** The message of a panic that was broken before its end, and the place that ends it. */
const openPanic = /\bpanicked at '(?:[^']|'(?!,? ?$|,? \S{1,300}:\d)){0,1000}$|\bpanicked at '.{0,1000}',$/
const panicPlace = /(?:^|', ?)\S{1,300}:\d{1,6}(?::\d{1,4})?$/
const maxPanicLines = 5

/** @returns how many lines behind a panic belong to its message; 0 where no place ends it */
const panicLines = (lines: readonly Line[], at: number): number => {
  for (let count = 1; count <= maxPanicLines; count++) {
    const text = lines[at + count]?.text.trim() ?? ''
    if (text === '' || record.test(text) || header.test(text)) return 0
    if (panicPlace.test(text)) return count
  }
  return 0
}

/** More levels than any such value has, each on its line and closed on another. */
const maxLines = 24

const maxLength = 4000

const depthOf = (text: string): number => {
  let depth = 0
  for (const character of text) depth += character === '(' ? 1 : character === ')' ? -1 : 0
  return depth
}

/** @returns the lines, with a value that was broken over several of them on the first */
export const withWholeValues = (lines: readonly Line[]): readonly Line[] => {
  const whole: Line[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    if (!line) break
    let { text } = line
    const first = at
    if (openPanic.test(text)) {
      for (let left = panicLines(lines, at); left > 0; left--) text += ` ${lines[++at]?.text.trim()}`
    }
    if (openHead.test(text) && value.test(lines[at + 1]?.text ?? '')) text += ` ${lines[++at]?.text.trim()}`
    if (open.test(text)) {
      while (depthOf(text) > 0 && at - first < maxLines && text.length < maxLength) {
        const next = lines[at + 1]?.text.trim() ?? ''
        if (next === '' || record.test(next) || header.test(next)) break
        text += next
        at++
      }
    }
    whole.push(at === first ? line : { ...line, text })
  }
  return whole
}

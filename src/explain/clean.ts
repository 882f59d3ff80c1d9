/** Takes from each line what loggers, containers and terminals put around it. */
import { stripVTControlCharacters } from 'node:util'
import type { Line } from './diagnosis.ts'

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'

/** 2026-11-23T12:00:00.123Z (docker, CI, short-iso) and "Nov 23 12:00:00" (journalctl, syslog, ts), optionally in brackets. */
const stamp = new RegExp(
  String.raw`^\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?|${month} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)?)\]?:?[ \t]`,
)

/** What may stand in front of everything else. */
const plain: readonly RegExp[] = [
  // A quotation in a mail or an issue.
  /^(?:> ?)+/,
  // Syslog's priority.
  /^<\d{1,3}>(?:\d )?/,
  stamp,
  // journalctl -o short-monotonic, dmesg, and `ts -s`.
  /^\[\s*\d+\.\d+\] /,
  /^\d\d:\d\d:\d\d(?:[.,]\d+)? /,
  // docker compose, podman-compose: "vm-1  | ".
  /^[\w.-]+\s+\| /,
  // CRI (kubectl, crictl): the stream and whether the line is whole.
  /^std(?:out|err) [FP] /,
  // "host unit[123]: " of the journal; the number in brackets tells it from a sentence.
  /^(?:[\w.-]+ )?[\w.@/:-]+\[\d+\]: /,
]

/** "host tag: " without a number counts only behind a time, else it could be the text itself. */
const tagged = /^(?!\S*: )[\w.-]+ [\w.@/-]+: /

const unprefixed = (line: string): string => {
  let text = line
  for (let stamped = false, round = 0; round < 6; round++) {
    const found = plain.find((prefix) => prefix.test(text))
    if (found) {
      stamped ||= found === stamp
      text = text.replace(found, '')
    } else if (stamped && tagged.test(text)) {
      text = text.replace(tagged, '')
      stamped = false
    } else break
  }
  return text
}

/** Fields in which JSON logs keep the text: docker's json-file, journalctl -o json, and the usual ones. */
const textFields = ['log', 'MESSAGE', 'message', 'msg']

const unwrapped = (line: string): string => {
  if (!line.startsWith('{') || !line.endsWith('}')) return line
  try {
    const record = JSON.parse(line) as Record<string, unknown>
    const value = textFields.map((field) => record[field]).find((field) => field !== undefined)
    // The journal gives bytes where a message holds colours.
    if (Array.isArray(value)) return Buffer.from(value as number[]).toString('utf8')
    return typeof value === 'string' ? value : line
  } catch {
    return line
  }
}

/** A longer line is cut: no message of the program is, and patterns stay fast. */
const maxLineLength = 8000

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is removed
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/g

/**
 * @param output whatever was pasted or logged
 * @param firstLine the number of its first line
 * @returns its lines, numbered as they were given, with nothing but what the program wrote
 */
export const cleanLines = (output: string, firstLine = 1): readonly Line[] =>
  output.split('\n').flatMap((raw, index) =>
    // A blank behind a prefix belongs to it, where the line itself is empty.
    unwrapped(raw.slice(0, maxLineLength).replace(/\r+$/, ''))
      .replace(/[\r\n]+$/, '')
      // A carriage return alone is a terminal that draws over its line.
      .split(/[\r\n]+/)
      .map((text) => ({
        number: index + firstLine,
        text: unprefixed(stripVTControlCharacters(text)).replace(control, '').trimEnd(),
      })),
  )

/** Takes from each line what loggers, containers and terminals put around it. */
import { stripVTControlCharacters } from 'node:util'
import type { Line } from '../diagnosis.ts'
import { unprefixed } from './prefixes.ts'
import { unwrapped } from './unwrap.ts'

/** Of a longer line the two ends are read: a log record of another program has its message in one of them. */
const maxLineLength = 12_000

/** What stands around a text is only searched for who wrote it, and how grave that was. */
const maxHead = 300

const capped = (line: string): string =>
  line.length <= maxLineLength
    ? line
    : `${line.slice(0, maxLineLength / 2)} … ${line.slice(-maxLineLength / 2)}`

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is removed
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Web pages put no-break spaces into what is copied from them. */
const spaces = /[\u00a0\u202f]/g

/** Where a record of the log begins inside a line: programs quote the output of another without its line ends. */
const recordStart = /(?=\bcloud-hypervisor: {0,12}[\d.]{1,20}(?:s|ms|µs): (?:<|ERROR:|WARN:))/

/**
 * @param output whatever was pasted or logged
 * @param firstLine the number of its first line
 * @returns its lines, numbered as they were given, with nothing but what the program wrote; a line may
 *   hold several
 */
export const cleanLines = (output: string, firstLine = 1): readonly Line[] =>
  output.split('\n').flatMap((raw, index) =>
    // A carriage return alone is a terminal that draws over its line.
    capped(raw.replace(/\r+$/, ''))
      .split(/\r+/)
      .flatMap((part) => {
        const whole = stripVTControlCharacters(part).replace(spaces, ' ')
        const bare = unprefixed(whole)
        const texts = unwrapped(bare).map((text) =>
          text === bare ? text : unprefixed(stripVTControlCharacters(text)),
        )
        // Of a record all is kept but its end; else what stood in front.
        const head = (texts[0] === bare ? whole.slice(0, -bare.length || undefined) : whole).slice(0, maxHead)
        return texts
          .flatMap((text) => text.split(recordStart))
          .map((text) => ({ text, ...(head === '' ? {} : { head }) }))
      })
      .map(({ text, ...line }) => ({
        ...line,
        number: index + firstLine,
        text: text.replace(control, '').trimEnd(),
      })),
  )

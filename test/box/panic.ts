/** Notices on a serial console that the kernel of the machine panicked: it says so, and then does nothing any more. */
import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

/** Lines of the kernel's log only, which begin with its time: what a program prints may speak of a panic. */
const begins = /^\[ *\d+\.\d+\].* Kernel panic - not syncing: .*$/m
const ends = /^\[ *\d+\.\d+\].* ---\[ end Kernel panic .* \]---$/m

/** What is told of the log before the panic: the report of a fault takes about as many lines. */
const linesBefore = 60

/** More than the log of a panic and what is told from before it, in characters. */
const kept = 20_000

/** How long a kernel that panics may take for its last words, in seconds. */
const lastWords = 10

/**
 * @param from the console
 * @param notice called once with the line of the panic, and below it the log around it
 * @param patience in seconds
 */
export const watchForPanic = (
  from: Readable,
  notice: (quoted: string) => void,
  patience = lastWords,
): void => {
  let seen = ''
  let timer: NodeJS.Timeout | undefined
  const text = () => stripVTControlCharacters(seen).replaceAll('\r', '')
  const tell = () => {
    clearTimeout(timer)
    from.off('data', look)
    from.off('end', tellLate)
    notice(quote(text()))
  }
  const tellLate = () => {
    if (begins.test(text())) tell()
  }
  const look = (piece: string) => {
    seen = (seen + piece).slice(-kept)
    if (!begins.test(text())) return
    if (ends.test(text())) tell()
    else timer ??= setTimeout(tell, patience * 1000)
  }
  from.setEncoding('utf8').on('data', look).on('end', tellLate)
}

const quote = (log: string): string => {
  const lines = log.split('\n')
  const first = lines.findIndex((line) => begins.test(line))
  const last = lines.findIndex((line) => ends.test(line))
  const around = lines.slice(Math.max(0, first - linesBefore), last < 0 ? undefined : last + 1)
  return [lines[first], ...around].join('\n').trimEnd()
}

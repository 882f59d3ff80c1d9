/** A serial console: everything it ever showed, and waiting for what it is to show. */
import { appendFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { ample } from './patience.ts'

export interface Console {
  /** Resolves with the match once it is shown after what was waited for before, which may take `limit` ample seconds. */
  shows(pattern: RegExp, limit?: number): Promise<RegExpMatchArray>
  type(text: string): void
  /** Types a command at a shell prompt. @returns what it printed, and its exit code */
  run(command: string, limit?: number): Promise<{ readonly output: string; readonly code: number }>
}

/** @param log gets every byte */
export const attachConsole = (from: Readable, to: Writable, log: string): Console => {
  let raw = ''
  let seen = ''
  let read = 0
  const waiting = new Set<() => void>()
  from.setEncoding('utf8').on('data', (text: string) => {
    appendFileSync(log, text)
    raw += text
    // Of the whole: an escape sequence may arrive in two pieces.
    seen = stripVTControlCharacters(raw).replaceAll('\r', '')
    for (const look of [...waiting]) look()
  })
  from.on('end', () => {
    for (const look of [...waiting]) look()
  })
  const shows: Console['shows'] = (pattern, limit = 240) =>
    new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        clearTimeout(timer)
        waiting.delete(look)
        done()
      }
      const fail = (why: string) =>
        settle(() =>
          reject(new Error(`the console never showed ${pattern} (${why}); its end:\n${seen.slice(-2000)}`)),
        )
      const look = () => {
        const match = seen.slice(read).match(pattern)
        if (match) {
          read += (match.index ?? 0) + match[0].length
          settle(() => resolve(match))
        } else if (from.readableEnded) fail('it is closed')
      }
      const timer = setTimeout(() => fail(`${ample(limit)} s`), ample(limit) * 1000)
      waiting.add(look)
      look()
    })
  const type = (text: string) => {
    to.write(text)
  }
  return {
    shows,
    type,
    run: async (command, limit) => {
      const from = read
      type(`${command}; echo "exit code $?"\r`)
      const [, code] = await shows(/^exit code (\d+)$/m, limit)
      const output = seen.slice(from, read)
      return { output: output.slice(output.indexOf('\n') + 1), code: Number(code) }
    },
  }
}

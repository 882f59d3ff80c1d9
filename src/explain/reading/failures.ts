/**
 * Finds what Cloud Hypervisor said went wrong, in every form that a release from v36 on gives it:
 * one Debug line (to v46), the chain through the logger (v47), a Debug line and the chain (from v48),
 * a single error, a panic, a usage error of the command line, or a record of the log.
 */

import type { Line } from '../diagnosis.ts'
import { isBacktraceLine, panicOfBacktrace } from './backtrace.ts'
import { isForeignChain, isHeadOfChain, isRestOfLevel, recordAt, usageAt } from './continuation.ts'
import type { Failure, Form } from './failure.ts'
import {
  apiChains,
  asEntry,
  clapError,
  clapWords,
  type Entry,
  embeddedError,
  gap,
  header,
  isOpenChain,
  isTopLevelError,
  numbered,
  ourPrograms,
  panicIn,
  quietRecord,
} from './forms.ts'
import { inEnglish } from './languages.ts'

interface Draft {
  form: Form
  texts: string[]
  lines: Line[]
  isForeign?: boolean
}

/** Walks over the lines once; each `read…` takes what belongs to it and says where it stopped. */
class Reader {
  readonly entries: readonly Entry[]
  readonly found: Draft[] = []
  at = 0
  /** The last Debug text of this run that still waits for its chain. */
  private fatal: Draft | null = null
  private panic: Draft | null = null

  constructor(lines: readonly Line[]) {
    this.entries = lines.map(asEntry)
  }

  private add(form: Form, text: string, lines: Line[]): Draft {
    const draft = { form, texts: [text], lines }
    this.found.push(draft)
    return draft
  }

  private peek(ahead = 0): Entry | undefined {
    return this.entries[this.at + ahead]
  }

  /** The levels of a chain from here on, numbered upwards; a report may leave some out. */
  private levels(from: number | null): { texts: string[]; lines: Line[] } {
    const texts: string[] = []
    const lines: Line[] = []
    let expected = from
    for (let entry = this.peek(); entry; entry = this.peek()) {
      if (gap.test(entry.text) && numbered.test(this.peek(1)?.text ?? '')) {
        expected = null
        this.at++
        continue
      }
      const [, number, text] = numbered.exec(entry.text) ?? []
      if (isRestOfLevel(entry, this.peek(1), expected) && texts.length > 0) {
        texts.push(`${texts.pop()}${entry.text.trim()}`)
        lines.push(entry)
        this.at++
        continue
      }
      if (number === undefined || text === undefined) break
      if (expected !== null && Number(number) < expected) break
      expected = Number(number) + 1
      texts.push(text.trim())
      lines.push(entry)
      this.at++
    }
    return { texts, lines }
  }

  /** A chain or single error ends a run: the Debug line and the panic before it tell the same failure. */
  private conclude(form: Form, text: string, lines: Line[]) {
    const joined = /Failed to join on VMM thread|ThreadJoin/.test(text)
      ? (this.panic ?? this.fatal)
      : this.fatal
    if (joined) {
      joined.texts.push(text)
      joined.lines.push(...lines)
      if (joined.form === 'debug') joined.form = form
    } else this.add(form, text, lines)
    this.fatal = null
    this.panic = null
  }

  private readHeader(head: Entry, isChain: boolean) {
    this.at++
    if (isChain) {
      const { texts, lines } = this.levels(0)
      this.conclude('chain', texts.join(' › '), [head, ...lines])
      return
    }
    const entry = this.peek()
    if (entry) this.at++
    this.conclude('chain', entry?.text.trim() ?? '', entry ? [head, entry] : [head])
  }

  private withContinuation(): { text: string; lines: readonly Line[] } {
    const { text, lines, next } = recordAt(this.entries, this.at)
    this.at = next
    return { text, lines }
  }

  private readPanic(head: Entry, inline: string | undefined, place: string) {
    this.at++
    const words = [`panicked at ${place}`, ...(inline ? [inline] : [])]
    const lines: Line[] = [head]
    for (let next = this.peek(); next && lines.length < 6; next = this.peek()) {
      if (next.level !== null || /^(note: |stack backtrace:|\s*$)/.test(next.text)) break
      if (panicIn(next.text) || header.test(next.text) || isTopLevelError(next.text)) break
      words.push(next.text.trim())
      lines.push(next)
      this.at++
    }
    const text = words.join(' ')
    // A second panic of the same run comes from the first (poisoned locks, panics while panicking).
    if (this.panic) {
      this.panic.texts.push(text)
      this.panic.lines.push(...lines)
    } else this.panic = this.add('panic', text, lines)
  }

  /** Frames of a backtrace are numbered like a chain and are none; without their panic they tell of one. */
  private readBacktrace() {
    const start = ++this.at
    while (isBacktraceLine(this.peek()?.text ?? '')) this.at++
    const panic = this.panic ? null : panicOfBacktrace(this.entries.slice(start, this.at))
    if (panic) this.panic = this.add('panic', panic.text, [...panic.lines])
  }

  /** Answers of the API; a list may go on over some lines. */
  private readApiChains(entry: Entry): boolean {
    let { text } = entry
    const lines: Line[] = [entry]
    while (isOpenChain(text) && lines.length < 8) {
      const next = this.peek(lines.length)
      if (!next || next.level !== null) break
      text += ` ${next.text.trim()}`
      lines.push(next)
    }
    const chains = apiChains(text)
    if (chains.length === 0) return false
    this.at += lines.length
    for (const levels of chains) this.add('answer', levels.join(' › '), lines)
    return true
  }

  private readUsage(head: Entry) {
    const start = this.at + 1
    const { text, lines, next, program, words } = usageAt(this.entries, this.at)
    this.at = next
    if (program ? ourPrograms.test(program) : clapWords.test(text)) {
      this.add('usage', text, [...lines])
      return
    }
    if (program) {
      this.add('line', `${program}: ${words}`, [...lines])
      return
    }
    // Without a usage it is a line that begins with "error:".
    this.at = start
    this.add('line', inEnglish(head.text.trim()), [head])
  }

  private readRecord(entry: Entry) {
    const { text, lines: all } = this.withContinuation()
    const lines = [...all]
    const fatal = /^Fatal error: (.*)$/s.exec(text)?.[1]
    if (fatal !== undefined) {
      if (this.panic && /^ThreadJoin/.test(fatal)) {
        this.panic.texts.push(fatal)
        this.panic.lines.push(...lines)
      } else this.fatal = this.add('debug', fatal, lines)
    } else if (text === '') return
    else if (entry.level === 'ERROR') this.add('error-record', text, lines)
    else if (entry.level === 'WARN' || quietRecord.test(text)) this.add('warning', text, lines)
  }

  private step(entry: Entry) {
    const { text } = entry
    const head = header.exec(text)
    if (head) return this.readHeader(entry, head[1] !== undefined)
    const debug = /^Debug Info: (.*)$/.exec(text)
    if (debug) {
      this.at++
      const before = this.found.findLast(({ form }) => form === 'chain' || form === 'panic')
      const near = entry.number - (before?.lines.at(-1)?.number ?? 0) < 4
      if (near && before) before.texts.push(debug[1] ?? '')
      else this.add('debug', debug[1] ?? '', [entry])
      return
    }
    if (text.includes('["') && this.readApiChains(entry)) return
    const panic = panicIn(text)
    if (panic) return this.readPanic(entry, panic.message, panic.place)
    if (/^stack backtrace:/i.test(text)) return this.readBacktrace()
    if (entry.level !== null || /^Fatal error: /.test(text)) {
      return this.readRecord(entry.level === null ? { ...entry, level: 'ERROR' } : entry)
    }
    const number = numbered.exec(text)
    if (number) {
      const start = this.at
      const { texts, lines } = this.levels(Number(number[1]))
      if (Number(number[1]) === 0 && isTopLevelError(texts[0] ?? '')) {
        this.conclude('chain', texts.join(' › '), lines)
      } else {
        const isForeign = isForeignChain(this.entries, start, texts)
        if (isForeign) this.found.findLast(isHeadOfChain)?.texts.push(texts.join(' › '))
        this.add('line', texts.join(' › '), lines).isForeign = isForeign
      }
      return
    }
    if (isTopLevelError(text)) {
      this.at++
      return this.conclude('debug', text, [entry])
    }
    if (clapError.test(text) && !embeddedError.test(text)) return this.readUsage(entry)
    this.at++
    if (text.trim() === '') return
    if (embeddedError.test(text)) return void this.add('answer', text.trim(), [entry])
    // Levels that were pasted without their numbers: the errno stands on a line of its own.
    const next = this.peek()
    if (next && /^\s*[A-Z][\w ,]*\(os error \d+\)$/.test(next.text)) {
      this.at++
      this.add('line', `${text.trim()} › ${next.text.trim()}`, [entry, next])
    } else this.add('line', inEnglish(text.trim()), [entry])
  }

  read(): readonly Failure[] {
    for (let entry = this.peek(); entry; entry = this.peek()) this.step(entry)
    return this.found
  }
}

/** @returns everything that may tell of a failure, in the order of the lines; also lines that are nothing of the kind */
export const findFailures = (lines: readonly Line[]): readonly Failure[] => new Reader(lines).read()

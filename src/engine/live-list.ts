/**
 * Draws a list on a terminal, as a renderer of listr2. Its own default one draws the whole list anew at each
 * change of a task and ten times a second, and wraps every character of it: on a slow host that was more
 * work than what the list was about. Here a frame is drawn a few times a second, and only lines that changed are written.
 */
import { stripVTControlCharacters } from 'node:util'
import type { Live } from '../cli/terminal.ts'
import { columnsOf } from '../util/text-width.ts'
import { type ListedTask, type LiveLines, type LiveTaskOptions, liveLines } from './live-lines.ts'

export interface LiveListOptions {
  readonly live: Live
  /** Wipe the drawing at the end, because a report follows. */
  readonly transient: boolean
  /** listr2's, which holds back what others write meanwhile, and hides the cursor. */
  readonly output: {
    hijack(): void
    release(): void
    toStdout(text: string, eol?: boolean): unknown
  }
  readonly terminal: { readonly columns?: number | undefined; readonly rows?: number | undefined }
}

/** Between two frames. */
const frameMs = 200
/** A slow host draws less often: at most one part in this many of its time. */
const drawingShare = 20

/** Control sequences of ECMA-48 8.3: CUU, EL, ED. */
const up = (lines: number) => (lines > 0 ? `\x1b[${lines}A` : '')
const eraseLine = '\x1b[2K'
const eraseBelow = '\x1b[J'

/** How many rows lines take that were drawn in a wider terminal. */
const rowsOf = (lines: readonly string[], columns: number): number =>
  lines.reduce(
    (sum, line) => sum + Math.max(1, Math.ceil(columnsOf(stripVTControlCharacters(line)) / columns)),
    0,
  )

/** The class that listr2 asks for. */
export class LiveList {
  static nonTTY = true
  static rendererOptions = {}
  static rendererTaskOptions: LiveTaskOptions = {}
  readonly #tasks: readonly ListedTask[]
  readonly #options: LiveListOptions
  #timer: NodeJS.Timeout | undefined
  #turn = 0
  /** What stands on the terminal, above the cursor. */
  #drawn: readonly string[] = []
  #columns = 0

  constructor(tasks: readonly ListedTask[], options: LiveListOptions) {
    this.#tasks = tasks
    this.#options = options
  }

  render(): void {
    this.#options.output.hijack()
    this.#frame()
  }

  end(): void {
    clearTimeout(this.#timer)
    const { output, transient } = this.#options
    // Whole, also in a low terminal: it stays.
    this.#draw(transient ? [] : this.#lines().lines)
    output.release()
  }

  #frame(): void {
    const start = performance.now()
    const { lines, active } = this.#lines()
    // What has scrolled out of the terminal could not be drawn over.
    const room = Math.max(1, (this.#options.terminal.rows || 24) - 1)
    const end = Math.max(active, Math.min(room, lines.length))
    this.#draw(lines.slice(Math.max(0, end - room), end))
    this.#turn++
    const cost = performance.now() - start
    this.#timer = setTimeout(() => this.#frame(), Math.max(frameMs, cost * drawingShare))
  }

  #lines(): LiveLines {
    return liveLines(this.#tasks, this.#options.live, this.#width(), this.#turn)
  }

  #width(): number {
    return this.#options.terminal.columns || 80
  }

  #draw(lines: readonly string[]): void {
    const columns = this.#width()
    const before = this.#drawn
    const isNarrower = columns < this.#columns
    // Where the terminal has wrapped old lines, nothing of them is where it was.
    const kept = isNarrower ? [] : before
    let text = ''
    for (const [index, line] of lines.entries())
      text += kept[index] === line ? '\n' : `${kept[index] === undefined ? '' : eraseLine}${line}\n`
    this.#drawn = lines
    this.#columns = columns
    if (lines.length === before.length && lines.every((line, index) => line === before[index])) return
    const height = isNarrower ? rowsOf(before, columns) : before.length
    const rest = isNarrower || lines.length < before.length ? eraseBelow : ''
    this.#options.output.toStdout(
      `${up(height)}${isNarrower ? rest : ''}${text}${isNarrower ? '' : rest}`,
      false,
    )
  }
}

/** The end of something long: logs grow without limit, and what matters stands last. */
import { StringDecoder } from 'node:string_decoder'

export interface Tail {
  readonly text: string
  /** The number of its first line in the whole. */
  readonly firstLine: number
  /** Bytes of the whole. */
  readonly bytes: number
  /** The first bytes, to tell compressed files by. */
  readonly head: Uint8Array
}

const newline = 10

const countLines = (bytes: Uint8Array): number => {
  let count = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++
  return count
}

/**
 * The last bytes of what is put in, in one buffer that is made once: a chunk of one byte, as a serial console sends
 * it, costs no more memory than that byte.
 */
class Ring {
  readonly #ring: Buffer
  #bytes = 0
  #skippedLines = 0
  constructor(most: number) {
    // The system gives it memory only where it is written.
    this.#ring = Buffer.allocUnsafeSlow(most)
  }

  /** Bytes of the whole. */
  get bytes(): number {
    return this.#bytes
  }

  /** Ends of lines that are no longer there. */
  get skippedLines(): number {
    return this.#skippedLines
  }

  get isCut(): boolean {
    return this.#bytes > this.#ring.length
  }

  put(chunk: Uint8Array) {
    const { length } = this.#ring
    for (let from = 0; from < chunk.length; ) {
      const at = this.#bytes % length
      const part = chunk.subarray(from, from + length - at)
      if (this.#bytes >= length) this.#skippedLines += countLines(this.#ring.subarray(at, at + part.length))
      this.#ring.set(part, at)
      this.#bytes += part.length
      from += part.length
    }
  }

  inOrder(): Buffer {
    if (!this.isCut) return this.#ring.subarray(0, this.#bytes)
    const at = this.#bytes % this.#ring.length
    return Buffer.concat([this.#ring.subarray(at), this.#ring.subarray(0, at)])
  }
}

const headBytes = 8

/**
 * Reads a stream to its end and keeps no more than its last `most` bytes, from the start of a line on.
 * @param most bytes
 */
export const readTail = async (stream: AsyncIterable<Uint8Array>, most: number): Promise<Tail> => {
  const ring = new Ring(most)
  let head: Uint8Array = new Uint8Array()
  for await (const chunk of stream) {
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)])
    ring.put(chunk)
  }
  const decoder = new StringDecoder('utf8')
  const text = decoder.write(ring.inOrder()) + decoder.end()
  const { bytes, skippedLines, isCut } = ring
  if (!isCut) return { text, firstLine: 1, bytes, head }
  // The first line is cut: it is left out.
  return { text: text.slice(text.indexOf('\n') + 1), firstLine: skippedLines + 2, bytes, head }
}

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
 * Reads a stream to its end and keeps no more than its last `most` bytes, from the start of a line on.
 * @param most bytes
 */
export const readTail = async (stream: AsyncIterable<Uint8Array>, most: number): Promise<Tail> => {
  const kept: Uint8Array[] = []
  let held = 0
  let bytes = 0
  let skipped = 0
  let head: Uint8Array = new Uint8Array()
  for await (const chunk of stream) {
    if (bytes === 0) head = chunk.slice(0, 8)
    bytes += chunk.length
    kept.push(chunk)
    held += chunk.length
    for (let oldest = kept[0]; oldest && held - oldest.length >= most; oldest = kept[0]) {
      skipped += countLines(oldest)
      held -= oldest.length
      kept.shift()
    }
  }
  const decoder = new StringDecoder('utf8')
  let text = decoder.write(Buffer.concat(kept)) + decoder.end()
  if (held < bytes) {
    // The first line is cut: it is left out.
    const start = text.indexOf('\n') + 1
    text = text.slice(start)
    skipped++
  }
  return { text, firstLine: skipped + 1, bytes, head }
}

/**
 * One file over several connections, in order: each fetches a piece, the pieces ahead of the reader
 * wait in memory. What is read is always a whole beginning of the file, so that its digest can be
 * computed and the file written while it arrives, and what is written can be continued later.
 */
import { attempts, pause, read, type Timeouts } from './body.ts'
import { Transient, VersionChanged } from './remote.ts'

export interface RemoteFile {
  readonly url: string
  readonly total: number
  readonly validator: string
}

export interface Chunking {
  /** Bytes of a piece: large enough that asking for the next costs little, small enough to keep some in memory. */
  readonly piece: number
  readonly connections: number
  /** Bytes that are taken of a file when nothing says beforehand how many there are. */
  readonly maxUnannounced: number
}

/** A piece that arrives while others are read. */
class Piece {
  readonly #waiting: Buffer[] = []
  #ended = false
  #failure: unknown = null
  #wake: (() => void) | null = null

  push(chunk: Buffer) {
    this.#waiting.push(chunk)
    this.#wake?.()
  }

  end(failure: unknown = null) {
    this.#ended = true
    this.#failure = failure
    this.#wake?.()
  }

  async *chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      for (let chunk = this.#waiting.shift(); chunk; chunk = this.#waiting.shift()) yield chunk
      if (this.#failure) throw this.#failure
      if (this.#ended) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = null
    }
  }
}

/** A piece is fetched over at most so many connections, and two more for each. */
const fairShare = 64

/** Fetches one piece, going on after a cut connection where it ended. */
const fill = async (whole: RemoteFile, from: number, to: number, piece: Piece, patience: Timeouts) => {
  let at = from
  for (let attempt = 1; at < to; ) {
    const start = at
    try {
      const range = { from: at, to, validator: whole.validator }
      const onOpen = ({ ranged, total }: { ranged: boolean; total: number | null }) => {
        if (!ranged || total !== whole.total) throw new VersionChanged('the file has changed')
      }
      for await (const chunk of read(whole.url, range, patience, onOpen)) {
        // More than was asked for belongs to the next piece, which asks for it itself.
        const wanted = chunk.subarray(0, to - at)
        at += wanted.length
        piece.push(wanted)
      }
      if (at < to) throw new Transient('the connection ended early')
    } catch (error) {
      if (!(error instanceof Transient)) throw error
      // A connection that brought a fair part of the piece was no failure; one that brought a byte was.
      if ((at - start) * fairShare >= to - from) attempt = 1
      if (attempt === attempts) throw error
      await pause(attempt, error, patience)
      attempt++
    }
  }
}

/** Hands over the bytes from `from` to the end, several pieces at a time. */
async function* parallelChunks(
  whole: RemoteFile,
  from: number,
  { piece: size, connections }: Chunking,
  patience: Timeouts,
): AsyncGenerator<Buffer> {
  const done = new AbortController()
  const signal = AbortSignal.any([patience.signal, done.signal])
  const window: Piece[] = []
  const running = new Set<Promise<void>>()
  let next = from
  const startMore = () => {
    while (window.length < connections && next < whole.total) {
      const piece = new Piece()
      const to = Math.min(next + size, whole.total)
      const work = fill(whole, next, to, piece, { ...patience, signal })
        .then(() => piece.end())
        .catch((error: unknown) => piece.end(error))
        .finally(() => running.delete(work))
      running.add(work)
      window.push(piece)
      next = to
    }
  }
  try {
    startMore()
    for (let piece = window[0]; piece; piece = window[0]) {
      yield* piece.chunks()
      window.shift()
      startMore()
    }
  } finally {
    done.abort()
    await Promise.all(running)
  }
}

/**
 * Hands over the bytes from `from` to the end, in order. A server that refuses several connections
 * is asked over one.
 * @throws Changed when the file is another one now, Transient when the server gave up, DoctorError, Interrupted
 */
export async function* orderedChunks(
  whole: RemoteFile,
  from: number,
  cut: Chunking,
  patience: Timeouts,
): AsyncGenerator<Buffer> {
  let at = from
  for (const connections of [cut.connections, 1]) {
    try {
      for await (const chunk of parallelChunks(whole, at, { ...cut, connections }, patience)) {
        at += chunk.length
        yield chunk
      }
      return
    } catch (error) {
      if (!(error instanceof Transient) || connections === 1) throw error
    }
  }
}

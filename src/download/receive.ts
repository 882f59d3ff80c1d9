/** Brings one file into its part: on from where an earlier run ended, over as many connections as the server likes. */
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, statfs } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { DigestAlgorithm } from '../catalogue/integrity.ts'
import { openOwn } from '../files/own-file.ts'
import { writeFileAtomic } from '../files/write.ts'
import { errnoOf } from '../util/errors.ts'
import { humanBytes } from '../util/units.ts'
import { attempts, pause, read, type Timeouts } from './body.ts'
import { bytesOf, dropPart, originOf, partOf, resumableState } from './part.ts'
import { type Chunking, orderedChunks } from './pieces.ts'
import { failed, type Source, Transient, VersionChanged } from './remote.ts'

/** Is told what of a file has arrived and where it lies; the download does not depend on it. */
export interface Follower {
  /** A part, new or of an earlier run, is about to be written. @param total bytes that it will have, or null */
  begin(part: string, total: number | null): Promise<void>
  /** @param bytes of the part that are written, from its beginning */
  arrived(bytes: number): void
}

export interface DownloadJob {
  readonly url: string
  readonly path: string
  /** What the catalogue says, or null. */
  readonly bytes: number | null
  readonly algorithm: DigestAlgorithm
  readonly cut: Chunking
  readonly patience: Timeouts
  readonly follower: Follower | null
  /** @param resumed bytes that were there before this run */
  onProgress(done: number, total: number | null, resumed: number): void
}

const requireRoom = async (path: string, bytes: number) => {
  const directory = dirname(path)
  const { bavail, bsize } = await statfs(directory)
  if (bavail * bsize < bytes) {
    throw failed(
      `${basename(path)} needs ${humanBytes(bytes)} and ${directory} has ${humanBytes(bavail * bsize)} free; make room or set \`data_dir\`.`,
    )
  }
}

/** A login page or an error page that came with "200 OK" or "206". */
const refusePage = (url: string, first: Buffer) => {
  if (
    /^\uFEFF?\s*<(!doctype html|html|\?xml[^>]*\?>\s*<!doctype html)/i.test(first.subarray(0, 256).toString())
  )
    throw failed(`${url} sends a web page instead of a file; open it in a browser to see what it says.`)
}

/** Bytes that are gathered before they are written: a network hands them over in packets, and each write costs. */
const writeAtOnce = 256 * 1024

/** Appends to the part, hashing while the disk writes. */
class Sink {
  readonly #file: FileHandle
  readonly #hash: Hash
  #gathered: Buffer[] = []
  #size = 0
  #written: number
  #writing: Promise<unknown> = Promise.resolve()
  readonly #onWritten: (bytes: number) => void
  constructor(file: FileHandle, hash: Hash, at: number, onWritten: (bytes: number) => void) {
    this.#file = file
    this.#hash = hash
    this.#onWritten = onWritten
    this.#written = at
  }

  get at(): number {
    return this.#written + this.#size
  }

  async take(chunk: Buffer) {
    this.#gathered.push(chunk)
    this.#size += chunk.length
    this.#hash.update(chunk)
    if (this.#size < writeAtOnce) return
    await this.#writing
    this.#writing = this.#write()
    // It is awaited by the next call; until then a failure must not count as an unhandled rejection.
    this.#writing.catch(() => {})
  }

  /** Writes what is left, also after a failure: the next run goes on from there. */
  async flush() {
    await this.#writing
    await this.#write()
  }

  async #write() {
    const chunks = this.#gathered
    const at = this.#written
    this.#gathered = []
    const size = this.#size
    this.#written += size
    this.#size = 0
    if (size === 0) return
    const { bytesWritten } = await this.#file.writev(chunks, at)
    // A full disk takes what fits, and says so only when asked again.
    if (bytesWritten < size)
      await this.#file.write(Buffer.concat(chunks), bytesWritten, null, at + bytesWritten)
    this.#onWritten(at + size)
  }
}

export interface Received {
  /** Of the part, which is complete now. */
  readonly digest: string
  /** Whether some of it was there before. */
  readonly resumed: boolean
}

/** One go at the file. @param ranges whether parts of it may be asked for */
const attempt = async (delivery: DownloadJob, ranges: boolean): Promise<Received> => {
  const { url, path, cut, patience, follower } = delivery
  const left = ranges ? await resumableState(path, url) : null
  const hash = createHash(delivery.algorithm)
  if (left && left.size === left.total) {
    // Everything had arrived, but it was not yet given its name.
    await follower?.begin(partOf(path), left.total)
    for await (const chunk of bytesOf(partOf(path))) hash.update(chunk)
    return { digest: hash.digest('hex'), resumed: true }
  }
  const from = left?.size ?? 0
  const range = ranges ? { from, to: from + cut.piece, validator: left?.validator ?? null } : null
  let source: Source | null = null
  const first = read(url, range, patience, (opened) => {
    source = opened
  })
  // Nothing is written before the first bytes are seen: they tell whether this is a file at all.
  const start = await first.next()
  const opened = source as Source | null
  if (!opened) throw new Transient('the server sent nothing')
  const resumed = opened.ranged ? from : 0
  try {
    if (!start.done && resumed === 0) refusePage(url, start.value)
    if (delivery.bytes !== null && opened.total !== null && opened.total !== delivery.bytes) {
      throw failed(
        `${url} has ${opened.total} bytes where ${delivery.bytes} are expected: cut short, or another file; it was not kept.`,
      )
    }
    const total = opened.total ?? delivery.bytes
    await requireRoom(path, (total ?? 0) - resumed)
    if (resumed === 0) await dropPart(path)
    else for await (const chunk of bytesOf(partOf(path))) hash.update(chunk)
    const { validator } = opened
    // Nothing would tell whether the next part is of the same version.
    if (opened.ranged && validator === null && total !== null && total > cut.piece) throw new VersionChanged()
    const origin = opened.ranged && validator !== null && total !== null ? { url, validator, total } : null
    const file = await openOwn(partOf(path), resumed > 0 ? 'continue' : 'create')
    const sink = new Sink(file, hash, resumed, (bytes) => follower?.arrived(bytes))
    try {
      await follower?.begin(partOf(path), total)
      if (resumed > 0) follower?.arrived(resumed)
      if (origin && resumed === 0) await writeFileAtomic(originOf(path), JSON.stringify(origin), 0o600)
      const take = async (chunk: Buffer) => {
        await sink.take(chunk)
        if (total === null && sink.at > cut.maxUnannounced)
          throw failed(
            `${url} does not say how large it is, and sends more than ${humanBytes(cut.maxUnannounced)}; it was not kept.`,
          )
        delivery.onProgress(sink.at, total, resumed)
      }
      if (!start.done) await take(start.value)
      try {
        for await (const chunk of first) await take(chunk)
      } catch (error) {
        // What is missing of the first piece is fetched with the rest.
        if (!(origin && error instanceof Transient)) throw error
      }
      if (origin) for await (const chunk of orderedChunks(origin, sink.at, cut, patience)) await take(chunk)
      if (opened.total !== null && sink.at !== opened.total) {
        throw new Transient(
          `the connection ended after ${humanBytes(sink.at)} of ${humanBytes(opened.total)}`,
        )
      }
      await sink.flush()
      await file.sync()
    } finally {
      await sink.flush().finally(() => file.close())
    }
    return { digest: hash.digest('hex'), resumed: resumed > 0 }
  } finally {
    await first.return(undefined)
  }
}

/**
 * @throws DoctorError in one sentence; a part that can be continued stays, another does not
 */
export const receive = async (delivery: DownloadJob): Promise<Received> => {
  const { url, path, patience } = delivery
  let ranges = true
  for (let tries = 1; ; ) {
    try {
      return await attempt(delivery, ranges)
    } catch (error) {
      if (error instanceof VersionChanged && ranges) {
        await dropPart(path)
        ranges = false
        continue
      }
      const left = await resumableState(path, url)
      // Before anything else: it may be what fills the disk.
      if (!left) await dropPart(path)
      if (errnoOf(error) === 'ENOSPC')
        throw failed(`${dirname(path)} is full; make room or set \`data_dir\`.`, error)
      if (!(error instanceof Transient)) throw error
      if (tries === attempts) {
        const kept = left ? ` ${humanBytes(left.size)} are kept: the next run goes on from there.` : ''
        throw failed(`${url} could not be fetched in ${attempts} attempts: ${error.message}.${kept}`, error)
      }
      await pause(tries, error, patience)
      tries++
    }
  }
}

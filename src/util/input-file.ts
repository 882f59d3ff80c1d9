/**
 * Files that are read as input: configuration, facts, keys. A pipe, device, socket or directory in the place of a
 * file is refused at once, because reading it could wait without end; so is a file that is too large.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { errnoOf, messageOf } from './errors.ts'
import { humanBytes } from './units.ts'

/** Why a file cannot be used; `because` follows its name in a sentence. */
export class UnusableFile extends Error {
  readonly because: string
  /** The errno name, as on Node's own errors; absent when the file could be opened. */
  readonly code?: string
  constructor(because: string, cause?: unknown) {
    super(because, { cause })
    this.because = because
    const errno = errnoOf(cause)
    if (errno !== null) this.code = errno
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  // A socket; a device without a driver.
  ENXIO: 'is not a regular file',
}

const openError = (error: unknown): UnusableFile => {
  const errno = errnoOf(error)
  return new UnusableFile(reasons[errno ?? ''] ?? `cannot be read (${errno ?? messageOf(error)})`, error)
}

const noFile = (info: Stats) =>
  new UnusableFile(info.isDirectory() ? 'is a directory' : 'is not a regular file')

/** Descriptors that the caller of this process opened, as `<(command)` of bash does: pipes are meant there. */
const isDescriptor = (path: string): boolean => /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/\d+)$/.test(path)

/**
 * Opens a regular file, or a pipe that the caller of this process opened.
 * @throws UnusableFile for anything else
 */
export const openInputFile = async (path: string): Promise<FileHandle> => {
  const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants
  const isPassed = isDescriptor(path)
  let file: FileHandle
  try {
    // O_NONBLOCK: without it, opening a pipe waits for a writer. O_NOCTTY: a terminal must not become ours.
    file = await open(path, isPassed ? O_RDONLY : O_RDONLY | O_NONBLOCK | O_NOCTTY)
  } catch (error) {
    throw openError(error)
  }
  const info = await file.stat()
  if (info.isFile() || (isPassed && info.isFIFO())) return file
  await file.close()
  throw noFile(info)
}

/** Of a file that has more than the first part, each part is larger than the one before. */
const firstPart = 16 * 2 ** 10
const maxPart = 2 ** 20

const tooLarge = (maxBytes: number) => new UnusableFile(`has more than ${humanBytes(maxBytes)}`)

/**
 * @param maxBytes above which the file is refused; what a file under /proc claims to have does not count
 * @throws UnusableFile
 */
export const readInputFile = async (path: string, maxBytes: number): Promise<string> => {
  const file = await openInputFile(path)
  const chunks: Uint8Array[] = []
  try {
    for (let bytes = 0, part = firstPart; ; part = Math.min(4 * part, maxPart)) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(part), 0, part, null)
      if (bytesRead === 0) break
      bytes += bytesRead
      if (bytes > maxBytes) throw tooLarge(maxBytes)
      chunks.push(buffer.subarray(0, bytesRead))
    }
  } catch (error) {
    throw error instanceof UnusableFile ? error : openError(error)
  } finally {
    await file.close()
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * The same at once, for files that never let a reader wait: it stops the whole program meanwhile.
 * @throws UnusableFile
 */
export const readInputFileSync = (path: string, maxBytes: number): string => {
  const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants
  let file: number
  try {
    file = openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
  } catch (error) {
    throw openError(error)
  }
  try {
    const info = fstatSync(file)
    if (!info.isFile()) throw noFile(info)
    if (info.size > maxBytes) throw tooLarge(maxBytes)
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw error instanceof UnusableFile ? error : openError(error)
  } finally {
    closeSync(file)
  }
}

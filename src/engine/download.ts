/**
 * Fetches one file: under a temporary name, hashed while it arrives, synced, then renamed. What
 * stands under the final name is always complete and verified.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, type FileHandle, mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DownloadStep } from '../contract.ts'
import { DoctorError, errnoOf, Interrupted, messageOf } from '../errors.ts'
import { humanBytes } from '../units.ts'
import { keepAside } from './keep-aside.ts'
import { tryLock } from './lock.ts'
import { failed, letGo, openUrl, Transient } from './remote.ts'

export interface DownloadHooks {
  readonly signal: AbortSignal
  onProgress(done: number, total: number | null): void
  /** How long to wait for the next byte, and between attempts; for tests. */
  readonly stallMs?: number
  readonly retryMs?: number
}

const attempts = 3

/** Bytes that are gathered before they are written: a network hands them over in packets, and each write costs. */
const writeAtOnce = 256 * 1024

/** @returns a writer that gathers, and its end */
const gatheringWriter = (file: FileHandle) => {
  let chunks: Buffer[] = []
  let size = 0
  const flush = async () => {
    if (size === 0) return
    const all = Buffer.concat(chunks, size)
    chunks = []
    size = 0
    await file.writeFile(all)
  }
  return {
    write: async (chunk: Buffer) => {
      size += chunk.length
      chunks.push(chunk)
      if (size >= writeAtOnce) await flush()
    },
    flush,
  }
}

const digestOf = async (path: string): Promise<string | null> => {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
  return hash.digest('hex')
}

const requireRoom = async (folder: string, bytes: number, name: string) => {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes) {
    throw failed(
      `${name} needs ${humanBytes(bytes)} and ${folder} has ${humanBytes(bavail * bsize)} free; make room or set \`data_dir\`.`,
    )
  }
}

/** Calls `abort` when nothing arrived for a while; each `touch` starts the wait anew. */
const watchdog = (ms: number, abort: () => void) => {
  let timer = setTimeout(abort, ms)
  return {
    touch: () => {
      clearTimeout(timer)
      timer = setTimeout(abort, ms)
    },
    stop: () => clearTimeout(timer),
  }
}

/** One attempt: writes the temporary file. @returns the digest of what arrived */
const receive = async (step: DownloadStep, part: string, hooks: DownloadHooks): Promise<string> => {
  const stalled = new AbortController()
  const dog = watchdog(hooks.stallMs ?? 30_000, () => stalled.abort())
  const signal = AbortSignal.any([hooks.signal, stalled.signal])
  let body: Readable | null = null
  const stop = () => letGo(body)
  signal.addEventListener('abort', stop, { once: true })
  try {
    signal.throwIfAborted()
    const source = await openUrl(step.url, signal)
    // An abort may come before the first byte is read: node-fetch makes an error of it.
    body = source.body.on('error', () => {})
    const total = source.total ?? step.bytes
    await requireRoom(dirname(part), total ?? 0, basename(step.path))
    const hash = createHash('sha256')
    const file = await open(part, 'w', 0o600)
    const writer = gatheringWriter(file)
    let done = 0
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        dog.touch()
        if (
          done === 0 &&
          source.type.startsWith('text/html') &&
          /^\s*<(!doctype|html)/i.test(chunk.subarray(0, 64).toString())
        ) {
          throw failed(
            `${step.url} sends a web page instead of a file; open it in a browser to see what it says.`,
          )
        }
        hash.update(chunk)
        await writer.write(chunk)
        done += chunk.length
        hooks.onProgress(done, total)
      }
      await writer.flush()
      await file.sync()
    } finally {
      await file.close()
    }
    if (source.total !== null && done !== source.total) {
      throw new Transient(`the connection ended after ${humanBytes(done)} of ${humanBytes(source.total)}`)
    }
    return hash.digest('hex')
  } catch (error) {
    if (hooks.signal.aborted) throw new Interrupted()
    if (stalled.signal.aborted) throw new Transient('the server stopped sending')
    if (error instanceof DoctorError || error instanceof Transient) throw error
    if (errnoOf(error) === 'ENOSPC')
      throw failed(`${dirname(part)} is full; make room or set \`data_dir\`.`, error)
    throw new Transient(messageOf(error))
  } finally {
    dog.stop()
    signal.removeEventListener('abort', stop)
    stop()
  }
}

const receiveWithRetries = async (
  step: DownloadStep,
  part: string,
  hooks: DownloadHooks,
): Promise<string> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await receive(step, part, hooks)
    } catch (error) {
      if (!(error instanceof Transient)) throw error
      if (attempt === attempts)
        throw failed(`${step.url} could not be fetched in ${attempts} attempts: ${error.message}.`, error)
      await sleep((hooks.retryMs ?? 1000) * 2 ** (attempt - 1), undefined, { signal: hooks.signal }).catch(
        () => {
          throw new Interrupted()
        },
      )
    }
  }
}

const settle = async (step: DownloadStep, part: string) => {
  await chmod(part, step.mode)
  await keepAside(step.path)
  await rename(part, step.path)
  const folder = await open(dirname(step.path), 'r')
  await folder.sync().finally(() => folder.close())
}

/**
 * @returns whether anything had to be fetched
 * @throws DoctorError (exit 5) in one sentence; nothing is left under the final name then
 */
export const download = async (
  step: DownloadStep,
  hooks: DownloadHooks,
): Promise<'downloaded' | 'already there'> => {
  const folder = dirname(step.path)
  const part = `${folder}/.${basename(step.path)}.part`
  await mkdir(folder, { recursive: true })
  const release = await tryLock(`${folder}/.${basename(step.path)}.lock`)
  if (typeof release === 'number')
    throw failed(`Process ${release} is fetching ${step.path} already; wait for it.`)
  try {
    if (step.sha256 !== null && (await digestOf(step.path)) === step.sha256) {
      await chmod(step.path, step.mode)
      return 'already there'
    }
    const digest = await receiveWithRetries(step, part, hooks)
    if (step.sha256 !== null && digest !== step.sha256) {
      throw failed(
        `${step.url} is not the expected file (SHA-256 ${digest}, expected ${step.sha256}); it was not kept.`,
      )
    }
    await settle(step, part)
    return 'downloaded'
  } finally {
    await rm(part, { force: true })
    await release()
  }
}

/** Reading what a server sends, with an end to waiting for it. */
import { DoctorError, Interrupted } from '../util/errors.ts'
import { whyNotConnected } from './connection.ts'
import { discardBody, openUrl, type Range, type Source, Transient, VersionChanged } from './remote.ts'

export interface Timeouts {
  /** Ends everything: the user's Ctrl-C. */
  readonly signal: AbortSignal
  /** How long to wait for an answer or the next bytes, in milliseconds. */
  readonly stallMs: number
  /** How long to wait before the second attempt, in milliseconds; doubled for each further one. */
  readonly retryMs: number
}

/** How many times in a row nothing may arrive before a download is given up. */
export const attempts = 3

/**
 * What has to arrive while the reader waits for `stallMs` in all: with the usual 30 s half a kilobyte a second.
 * A server that sends a byte now and then would never end otherwise.
 */
const enoughBytes = 16 * 1024

/** The longest wait that a server can ask for with Retry-After. */
const maxWaitMs = 60_000

/**
 * Opens an address and hands over what arrives.
 * @throws Transient, Changed, Interrupted or DoctorError, whatever went wrong
 */
export async function* read(
  url: string,
  range: Range | null,
  { signal, stallMs }: Timeouts,
  onOpen: (source: Source) => void,
): AsyncGenerator<Buffer> {
  const stalled = new AbortController()
  // What is left of the time for the next `enoughBytes`; the time that the caller takes does not count.
  let leftMs = stallMs
  let received = 0
  let since = performance.now()
  let timer = setTimeout(() => stalled.abort(), leftMs)
  const both = AbortSignal.any([signal, stalled.signal])
  let source: Source | null = null
  const stop = () => discardBody(source?.body ?? null)
  both.addEventListener('abort', stop, { once: true })
  try {
    both.throwIfAborted()
    source = await openUrl(url, both, range)
    // An abort may come before the first byte is read: node-fetch makes an error of it.
    source.body.on('error', () => {})
    onOpen(source)
    for await (const chunk of source.body as AsyncIterable<Buffer>) {
      clearTimeout(timer)
      received += chunk.length
      leftMs -= performance.now() - since
      if (received >= enoughBytes) {
        received = 0
        leftMs = stallMs
      }
      yield chunk
      since = performance.now()
      timer = setTimeout(() => stalled.abort(), leftMs)
    }
    both.throwIfAborted()
  } catch (error) {
    if (signal.aborted) throw new Interrupted()
    if (stalled.signal.aborted)
      throw new Transient(
        // The last bytes came within the time: it still sends.
        performance.now() - since < stallMs / 2 && received > 0
          ? 'the server sends too slowly'
          : 'the server stopped sending',
      )
    if (error instanceof DoctorError || error instanceof Transient || error instanceof VersionChanged)
      throw error
    throw new Transient(whyNotConnected(error))
  } finally {
    clearTimeout(timer)
    both.removeEventListener('abort', stop)
    stop()
  }
}

/** Waits before the next attempt. @throws Interrupted */
export const pause = async (
  attempt: number,
  { waitMs }: Transient,
  { signal, retryMs }: Timeouts,
): Promise<void> => {
  const { setTimeout: sleep } = await import('node:timers/promises')
  const ms = Math.min(Math.max(retryMs * 2 ** (attempt - 1), waitMs ?? 0), maxWaitMs)
  await sleep(ms, undefined, { signal }).catch(() => {
    throw new Interrupted()
  })
}

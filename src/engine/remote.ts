/** Opens what is at an address: the only place that knows node-fetch, and loads it on use. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { DoctorError, errnoOf, exit } from '../errors.ts'

/** A download that cannot succeed, in one sentence. */
export const failed = (message: string, cause?: unknown) =>
  new DoctorError(exit.fixFailed, message, { cause })

/** A failure that another attempt may not meet. */
export class Transient extends Error {}

export interface Source {
  readonly body: Readable
  /** Bytes to come, where the server says so. */
  readonly total: number | null
  readonly type: string
}

/** Ends a connection whose answer nobody will read: it would keep the program running. */
export const letGo = (body: NodeJS.ReadableStream | null) => {
  // An error that nobody listens to ends the program.
  if (body) (body as Readable).on('error', () => {}).destroy()
}

/**
 * Opens an https:, http: or file: address, following redirects.
 * @throws Transient for what another attempt may not meet, DoctorError for what it would
 */
export const openUrl = async (url: string, signal: AbortSignal): Promise<Source> => {
  if (url.startsWith('file:')) {
    const path = fileURLToPath(url)
    const info = await stat(path).catch((error) => {
      throw failed(`${path} cannot be read (${errnoOf(error)}).`, error)
    })
    if (!info.isFile()) throw failed(`${path} is not a file.`)
    return { body: createReadStream(path), total: info.size, type: '' }
  }
  const { default: fetch } = await import('node-fetch')
  // Redirects are followed by hand: an https: address must not lead to an http: one.
  let at = url
  for (let hop = 0; hop < 10; hop++) {
    const response = await fetch(at, {
      redirect: 'manual',
      signal,
      headers: { 'accept-encoding': 'identity' },
    })
    const location = response.headers.get('location')
    if (!response.ok) letGo(response.body)
    if (response.status >= 300 && response.status < 400 && location) {
      const next = new URL(location, at).href
      if (at.startsWith('https:') && !next.startsWith('https:')) {
        throw failed(`${url} redirects from https to ${next}, which is not safe; use another address.`)
      }
      at = next
      continue
    }
    const status = `${response.status} ${response.statusText}`.trim()
    if (response.status >= 500 || response.status === 429) throw new Transient(`the server answers ${status}`)
    if (!response.ok || !response.body)
      throw failed(`${at} answers ${status}; check the address, or set another one.`)
    const length = response.headers.get('content-length')
    // With an encoding the length counts other bytes than the ones that arrive here.
    const counts = length !== null && !response.headers.has('content-encoding')
    return {
      body: response.body as Readable,
      total: counts ? Number(length) : null,
      type: response.headers.get('content-type') ?? '',
    }
  }
  throw failed(`${url} redirects in circles.`)
}

/** How long a server may take to say how large a file is; the plan is shown without when it does not. */
const sizeMs = 3000

/** How large the file at an address is, or null when the server does not say. */
export const sizeOf = async (url: string, signal: AbortSignal): Promise<number | null> => {
  try {
    if (url.startsWith('file:')) return (await stat(fileURLToPath(url))).size
    const { default: fetch } = await import('node-fetch')
    const limit = AbortSignal.any([signal, AbortSignal.timeout(sizeMs)])
    const response = await fetch(url, { method: 'HEAD', signal: limit })
    const length = response.headers.get('content-length')
    return response.ok && length !== null ? Number(length) : null
  } catch {
    return null
  }
}

/** Opens what is at an address: the only place that knows node-fetch and proxies, and loads them on use. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { DoctorError, errnoOf, exit } from '../util/errors.ts'

/** A download that cannot succeed, in one sentence. */
export const failed = (message: string, cause?: unknown) =>
  new DoctorError(exit.fixFailed, message, { cause })

/** A failure that another attempt may not meet. */
export class Transient extends Error {
  /** How long the server asks to be left alone, in milliseconds. */
  readonly waitMs: number | null
  constructor(message: string, waitMs: number | null = null) {
    super(message)
    this.waitMs = waitMs
  }
}

/** The parts that the server sends do not belong together: the file must be fetched in one go. */
export class VersionChanged extends Error {}

/** Bytes `from` up to, not including, `to`, of the version that the validator names. */
export interface Range {
  readonly from: number
  readonly to: number
  /** An ETag or date of an earlier answer (RFC 9110, If-Range); null for the first request. */
  readonly validator: string | null
}

export interface Source {
  readonly body: Readable
  /** The place of the first byte in the file: 0 unless the server keeps to the range. */
  readonly from: number
  /** Bytes of the whole file, where the server says so. */
  readonly total: number | null
  /** Whether the server keeps to the range that it was asked for. */
  readonly ranged: boolean
  /** What later requests for other ranges of the same version may name; null when nothing can. */
  readonly validator: string | null
}

/** Ends a connection whose answer is not read: it would keep the program running. */
export const discardBody = (body: NodeJS.ReadableStream | null) => {
  // An error event without a listener ends the program.
  if (body) (body as Readable).on('error', () => {}).destroy()
}

/** An address as it may be shown: without the password in it. */
const shown = (url: string): string => url.replace(/\/\/[^/@]*@/, '//')

const agents = new Map<string, HttpAgent>()

/** The agent for an address: through the proxy that the environment names (HTTPS_PROXY, NO_PROXY, …), kept alive. */
const agentFor = async (url: string): Promise<HttpAgent> => {
  const { getProxyForUrl } = await import('proxy-from-env')
  const proxy = getProxyForUrl(url)
  const secure = url.startsWith('https:')
  const id = `${secure} ${proxy}`
  const known = agents.get(id)
  if (known) return known
  const make = async () => {
    if (proxy === '') return secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
    if (!URL.canParse(proxy) || !/^https?:/.test(proxy)) {
      throw failed(
        `The environment names the proxy ${shown(proxy)} for ${shown(url)}; only http: and https: proxies can be used: correct HTTPS_PROXY, HTTP_PROXY or ALL_PROXY.`,
      )
    }
    if (!secure) {
      const { HttpProxyAgent } = await import('http-proxy-agent')
      return new HttpProxyAgent(proxy, { keepAlive: true })
    }
    const { HttpsProxyAgent } = await import('https-proxy-agent')
    return new HttpsProxyAgent(proxy, { keepAlive: true })
  }
  const agent = await make()
  agents.set(id, agent)
  return agent
}

const open = async (url: string, method: string, signal: AbortSignal, headers: Record<string, string>) => {
  const { default: fetch } = await import('node-fetch')
  // Redirects are followed by hand: an https: address must not lead to an http: one.
  let at = url
  for (let hop = 0; hop < 10; hop++) {
    const agent = await agentFor(at)
    const response = await fetch(at, {
      method,
      redirect: 'manual',
      signal,
      agent,
      headers: { 'accept-encoding': 'identity', ...headers },
    })
    const location = response.headers.get('location')
    if (!(response.status >= 300 && response.status < 400 && location)) return { response, at }
    discardBody(response.body)
    const next = new URL(location, at).href
    if (at.startsWith('https:') && !next.startsWith('https:')) {
      throw failed(
        `${shown(url)} redirects from https to ${shown(next)}, which is not safe; use another address.`,
      )
    }
    at = next
  }
  throw failed(`${shown(url)} redirects in circles.`)
}

/** Seconds or a date in a Retry-After header, as milliseconds from now. */
const retryAfter = (text: string | null): number | null => {
  if (text === null) return null
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}

/** "bytes 0-99/1234" */
const parseContentRange = (text: string | null): { from: number; total: number } | null => {
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(text ?? '')
  return match ? { from: Number(match[1]), total: Number(match[2]) } : null
}

const openFile = async (url: string): Promise<Source> => {
  const path = fileURLToPath(url)
  const info = await stat(path).catch((error) => {
    throw failed(`${path} cannot be read (${errnoOf(error)}).`, error)
  })
  if (!info.isFile()) throw failed(`${path} is not a file.`)
  const body = createReadStream(path, { highWaterMark: 2 ** 20 })
  return { body, from: 0, total: info.size, ranged: false, validator: null }
}

/**
 * Opens an https:, http: or file: address, following redirects.
 * @param range the part that is wanted; a server may answer with everything instead
 * @throws Transient for what another attempt may not meet, Changed when the range is of another version
 *   now, DoctorError for what cannot succeed
 */
export const openUrl = async (
  url: string,
  signal: AbortSignal,
  range: Range | null = null,
): Promise<Source> => {
  if (url.startsWith('file:')) return openFile(url)
  const { response, at } = await open(
    url,
    'GET',
    signal,
    range
      ? {
          range: `bytes=${range.from}-${range.to - 1}`,
          ...(range.validator === null ? {} : { 'if-range': range.validator }),
        }
      : {},
  )
  const status = `${response.status} ${response.statusText}`.trim()
  const give = <E>(error: E): E => {
    discardBody(response.body)
    return error
  }
  // A file that shrank has other ranges, and an empty one has none.
  if (response.status === 416 && range) throw give(new VersionChanged(status))
  if (response.status >= 500 || response.status === 429 || response.status === 408) {
    const wait = retryAfter(response.headers.get('retry-after'))
    throw give(new Transient(`the server answers ${status}`, wait))
  }
  if (response.status === 407) {
    throw give(
      failed(
        `The proxy for ${shown(at)} answers ${status}: put the user and password into HTTPS_PROXY or HTTP_PROXY (http://USER:PASSWORD@HOST:PORT).`,
      ),
    )
  }
  if (!response.ok || !response.body)
    throw give(failed(`${shown(at)} answers ${status}; check the address, or set another one.`))
  const body = response.body as Readable
  const etag = response.headers.get('etag')
  // If-Range takes no weak ETag (RFC 9110, 13.1.5).
  const validator = etag && !etag.startsWith('W/') ? etag : response.headers.get('last-modified')
  if (response.status === 206) {
    const answer = parseContentRange(response.headers.get('content-range'))
    if (!range || answer?.from !== range.from)
      throw give(failed(`${shown(at)} answers with another part of the file than was asked for.`))
    return { body, from: answer.from, total: answer.total, ranged: true, validator }
  }
  const length = response.headers.get('content-length')
  // With an encoding the length counts other bytes than the ones that arrive here.
  const counts = length !== null && !response.headers.has('content-encoding')
  return { body, from: 0, total: counts ? Number(length) : null, ranged: false, validator }
}

/** How long a server may take to say how large a file is; the plan is shown without when it does not. */
const sizeMs = 3000

/** How large the file at an address is, or null when the server does not say. */
export const sizeOf = async (url: string, signal: AbortSignal): Promise<number | null> => {
  try {
    if (url.startsWith('file:')) return (await stat(fileURLToPath(url))).size
    const limit = AbortSignal.any([signal, AbortSignal.timeout(sizeMs)])
    const { response } = await open(url, 'HEAD', limit, {})
    const length = response.headers.get('content-length')
    return response.ok && length !== null ? Number(length) : null
  } catch {
    return null
  }
}

/** A real web server on 127.0.0.1 that serves given bytes, and misbehaves when told to. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = (response: ServerResponse, request: IncomingMessage) => unknown

/** Everything, as it should be. */
export const whole =
  (bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(200, { 'content-length': bytes.length, ...headers }).end(bytes)

/** Everything, without a word about how much it is. */
export const chunked =
  (bytes: Uint8Array): Answer =>
  (response) =>
    response.writeHead(200).end(bytes)

/** Promises everything and drops the connection after some bytes. */
export const cut =
  (bytes: Uint8Array, after: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, after), () => response.destroy())
  }

/** The same without a promised length: only the missing last chunk tells. */
export const cutChunked =
  (bytes: Uint8Array, after: number): Answer =>
  (response) => {
    response.writeHead(200)
    response.write(bytes.subarray(0, after), () => response.destroy())
  }

/** Promises fewer bytes than it sends. */
export const overflow =
  (bytes: Uint8Array, length: number): Answer =>
  (response) =>
    response.writeHead(200, { 'content-length': length }).end(bytes)

/** Sends some bytes and then nothing more, without closing. */
export const stall =
  (bytes: Uint8Array, after: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, after))
  }

/** Accepts the request and never answers. */
export const silence: Answer = () => {}

export const status =
  (code: number, body: string | Uint8Array = ''): Answer =>
  (response) =>
    response.writeHead(code, { 'content-type': 'text/html' }).end(body)

export const redirect =
  (to: string): Answer =>
  (response) =>
    response.writeHead(302, { location: to }).end('moved')

/** Sends its body for ever: the connection stays open until the client lets go of it. */
export const endless =
  (code: number, headers: Readonly<Record<string, string | number>> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers)
    const more = (): unknown => response.destroyed || response.write(Buffer.alloc(65_536, 'x'), more)
    more()
  }

/** What a captive portal or a login page looks like: success, with a page. */
export const page: Answer = (response) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('\n<!DOCTYPE html><p>Log in')

interface Ranged {
  readonly etag?: string | null
  readonly modified?: string
  /** Drops the connection after that many bytes of an answer; null lets it finish. */
  readonly cutAfter?: () => number | null
}

/** A server that knows ranges (RFC 9110, section 14): GitHub's and the distributions' sites are like this. */
export const ranged =
  (bytes: Uint8Array, { etag = '"v1"', modified, cutAfter = () => null }: Ranged = {}): Answer =>
  (response, request) => {
    const headers = {
      'accept-ranges': 'bytes',
      ...(etag === null ? {} : { etag }),
      ...(modified === undefined ? {} : { 'last-modified': modified }),
    }
    const condition = request.headers['if-range']
    const holds = condition === undefined || condition === etag || condition === modified
    const asked = holds ? /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') : null
    const from = asked ? Number(asked[1]) : 0
    if (asked && from >= bytes.length)
      return response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    const to = asked ? Math.min(Number(asked[2]) + 1, bytes.length) : bytes.length
    const part = bytes.subarray(from, to)
    response.writeHead(asked ? 206 : 200, {
      ...headers,
      'content-length': part.length,
      ...(asked ? { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` } : {}),
    })
    const cut = cutAfter()
    if (cut === null || cut >= part.length) return response.end(part)
    return response.write(part.subarray(0, cut), () => response.destroy())
  }

export interface FileServer {
  readonly base: string
  /** Answers the requests for a path one after another; the last answer is repeated. Returns the URL. */
  on(path: string, ...answers: readonly [Answer, ...Answer[]]): string
  /** How often a path was asked for. */
  hits(path: string): number
  /** The headers of all requests for a path, in order. */
  asked(path: string): readonly IncomingHttpHeaders[]
  /** Resolves when every client has let go of its connection: a forgotten one shows as a time-out. */
  close(): Promise<void>
}

export const startFileServer = async (): Promise<FileServer> => {
  const answers = new Map<string, readonly Answer[]>()
  const asked = new Map<string, IncomingHttpHeaders[]>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const requests = asked.get(path) ?? []
    asked.set(path, requests)
    const known = answers.get(path) ?? []
    const answer = known[requests.length] ?? known.at(-1) ?? status(404)
    requests.push(request.headers)
    answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    base,
    on: (path, ...given) => {
      answers.set(path, given)
      return base + path
    },
    hits: (path) => asked.get(path)?.length ?? 0,
    asked: (path) => asked.get(path) ?? [],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

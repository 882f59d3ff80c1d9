/** A real web server on 127.0.0.1 that serves given bytes, and misbehaves when told to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = (response: ServerResponse, request: IncomingMessage) => void

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

export interface FileServer {
  readonly base: string
  /** Answers the requests for a path one after another; the last answer is repeated. Returns the URL. */
  on(path: string, ...answers: readonly [Answer, ...Answer[]]): string
  /** How often a path was asked for. */
  hits(path: string): number
  /** Resolves when every client has let go of its connection: a forgotten one shows as a time-out. */
  close(): Promise<void>
}

export const startFileServer = async (): Promise<FileServer> => {
  const answers = new Map<string, readonly Answer[]>()
  const hits = new Map<string, number>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const hit = hits.get(path) ?? 0
    hits.set(path, hit + 1)
    const known = answers.get(path) ?? []
    const answer = known[hit] ?? known.at(-1) ?? status(404)
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
    hits: (path) => hits.get(path) ?? 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

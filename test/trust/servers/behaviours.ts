/** What a server can do to a download, as data: twenty-five ways to be hostile or broken. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { content } from '../../helpers/download.ts'
import {
  type Answer,
  chunked,
  cut,
  cutChunked,
  endless,
  overflow,
  page,
  ranged,
  redirect,
  silence,
  stall,
  status,
  whole,
} from '../../helpers/file-server.ts'

export interface Behaviour {
  readonly id: string
  /** @param base the address of the server */
  readonly answers: (base: string) => readonly [Answer, ...Answer[]]
  /** What comes of it: the verified file, or this sentence and nothing under the final name. */
  readonly gives: 'the file' | RegExp
  /** It is waited for as long as the server asks, up to a minute each time. */
  readonly slow?: true
}

const other = Uint8Array.from(content, (byte) => byte ^ 1)
const part = (from: number, to: number, total: number | string) => `bytes ${from}-${to - 1}/${total}`

const partial =
  (bytes: Uint8Array, range: string, headers: Readonly<Record<string, string | number>> = {}): Answer =>
  (response) =>
    response.writeHead(206, { 'content-range': range, etag: '"v1"', ...headers }).end(bytes)

/** One byte now and then, for ever; announces what it will never reach. */
const drip =
  (code: number, headers: Readonly<Record<string, string | number>>, everyMs: number): Answer =>
  (response: ServerResponse) => {
    response.writeHead(code, headers)
    const timer = setInterval(() => response.write('x'), everyMs)
    response.on('close', () => clearInterval(timer))
  }

/** Answers that change with every request: another version each time. */
const restless = (): Answer => {
  let version = 0
  return (response: ServerResponse, request: IncomingMessage) => {
    version++
    ranged(version % 2 ? content : other, { etag: `"v${version}"` })(response, request)
  }
}

export const behaviours: readonly Behaviour[] = [
  { id: 'other bytes of the same length', answers: () => [whole(other)], gives: /is not the expected file/ },
  { id: 'other bytes by ranges', answers: () => [ranged(other)], gives: /is not the expected file/ },
  {
    id: 'one byte more',
    answers: () => [whole(Buffer.concat([content, Buffer.from('x')]))],
    gives: /is not the expected file/,
  },
  { id: 'one byte less', answers: () => [whole(content.subarray(1))], gives: /is not the expected file/ },
  {
    id: 'nothing at all',
    answers: () => [whole(new Uint8Array())],
    gives: /is not the expected file|sent nothing|empty/,
  },
  { id: 'a login page', answers: () => [page], gives: /web page/ },
  {
    id: 'a login page as 206',
    answers: () => [partial(Buffer.from('<!DOCTYPE html><p>Log in'), part(0, 24, 24))],
    gives: /web page/,
  },
  {
    id: 'more than it announces',
    answers: () => [overflow(content, 1000)],
    gives: /could not be fetched|expected file/,
  },
  {
    id: 'connections cut half way, for ever',
    answers: () => [cut(content, 1000)],
    gives: /could not be fetched/,
  },
  {
    id: 'chunks cut half way, for ever',
    answers: () => [cutChunked(content, 1000)],
    gives: /could not be fetched|expected file/,
  },
  {
    id: 'connections cut at random, with ranges',
    answers: () => [ranged(content, { cutAfter: () => 50_000 })],
    gives: 'the file',
  },
  { id: 'silence', answers: () => [silence], gives: /could not be fetched/ },
  { id: 'silence after some bytes', answers: () => [stall(content, 1000)], gives: /could not be fetched/ },
  {
    id: 'a body without end',
    answers: () => [endless(200)],
    gives: /too large|more than|could not be fetched|free/,
  },
  {
    id: 'a body without end that announces an end',
    answers: () => [endless(200, { 'content-length': content.length })],
    gives: /expected file|could not be fetched/,
  },
  { id: 'an error page without end', answers: () => [endless(404)], gives: /404/ },
  {
    id: 'a size beyond every disk',
    answers: () => [endless(200, { 'content-length': 2 ** 52 })],
    gives: /free; make room/,
  },
  { id: 'redirects in a circle', answers: () => [redirect('f')], gives: /circles/ },
  {
    id: 'a redirect to a file of this host',
    answers: () => [redirect('file:///etc/shadow')],
    gives: /redirect|file:|fetched/,
  },
  {
    id: 'a redirect to nonsense',
    answers: () => [redirect('http://[::::')],
    gives: /redirect|fetched|address/i,
  },
  {
    id: 'another part than was asked for',
    answers: () => [partial(content.subarray(100, 200), part(100, 200, content.length))],
    gives: /another part/,
  },
  {
    id: 'a part without a range',
    answers: () => [(response) => response.writeHead(206).end(content)],
    gives: /another part/,
  },
  { id: 'parts of a file that changes all the time', answers: () => [restless()], gives: /.|the file/ },
  {
    id: 'a 206 that announces 100 bytes and drips',
    answers: () => [
      drip(206, { 'content-range': part(0, 100, 100), etag: '"v1"', 'content-length': 100 }, 20),
    ],
    gives: /too slow|could not be fetched|another part/,
  },
  {
    id: 'a drip without end and without a length',
    answers: () => [drip(200, {}, 20)],
    gives: /too slow|could not be fetched|another part/,
  },
  {
    id: 'an encoding that nobody asked for',
    answers: () => [whole(gzipSync(content), { 'content-encoding': 'gzip' })],
    gives: 'the file',
  },
  {
    id: 'a bomb in an encoding',
    answers: () => [whole(gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' })],
    gives: /expected file|too large|more than/,
  },
  {
    id: 'a negative length',
    answers: () => [
      (response) => {
        response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nabc')
      },
    ],
    gives: /could not be fetched/,
  },
  {
    id: 'no HTTP',
    answers: () => [
      (response) => {
        response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n')
      },
    ],
    gives: /could not be fetched/,
  },
  {
    id: 'headers without end',
    answers: () => [
      (response) => {
        response.socket?.end(`HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(5000)}\r\n`)
      },
    ],
    gives: /could not be fetched/,
  },
  {
    id: 'busy for ever, come back in a year',
    answers: () => [(response) => response.writeHead(503, { 'retry-after': '31536000' }).end()],
    gives: /could not be fetched/,
    slow: true,
  },
  { id: 'first broken, then whole', answers: () => [status(500), whole(content)], gives: 'the file' },
  { id: 'no length', answers: () => [chunked(content)], gives: 'the file' },
]

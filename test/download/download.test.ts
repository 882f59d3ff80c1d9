import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DownloadHooks, download } from '../../src/download/download.ts'
import { sha256 } from '../../src/formats/digest.ts'
import { Interrupted } from '../../src/util/errors.ts'
import { content, failureOf, hooks, stepTo } from '../helpers/download.ts'
import {
  type Answer,
  chunked,
  cut,
  cutChunked,
  endless,
  type FileServer,
  overflow,
  page,
  redirect,
  silence,
  stall,
  startFileServer,
  status,
  whole,
} from '../helpers/file-server.ts'
import { scratch } from '../helpers/scratch.ts'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
// Five seconds: a download that forgets its connection would keep the whole program alive.
afterEach(() => server.close(), 5000)

describe('a download that succeeds', () => {
  it('makes the directory, sets the mode, tells its progress and leaves one file', async () => {
    const directory = `${scratch()}/not/there/yet`
    const seen: [number, number | null][] = []
    const url = server.on('/f', whole(content))
    const step = stepTo(`${directory}/f`, url, { mode: 0o755 })
    const onProgress = (done: number, total: number | null) => seen.push([done, total])
    expect(await download(step, hooks({ onProgress }))).toBe('downloaded')
    expect(readdirSync(directory)).toEqual(['f'])
    expect(sha256(readFileSync(step.path))).toBe(sha256(content))
    expect(statSync(step.path).mode & 0o7777).toBe(0o755)
    expect(seen.at(-1)).toEqual([content.length, content.length])
  })

  it('is not repeated, but the mode is repaired', async () => {
    const directory = scratch()
    const step = stepTo(`${directory}/f`, server.on('/f', whole(content)), { mode: 0o755 })
    writeFileSync(step.path, content, { mode: 0o600 })
    expect(await download(step, hooks())).toBe('already there')
    expect(server.hits('/f')).toBe(0)
    expect(statSync(step.path).mode & 0o7777).toBe(0o755)
    expect(readdirSync(directory)).toEqual(['f'])
  })

  it('keeps what is in the way, each time under a new name', async () => {
    const directory = scratch()
    const step = stepTo(`${directory}/f`, server.on('/f', whole(content)))
    for (const mine of ['mine', 'also mine']) {
      writeFileSync(step.path, mine)
      expect(await download(step, hooks())).toBe('downloaded')
    }
    expect(readdirSync(directory).sort()).toEqual(['f', 'f.old-1', 'f.old-2'])
    expect(readFileSync(`${step.path}.old-1`, 'utf8')).toBe('mine')
    expect(readFileSync(`${step.path}.old-2`, 'utf8')).toBe('also mine')
  })

  it('starts anew over what a killed run left, and takes its lock over', async () => {
    const directory = scratch()
    const step = stepTo(`${directory}/f`, server.on('/f', whole(content)))
    writeFileSync(`${directory}/.f.part`, 'x'.repeat(content.length * 2))
    writeFileSync(`${directory}/.f.lock`, String(spawnSync('true').pid))
    expect(await download(step, hooks())).toBe('downloaded')
    expect(readdirSync(directory)).toEqual(['f'])
    expect(sha256(readFileSync(step.path))).toBe(sha256(content))
  })

  const ways: readonly [string, (base: string) => readonly [Answer, ...Answer[]]][] = [
    ['a relative redirect', () => [redirect('elsewhere')]],
    ['a redirect with a body without end', () => [endless(302, { location: 'elsewhere' })]],
    ['an absolute redirect', (base) => [redirect(`${base}/elsewhere`)]],
    ['no content-length', () => [chunked(content)]],
    ['a content-encoding nobody asked for', () => [whole(gzipSync(content), { 'content-encoding': 'gzip' })]],
  ]
  it.each(ways)('copes with %s', async (_name, answers) => {
    server.on('/elsewhere', whole(content))
    const step = stepTo(`${scratch()}/f`, server.on('/f', ...answers(server.base)))
    expect(await download(step, hooks())).toBe('downloaded')
    expect(sha256(readFileSync(step.path))).toBe(sha256(content))
  })

  it('goes without a digest where the user allowed that', async () => {
    const step = stepTo(`${scratch()}/f`, server.on('/f', whole(content)), { proof: { by: 'nothing' } })
    expect(await download(step, hooks())).toBe('downloaded')
    expect(readFileSync(step.path).equals(content)).toBe(true)
    // Once more it has to be fetched to be compared, but nothing is kept aside for the same again.
    expect(await download(step, hooks())).toBe('already there')
    expect(readdirSync(dirname(step.path))).toEqual(['f'])
  })
})

describe('a second attempt', () => {
  const first: readonly [string, Answer, Partial<DownloadHooks>?][] = [
    ['500', status(500)],
    ['503 with a page without end', endless(503)],
    ['429', status(429)],
    ['a connection cut half way', cut(content, 100_000)],
    ['a connection cut without a promised length', cutChunked(content, 100_000)],
    ['a server that stops sending', stall(content, 100_000), { stallMs: 100 }],
    ['a server that never answers', silence, { stallMs: 100 }],
  ]
  it.each(first)('follows %s', async (_name, answer, changes = {}) => {
    const directory = scratch()
    const step = stepTo(`${directory}/f`, server.on('/f', answer, whole(content)))
    expect(await download(step, hooks(changes))).toBe('downloaded')
    expect(server.hits('/f')).toBe(2)
    expect(readdirSync(directory)).toEqual(['f'])
    expect(sha256(readFileSync(step.path))).toBe(sha256(content))
  })
})

describe('a download that fails says why, exits 5, and leaves what was there', () => {
  const cases: readonly [string, Answer, RegExp, number, Partial<DownloadHooks>?][] = [
    ['404', status(404), /answers 404/, 1],
    ['404 with a page without end', endless(404), /answers 404/, 1],
    ['403', status(403), /answers 403/, 1],
    ['a web page', page, /sends a web page instead of a file/, 1],
    ['other bytes', whole(content.subarray(1)), /is not the expected file \(SHA-256 [0-9a-f]{64}, /, 1],
    ['a content-length that is too small', overflow(content.subarray(0, 2000), 1000), /in 3 attempts/, 3],
    ['a redirect to itself', redirect('f'), /redirects in circles/, 10],
    [
      'a file larger than any disk',
      endless(200, { 'content-length': 2 ** 52 }),
      /needs .* TiB and .* free; make room/,
      1,
    ],
    ['always 500', status(500), /in 3 attempts: the server answers 500/, 3],
    ['always cut', cut(content, 1000), /could not be fetched in 3 attempts: /, 3],
    ['always stalled', stall(content, 1000), /in 3 attempts: the server stopped sending/, 3, { stallMs: 50 }],
  ]
  it.each(cases)('%s', async (_name, answer, message, attempts, changes = {}) => {
    const directory = scratch()
    const step = stepTo(`${directory}/f`, server.on('/f', answer))
    writeFileSync(step.path, 'mine')
    const error = await failureOf(download(step, hooks(changes)))
    expect(error.message).toMatch(message)
    expect(error.exitCode).toBe(5)
    expect(server.hits('/f')).toBe(attempts)
    expect(readdirSync(directory)).toEqual(['f'])
    expect(readFileSync(step.path, 'utf8')).toBe('mine')
  })

  it('a server that is not there', async () => {
    const directory = scratch()
    // Port 1 (tcpmux) is refused everywhere that this could run.
    const error = await failureOf(download(stepTo(`${directory}/f`, 'http://127.0.0.1:1/f'), hooks()))
    expect(error.message).toMatch(/in 3 attempts: .*ECONNREFUSED/)
    expect(readdirSync(directory)).toEqual([])
  })
})

describe('an interrupted download leaves nothing', () => {
  it('in the middle', async () => {
    const directory = scratch()
    const stop = new AbortController()
    const step = stepTo(`${directory}/f`, server.on('/f', stall(content, 1000)))
    const running = download(step, hooks({ signal: stop.signal, onProgress: () => stop.abort() }))
    expect(await failureOf(running)).toBeInstanceOf(Interrupted)
    expect(readdirSync(directory)).toEqual([])
  })

  it('before the answer', async () => {
    const directory = scratch()
    const stop = new AbortController()
    const step = stepTo(
      `${directory}/f`,
      server.on('/f', () => stop.abort()),
    )
    expect(await failureOf(download(step, hooks({ signal: stop.signal })))).toBeInstanceOf(Interrupted)
    expect(server.hits('/f')).toBe(1)
    expect(readdirSync(directory)).toEqual([])
  })

  it('between two attempts, however long the wait', async () => {
    const directory = scratch()
    const stop = new AbortController()
    const busy: Answer = (response, request) => {
      status(500)(response, request)
      response.on('finish', () => stop.abort())
    }
    const step = stepTo(`${directory}/f`, server.on('/f', busy))
    const running = download(step, hooks({ signal: stop.signal, retryMs: 600_000 }))
    expect(await failureOf(running)).toBeInstanceOf(Interrupted)
    expect(server.hits('/f')).toBe(1)
    expect(readdirSync(directory)).toEqual([])
  })

  it.each(['http', 'file'])('before it began (%s)', async (scheme) => {
    const directory = scratch()
    const source = `${scratch()}/source`
    writeFileSync(source, content)
    const url = scheme === 'http' ? server.on('/f', whole(content)) : `file://${source}`
    const step = stepTo(`${directory}/f`, url)
    const running = download(step, hooks({ signal: AbortSignal.abort() }))
    expect(await failureOf(running)).toBeInstanceOf(Interrupted)
    expect(readdirSync(directory)).toEqual([])
  })
})

describe('a file: address', () => {
  it('is copied and verified like any other', async () => {
    const source = `${scratch()}/with space`
    writeFileSync(source, content)
    const step = stepTo(`${scratch()}/f`, `file://${source.replace(' ', '%20')}`)
    expect(await download(step, hooks())).toBe('downloaded')
    expect(sha256(readFileSync(step.path))).toBe(sha256(content))
  })

  it.each([
    ['missing', /missing cannot be read \(ENOENT\)/],
    ['directory', /directory is not a file/],
    ['wrong', /is not the expected file/],
  ])('fails at once when it is %s', async (name, message) => {
    const source = scratch()
    mkdirSync(`${source}/directory`)
    writeFileSync(`${source}/wrong`, 'something else')
    const directory = scratch()
    const error = await failureOf(download(stepTo(`${directory}/f`, `file://${source}/${name}`), hooks()))
    expect(error.message).toMatch(message)
    expect(readdirSync(directory)).toEqual([])
  })
})

describe('an answer without end', () => {
  const drip: Answer = (response) => {
    response.writeHead(200, { 'content-length': content.length })
    const timer = setInterval(() => response.write('x'), 10)
    response.on('close', () => clearInterval(timer))
  }

  it('that drips is given up, with the reason', async () => {
    const directory = scratch()
    const error = await failureOf(
      download(stepTo(`${directory}/f`, server.on('/f', drip)), hooks({ stallMs: 100 })),
    )
    expect(error.message).toMatch(/in 3 attempts: the server sends too slowly/)
    expect(server.hits('/f')).toBe(3)
    expect(readdirSync(directory)).toEqual([])
  })

  it('that says no size is taken up to a cap', async () => {
    const directory = scratch()
    const url = server.on('/f', endless(200))
    const error = await failureOf(download(stepTo(`${directory}/f`, url), hooks({ maxUnannounced: 500_000 })))
    expect(error.message).toMatch(/does not say how large it is, and sends more than .* KiB; it was not kept/)
    expect(readdirSync(directory)).toEqual([])
  })
})

/** Resuming, and several connections: against a real server that knows ranges. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { download } from '../../src/download/download.ts'
import { processIdentity } from '../../src/files/lock.ts'
import { Interrupted } from '../../src/util/errors.ts'
import { content, failureOf, hooks, proofOf, stepTo } from '../helpers/download.ts'
import {
  chunked,
  type FileServer,
  page,
  ranged,
  startFileServer,
  status,
  whole,
} from '../helpers/file-server.ts'
import { seededRandom } from '../helpers/random.ts'
import { scratch } from '../helpers/scratch.ts'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close(), 5000)

const small = { piece: 50_000, connections: 4 }
/** One connection: what was asked for comes in a certain order. */
const single = { piece: 50_000, connections: 1 }

const rangesOf = (path: string) => server.asked(path).map((headers) => headers.range)

/** What stands in a directory, and in which file. */
const left = (directory: string) => readdirSync(directory).sort()

/** A part as a run that was killed leaves it. */
const leave = (directory: string, url: string, bytes: Uint8Array, origin: object = {}) => {
  mkdirSync(directory, { recursive: true })
  writeFileSync(`${directory}/.f.part`, bytes)
  const whole = { url, validator: '"v1"', total: content.length, ...origin }
  writeFileSync(`${directory}/.f.part.json`, JSON.stringify(whole))
}

describe('a large file', () => {
  it('comes over several connections, each byte once, all of the same version', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content))
    const seen: number[] = []
    const onProgress = (done: number) => seen.push(done)
    expect(await download(stepTo(`${directory}/f`, url), hooks({ ...small, onProgress }))).toBe('downloaded')
    expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
    expect(left(directory)).toEqual(['f'])
    expect(rangesOf('/f').sort()).toEqual(
      [0, 100_000, 150_000, 200_000, 250_000, 50_000].map((from) => `bytes=${from}-${from + 49_999}`),
    )
    expect(server.asked('/f').map((headers) => headers['if-range'])).toEqual([
      undefined,
      ...Array(5).fill('"v1"'),
    ])
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(content.length)
  })

  it('uses the date of the file where there is no strong ETag', async () => {
    const modified = 'Mon, 23 Nov 2026 10:00:00 GMT'
    const url = server.on('/f', ranged(content, { etag: 'W/"weak"', modified }))
    await download(stepTo(`${scratch()}/f`, url), hooks(small))
    expect(server.asked('/f')[1]?.['if-range']).toBe(modified)
  })

  it('comes in one go where nothing tells one version from the next', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content, { etag: null }))
    expect(await download(stepTo(`${directory}/f`, url), hooks(small))).toBe('downloaded')
    expect(rangesOf('/f')).toEqual(['bytes=0-49999', undefined])
    expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
  })

  it.each([1, 7, 49_999, 50_000, 50_001, 299_999, 300_000, 300_001])(
    'with pieces of %i bytes',
    async (piece) => {
      // Many tiny pieces would be many requests: a short file shows the same.
      const bytes = content.subarray(0, piece < 100 ? 60 : content.length)
      const directory = scratch()
      const url = server.on('/f', ranged(bytes))
      const step = stepTo(`${directory}/f`, url, { proof: proofOf(bytes) })
      expect(await download(step, hooks({ piece, connections: 3 }))).toBe('downloaded')
      expect(readFileSync(`${directory}/f`).equals(bytes)).toBe(true)
    },
  )

  it('may be empty', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(new Uint8Array()))
    const step = stepTo(`${directory}/f`, url, { proof: proofOf(new Uint8Array()) })
    expect(await download(step, hooks(small))).toBe('downloaded')
    expect(readFileSync(`${directory}/f`).length).toBe(0)
  })

  it('comes over one connection where the server refuses several', async () => {
    let open = 0
    const one = ranged(content)
    const url = server.on('/f', (response, request) => {
      if (open > 0) return status(503)(response, request)
      open++
      response.on('close', () => open--)
      // The answer takes a moment, as it does over a network.
      return setTimeout(() => one(response, request), 20)
    })
    const directory = scratch()
    expect(await download(stepTo(`${directory}/f`, url), hooks(small))).toBe('downloaded')
    expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
  })

  it('arrives although connections end early, at whatever byte', async () => {
    const random = seededRandom(7)
    for (let round = 0; round < 20; round++) {
      const path = `/f${round}`
      const cutAfter = () => (random(10) < 7 ? 1 + random(60_000) : null)
      const url = server.on(path, ranged(content, { cutAfter }))
      const directory = scratch()
      expect(await download(stepTo(`${directory}/f`, url), hooks(small))).toBe('downloaded')
      expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
      expect(left(directory)).toEqual(['f'])
    }
  })
})

describe('an interrupted download', () => {
  it('goes on where it ended, time and again, and asks for nothing twice', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content))
    const random = seededRandom(3)
    let kept = 0
    for (let run = 0; ; run++) {
      const stop = new AbortController()
      const limit = kept + 1 + random(70_000)
      const onProgress = (done: number) => done >= limit && stop.abort()
      const outcome = await download(
        stepTo(`${directory}/f`, url),
        hooks({ ...small, signal: stop.signal, onProgress }),
      ).catch((error) => error)
      if (outcome === 'downloaded') break
      expect(outcome).toBeInstanceOf(Interrupted)
      expect(left(directory)).toEqual(['.f.part', '.f.part.json'])
      const part = readFileSync(`${directory}/.f.part`)
      expect(part.equals(content.subarray(0, part.length)), 'a beginning of the file').toBe(true)
      expect(part.length).toBeGreaterThan(kept)
      kept = part.length
      expect(run).toBeLessThan(40)
    }
    expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
    expect(left(directory)).toEqual(['f'])
  })

  it('tells how much was there before', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content))
    leave(directory, url, content.subarray(0, 120_000))
    const seen: (readonly [number, number | null, number])[] = []
    await download(
      stepTo(`${directory}/f`, url),
      hooks({ ...single, onProgress: (...all) => seen.push(all) }),
    )
    expect(rangesOf('/f')[0]).toBe('bytes=120000-169999')
    expect(
      seen.every(([done, total, resumed]) => done > 120_000 && total === 300_000 && resumed === 120_000),
    ).toBe(true)
  })

  it('only needs its name when everything had arrived', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content))
    leave(directory, url, content)
    expect(await download(stepTo(`${directory}/f`, url), hooks(small))).toBe('downloaded')
    expect(server.hits('/f')).toBe(0)
    expect(left(directory)).toEqual(['f'])
  })

  it.each([
    ['the file is another one now', { validator: '"v0"' }],
    ['the part is of another address', { url: 'http://other.example/' }],
    ['the description is damaged', { total: 'x' }],
    ['the part is longer than the file', { total: 10 }],
  ])('starts over when %s', async (_name, origin) => {
    const directory = scratch()
    const url = server.on('/f', ranged(content))
    leave(directory, url, content.subarray(0, 9000), origin)
    const seen = new Set<number>()
    const onProgress = (_done: number, _total: number | null, before: number) => seen.add(before)
    expect(await download(stepTo(`${directory}/f`, url), hooks({ ...small, onProgress }))).toBe('downloaded')
    expect([...seen]).toEqual([0])
    expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
  })

  it('starts over when what was left is damaged, as after a power cut', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content))
    leave(directory, url, new Uint8Array(200_000))
    expect(await download(stepTo(`${directory}/f`, url), hooks(small))).toBe('downloaded')
    expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
  })

  it('goes on over a server that has forgotten ranges', async () => {
    const directory = scratch()
    const url = server.on('/f', whole(content))
    leave(directory, url, content.subarray(0, 120_000))
    expect(await download(stepTo(`${directory}/f`, url), hooks(small))).toBe('downloaded')
    expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
  })

  it('leaves nothing where the server cannot go on from there', async () => {
    const directory = scratch()
    const stop = new AbortController()
    const url = server.on('/f', chunked(content))
    const onProgress = () => stop.abort()
    const running = download(stepTo(`${directory}/f`, url), hooks({ signal: stop.signal, onProgress }))
    expect(await failureOf(running)).toBeInstanceOf(Interrupted)
    expect(left(directory)).toEqual([])
  })

  it('keeps what arrived when the server gives up, and says so', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content), status(503))
    const error = await failureOf(download(stepTo(`${directory}/f`, url), hooks(small)))
    expect(error.message).toMatch(
      /in 3 attempts: the server answers 503 .*\. 48\.8 KiB are kept: the next run goes on from there\.$/,
    )
    expect(left(directory)).toEqual(['.f.part', '.f.part.json'])
  })
})

describe('a file that changes', () => {
  const newer = content.map((byte) => byte ^ 1)

  it('between two pieces is fetched anew, in one go', async () => {
    const directory = scratch()
    const old = ranged(content)
    const now = ranged(newer, { etag: '"v2"' })
    const url = server.on('/f', old, old, now)
    const step = stepTo(`${directory}/f`, url, { proof: proofOf(newer) })
    expect(await download(step, hooks(single))).toBe('downloaded')
    expect(readFileSync(`${directory}/f`).equals(newer)).toBe(true)
    expect(rangesOf('/f')).toEqual(['bytes=0-49999', 'bytes=50000-99999', 'bytes=100000-149999', undefined])
  })

  it('and is not the expected one then, is not kept', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content), ranged(newer, { etag: '"v2"' }))
    const error = await failureOf(download(stepTo(`${directory}/f`, url), hooks(small)))
    expect(error.message).toMatch(/is not the expected file \(SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}\)/)
    expect(left(directory)).toEqual([])
  })

  it('shrinks', async () => {
    const directory = scratch()
    const short = content.subarray(0, 60_000)
    const url = server.on('/f', ranged(content), ranged(short, { etag: '"v2"' }))
    const step = stepTo(`${directory}/f`, url, { proof: proofOf(short) })
    expect(await download(step, hooks(single))).toBe('downloaded')
    expect(readFileSync(`${directory}/f`).equals(short)).toBe(true)
  })
})

describe('what is refused at once, and not kept', () => {
  const cases: readonly [
    string,
    Parameters<FileServer['on']>[1],
    RegExp,
    Partial<Parameters<typeof stepTo>[2]>,
  ][] = [
    [
      'another part than was asked for',
      (response) =>
        response
          .writeHead(206, { 'content-range': 'bytes 5-9/300000', 'content-length': 5 })
          .end(content.subarray(5, 10)),
      /answers with another part of the file/,
      {},
    ],
    [
      'a file of another size than the catalogue says',
      ranged(content.subarray(0, 1000)),
      /has 1000 bytes where 300000 are expected: cut short, or another file/,
      { bytes: content.length },
    ],
    ['a web page', page, /sends a web page/, {}],
    [
      'a web page that calls itself a file',
      whole(Buffer.from('<!doctype html>Sign in'), { 'content-type': 'application/octet-stream' }),
      /sends a web page/,
      {},
    ],
    ['a part of a web page', ranged(Buffer.from(`<html>${'x'.repeat(100_000)}`)), /sends a web page/, {}],
  ]
  it.each(cases)('%s', async (_name, answer, message, changes) => {
    const directory = scratch()
    const error = await failureOf(
      download(stepTo(`${directory}/f`, server.on('/f', answer), changes), hooks(small)),
    )
    expect(error.message).toMatch(message)
    expect(left(directory)).toEqual([])
  })
})

describe('two runs that want the same file', () => {
  it('share one download', async () => {
    const directory = scratch()
    const url = server.on('/f', ranged(content))
    const waits: number[] = []
    // Either may come first.
    const onWait = (pid: number) => waits.push(pid)
    const go = () => download(stepTo(`${directory}/f`, url), hooks({ ...small, onWait }))
    // Both are of this process: the lock names the holder, so the second one sees itself at work.
    const outcomes = await Promise.all([go(), go()])
    expect(outcomes.sort()).toEqual(['already there', 'downloaded'])
    expect(new Set(waits)).toEqual(new Set([process.pid]))
    expect(server.hits('/f')).toBe(6)
    expect(left(directory)).toEqual(['f'])
  })

  it('share it also where nothing verifies it', async () => {
    const directory = scratch()
    const url = server.on('/f', whole(content))
    const go = () => download(stepTo(`${directory}/f`, url, { proof: { by: 'nothing' } }), hooks(small))
    expect((await Promise.all([go(), go()])).sort()).toEqual(['already there', 'downloaded'])
    expect(server.hits('/f')).toBe(1)
  })

  it('and the one that waits can be interrupted', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/.f.lock`, (await processIdentity(process.ppid)) ?? '')
    const stop = new AbortController()
    const running = download(
      stepTo(`${directory}/f`, server.on('/f', whole(content))),
      hooks({ signal: stop.signal, onWait: () => stop.abort() }),
    )
    expect(await failureOf(running)).toBeInstanceOf(Interrupted)
    expect(left(directory)).toEqual(['.f.lock'])
    expect(server.hits('/f')).toBe(0)
  })
})

/** A download in the thread of the built program, which the rest of this directory does without. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DownloadHooks, download } from '../../src/download/download.ts'
import { exit, Interrupted } from '../../src/util/errors.ts'
import { repository } from '../helpers/disposable-host.ts'
import { content, failureOf, hooks, stepTo } from '../helpers/download.ts'
import { type FileServer, ranged, silence, startFileServer, status, whole } from '../helpers/file-server.ts'
import { scratch } from '../helpers/scratch.ts'

let server: FileServer
let directory: string
beforeEach(async () => {
  server = await startFileServer()
  directory = scratch()
})
afterEach(() => server.close(), 5000)

const inThread = (changes: Partial<DownloadHooks> = {}) =>
  hooks({
    piece: 50_000,
    connections: 4,
    threadFile: pathToFileURL(`${repository}/dist/receive-file.mjs`),
    ...changes,
  })

const left = () => readdirSync(directory).sort()

describe('a download in a thread', () => {
  it('comes over several connections, goes on where an earlier run ended, and is told of', async () => {
    const url = server.on('/f', ranged(content))
    writeFileSync(`${directory}/.f.part`, content.subarray(0, 120_000))
    const origin = { url, validator: '"v1"', total: content.length }
    writeFileSync(`${directory}/.f.part.json`, JSON.stringify(origin))
    const told: (readonly [number, number | null, number])[] = []
    const arrived: number[] = []
    const begun: (readonly [string, number | null])[] = []
    const follower = {
      begin: async (...all: [string, number | null]) => {
        begun.push(all)
      },
      arrived: (bytes: number) => arrived.push(bytes),
    }
    const onProgress = (...all: [number, number | null, number]) => told.push(all)
    const outcome = await download(stepTo(`${directory}/f`, url), inThread({ follower, onProgress }))
    expect(outcome).toBe('downloaded')
    expect(readFileSync(`${directory}/f`).equals(content)).toBe(true)
    expect(left()).toEqual(['f'])
    expect(server.asked('/f')[0]?.range).toBe('bytes=120000-169999')
    expect(server.asked('/f')).toHaveLength(4)
    expect(told.at(-1)).toEqual([300_000, 300_000, 120_000])
    expect(begun).toEqual([[`${directory}/.f.part`, 300_000]])
    expect(arrived.at(-1)).toBe(300_000)
  })

  it('writes nothing before its follower is ready, and ends with it', async () => {
    const url = server.on('/f', ranged(content))
    const follower = {
      begin: async () => {
        expect(readFileSync(`${directory}/.f.part`)).toHaveLength(0)
        throw new Error('not today')
      },
      arrived: () => {},
    }
    await expect(download(stepTo(`${directory}/f`, url), inThread({ follower }))).rejects.toThrow('not today')
  })

  it('is interrupted, and keeps what arrived', async () => {
    const stop = new AbortController()
    const url = server.on('/f', ranged(content), silence)
    const running = download(
      stepTo(`${directory}/f`, url),
      inThread({ signal: stop.signal, onProgress: () => stop.abort() }),
    )
    expect(await failureOf(running)).toBeInstanceOf(Interrupted)
    expect(left()).toEqual(['.f.part', '.f.part.json'])
    const part = readFileSync(`${directory}/.f.part`)
    expect(part.equals(content.subarray(0, 50_000))).toBe(true)
  })

  it('is interrupted before it begins', async () => {
    const url = server.on('/f', ranged(content))
    const running = download(stepTo(`${directory}/f`, url), inThread({ signal: AbortSignal.abort() }))
    expect(await failureOf(running)).toBeInstanceOf(Interrupted)
    expect(left()).toEqual([])
  })

  it('fails with the sentence and the exit code that it would have without', async () => {
    const url = server.on('/f', status(404))
    const error = await failureOf(download(stepTo(`${directory}/f`, url), inThread()))
    expect(error.exitCode).toBe(exit.fixFailed)
    expect(error.message).toBe(`${url} answers 404 Not Found; check the address, or set another one.`)
  })

  it('fails with the errno that it would have without', async () => {
    const url = server.on('/f', whole(content))
    // In the way of what is written.
    mkdirSync(`${directory}/.f.part/full`, { recursive: true })
    const code = (changes: Partial<DownloadHooks>) =>
      download(stepTo(`${directory}/f`, url), inThread(changes)).catch((error) => error.code)
    expect(await code({})).toBe(await code({ threadFile: null }))
    expect(await code({})).toMatch(/^E[A-Z_]+$/)
  })

  it('fails where the thread does not start', async () => {
    const url = server.on('/f', whole(content))
    const threadFile = pathToFileURL(`${directory}/none.mjs`)
    await expect(download(stepTo(`${directory}/f`, url), inThread({ threadFile }))).rejects.toThrow(
      'none.mjs',
    )
    expect(left()).toEqual([])
  })
})

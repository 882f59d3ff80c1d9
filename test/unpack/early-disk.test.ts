/** A disk that is made while its image arrives: by the thread of the built program, from a real server. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { download } from '../../src/download/download.ts'
import { EarlyDisk } from '../../src/unpack/early-disk.ts'
import { repository } from '../helpers/disposable-host.ts'
import { failureOf, hooks, proofOf, stepTo } from '../helpers/download.ts'
import {
  type Answer,
  chunked,
  type FileServer,
  ranged,
  startFileServer,
  whole,
} from '../helpers/file-server.ts'
import { clusterSize, qcow2With } from '../helpers/qcow2.ts'
import { seededRandom } from '../helpers/random.ts'
import { scratch } from '../helpers/scratch.ts'

const threadFile = pathToFileURL(`${repository}/dist/unpack-image.mjs`)

/** Text that compresses by half. */
const clusters = Array.from({ length: 40 }, (_, index) => {
  if (index % 5 === 4) return null
  const random = seededRandom(index + 1)
  return Buffer.from(Array.from({ length: clusterSize }, () => random(16)))
})
const disk = Buffer.concat(clusters.map((cluster) => cluster ?? Buffer.alloc(clusterSize)))
const image = qcow2With({ clusters })

let server: FileServer
let directory: string
let path: string
let early: EarlyDisk
beforeEach(async () => {
  server = await startFileServer()
  directory = scratch()
  mkdirSync(`${directory}/downloads`)
  path = `${directory}/.disk.converting`
  early = new EarlyDisk(path, threadFile, async () => {})
})
afterEach(async () => {
  await early.leave()
  await server.close()
})

const cut = { piece: 100_000, connections: 4 }

const fetchImage = (answer: Answer, bytes: Uint8Array = image) => {
  const url = server.on('/image', answer)
  const step = stepTo(`${directory}/downloads/image`, url, { proof: proofOf(bytes) })
  return download(step, hooks({ ...cut, follower: early }))
}

/** What stands beside the download. */
const left = () => readdirSync(directory).filter((name) => name !== 'downloads')

describe('a disk that is made while its image arrives', () => {
  it.each([
    ['over several connections', ranged(image)],
    ['over one', whole(image)],
  ])('%s is that of the image', async (_, answer) => {
    expect(await fetchImage(answer)).toBe('downloaded')
    expect(await early.finish()).toBe(true)
    expect(readFileSync(path).equals(disk)).toBe(true)
    // What is finished stays.
    await early.leave()
    expect(left()).toEqual(['.disk.converting'])
  })

  it('goes on after a connection that was cut, and with what an earlier run left', async () => {
    const half = image.subarray(0, image.length / 2)
    writeFileSync(`${directory}/downloads/.image.part`, half)
    const url = server.on('/image', ranged(image))
    const origin = { url, validator: '"v1"', total: image.length }
    writeFileSync(`${directory}/downloads/.image.part.json`, JSON.stringify(origin))
    expect(await fetchImage(ranged(image))).toBe('downloaded')
    expect(server.asked('/image')[0]?.range).toMatch(`bytes=${half.length}-`)
    expect(await early.finish()).toBe(true)
    expect(readFileSync(path).equals(disk)).toBe(true)
  })

  it('is made of a part that is complete', async () => {
    writeFileSync(`${directory}/downloads/.image.part`, image)
    const url = server.on('/image', ranged(image))
    const origin = { url, validator: '"v1"', total: image.length }
    writeFileSync(`${directory}/downloads/.image.part.json`, JSON.stringify(origin))
    expect(await fetchImage(ranged(image))).toBe('downloaded')
    expect(server.asked('/image')).toEqual([])
    expect(await early.finish()).toBe(true)
    expect(readFileSync(path).equals(disk)).toBe(true)
  })
})

describe('no disk is left', () => {
  it('of a file that is not the expected one', async () => {
    const error = await failureOf(fetchImage(ranged(image), Buffer.from('another')))
    expect(error.message).toContain('is not the expected file')
    await early.leave()
    expect(left()).toEqual([])
  })

  it('of an image that is for qemu-img: it goes as soon as that is seen', async () => {
    const snapshot = Buffer.from(image)
    snapshot.writeUInt32BE(1, 60)
    expect(await fetchImage(ranged(snapshot), snapshot)).toBe('downloaded')
    await expect.poll(left).toEqual([])
    expect(await early.finish()).toBe(false)
  })

  it('where the server does not say how large it is, so that it is not begun', async () => {
    expect(await fetchImage(chunked(image))).toBe('downloaded')
    expect(await early.finish()).toBe(false)
    expect(left()).toEqual([])
  })

  it('of a file that changed on the server half way', async () => {
    const other = Buffer.from(image)
    other.fill(0, image.length - 1000)
    let asked = 0
    const answer: Answer = (...given) =>
      (asked++ === 0 ? ranged(other, { etag: '"v0"' }) : ranged(image))(...given)
    expect(await fetchImage(answer)).toBe('downloaded')
    expect(await early.finish()).toBe(false)
    expect(left()).toEqual([])
  })

  it('where another one has its name: that one stays, and nothing is written through a link', async () => {
    const victim = `${scratch()}/victim`
    symlinkSync(victim, path)
    expect(await fetchImage(ranged(image))).toBe('downloaded')
    expect(await early.finish()).toBe(false)
    expect(existsSync(victim)).toBe(false)
    expect(left()).toEqual(['.disk.converting'])
  })

  it('where there is no thread', async () => {
    const missing = pathToFileURL(`${directory}/missing.mjs`)
    early = new EarlyDisk(path, missing, async () => {})
    expect(await fetchImage(ranged(image))).toBe('downloaded')
    expect(await early.finish()).toBe(false)
    expect(left()).toEqual([])
  })
})

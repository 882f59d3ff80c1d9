/** Others can write the directory of the artifacts, or could once: no byte goes through what they put there. */
import {
  chmodSync,
  existsSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { download } from '../../../src/download/download.ts'
import { tryLock } from '../../../src/files/lock.ts'
import { content, failureOf, hooks, stepTo } from '../../helpers/download.ts'
import { ranged, startFileServer } from '../../helpers/file-server.ts'
import { because, notRoot } from '../../helpers/needs.ts'
import { scratch } from '../../helpers/scratch.ts'
import { startBundle } from './run-bundle.ts'

/** A directory of artifacts, a file of the user elsewhere, and an address that serves the real artifact. */
const scene = () => {
  const directory = scratch()
  const data = `${directory}/data`
  mkdirSync(data)
  writeFileSync(`${directory}/victim`, 'precious', { mode: 0o600 })
  writeFileSync(`${directory}/source`, content)
  return {
    data,
    image: `${data}/image`,
    part: `${data}/.image.part`,
    victim: `${directory}/victim`,
    url: pathToFileURL(`${directory}/source`).href,
  }
}

describe('a download', () => {
  it.each([0o777, 0o1777])('does not start in a directory with mode %o', async (mode) => {
    const { data, image, url } = scene()
    chmodSync(data, mode)
    const error = await failureOf(download(stepTo(image, url), hooks()))
    expect(error).toMatchObject({
      exitCode: 5,
      message: expect.stringContaining(`every user may write ${data}`),
    })
    expect(readdirSync(data)).toEqual([])
  })

  it.each([
    ['symbolic', symlinkSync],
    ['hard', linkSync],
  ])('does not continue a part that is a %s link to another file', async (_kind, plant) => {
    const { image, part, victim } = scene()
    const server = await startFileServer()
    onTestFinished(() => server.close())
    const url = server.on('/image', ranged(content))
    plant(victim, part)
    const origin = { url, validator: '"v1"', total: content.length }
    writeFileSync(`${part}.json`, JSON.stringify(origin), { mode: 0o600 })
    expect(await download(stepTo(image, url), hooks())).toBe('downloaded')
    expect(readFileSync(victim, 'utf8')).toBe('precious')
    expect(readFileSync(image)).toEqual(Buffer.from(content))
    expect(lstatSync(image).nlink).toBe(1)
  })

  it.skipIf(notRoot).each([
    ['link', (path: string, victim: string) => symlinkSync(victim, path)],
    ['file', (path: string) => writeFileSync(path, content)],
  ])(
    `does not take a %s of another user for the artifact, although the content fits${because(notRoot)}`,
    async (_kind, plant) => {
      const { image, victim, url } = scene()
      writeFileSync(victim, content)
      plant(image, victim)
      lchownSync(image, 12345, 12345)
      expect(await download(stepTo(image, url), hooks())).toBe('downloaded')
      expect(lstatSync(image)).toMatchObject({ uid: 0, nlink: 1 })
      expect(lstatSync(image).isFile()).toBe(true)
    },
  )

  it('waits for a process that receives nothing only so long', async () => {
    const { data, image, url } = scene()
    const release = await tryLock(`${data}/.image.lock`)
    expect(release).toBeTypeOf('function')
    const limits = { signal: AbortSignal.timeout(10_000), lockStallMs: 300 }
    const error = await failureOf(download(stepTo(image, url), hooks(limits)))
    expect(error).toMatchObject({
      exitCode: 5,
      message: `Process ${process.pid} is fetching ${image} and receives nothing: end it, or remove ${data}/.image.lock, and try again.`,
    })
  })

  it('into /proc ends with one sentence', async () => {
    const { url } = scene()
    const child = startBundle(`
import { download } from './src/download/download.ts'
const step = ${JSON.stringify(stepTo('/proc/none/image', url))}
download(step, { signal: new AbortController().signal, onProgress: () => {} }).catch((error) => process.stdout.write(error.message))`)
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await new Promise((resolve) => child.on('close', resolve))
    clearTimeout(giveUp)
    expect(said).toContain('/proc/none cannot be made a directory (ENOENT)')
  })
})

describe('a lock', () => {
  it('follows no link, whatever its temporary name is', async () => {
    const { data, victim } = scene()
    for (let n = 0; n < 500; n++) symlinkSync(victim, `${data}/lock.${process.pid}.${n}`)
    const release = await tryLock(`${data}/lock`)
    expect(release).toBeTypeOf('function')
    expect(readFileSync(victim, 'utf8')).toBe('precious')
  })

  it('is not taken in a directory that others may write', async () => {
    const { data } = scene()
    chmodSync(data, 0o777)
    await expect(tryLock(`${data}/lock`)).rejects.toMatchObject({ exitCode: 5 })
    expect(existsSync(`${data}/lock`)).toBe(false)
  })
})

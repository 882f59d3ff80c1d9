/** A conversion that is over before its step: with the thread of the built program. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { applyPlan } from '../../src/apply/apply.ts'
import { type Journal, openJournal } from '../../src/apply/journal.ts'
import type { Step } from '../../src/contract/step.ts'
import type { PlannedFix } from '../../src/engine/plan.ts'
import { repository } from '../helpers/disposable-host.ts'
import { proofOf, stepTo } from '../helpers/download.ts'
import { type FileServer, ranged, startFileServer } from '../helpers/file-server.ts'
import { clusterSize, qcow2With } from '../helpers/qcow2.ts'
import { scratch } from '../helpers/scratch.ts'

vi.mock('../../src/files/thread-file.ts', () => ({
  threadFile: (name: string) => pathToFileURL(`${repository}/dist/${name}.mjs`),
}))

const disk = Buffer.concat([Buffer.alloc(clusterSize, 'a'), Buffer.alloc(clusterSize)])
const image = qcow2With({ clusters: [disk.subarray(0, clusterSize), null] })

let server: FileServer
let directory: string
let journal: Journal
let said: string[]
let temporary: string
beforeEach(async () => {
  server = await startFileServer()
  directory = scratch()
  journal = openJournal(`${directory}/state`)
  said = []
  temporary = `${directory}/.disk.converting`
})
afterEach(() => server.close())

const fetchStep = (bytes: Uint8Array, expected = bytes): Step =>
  stepTo(`${directory}/downloads/image`, server.on('/image', ranged(bytes)), {
    proof: proofOf(expected),
    unpackTo: temporary,
    why: 'fetch',
  })

/** What stands in for qemu-img. */
const convert = (): Step => ({
  kind: 'run',
  argv: ['sh', '-c', 'echo converted > "$0"', temporary],
  root: false,
  why: 'convert',
  undo: [],
  temporary,
})
const publish = (): Step => ({
  kind: 'publish',
  from: temporary,
  to: `${directory}/disk`,
  why: 'name',
  reversible: false,
})

const fix = (id: string, ...steps: Step[]): PlannedFix => ({ id, title: id, checks: [], needed: true, steps })

const apply = (plan: readonly PlannedFix[], signal = new AbortController().signal) =>
  applyPlan(plan, {
    executor: { rootPrefix: [], bash: '/bin/bash', logDir: `${directory}/log`, signal },
    journal,
    live: false,
    say: (line) => void said.push(line),
  })

const left = () => readdirSync(directory).filter((name) => !['state', 'downloads', 'log'].includes(name))

describe('a conversion that is over before its step', () => {
  it('saves the step, which says so', async () => {
    expect(await apply([fix('a', fetchStep(image), convert(), publish())])).toEqual([])
    expect(readFileSync(`${directory}/disk`).equals(disk)).toBe(true)
    expect(said).toEqual(['a: fetch', 'a: convert', 'a: done while it arrived', 'a: name'])
    expect(left()).toEqual(['disk'])
    expect(await journal.open()).toEqual([])
  })

  it('is no conversion where the image is not a usual one', async () => {
    const snapshot = Buffer.from(image)
    snapshot.writeUInt32BE(1, 60)
    expect(await apply([fix('a', fetchStep(snapshot), convert(), publish())])).toEqual([])
    expect(readFileSync(`${directory}/disk`, 'utf8')).toBe('converted\n')
    expect(said).toEqual(['a: fetch', 'a: convert', 'a: name'])
    expect(await journal.open()).toEqual([])
  })

  it('leaves nothing where the image is another one', async () => {
    const failures = await apply([fix('a', fetchStep(image, Buffer.from('x')), convert(), publish())])
    expect(failures).toMatchObject([{ fix: 'a', message: expect.stringContaining('not the expected file') }])
    expect(left()).toEqual([])
    expect(await journal.open()).toEqual([])
  })

  it('leaves nothing where what the fix needs failed', async () => {
    const packages = fix('packages', { ...convert(), argv: ['false'] } as Step)
    const own = { ...fix('a', fetchStep(image), convert(), publish()), needs: [{ fix: 'packages', step: 1 }] }
    const failures = await apply([packages, own])
    expect(failures.map((failure) => failure.fix)).toEqual(['packages', 'a'])
    expect(existsSync(`${directory}/downloads/image`)).toBe(true)
    expect(left()).toEqual([])
    expect(await journal.open()).toEqual([])
  })

  it('is in the journal while it is under way, so that undo removes what a kill leaves', async () => {
    const stop = new AbortController()
    const url = server.on('/image', (response) => {
      response.writeHead(200, { 'content-length': image.length })
      response.write(image.subarray(0, image.length - 100))
    })
    const step = stepTo(`${directory}/downloads/image`, url, { proof: proofOf(image), unpackTo: temporary })
    const applying = apply([fix('a', step, convert(), publish())], stop.signal)
    await expect.poll(() => existsSync(temporary)).toBe(true)
    expect(await journal.open()).toMatchObject([{ undo: { argvs: [['rm', '-rf', '--', temporary]] } }])
    stop.abort()
    await expect(applying).rejects.toThrow()
    expect(left()).toEqual([])
    expect(await journal.open()).toEqual([])
  })
})

/** The guest's own disk is asked, with real file systems made by the real tools. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { partitionStarts } from '../../src/formats/partitions.ts'
import type { Host } from '../../src/host/host.ts'
import { needsSeed } from '../../src/seed/need.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'
import { fatImage, run } from '../helpers/images.ts'
import { scratch } from '../helpers/scratch.ts'
import { isoOf } from '../helpers/seed-cases.ts'

const id = 'chv-doctor-0123456789ab'

/** What a guest's /var/lib/cloud is after a boot, wholly or in part. */
const rootDirectory = (directory: string, instance: string, finished: boolean) => {
  mkdirSync(`${directory}/var/lib/cloud/data`, { recursive: true })
  mkdirSync(`${directory}/var/lib/cloud/instances/${instance}`, { recursive: true })
  writeFileSync(`${directory}/var/lib/cloud/data/instance-id`, `${instance}\n`)
  symlinkSync(`/var/lib/cloud/instances/${instance}`, `${directory}/var/lib/cloud/instance`)
  if (finished)
    writeFileSync(`${directory}/var/lib/cloud/instances/${instance}/boot-finished`, '25.5 - Mon\n')
}

/** A GPT disk with an EFI partition and an ext4 root, as cloud images have them. */
const diskWith = (instance: string | null, finished: boolean): string => {
  const directory = scratch()
  mkdirSync(`${directory}/root`)
  if (instance !== null) rootDirectory(`${directory}/root`, instance, finished)
  const disk = `${directory}/disk.raw`
  run('truncate', ['-s', '24M', disk])
  run(
    'sfdisk',
    ['--quiet', disk],
    'label: gpt\nstart=2048, size=8192, type=uefi\nstart=10240, size=32768, type=linux\n',
  )
  run('mke2fs', ['-q', '-t', 'ext4', '-d', `${directory}/root`, '-E', `offset=${10240 * 512}`, disk, '16M'])
  return disk
}

/** The fake host with the real debugfs. */
const hostWith = (disk: string, seed: Uint8Array): Host => ({
  ...fakeHost({
    files: { [disk]: { bytes: Uint8Array.from(readFileSync(disk)) }, '/seed.img': { bytes: seed } },
    programs: { debugfs: '/usr/sbin/debugfs' },
  }),
  run: async ([program, ...args]) => ({
    code: 0,
    // It ends with 1 on a partition that is no ext4.
    stdout: spawnSync(program, args, { encoding: 'utf8' }).stdout,
    stderr: '',
    failure: null,
  }),
})

const seedWith = (instance: string) =>
  fatImage({ 'meta-data': `instance-id: ${instance}\nlocal-hostname: cloud\n` })
const config = (disk: string) => configWith({ disk, seed: '/seed.img', attach_seed: 'once' })

describe('needsSeed', () => {
  it.each<[string, string | null, boolean, boolean]>([
    ['a fresh image', null, false, true],
    ['a guest that has carried it out', id, true, false],
    ['a guest that was cut off in its first boot', id, false, true],
    ['a guest that has carried out another seed', 'chv-doctor-ffffffffffff', true, true],
    ['an id that is none of ours', 'a b; rm', true, true],
  ])('%s', async (_, instance, finished, needed) => {
    const disk = diskWith(instance, finished)
    const before = readFileSync(disk)
    expect(await needsSeed(hostWith(disk, seedWith(id)), config(disk))).toBe(needed)
    expect(readFileSync(disk).equals(before)).toBe(true)
  })

  it.each<[string, () => Uint8Array]>([
    [
      'an ISO 9660 image',
      () => isoOf({ 'meta-data': `instance-id: ${id}\n`, 'user-data': '#cloud-config\n' }),
    ],
    ['an image of 20 MiB', () => fatImage({ 'meta-data': `{"instance-id": "${id}"}` }, { kib: 20_480 })],
  ])('reads the seed from %s', async (_, make) => {
    const disk = diskWith(id, true)
    expect(await needsSeed(hostWith(disk, make()), config(disk))).toBe(false)
  })

  it('is true where it is configured so, and in every doubt', async () => {
    const disk = diskWith(id, true)
    const host = hostWith(disk, seedWith(id))
    expect(await needsSeed(host, { ...config(disk), attach_seed: 'always' })).toBe(true)
    expect(await needsSeed({ ...host, which: async () => null }, config(disk))).toBe(true)
    expect(await needsSeed(hostWith(disk, new Uint8Array(4096)), config(disk))).toBe(true)
    expect(await needsSeed(fakeHost({ files: { '/seed.img': null } }), config(disk))).toBe(true)
    expect(await needsSeed(fakeHost({ files: { '/seed.img': new Error('EIO') } }), config(disk))).toBe(true)
  })
})

describe('partitionStarts', () => {
  const table = (label: string, script: string) => {
    const disk = `${scratch()}/disk`
    run('truncate', ['-s', '24M', disk])
    run('sfdisk', ['--quiet', disk], `label: ${label}\n${script}`)
    return partitionStarts(Uint8Array.from(readFileSync(disk)).subarray(0, 34 * 512))
  }
  it('reads GPT and MBR as sfdisk writes them', () => {
    expect(table('gpt', 'start=2048, size=4096\nstart=8192, size=4096\n')).toEqual([2048 * 512, 8192 * 512])
    expect(table('dos', 'start=2048, size=4096\nstart=8192, size=4096\n')).toEqual([2048 * 512, 8192 * 512])
  })
  it('takes a disk without a table as one file system', () => {
    expect(partitionStarts(new Uint8Array(34 * 512))).toEqual([0])
    expect(partitionStarts(new Uint8Array(10))).toEqual([0])
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { diskImage } from '../../checks/disk-image.ts'
import type { Config } from '../../src/config/keys.ts'
import { partitionLength } from '../../src/formats/partitions.ts'
import { createHost } from '../../src/host/host.ts'
import { isLocked } from '../../src/host/proc-locks.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, notPermitted, sky } from '../helpers/fake-host.ts'
import { efiDisk, fatImage, rawDisk, run } from '../helpers/images.ts'
import { scratch } from '../helpers/scratch.ts'

const fix = { id: 'fetch-image', args: {} }
const MiB = 2 ** 20
const locksOfOthers = '1: FLOCK  ADVISORY  WRITE 812 00:1a:77 0 EOF\n'

const verdict = async (
  file: FakeFile | null | Error,
  changes: Partial<Config> = {},
  locks: string | null = locksOfOthers,
  origin: string | null = null,
) => {
  const config = configWith(changes)
  const entry = file && !(file instanceof Error) ? { access: ['read', 'write'] as const, ...file } : file
  const files = { [config.disk]: entry, [`${config.disk}.origin.json`]: origin, '/proc/locks': locks }
  return conclude(diskImage, { files }, config)
}

/** A real raw disk of 16 MiB, of which only the start matters. */
const disk = (table = efiDisk, size = 16 * MiB): FakeFile => {
  const path = `${scratch()}/disk.raw`
  rawDisk(path, table)
  return { bytes: Uint8Array.from(readFileSync(path).subarray(0, 0x8800)), info: { size } }
}

/** What qemu-img makes, under a name that says raw. */
const qemuImage = (format: string): FakeFile => {
  const path = `${scratch()}/disk.raw`
  run('qemu-img', ['create', '-q', '-f', format, path, '16M'])
  return { bytes: Uint8Array.from(readFileSync(path)) }
}

describe('disk-image', () => {
  it('takes a raw disk with an EFI system partition, also one that was grown', async () => {
    expect(await verdict(disk())).toEqual({ status: 'ok', found: 'raw, 16.0 MiB, gpt, partitions: 2' })
    expect(await verdict(disk(efiDisk, 20 * MiB))).toMatchObject({ status: 'ok' })
    const mbr = 'label: dos\nstart=2048, size=4M, type=ef\n'
    expect(await verdict(disk(mbr))).toEqual({ status: 'ok', found: 'raw, 16.0 MiB, mbr, partitions: 1' })
  })

  it.each([
    ['qcow2', 'qcow2'],
    ['vmdk', 'VMDK'],
    ['vpc', 'VHD'],
    ['vhdx', 'VHDX'],
  ])('sees through the name of a %s image', async (format, kind) => {
    expect(await verdict(qemuImage(format))).toMatchObject({
      status: 'fail',
      code: 'disk-image/not-raw',
      values: { format: kind },
      expected: 'a raw disk image',
      fix,
    })
  })

  it.each([
    ['missing', (): FakeFile | null => null, 'missing', { image: configWith().image }],
    ['empty', () => ({ text: '' }), 'not-a-disk', { kind: 'empty' }],
    ['a web page', () => ({ text: '<!doctype html><title>404</title>' }), 'not-a-disk', { kind: 'web page' }],
    [
      'still packed',
      () => ({ bytes: Buffer.from('\xfd7zXZ\0 and more', 'latin1') }),
      'not-a-disk',
      { kind: 'xz' },
    ],
    ['GPT truncated', () => disk(efiDisk, 10 * MiB), 'truncated', { size: 10 * MiB, needed: 16 * MiB }],
    ['GPT without its last sector', () => disk(efiDisk, 16 * MiB - 512), 'truncated', { needed: 16 * MiB }],
    [
      'MBR truncated',
      () => disk('label: dos\nstart=2048, size=8M, type=ef\n', 4 * MiB),
      'truncated',
      { size: 4 * MiB, needed: 9 * MiB },
    ],
  ] as const)('fails and can be fetched: %s', async (_name, file, name, values) => {
    const code = `disk-image/${name}`
    for (const boot of ['firmware', 'kernel'] as const) {
      expect(await verdict(file(), { boot }), boot).toMatchObject({ status: 'fail', code, values, fix })
    }
  })

  it.each([
    ['a directory', { info: { type: 'directory' } }, 'disk-image/not-a-file'],
    ['a named pipe', { info: { type: 'other' } }, 'disk-image/not-a-file'],
    ['not readable', { access: [] }, 'disk-image/no-read-access'],
  ] as const)('fails and only the user can help: %s', async (_name, file, code) => {
    const result = await verdict(file)
    expect(result).toMatchObject({ status: 'fail', code, hint: expect.stringMatching(/./) })
    expect(result).not.toHaveProperty('fix')
  })

  it('fails when the guest could not write to it', async () => {
    const result = await verdict({ ...disk(), access: ['read'] })
    expect(result).toMatchObject({ status: 'fail', code: 'disk-image/no-write-access' })
  })

  it('warns when firmware would find nothing to start, unless a kernel is started directly', async () => {
    const bare = { bytes: fatImage({}) }
    const cases: readonly [FakeFile, boolean][] = [
      [bare, false],
      [disk('label: gpt\nsize=8M, type=linux\n'), true],
    ]
    for (const [file, partitioned] of cases) {
      expect(await verdict(file)).toMatchObject({
        status: 'warn',
        code: 'disk-image/no-efi-partition',
        values: { partitioned },
      })
      expect(await verdict(file, { boot: 'kernel' })).toMatchObject({ status: 'ok' })
    }
    expect(await verdict(bare, { boot: 'kernel' })).toEqual({ status: 'ok', found: 'raw, 1.0 MiB, no table' })
  })

  it('warns of what a kernel would find no root file system on', async () => {
    const blank = { bytes: new Uint8Array(partitionLength) }
    expect(await verdict(blank, { boot: 'kernel' })).toMatchObject({
      status: 'warn',
      code: 'disk-image/unknown-content',
    })
    const path = `${scratch()}/ext4`
    run('truncate', ['-s', '1M', path])
    run('mke2fs', ['-q', '-t', 'ext4', path])
    const bytes = Uint8Array.from(readFileSync(path))
    expect(await verdict({ bytes }, { boot: 'kernel' })).toMatchObject({ status: 'ok' })
  })

  it.each(['vdi', 'qed', 'parallels'])(
    'tells a disk of qemu-img in format %s from a raw one',
    async (format) => {
      expect(await verdict(qemuImage(format), { boot: 'kernel' })).toMatchObject({
        status: 'fail',
        code: 'disk-image/not-raw',
      })
    },
  )

  it.each([
    ['a tar archive', 257, 'ustar'],
    ['a package', 0, '!<arch>\n'],
    ['a page behind a byte order mark', 0, '\xef\xbb\xbf<?xml version="1.0"?><Error/>'],
    ['an encrypted container', 0, 'LUKS\xba\xbe'],
  ])('does not take %s for a disk', async (_name, at, text) => {
    const bytes = new Uint8Array(partitionLength)
    bytes.set(Buffer.from(text, 'latin1'), at)
    expect(await verdict({ bytes }, { boot: 'kernel' })).toMatchObject({
      status: 'fail',
      code: 'disk-image/not-a-disk',
    })
  })

  it('warns about a place that a reboot clears', async () => {
    const config = { disk: '/var/tmp/d.raw' }
    expect(await verdict(disk(), config)).toMatchObject({
      status: 'warn',
      code: 'disk-image/volatile-location',
    })
  })

  it('takes a block device, of whatever size stat claims', async () => {
    const device: FakeFile = { ...disk(), info: { type: 'block-device', size: 0 } }
    expect(await verdict(device)).toEqual({ status: 'ok', found: 'raw, block device, gpt, partitions: 2' })
  })

  it('is not determined where it may not look', async () => {
    await expect(verdict(notPermitted('/x'))).rejects.toThrow('not permitted to look')
  })
})

describe('a lock on the disk', () => {
  it('of another program is a warning', async () => {
    const file = { ...disk(), info: { size: 16 * MiB, device: 'fd:02', inode: 4711 } }
    const locks = `${locksOfOthers}2: OFDLCK ADVISORY  WRITE -1 fd:02:4711 0 EOF\n`
    expect(await verdict(file, {}, locks)).toMatchObject({
      status: 'warn',
      code: 'disk-image/locked',
    })
    expect(await verdict(file, {}, locksOfOthers)).toMatchObject({ status: 'ok' })
    // A kernel without CONFIG_FILE_LOCKING, or a /proc that hides it.
    expect(await verdict(file, {}, null)).toMatchObject({ status: 'ok' })
  })

  it.each([
    ['', false],
    ['1: OFDLCK ADVISORY  WRITE -1 08:01:12 0 EOF', true],
    ['1: FLOCK  ADVISORY  READ  99 08:01:12 0 EOF', true],
    ['1: -> POSIX  ADVISORY  WRITE 99 08:01:12 0 0', true],
    ['1: OFDLCK ADVISORY  WRITE -1 08:01:123 0 EOF', false],
    ['1: OFDLCK ADVISORY  WRITE -1 08:02:12 0 EOF', false],
    ['1: OFDLCK ADVISORY  WRITE -1 108:01:12 0 EOF', false],
  ])('is found in %j: %s', (locks, expected) => {
    expect(isLocked(locks, '08:01', 12)).toBe(expected)
  })

  it('goes by the inode alone on a file system without a device of its own', () => {
    expect(isLocked('1: OFDLCK ADVISORY  WRITE -1 00:2f:12 0 EOF', '00:31', 12)).toBe(true)
    expect(isLocked('1: OFDLCK ADVISORY  WRITE -1 00:2f:112 0 EOF', '00:31', 12)).toBe(false)
  })

  it('is seen on a real file, and gone with its holder', async () => {
    // On tmpfs, because a layered file system shows other device numbers in /proc/locks.
    const directory = mkdtempSync('/dev/shm/chv-doctor-test-')
    onTestFinished(() => rmSync(directory, { recursive: true }))
    const config = configWith({ disk: `${directory}/disk.raw` })
    rawDisk(config.disk, efiDisk)
    const locked = async () => {
      const host = createHost(sky, process.env, 10_000, new AbortController().signal)
      return (await diskImage.probe(host, config)).locked
    }
    expect(await locked()).toBe(false)
    const holder = spawn('flock', [config.disk, 'sh', '-c', 'echo held; exec cat'], { stdio: 'pipe' })
    await once(holder.stdout, 'data')
    expect(await locked()).toBe(true)
    holder.stdin.end()
    await once(holder, 'close')
    expect(await locked()).toBe(false)
  })
})

describe('disk-image tells what the disk was made from', () => {
  // The inode and the time that the fake host gives every file.
  const origin = (changes: object = {}) =>
    JSON.stringify({ image: 'resolute', url: null, sha256: 'a', inode: 1, mtime: 1_700_000_000, ...changes })
  const url = 'https://m.example/a.img'

  it.each([
    ['the image of the configuration', {}, {}],
    ['a pin that the catalogue has left behind', {}, { sha256: 'b' }],
    ['the address of the configuration', { image_url: url }, { url }],
    ['its digest', { image_url: url, image_sha256: 'c' }, { url, sha256: 'c' }],
    ['another file of this name, that was here before', {}, { image: 'jammy', inode: 2 }],
  ])('and is content with %s', async (_name, changes, known) => {
    expect(await verdict(disk(), changes, null, origin(known))).toMatchObject({ status: 'ok' })
  })

  it.each([
    ['another image', {}, { image: 'jammy' }, 'other-image'],
    ['the same from elsewhere', { image_url: url }, {}, 'other-source'],
    ['another digest', { image_url: url, image_sha256: 'c' }, { url }, 'other-source'],
  ])('and warns of %s', async (_name, changes, known, name) => {
    const code = `disk-image/${name}`
    expect(await verdict(disk(), changes, null, origin(known))).toMatchObject({
      status: 'warn',
      code,
      values: { used: false },
      fix,
    })
    const used = origin({ ...known, mtime: 1_699_999_999 })
    expect(await verdict(disk(), changes, null, used)).toMatchObject({
      code,
      values: { used: true },
      expected: expect.stringMatching(/; this one was written to since$/),
    })
  })

  it.each([null, '', '{', '[]', '{"image":"jammy"}'])(
    'and makes nothing of a record like %j',
    async (text) => {
      expect(await verdict(disk(), {}, null, text)).toMatchObject({ status: 'ok' })
    },
  )
})

describe('disk-image and disk_size', () => {
  it('asks to grow what is smaller, and leaves alone what is larger', async () => {
    expect(await verdict(disk(), { disk_size: 32 * MiB })).toMatchObject({
      status: 'warn',
      code: 'disk-image/smaller-than-configured',
      values: { size: 16 * MiB, wanted: 32 * MiB },
      fix: { id: 'fetch-image', args: { grow: true } },
    })
    for (const disk_size of [16 * MiB, 8 * MiB, null]) {
      expect(await verdict(disk(), { disk_size })).toMatchObject({ status: 'ok' })
    }
  })
})

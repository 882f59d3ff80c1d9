import { describe, expect, it } from 'vitest'
import { inspectKernel, type Read } from '../../src/formats/kernel.ts'
import { arm64ImageWith, bzImageWith, unifiedKernel, zbootKernel } from '../helpers/kernels.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'
import { corrupted } from '../helpers/random.ts'

const MiB = 2 ** 20

const reader =
  (bytes: Uint8Array): Read =>
  async (offset, length) => {
    // As the file system does.
    if (!Number.isSafeInteger(offset)) throw new RangeError('offset')
    return bytes.subarray(offset, offset + length)
  }

const inspect = (bytes: Uint8Array) => inspectKernel(reader(bytes), bytes.length)

const elfWith = (at: number, ...values: number[]): Uint8Array => {
  const bytes = Uint8Array.from(pvhElf)
  bytes.set(values, at)
  return bytes
}

/** The guest with its notes moved far behind its headers, as in a kernel of tens of MiB. */
const notesFarAway = (): Uint8Array => {
  const bytes = new Uint8Array(3 * MiB)
  bytes.set(elfWith(128, 0, 0, 0x20))
  bytes.set(pvhElf.subarray(176, 196), 2 * MiB)
  return bytes
}

describe('a vmlinux', () => {
  it('tells where it is entered and how much memory it takes', async () => {
    expect(await inspect(pvhElf)).toEqual({
      form: 'vmlinux',
      machine: 'x86_64',
      object: false,
      entry: MiB,
      pvhEntry: MiB,
      end: 245,
      memoryEnd: MiB + 49,
    })
  })

  it.each([
    ['notes far away', notesFarAway(), { pvhEntry: MiB }],
    ['no PVH note', elfWith(184, 17), { pvhEntry: null }],
    ['no notes', elfWith(120, 1), { pvhEntry: null }],
    ['a module', elfWith(16, 1), { object: true }],
    ['for another machine', elfWith(18, 183, 0), { machine: 'aarch64' }],
    ['entered low', elfWith(24, 0, 0, 8), { entry: 0x80000 }],
    ['cut short', pvhElf.subarray(0, 230), { end: 245 }],
    ['notes where no file ends', elfWith(128, ...new Array<number>(7).fill(0xff), 0x7f), { pvhEntry: null }],
    ['nothing to load', elfWith(64, 4), { memoryEnd: 0 }],
  ] as const)('%s', async (_name, bytes, expected) => {
    expect(await inspect(bytes)).toMatchObject({ form: 'vmlinux', ...expected })
  })

  it('takes what the last of several notes segments says, as the loader does', async () => {
    // Both program headers are notes now: the first one is good, the second one points into the code.
    const bytes = elfWith(64, ...pvhElf.subarray(120, 176))
    bytes.set([0xc4, 0], 128)
    expect(await inspect(bytes)).toMatchObject({ pvhEntry: null })
  })

  it.each([
    ['32 bits', elfWith(4, 1), 'a 32-bit ELF file'],
    ['big endian', elfWith(5, 2), 'a big-endian ELF file'],
    ['a piece of a header', pvhElf.subarray(0, 40), 'an ELF file, cut short within its header'],
  ])('%s', async (_name, bytes, why) => {
    expect(await inspect(bytes)).toEqual({ form: 'other ELF', why })
  })
})

describe('a bzImage', () => {
  it('tells its version, its protocol and how much memory it takes', async () => {
    const bytes = bzImageWith()
    expect(await inspect(bytes)).toEqual({
      form: 'bzImage',
      protocol: '2.15',
      version: '6.1.0-56-cloud-amd64',
      high: true,
      bits: 64,
      entry: MiB,
      end: bytes.length,
      memoryEnd: 67 * MiB,
    })
  })

  it.each([
    ['a zImage', { loadflags: 0 }, { high: false }],
    ['32 bits', { xloadflags: 0 }, { bits: 32 }],
    ['a protocol that says nothing of bits', { protocol: 0x20b, xloadflags: 0 }, { bits: 64 }],
    // 2.09 does not tell what starting takes: the file itself is all that is known.
    ['an old protocol', { protocol: 0x209 }, { protocol: '2.09', memoryEnd: MiB + 64 * 1024 }],
    ['loaded low', { entry: 0x10000 }, { entry: 0x10000 }],
    ['no version', { version: null }, { version: null }],
    ['a version that is none', { version: '\x01\x02' }, { version: null }],
    ['no number of setup sectors, which stands for four', { setupSects: 0 }, { end: 5 * 512 + 65_536 }],
  ] as const)('%s', async (_name, options, expected) => {
    expect(await inspect(bzImageWith(options))).toMatchObject(expected)
  })

  it('cut short tells how long it was', async () => {
    const bytes = bzImageWith()
    expect(await inspect(bytes.subarray(0, 4096))).toMatchObject({ end: bytes.length })
    expect(await inspect(bytes.subarray(0, 0x240))).toBeNull()
  })
})

describe('an arm64 Image', () => {
  it.each([
    ['with a PE header', {}, { end: 2 * MiB, memoryEnd: 7 * MiB }],
    ['without one', { pe: false }, { end: 0, memoryEnd: 7 * MiB }],
    ['older than its size field', { pe: false, imageSize: 0 }, { memoryEnd: 6.5 * MiB }],
    ['with an offset', { textOffset: MiB }, { memoryEnd: 8 * MiB }],
    ['with flags as most have them', {}, { pageSize: 4096 }],
    ['older than its flags', { flags: 0 }, { pageSize: null }],
    ['with 16 KiB pages', { flags: 0b1100 }, { pageSize: 16_384 }],
    ['with 64 KiB pages, for big-endian', { flags: 0b0111 }, { pageSize: 65_536 }],
  ] as const)('%s', async (_name, options, expected) => {
    expect(await inspect(arm64ImageWith(options))).toMatchObject({ form: 'Image', ...expected })
  })

  it('cut short tells by its PE header how long it was', async () => {
    expect(await inspect(arm64ImageWith().subarray(0, 70_000))).toMatchObject({ end: 2 * MiB })
  })

  it('packed for UEFI is told from a plain one', async () => {
    const place = { machine: 'aarch64', offset: 4096, size: 1000 }
    expect(await inspect(zbootKernel)).toEqual({ form: 'zboot', compression: 'gzip', ...place })
  })
})

describe('a unified kernel image', () => {
  it('tells where its kernel is', async () => {
    const place = { machine: 'aarch64', offset: 4096, size: 1000 }
    expect(await inspect(unifiedKernel)).toEqual({ form: 'UKI', ...place })
    expect(await inspect(unifiedKernel.subarray(0, 4096))).toEqual({ form: 'UKI', ...place })
    expect(await inspect(unifiedKernel.subarray(0, 0x90))).toBeNull()
  })
})

describe('what is no kernel', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['a web page', Buffer.from('<!DOCTYPE html><html></html>')],
    ['gzip', Buffer.from('\x1f\x8b\x08', 'latin1')],
    ['zeros', new Uint8Array(4096)],
  ])('%s', async (_name, bytes) => {
    expect(await inspect(bytes)).toBeNull()
  })

  it('does not make it fail, however corrupt', async () => {
    for (const whole of [pvhElf, bzImageWith(), arm64ImageWith({ size: 2 * MiB })]) {
      const head = whole.subarray(0, 4096)
      for (let seed = 1; seed <= 1000; seed++) {
        const kernel = await inspect(corrupted(head, seed, Math.min(head.length, 0x300)))
        if (kernel && 'memoryEnd' in kernel)
          expect(kernel.memoryEnd, `seed ${seed}`).toBeGreaterThanOrEqual(0)
      }
    }
  })
})

import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { kernelImage } from '../../checks/kernel-image.ts'
import type { Config } from '../../src/config/keys.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, notPermitted } from '../helpers/fake-host.ts'
import { arm64ImageWith, bzImageWith, unifiedKernel, zbootKernel } from '../helpers/kernels.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'

const MiB = 2 ** 20
const fetch = { id: 'fetch-kernel', args: {} }

const readable = (file: FakeFile | string | null | Error) =>
  file === null || file instanceof Error
    ? file
    : { access: ['read'] as const, ...(typeof file === 'string' ? { text: file } : file) }

interface World {
  readonly config?: Partial<Config>
  readonly arch?: string
  /** What `cloud-hypervisor --version` prints; null: there is none. */
  readonly version?: string | null
  readonly initramfs?: FakeFile | null
  readonly disk?: FakeFile | null
  /** Of /proc/cpuinfo on aarch64: implementer and part of each processor. */
  readonly processors?: readonly (readonly [string, string])[]
}

const verdict = (
  file: FakeFile | string | null | Error,
  {
    config = {},
    arch = 'x86_64',
    version = 'cloud-hypervisor v53.0',
    initramfs,
    disk = null,
    processors = [],
  }: World = {},
) => {
  const full = configWith({ boot: 'kernel', hypervisor: '/opt/ch', ...config }, arch)
  return conclude(
    kernelImage,
    {
      arch,
      files: {
        [full.kernel]: readable(file),
        [full.disk]: readable(disk),
        '/proc/cpuinfo': processors
          .map(
            ([implementer, part], index) =>
              `processor\t: ${index}\nCPU implementer\t: ${implementer}\nCPU part\t: ${part}\n`,
          )
          .join('\n'),
        '/opt/ch': version === null ? null : { access: ['execute'] },
        ...(full.initramfs === null ? {} : { [full.initramfs]: readable(initramfs ?? null) }),
      },
      commands: { '/opt/ch --version': `${version}\n` },
    },
    full,
  )
}

const elfWith = (at: number, ...values: number[]): FakeFile => {
  const bytes = Uint8Array.from(pvhElf)
  bytes.set(values, at)
  return { bytes }
}

const signed = (at: number, content: string): FakeFile => {
  const bytes = new Uint8Array(65_536)
  bytes.set(Buffer.from(content, 'latin1'), at)
  return { bytes }
}

/** A disk with a GPT whose first partition is used, as the check reads it. */
const gpt = (): FakeFile => {
  const bytes = Buffer.alloc(34 * 512)
  bytes.writeUInt8(0xee, 450)
  bytes.writeUInt16LE(0xaa55, 510)
  bytes.write('EFI PART', 512, 'latin1')
  bytes.writeBigUInt64LE(2n, 512 + 72)
  bytes.writeUInt32LE(128, 512 + 80)
  bytes.writeUInt32LE(128, 512 + 84)
  bytes.fill(1, 1024, 1040)
  return { bytes }
}

describe('kernel-image on x86_64', () => {
  it.each([
    ['a vmlinux', { bytes: pvhElf }, 'vmlinux with a PVH note, 245 bytes'],
    ['a bzImage', { bytes: bzImageWith() }, 'bzImage 6.1.0-56-cloud-amd64, boot protocol 2.15, 80.0 KiB'],
  ])('takes %s, whatever its name', async (_name, file, found) => {
    expect(await verdict(file, { config: { kernel: '/srv/notes.txt' } })).toEqual({ status: 'ok', found })
  })

  it.each([
    ['missing', null, 'missing', {}],
    ['empty', '', 'not-a-kernel', { kind: 'empty' }],
    ['a web page', '<!DOCTYPE html><html>Not found</html>', 'not-a-kernel', { kind: 'web page' }],
    ['an error in words', 'Not Found', 'not-a-kernel', { kind: 'text' }],
    ['a disk', signed(0, 'QFI\xfb'), 'not-a-kernel', { kind: 'qcow2' }],
    ['zeros', signed(0, ''), 'not-a-kernel', { kind: 'data' }],
    ['truncated', { bytes: pvhElf.subarray(0, 230) }, 'truncated', { size: 230, needed: 245 }],
    [
      'truncated, as a bzImage',
      { bytes: bzImageWith().subarray(0, 9216) },
      'truncated',
      { size: 9216, needed: 81_920 },
    ],
    ['truncated in the setup header', { bytes: bzImageWith().subarray(0, 0x240) }, 'truncated-header', {}],
    [
      'truncated in the ELF header',
      { bytes: pvhElf.subarray(0, 40) },
      'unusable-elf',
      { why: expect.stringContaining('header') },
    ],
    ['32 bits', elfWith(4, 1), 'unusable-elf', { why: 'a 32-bit ELF file' }],
    [
      'for another architecture',
      elfWith(18, 183, 0),
      'wrong-architecture',
      { form: 'ELF file', machine: 'aarch64' },
    ],
    [
      'an Image for another architecture',
      { bytes: arm64ImageWith() },
      'wrong-architecture',
      { form: 'kernel', machine: 'aarch64' },
    ],
    ['a module', elfWith(16, 1), 'object-file', {}],
    ['a zImage', { bytes: bzImageWith({ loadflags: 0 }) }, 'zimage', {}],
    // No segment to load: the type of its only one is PT_NULL, and that of the notes stays.
    ['without anything to load', elfWith(64, 0), 'nothing-to-load', {}],
  ] as const)('fails and can be fetched: %s', async (_name, file, code, values) => {
    expect(await verdict(file)).toMatchObject({
      status: 'fail',
      code: `kernel-image/${code}`,
      values: { arch: 'x86_64', ...values },
      expected: 'a vmlinux with a PVH note, or a bzImage',
      path: configWith().kernel,
      fix: fetch,
    })
  })

  it('is built where that is configured', async () => {
    const fix = { id: 'build-kernel', args: {} }
    expect(await verdict(null, { config: { kernel_build: true } })).toMatchObject({ status: 'fail', fix })
  })

  it.each([
    ['packed', { bytes: gzipSync(pvhElf) }, 'compressed', /`gzip -dc \S+\/vmlinux > \S+\/vmlinux\.unpacked`/],
    ['packed by xz', signed(0, '\xfd7zXZ\0'), 'compressed', /xz -dc/],
    ['without a PVH note', elfWith(184, 17), 'no-pvh-note', /CONFIG_PVH=y/],
    ['entered below 1 MiB', elfWith(24, 0, 0, 8), 'entry-too-low', /CONFIG_PHYSICAL_START/],
    ['firmware for QEMU', signed(40, '_FVH'), 'is-firmware', /boot: firmware/],
    ['a directory', { info: { type: 'directory' } }, 'not-a-file', /./],
    ['not readable', { access: [] }, 'no-read-access', /chown/],
  ] as const)('fails and its owner can mend it: %s', async (_name, file, code, hint) => {
    const result = await verdict(file as FakeFile)
    expect(result).toMatchObject({
      status: 'fail',
      code: `kernel-image/${code}`,
      hint: expect.stringMatching(hint),
    })
    expect(result).not.toHaveProperty('fix')
  })

  it('is not determined where it may not look', async () => {
    await expect(verdict(notPermitted('/x'))).rejects.toThrow('not permitted to look')
  })

  it.each([
    ['cloud-hypervisor v38.0', 'fail'],
    ['cloud-hypervisor v39.0', 'ok'],
    ['something else', 'ok'],
    [null, 'ok'],
  ])('a bzImage needs 39.0: %s is %s', async (version, status) => {
    const result = await verdict({ bytes: bzImageWith() }, { version })
    expect(result.status).toBe(status)
    if (status === 'fail') expect(result).toMatchObject({ code: 'kernel-image/bzimage-too-new' })
    expect(await verdict({ bytes: pvhElf }, { version })).toMatchObject({ status: 'ok' })
  })

  it('warns about a 32-bit kernel', async () => {
    expect(await verdict({ bytes: bzImageWith({ xloadflags: 0 }) })).toMatchObject({
      status: 'warn',
      code: 'kernel-image/kernel-32-bit',
    })
  })

  it('warns about a place that a reboot clears', async () => {
    expect(await verdict({ bytes: pvhElf }, { config: { kernel: '/tmp/vmlinux' } })).toMatchObject({
      status: 'warn',
      code: 'kernel-image/volatile-location',
      path: '/tmp/vmlinux',
    })
  })
})

describe('kernel-image and the memory of the guest', () => {
  // 16 MiB + 51 MiB: what the header of the bzImage says that decompressing and starting takes.
  it.each([
    [67 * MiB, 'ok'],
    [66 * MiB, 'fail'],
  ])('%i bytes: %s', async (memory, status) => {
    const result = await verdict({ bytes: bzImageWith() }, { config: { memory } })
    expect(result.status).toBe(status)
    if (status === 'fail')
      expect(result).toMatchObject({
        code: 'kernel-image/not-enough-memory',
        values: { needed: 67 * MiB, room: 66 * MiB, initramfs: false },
        found: 'it takes 67.0 MiB of guest memory',
        expected: 'at most 66.0 MiB, which is all of it',
        hint: expect.stringContaining('`memory`'),
      })
  })

  const initramfs = (size: number): FakeFile => ({ ...signed(0, '\x1f\x8b'), info: { size } })
  it.each([
    ['fits beside the kernel', initramfs(33 * MiB), 100 * MiB, 'ok'],
    ['fits only without it, by a page', initramfs(33 * MiB + 1), 100 * MiB, 'fail'],
    // The first region of memory ends at 3 GiB, however much there is.
    ['is larger than low memory', initramfs(3000 * MiB), 8192 * MiB, 'ok'],
    ['does not fit into low memory', initramfs(3006 * MiB), 8192 * MiB, 'fail'],
  ])('an initramfs %s', async (_name, file, memory, status) => {
    const config = { memory, initramfs: '/srv/initrd.img' }
    const result = await verdict({ bytes: bzImageWith() }, { config, initramfs: file })
    expect(result.status).toBe(status)
    if (status === 'fail')
      expect(result).toMatchObject({ code: 'kernel-image/not-enough-memory', values: { initramfs: true } })
  })

  it.each([
    ['is missing', null, 'initramfs-missing'],
    ['is a web page', { text: '<html>' }, 'initramfs-not-an-archive'],
    ['is empty', { text: '' }, 'initramfs-not-an-archive'],
    ['is the kernel', { bytes: bzImageWith() }, 'initramfs-not-an-archive'],
    ['is of zeros', { bytes: new Uint8Array(4096) }, 'initramfs-not-an-archive'],
    ['is a directory', { info: { type: 'directory' } }, 'not-a-file'],
  ] as const)('an initramfs that %s', async (_name, file, code) => {
    const config = { initramfs: '/srv/initrd.img' }
    expect(await verdict({ bytes: pvhElf }, { config, initramfs: file as FakeFile })).toMatchObject({
      status: 'fail',
      code: `kernel-image/${code}`,
      path: '/srv/initrd.img',
    })
  })
})

describe('kernel-image and the command line', () => {
  it.each([
    ['console=ttyAMA0 root=/dev/vda1', null, 'cmdline-unknown-console'],
    ['console=hvc0 root=/dev/vda', gpt(), 'cmdline-root-partition-not-named'],
    ['console=hvc0 root=/dev/vda1', signed(0, ''), 'cmdline-root-partition-missing'],
    ['console=hvc0 root=LABEL=x', gpt(), 'cmdline-root-needs-initramfs'],
    ['root=/dev/vda1', null, 'cmdline-no-console'],
    ['console=hvc0', null, 'cmdline-no-root'],
    ['console=hvc0 root=/dev/sda1', null, 'cmdline-root-unknown'],
    [`console=hvc0 root=/dev/vda1 ${'x'.repeat(2048)}`, null, 'cmdline-too-long'],
  ])('warns: %s', async (cmdline, disk, code) => {
    expect(await verdict({ bytes: pvhElf }, { config: { cmdline }, disk })).toMatchObject({
      status: 'warn',
      code: `kernel-image/${code}`,
      hint: expect.stringMatching(/./),
    })
  })

  it.each([
    ['the default, with a partitioned disk', gpt()],
    [
      'the default, with a qcow2, whose table is inside of it',
      { bytes: Buffer.from(`QFI\xfb${'\0'.repeat(4096)}`, 'latin1') },
    ],
    ['the default, before there is a disk', null],
    ['the default, with a disk that cannot be read', { access: [] }],
  ])('is content: %s', async (_name, disk) => {
    expect(await verdict({ bytes: pvhElf }, { disk: disk as FakeFile | null })).toMatchObject({
      status: 'ok',
    })
  })

  it('says first what cannot work at all', async () => {
    expect(await verdict('', { config: { cmdline: '' } })).toMatchObject({ status: 'fail' })
  })
})

describe('kernel-image on aarch64', () => {
  const arch = 'aarch64'

  it('takes an Image, under the name that a build gives it', async () => {
    expect(configWith({}, arch).kernel).toMatch(/\/Image$/)
    const file = { bytes: arm64ImageWith() }
    expect(await verdict(file, { arch })).toEqual({
      status: 'ok',
      found: 'arm64 Image with 4 KiB pages, 2.0 MiB',
    })
    const config = { cmdline: 'console=ttyAMA0 root=/dev/vda1' }
    expect(await verdict(file, { arch, config })).toMatchObject({ status: 'ok' })
  })

  it.each([
    ['missing', null, 'missing'],
    ['one for x86_64', { bytes: bzImageWith() }, 'wrong-architecture'],
    ['a vmlinux for x86_64', { bytes: pvhElf }, 'wrong-architecture'],
    ['truncated', { bytes: arm64ImageWith().subarray(0, MiB) }, 'truncated'],
    ['a web page', '<html>', 'not-a-kernel'],
  ] as const)('fails and can be fetched: %s', async (_name, file, name) => {
    const code = `kernel-image/${name}`
    const expected = 'an arm64 Image, not compressed'
    expect(await verdict(file, { arch })).toMatchObject({ status: 'fail', code, expected, fix: fetch })
  })

  it.each([
    ['Image.gz', { bytes: gzipSync(arm64ImageWith()) }, 'compressed', /gzip -dc/],
    ['its vmlinux', elfWith(18, 183, 0), 'elf-vmlinux', /arm64\/boot\/Image/],
    [
      'a packed EFI kernel',
      { bytes: zbootKernel },
      'efi-zboot',
      /tail -c \+4097 .* head -c 1000 \| gzip -dc/,
    ],
    ['a unified kernel image', { bytes: unifiedKernel }, 'unified-kernel', /tail -c \+4097 .* head -c 1000/],
    ['Image.zst', signed(0, '\x28\xb5\x2f\xfd'), 'compressed', /zstd -dc/],
    ['Image.lz4, of the older frame', signed(0, '\x02\x21\x4c\x18'), 'compressed', /lz4 -dc/],
  ])('fails and its owner can mend it: %s', async (_name, file, code, hint) => {
    expect(await verdict(file, { arch })).toMatchObject({
      status: 'fail',
      code: `kernel-image/${code}`,
      hint: expect.stringMatching(hint),
    })
  })

  const a72 = ['0x41', '0xd08'] as const
  const a76 = ['0x41', '0xd0b'] as const
  const apple = ['0x61', '0x22'] as const

  it.each([
    ['16 KiB on a Cortex-A72', 0b1100, [a72, a72], '16 KiB'],
    ['64 KiB on an Apple M1', 0b1110, [apple], '64 KiB'],
  ] as const)('fails where no processor has its pages: %s', async (_name, flags, processors, pages) => {
    const file = { bytes: arm64ImageWith({ flags }) }
    expect(await verdict(file, { arch, processors })).toMatchObject({
      status: 'fail',
      code: 'kernel-image/page-size-not-supported',
      found: `an Image with ${pages} pages, which this processor does not have`,
      hint: expect.stringMatching(/4 KiB pages/),
    })
  })

  it.each([
    ['16 KiB on a Cortex-A76', 0b1100, [a76]],
    ['16 KiB where one of two kinds has it', 0b1100, [a72, a76]],
    ['16 KiB on an unknown processor', 0b1100, [['0x51', '0x1']]],
    ['64 KiB on a Cortex-A72', 0b1110, [a72]],
    ['16 KiB on an Apple M1', 0b1100, [apple]],
    ['unknown pages', 0, [a72, apple]],
  ] as const)('does not doubt the pages: %s', async (_name, flags, processors) => {
    const file = { bytes: arm64ImageWith({ flags }) }
    expect(await verdict(file, { arch, processors })).toMatchObject({ status: 'ok' })
  })

  it('warns about the serial console of x86', async () => {
    const config = { cmdline: 'console=ttyS0 root=/dev/vda1' }
    expect(await verdict({ bytes: arm64ImageWith() }, { arch, config })).toMatchObject({
      status: 'warn',
      expected: 'console=hvc0, or console=ttyAMA0 for the serial port',
    })
  })

  it('counts from the place where an Image is put', async () => {
    const file = { bytes: arm64ImageWith({ imageSize: 60 * MiB }) }
    expect(await verdict(file, { arch, config: { memory: 64 * MiB } })).toMatchObject({ status: 'ok' })
    const larger = { bytes: arm64ImageWith({ imageSize: 61 * MiB }) }
    expect(await verdict(larger, { arch, config: { memory: 64 * MiB } })).toMatchObject({
      code: 'kernel-image/not-enough-memory',
      values: { needed: 65 * MiB },
    })
  })
})

it('does not guess what other architectures take', async () => {
  await expect(verdict({ bytes: pvhElf }, { arch: 'riscv64' })).rejects.toThrow('not known here')
})

it('is of no interest when firmware starts the guest', () => {
  expect(kernelImage.skipReason?.(configWith())).toMatch(/boot is firmware/)
  expect(kernelImage.skipReason?.(configWith({ boot: 'kernel' }))).toBeNull()
})

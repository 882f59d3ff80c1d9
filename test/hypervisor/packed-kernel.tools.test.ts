/** Kernels that real tools have packed: the command of each hint, run by a shell, gives back the kernel. */
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inspectKernel } from '../../src/formats/kernel.ts'
import { kindOf } from '../../src/formats/magic.ts'
import { findKernelProblem } from '../../src/hypervisor/kernel.ts'
import { describeKernelProblem } from '../../src/hypervisor/kernel-findings.ts'
import { arm64ImageWith } from '../helpers/kernels.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const image = arm64ImageWith()

/** A place for files, with a name that a shell takes apart unless it is quoted. */
const place = () => `${scratch()}/it's a $(kernel)`

const problemOf = async (file: string, arch: string) => {
  const bytes = readFileSync(file)
  const kernel = await inspectKernel(async (at, length) => bytes.subarray(at, at + length), bytes.length)
  const about = { file, kind: kindOf(bytes), size: statSync(file).size }
  return findKernelProblem(kernel, about, arch)
}

/** Runs the command that the hint about a file gives. @returns the code of the finding, and the file it makes */
const unpack = async (file: string, arch = 'aarch64') => {
  const problem = await problemOf(file, arch)
  if (!problem) throw new Error(`nothing is wrong with ${file}`)
  const { hint = '' } = describeKernelProblem(problem)
  const command = /`(.*)`, and name that in `kernel`/.exec(hint)?.[1]
  if (command === undefined) throw new Error(`no command in: ${hint}`)
  execFileSync('sh', ['-c', command])
  return { code: problem.code, unpacked: `${file}.unpacked` }
}

const sameBytes = (file: string, bytes: Uint8Array) => readFileSync(file).equals(bytes)

describe('a compressed Image', () => {
  it.each(
    [
      ['gzip', ['-9']],
      ['xz', []],
      ['xz', ['--format=lzma']],
      // As scripts/Makefile.lib of Linux calls them.
      ['xz', ['--check=crc32', '--lzma2=dict=32MiB']],
      ['zstd', ['-19']],
      ['zstd', ['-22', '--ultra']],
      ['bzip2', ['-9']],
      ['lz4', ['-9']],
      ['lz4', ['-l', '-9']],
      ['lzop', ['-9']],
    ].map(([tool, options]) => ({ tool: `${tool}`, options: [...(options ?? [])] })),
  )('$tool $options', async ({ tool, options }) => {
    const file = place()
    writeFileSync(file, execFileSync(tool, ['-c', ...options], { input: image, maxBuffer: 2 ** 26 }))
    const { code, unpacked } = await unpack(file)
    expect(code).toBe('compressed')
    expect(sameBytes(unpacked, image)).toBe(true)
    expect(await problemOf(unpacked, 'aarch64')).toBeNull()
  })
})

const noBinutils = missing('aarch64-linux-gnu-as', 'aarch64-linux-gnu-objcopy')

describe.skipIf(noBinutils)(`a program for UEFI, made by binutils${because(noBinutils)}`, () => {
  const assemble = (source: string): string => {
    const directory = scratch()
    writeFileSync(`${directory}/x.s`, source)
    execFileSync('aarch64-linux-gnu-as', ['-o', `${directory}/x.o`, `${directory}/x.s`])
    return `${directory}/x.o`
  }

  /** The file that drivers/firmware/efi/libstub/Makefile.zboot of Linux makes, as far as a loader reads it. */
  const zboot = (file: string, compression: string, payload: Uint8Array, machine = '0xaa64') => {
    const packed = `${scratch()}/payload`
    writeFileSync(packed, payload)
    const object = assemble(`
header: .ascii "MZ\\0\\0zimg"
  .long packed - header, size, 0, 0
  .asciz "${compression}"
  .org 0x38
  .long 0x818223cd, pe - header
pe: .ascii "PE\\0\\0"
  .short ${machine}, 0
  .long 0, 0, 0
  .short 0, 0x020e
  .p2align 12
packed: .incbin "${packed}"
  .set size, . - packed
  .long ${image.length} // its size unpacked, which is not part of the payload
  .p2align 9
`)
    execFileSync('aarch64-linux-gnu-objcopy', ['-O', 'binary', object, file])
  }

  it.each([
    ['gzip', 'gzip', ['-9']],
    ['xzkern', 'xz', ['--check=crc32']],
    ['lzma', 'xz', ['--format=lzma']],
    ['zstd22', 'zstd', ['-22', '--ultra']],
    ['lz4', 'lz4', ['-l', '-9']],
    ['lzo', 'lzop', ['-9']],
  ])('zboot, %s', async (compression, tool, options) => {
    const file = place()
    zboot(file, compression, execFileSync(tool, ['-c', ...options], { input: image, maxBuffer: 2 ** 26 }))
    const { code, unpacked } = await unpack(file)
    expect(code).toBe('efi-zboot')
    expect(sameBytes(unpacked, image)).toBe(true)
  })

  it('zboot in a way that is not known here, cut short, or for another machine', async () => {
    const file = place()
    zboot(file, 'brotli', new Uint8Array(10_000))
    const unknown = await problemOf(file, 'aarch64')
    expect(unknown).toMatchObject({ code: 'efi-zboot', values: { unpacker: null } })
    expect(unknown && describeKernelProblem(unknown).hint).toMatch(/arm64\/boot\/Image/)
    expect(await problemOf(file, 'x86_64')).toMatchObject({
      code: 'wrong-architecture',
      values: { machine: 'aarch64' },
    })
    writeFileSync(file, readFileSync(file).subarray(0, 9000))
    expect(await problemOf(file, 'aarch64')).toMatchObject({ code: 'truncated', values: { needed: 14_096 } })
    zboot(file, 'gzip', new Uint8Array(10_000), '0x5064')
    expect(await problemOf(file, 'aarch64')).toMatchObject({ values: { machine: 'riscv64' } })
  })

  it('a unified kernel image', async () => {
    const [kernel, file] = [`${scratch()}/Image`, place()]
    writeFileSync(kernel, image)
    execFileSync('aarch64-linux-gnu-objcopy', [
      ...['-O', 'pei-aarch64-little', '--add-section', '.osrel=/etc/os-release'],
      ...['--add-section', `.linux=${kernel}`, '--change-section-vma', '.linux=0x20000'],
      ...[assemble('ret\n'), file],
    ])
    const { code, unpacked } = await unpack(file)
    expect(code).toBe('unified-kernel')
    expect(sameBytes(unpacked, image)).toBe(true)
    expect(await problemOf(file, 'x86_64')).toMatchObject({ code: 'wrong-architecture' })
  })
})

/** The loader of the real Cloud Hypervisor and our judgement of the same kernels agree. */

import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inspectKernel } from '../../src/formats/kernel.ts'
import { kindOf } from '../../src/formats/magic.ts'
import { findKernelProblem, memoryFit } from '../../src/hypervisor/kernel.ts'
import { realHypervisor } from '../e2e/fixtures.ts'
import { hypervisorNote } from '../e2e/scripts.ts'
import { arm64ImageWith, bzImageWith, unifiedKernel } from '../helpers/kernels.ts'
import { because } from '../helpers/needs.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'
import { scratch } from '../helpers/scratch.ts'

const MiB = 2 ** 20

const patched = (...changes: readonly (readonly [at: number, values: readonly number[]])[]): Uint8Array => {
  const bytes = Uint8Array.from(pvhElf)
  for (const [at, values] of changes) bytes.set(values, at)
  return bytes
}

const judged = async (bytes: Uint8Array, memory: number): Promise<boolean> => {
  const kernel = await inspectKernel(async (at, length) => bytes.subarray(at, at + length), bytes.length)
  if (findKernelProblem(kernel, { file: 'x', kind: kindOf(bytes), size: bytes.length }, 'x86_64'))
    return false
  const end = kernel && 'memoryEnd' in kernel ? kernel.memoryEnd : 0
  const { needed, room } = memoryFit(end, 0, memory, 'x86_64')
  return needed <= room
}

const why = realHypervisor ? (existsSync('/dev/kvm') ? null : 'no /dev/kvm') : hypervisorNote

describe.skipIf(why)(`the loader of the real Cloud Hypervisor${because(why)}`, () => {
  it.each<[string, Uint8Array, boolean, number?]>([
    ['a good one', pvhElf, true],
    ['a good one that just fits', pvhElf, true, 2 * MiB],
    ['a good one without room', pvhElf, false, MiB],
    ['no PVH note', patched([184, [17]]), false],
    ['entered below 1 MiB', patched([24, [0, 0, 8]]), false],
    ['cut short', pvhElf.subarray(0, 200), false],
    [
      'notes in two segments, the last one without the entry',
      patched([64, [...pvhElf.subarray(120, 176)]], [128, [0xc4]]),
      false,
    ],
    ['a zImage', bzImageWith({ loadflags: 0 }), false],
    ['a bzImage loaded low', bzImageWith({ entry: 0x10000 }), false],
    ['an arm64 Image', arm64ImageWith(), false],
    ['a unified kernel image', Buffer.from(unifiedKernel).fill('\x64\x86', 0x84, 0x86, 'latin1'), false],
    ['text', Buffer.from('Not Found\n'), false],
  ])('%s', async (_name, bytes, good, memory = 64 * MiB) => {
    const file = `${scratch()}/kernel`
    writeFileSync(file, bytes)
    const size = `size=${memory / MiB}M`
    const { stdout, stderr } = spawnSync(
      realHypervisor ?? '',
      ['--kernel', file, '--serial', 'tty', '--console', 'off', '--memory', size],
      { encoding: 'utf8', timeout: 30_000, killSignal: 'SIGKILL', input: '' },
    )
    expect(
      [stdout.includes('CHV-DOCTOR-GUEST-OK'), /PVH header|bzImage|Loader/.test(stderr)],
      stderr,
    ).toEqual([good, !good])
    expect(await judged(bytes, memory)).toBe(good)
  })
})

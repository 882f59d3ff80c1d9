/** Whether Cloud Hypervisor can start a kernel: its rules on top of what the file says about itself. */
import type { Kernel } from '../formats/kernel.ts'
import { describeKind, type Kind } from '../formats/magic.ts'
import { humanBytes } from '../util/units.ts'

export interface KernelProblem {
  /** What it is instead, in a few words. */
  readonly found: string
  /** What its owner can make of it, FILE being its path; null when only another file will do. */
  readonly hint: string | null
}

/** layout::HIGH_RAM_START: the loader takes no entry below it. */
const lowestEntry = 0x100000

const problem = (found: string, hint: string | null = null): KernelProblem => ({ found, hint })

const cutShort = (size: number, end: number): KernelProblem =>
  problem(`cut short: ${humanBytes(size)} of ${humanBytes(end)}`)

/** How each kind is unpacked; Cloud Hypervisor unpacks nothing (a bzImage unpacks itself). */
const unpackers: Partial<Record<Kind, string>> = { gzip: 'gzip', xz: 'xz', zstd: 'zstd' }

const notAKernel = (kind: Kind): KernelProblem => {
  const unpacker = unpackers[kind]
  if (unpacker !== undefined)
    return problem(
      `compressed with ${kind}`,
      `Unpack it: \`${unpacker} -dc FILE > FILE.unpacked\`, and name that in \`kernel\`.`,
    )
  if (kind === 'EFI volume')
    return problem('an EFI volume', 'This is firmware: set `boot: firmware` and name it in `firmware`.')
  return problem(kind === 'bzImage' || kind === 'ELF' ? 'cut short within its header' : describeKind(kind))
}

const x86Problem = (kernel: Kernel, size: number): KernelProblem | null => {
  switch (kernel.form) {
    case 'vmlinux':
      if (kernel.machine !== 'x86_64') return problem(`an ELF file for ${kernel.machine}`)
      if (kernel.object) return problem('an ELF object file, such as a kernel module')
      if (kernel.end > size) return cutShort(size, kernel.end)
      if (kernel.entry < lowestEntry)
        return problem('its entry point is below 1 MiB', 'Build it with CONFIG_PHYSICAL_START above that.')
      if (kernel.pvhEntry === null)
        return problem(
          'an ELF file without a PVH note',
          'Build it with CONFIG_PVH=y, or take the bzImage of the same build.',
        )
      return kernel.memoryEnd === 0 ? problem('an ELF file with nothing to load') : null
    case 'bzImage':
      if (!kernel.high || kernel.entry < lowestEntry) return problem('a zImage, too old to be loaded high')
      return kernel.end > size ? cutShort(size, kernel.end) : null
    case 'Image':
    case 'zboot':
      return problem('a kernel for aarch64')
    case 'other ELF':
      return problem(kernel.why)
  }
}

/** Anything but an Image would be taken for firmware there, and do nothing at all. */
const armProblem = (kernel: Kernel, size: number): KernelProblem | null => {
  const take = 'Take arch/arm64/boot/Image of the same build.'
  switch (kernel.form) {
    case 'Image':
      return kernel.end > size ? cutShort(size, kernel.end) : null
    case 'zboot':
      return problem('a kernel that only UEFI unpacks (EFI zboot)', take)
    case 'vmlinux':
      return kernel.machine === 'aarch64' && !kernel.object
        ? problem('an ELF vmlinux', take)
        : problem(`an ELF file for ${kernel.machine}`)
    case 'bzImage':
      return problem('a kernel for x86_64')
    case 'other ELF':
      return problem(kernel.why)
  }
}

/**
 * Why Cloud Hypervisor could not load this file as a kernel, or null.
 * @param kind of the same file, for what is no kernel at all
 * @param size of the file in bytes
 * @param arch as `uname -m` writes it: x86_64 or aarch64
 */
export const findKernelProblem = (
  kernel: Kernel | null,
  kind: Kind,
  size: number,
  arch: string,
): KernelProblem | null => {
  if (kernel === null) return notAKernel(kind)
  return arch === 'aarch64' ? armProblem(kernel, size) : x86Problem(kernel, size)
}

/** layout::MEM_32BIT_RESERVED_START: the first region of memory on x86_64 ends there, and an initramfs goes into it. */
const lowMemory = 3 * 2 ** 30

const page = 4096

/**
 * Bytes of guest memory that kernel and initramfs take before the kernel looks how much there is, and how
 * many there are for them. A Debian 6.1 bzImage whose header asks for 67.5 MiB did not say a word with 67
 * MiB, ran out of memory with 68 and reached its initramfs with 72 (Cloud Hypervisor 53).
 * @param initramfs its size in bytes; 0 without one
 */
export const memoryFit = (
  kernelEnd: number,
  initramfs: number,
  memory: number,
  arch: string,
): { readonly needed: number; readonly room: number } => ({
  // The initramfs ends with the memory, the kernel starts near its beginning: they must not meet.
  needed: kernelEnd + Math.ceil(initramfs / page) * page,
  room: arch === 'aarch64' ? memory : Math.min(memory, lowMemory),
})

/** For sentences: what a good kernel is on this architecture. */
export const goodKernel = (arch: string): string =>
  arch === 'aarch64' ? 'an arm64 Image, not compressed' : 'a vmlinux with a PVH note, or a bzImage'

/** "bzImage 6.1.0, boot protocol 2.15" */
export const describeKernel = (kernel: Kernel, size: number): string => {
  const bytes = humanBytes(size)
  if (kernel.form === 'vmlinux') return `vmlinux with a PVH note, ${bytes}`
  if (kernel.form === 'bzImage')
    return `bzImage${kernel.version ? ` ${kernel.version}` : ''}, boot protocol ${kernel.protocol}, ${bytes}`
  return `arm64 Image, ${bytes}`
}

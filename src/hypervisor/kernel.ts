/** Whether Cloud Hypervisor can start a kernel: its rules on top of what the file says about itself. */
import type { Kernel } from '../formats/kernel.ts'
import type { Kind } from '../formats/magic.ts'
import { humanBytes } from '../util/units.ts'
import type { KernelProblem, Unpacker } from './kernel-findings.ts'
import { describePages } from './page-size.ts'

/** layout::HIGH_RAM_START: the loader takes no entry below it. */
const lowestEntry = 0x100000

const truncated = (size: number, needed: number, arch: string): KernelProblem => ({
  code: 'truncated',
  values: { size, needed, arch },
})

const foreign = (form: 'kernel' | 'ELF file', machine: string, arch: string): KernelProblem => ({
  code: 'wrong-architecture',
  values: { form, machine, arch },
})

/** How each kind is unpacked; Cloud Hypervisor unpacks nothing (a bzImage unpacks itself). */
const unpackers: Partial<Record<Kind, Unpacker>> = {
  gzip: 'gzip',
  xz: 'xz',
  // xz knows the older format by its content.
  lzma: 'xz',
  zstd: 'zstd',
  bzip2: 'bzip2',
  lz4: 'lz4',
  lzo: 'lzop',
}

/** The words of drivers/firmware/efi/libstub/Makefile.zboot, such as "xzkern" and "zstd22". */
const zbootUnpackers: readonly (readonly [word: RegExp, unpacker: Unpacker])[] = [
  [/^gzip/, 'gzip'],
  [/^(?:xz|lzma)/, 'xz'],
  [/^zstd/, 'zstd'],
  [/^lz4/, 'lz4'],
  [/^lzo/, 'lzop'],
]

/** A kernel inside of a program for UEFI, which Cloud Hypervisor does not start by itself. */
const packedProblem = (
  kernel: Extract<Kernel, { form: 'zboot' | 'UKI' }>,
  file: string,
  size: number,
  arch: string,
): KernelProblem => {
  const { form, machine, offset, size: length } = kernel
  if (machine !== arch) return foreign('kernel', machine, arch)
  if (offset + length > size) return truncated(size, offset + length, arch)
  if (form === 'UKI') return { code: 'unified-kernel', values: { file, offset, length, arch } }
  const unpacker = zbootUnpackers.find(([word]) => word.test(kernel.compression))?.[1] ?? null
  return { code: 'efi-zboot', values: { unpacker, file, offset, length, arch } }
}

const notAKernel = (kind: Kind, file: string, arch: string): KernelProblem => {
  const unpacker = unpackers[kind]
  if (unpacker !== undefined) return { code: 'compressed', values: { unpacker, file, arch } }
  if (kind === 'EFI volume') return { code: 'is-firmware', values: { arch } }
  if (kind === 'bzImage' || kind === 'ELF') return { code: 'truncated-header', values: { arch } }
  return { code: 'not-a-kernel', values: { kind, arch } }
}

const x86Problem = (kernel: Kernel, file: string, size: number): KernelProblem | null => {
  const arch = 'x86_64'
  switch (kernel.form) {
    case 'vmlinux':
      if (kernel.machine !== arch) return foreign('ELF file', kernel.machine, arch)
      if (kernel.object) return { code: 'object-file', values: { arch } }
      if (kernel.end > size) return truncated(size, kernel.end, arch)
      if (kernel.entry < lowestEntry) return { code: 'entry-too-low', values: { arch } }
      if (kernel.pvhEntry === null) return { code: 'no-pvh-note', values: { arch } }
      return kernel.memoryEnd === 0 ? { code: 'nothing-to-load', values: { arch } } : null
    case 'bzImage':
      if (!kernel.high || kernel.entry < lowestEntry) return { code: 'zimage', values: { arch } }
      return kernel.end > size ? truncated(size, kernel.end, arch) : null
    case 'Image':
      return foreign('kernel', 'aarch64', arch)
    case 'zboot':
    case 'UKI':
      return packedProblem(kernel, file, size, arch)
    case 'other ELF':
      return { code: 'unusable-elf', values: { why: kernel.why, arch } }
  }
}

/**
 * Anything but an Image is taken for firmware there: refused with more than 3 MiB ("UEFI image too big"), else
 * started, to do nothing at all (load_kernel in vmm/src/vm.rs, arch/src/aarch64/uefi.rs).
 */
const armProblem = (kernel: Kernel, file: string, size: number): KernelProblem | null => {
  const arch = 'aarch64'
  switch (kernel.form) {
    case 'Image':
      return kernel.end > size ? truncated(size, kernel.end, arch) : null
    case 'zboot':
    case 'UKI':
      return packedProblem(kernel, file, size, arch)
    case 'vmlinux':
      return kernel.machine === arch && !kernel.object
        ? { code: 'elf-vmlinux', values: { arch } }
        : foreign('ELF file', kernel.machine, arch)
    case 'bzImage':
      return foreign('kernel', 'x86_64', arch)
    case 'other ELF':
      return { code: 'unusable-elf', values: { why: kernel.why, arch } }
  }
}

/**
 * Why Cloud Hypervisor could not load this file as a kernel, or null.
 * @param file its path, which a hint names
 * @param kind of the same file, for what is no kernel at all
 * @param size of the file in bytes
 * @param arch as `uname -m` writes it: x86_64 or aarch64
 */
export const findKernelProblem = (
  kernel: Kernel | null,
  { file, kind, size }: { readonly file: string; readonly kind: Kind; readonly size: number },
  arch: string,
): KernelProblem | null => {
  if (kernel === null) return notAKernel(kind, file, arch)
  return arch === 'aarch64' ? armProblem(kernel, file, size) : x86Problem(kernel, file, size)
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

/** "bzImage 6.1.0, boot protocol 2.15" */
export const describeKernel = (kernel: Kernel, size: number): string => {
  const bytes = humanBytes(size)
  if (kernel.form === 'vmlinux') return `vmlinux with a PVH note, ${bytes}`
  if (kernel.form === 'bzImage')
    return `bzImage${kernel.version ? ` ${kernel.version}` : ''}, boot protocol ${kernel.protocol}, ${bytes}`
  const pageSize = kernel.form === 'Image' ? kernel.pageSize : null
  const pages = pageSize === null ? '' : ` with ${describePages(pageSize)} pages`
  return `arm64 Image${pages}, ${bytes}`
}

/** What can be wrong with a file that is to be started as a kernel; shared by the check and the fixes that make one. */
import { describeFinding, type Finding, type FoundCode, finding } from '../contract/finding.ts'
import { describeKind, type Kind } from '../formats/magic.ts'
import { quoteWord } from '../util/quote.ts'
import { humanBytes } from '../util/units.ts'

/** The program that unpacks a kernel; all of them take `-dc`. */
export type Unpacker = 'gzip' | 'xz' | 'zstd' | 'bzip2' | 'lz4' | 'lzop'

/** What Cloud Hypervisor starts as a kernel on this architecture. */
export const goodKernel = ({ arch }: { arch: string }): string =>
  arch === 'aarch64' ? 'an arm64 Image, not compressed' : 'a vmlinux with a PVH note, or a bzImage'

const takeImage = 'Take arch/arm64/boot/Image of the same build.'

/** What stands at a place in a file, in words for a shell. */
const cut = (file: string, offset: number, length: number): string =>
  `tail -c +${offset + 1} ${quoteWord(file)} | head -c ${length}`

/** Where a command leaves a kernel that Cloud Hypervisor starts. */
const into = (command: string, file: string): string =>
  `\`${command} > ${quoteWord(`${file}.unpacked`)}\`, and name that in \`kernel\`.`

/** A finding with a hint is about a file that its owner can repair; for the others only another file will do. */
export const kernelFindings = {
  compressed: finding<{ unpacker: Unpacker; file: string; arch: string }>({
    found: ({ unpacker }) => `compressed with ${unpacker}`,
    expected: goodKernel,
    hint: ({ unpacker, file }) => `Unpack it: ${into(`${unpacker} -dc ${quoteWord(file)}`, file)}`,
  }),
  'is-firmware': finding<{ arch: string }>({
    found: 'an EFI volume',
    expected: goodKernel,
    hint: 'This is firmware: set `boot: firmware` and name it in `firmware`.',
  }),
  'not-a-kernel': finding<{ kind: Kind; arch: string }>({
    found: ({ kind }) => describeKind(kind),
    expected: goodKernel,
  }),
  truncated: finding<{ size: number; needed: number; arch: string }>({
    found: ({ size, needed }) => `truncated: ${humanBytes(size)} of ${humanBytes(needed)}`,
    expected: goodKernel,
  }),
  'truncated-header': finding<{ arch: string }>({
    found: 'truncated within its header',
    expected: goodKernel,
  }),
  'wrong-architecture': finding<{ form: 'kernel' | 'ELF file'; machine: string; arch: string }>({
    found: ({ form, machine }) => `${form === 'kernel' ? 'a' : 'an'} ${form} for ${machine}`,
    expected: goodKernel,
  }),
  'object-file': finding<{ arch: string }>({
    found: 'an ELF object file, such as a kernel module',
    expected: goodKernel,
  }),
  'unusable-elf': finding<{ why: string; arch: string }>({
    found: ({ why }) => why,
    expected: goodKernel,
  }),
  'entry-too-low': finding<{ arch: string }>({
    found: 'its entry point is below 1 MiB',
    expected: goodKernel,
    hint: 'Build it with CONFIG_PHYSICAL_START above that.',
  }),
  'no-pvh-note': finding<{ arch: string }>({
    found: 'an ELF file without a PVH note',
    expected: goodKernel,
    hint: 'Build it with CONFIG_PVH=y, or take the bzImage of the same build.',
  }),
  'nothing-to-load': finding<{ arch: string }>({
    found: 'an ELF file with nothing to load',
    expected: goodKernel,
  }),
  zimage: finding<{ arch: string }>({
    found: 'a zImage, too old to be loaded high',
    expected: goodKernel,
  }),
  'efi-zboot': finding<{
    unpacker: Unpacker | null
    file: string
    offset: number
    length: number
    arch: string
  }>({
    found: 'a kernel that only UEFI unpacks (EFI zboot)',
    expected: goodKernel,
    hint: ({ unpacker, file, offset, length }) =>
      unpacker === null
        ? takeImage
        : `Unpack it: ${into(`${cut(file, offset, length)} | ${unpacker} -dc`, file)}`,
  }),
  'unified-kernel': finding<{ file: string; offset: number; length: number; arch: string }>({
    found: 'a unified kernel image (UKI), which only UEFI starts',
    expected: goodKernel,
    hint: ({ file, offset, length }) => `Take the kernel out of it: ${into(cut(file, offset, length), file)}`,
  }),
  'elf-vmlinux': finding<{ arch: string }>({
    found: 'an ELF vmlinux',
    expected: goodKernel,
    hint: takeImage,
  }),
}

export type KernelProblem = FoundCode<typeof kernelFindings>

/** The texts of a fault, for those who report it outside a check. */
export const describeKernelProblem = ({ code, values }: KernelProblem) =>
  describeFinding<typeof values>(kernelFindings[code] as Finding<typeof values>, values)

/** Whether its owner can repair this very file: then it is not to be replaced by another. */
export const isRepairable = ({ code }: KernelProblem): boolean => 'hint' in kernelFindings[code]

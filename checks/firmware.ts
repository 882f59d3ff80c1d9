import { knownFirmware } from '../src/catalogue/firmwares.ts'
import { defineCheck } from '../src/contract/check.ts'
import { type FoundCode, finding } from '../src/contract/finding.ts'
import { sha256 } from '../src/formats/digest.ts'
import { type Elf, parseElf } from '../src/formats/elf.ts'
import { inspectKernel, type Read } from '../src/formats/kernel.ts'
import { describeKind, type Kind } from '../src/formats/magic.ts'
import type { Host } from '../src/host/host.ts'
import { humanBytes } from '../src/util/units.ts'
import { type FileFacts, fileFindings, lookAtFile, unusable, volatileLocation } from './shared/artifact.ts'

interface Facts {
  readonly arch: string
  readonly file: FileFacts | null
  readonly elf: Elf | null
  readonly sha256: string | null
  /** The form of a kernel that it is, on aarch64, where firmware has no form of its own. */
  readonly kernel: KernelForm | null
}

type KernelForm = 'Image' | 'zboot' | 'UKI'

const MiB = 2 ** 20

/**
 * Firmware is 136 KiB (hypervisor-fw) to 4 MiB (CLOUDHV.fd); nothing larger is one. On aarch64 Cloud Hypervisor
 * refuses more than 3 MiB: load_uefi in arch/src/aarch64/uefi.rs.
 */
const maxFirmwareBytes = (arch: string): number => (arch === 'aarch64' ? 3 : 16) * MiB

/** layout::HIGH_RAM_START: the loader takes no entry below it. */
const lowestEntry = 0x100000

const goodFirmware = ({ arch }: { arch: string }) =>
  arch === 'aarch64'
    ? 'CLOUDHV_EFI.fd or hypervisor-fw-aarch64'
    : 'CLOUDHV.fd or hypervisor-fw (ELF with a PVH note)'

const kernelWords: Readonly<Record<KernelForm, string>> = {
  Image: 'a Linux kernel (arm64 Image)',
  zboot: 'a Linux kernel (EFI zboot)',
  UKI: 'a unified kernel image (UKI)',
}

const findings = {
  ...fileFindings,
  missing: finding<{ arch: string }>({ found: 'missing', expected: goodFirmware }),
  'too-large': finding<{ size: number; arch: string }>({
    found: ({ size }) => `${humanBytes(size)}: too large for a firmware`,
    expected: goodFirmware,
  }),
  'is-kernel': finding<{ form: KernelForm; arch: string }>({
    found: ({ form }) => kernelWords[form],
    expected: goodFirmware,
    hint: 'This is a kernel: set `boot: kernel` and name it in `kernel`.',
  }),
  'for-qemu': finding<{ arch: string }>({ found: 'an OVMF image for QEMU', expected: goodFirmware }),
  'not-firmware': finding<{ kind: Kind; arch: string }>({
    found: ({ kind }) => describeKind(kind),
    expected: goodFirmware,
  }),
  'damaged-elf': finding<{ arch: string }>({
    found: 'a 32-bit or damaged ELF file',
    expected: goodFirmware,
  }),
  'wrong-architecture': finding<{ machine: string; arch: string }>({
    found: ({ machine }) => `an ELF file for ${machine}`,
    expected: goodFirmware,
  }),
  truncated: finding<{ size: number; needed: number; arch: string }>({
    found: ({ size, needed }) => `truncated: ${size} of ${needed} bytes`,
    expected: goodFirmware,
  }),
  'no-pvh-note': finding<{ arch: string }>({
    found: 'an ELF file without a PVH note',
    expected: goodFirmware,
  }),
  'entry-too-low': finding<{ arch: string }>({
    found: 'its PVH entry is below 1 MiB',
    expected: goodFirmware,
  }),
  'cannot-start-image': finding<{ firmware: string; version: string; image: string }>({
    found: (values) => `${values.firmware} ${values.version}, which does not start ${values.image}`,
    expected: ({ image }) => `CLOUDHV.fd, which starts ${image}`,
    hint: 'Move it away and let `chv-doctor fix` fetch CLOUDHV.fd, or use `image: jammy`.',
  }),
}

type Fault = FoundCode<typeof findings>

const fix = { id: 'fetch-firmware', args: {} } as const

const describe = (digest: string | null): string => {
  const known = knownFirmware(digest)
  return known
    ? `${known.name} ${known.version}, the digest fits`
    : 'a firmware that the catalogue does not know'
}

/** What is wrong with the content on x86_64, or null: an ELF file with a PVH note is needed. */
const faultOnX86 = ({ elf, arch }: Facts, { kind, size }: FileFacts): Fault | null => {
  if (kind === 'EFI volume') return { code: 'for-qemu', values: { arch } }
  if (!elf)
    return kind === 'ELF'
      ? { code: 'damaged-elf', values: { arch } }
      : { code: 'not-firmware', values: { kind, arch } }
  const { machine, end, pvhEntry } = elf
  if (machine !== arch && machine !== 'i386') return { code: 'wrong-architecture', values: { machine, arch } }
  if (end > size) return { code: 'truncated', values: { size, needed: end, arch } }
  if (pvhEntry === null) return { code: 'no-pvh-note', values: { arch } }
  return pvhEntry < lowestEntry ? { code: 'entry-too-low', values: { arch } } : null
}

/** A small Image is hypervisor-fw, which has the header of a kernel; a file for UEFI is none in any size. */
const kernelIn = async (host: Host, path: string, size: number): Promise<KernelForm | null> => {
  const read: Read = async (offset, length) =>
    (await host.readBytes(path, offset, length)) ?? new Uint8Array()
  const form = (await inspectKernel(read, size))?.form
  if (form === 'zboot' || form === 'UKI') return form
  return form === 'Image' && size > maxFirmwareBytes('aarch64') ? form : null
}

/** On aarch64 firmware is loaded as it is: a UEFI volume, or hypervisor-fw as an arm64 Image. */
const faultOnArm = ({ elf, arch }: Facts, { kind }: FileFacts): Fault | null => {
  if (elf) return { code: 'wrong-architecture', values: { machine: elf.machine, arch } }
  return ['EFI volume', 'PE', 'arm64 Image', 'data'].includes(kind)
    ? null
    : { code: 'not-firmware', values: { kind, arch } }
}

export const firmware = defineCheck({
  id: 'firmware',
  title: 'The firmware, by its content',
  group: 'artifacts',
  beforeBoot: 'required',
  looksAt: 'firmware',
  settings: ['firmware'],
  findings,
  skipReason: (config) => (config.boot === 'kernel' ? 'not needed: boot is kernel' : null),
  probe: async (host, config): Promise<Facts> => {
    const file = await lookAtFile(host, config.firmware)
    const { arch } = host
    const readable = file?.type === 'file' && file.readable
    const whole = readable && file.size <= maxFirmwareBytes(arch)
    const bytes = whole ? await host.readBytes(config.firmware, 0, file.size) : null
    const kernel = readable && arch === 'aarch64' ? await kernelIn(host, config.firmware, file.size) : null
    return { arch, file, elf: bytes && parseElf(bytes), sha256: bytes && sha256(bytes), kernel }
  },
  judge: (facts, config) => {
    const { file, arch } = facts
    const path = config.firmware
    if (!file) return { status: 'fail', code: 'missing', values: { arch }, path, fix }
    const bad = unusable(path, file)
    if (bad) return bad
    if (facts.kernel) return { status: 'fail', code: 'is-kernel', values: { form: facts.kernel, arch }, path }
    if (file.size > maxFirmwareBytes(arch))
      return { status: 'fail', code: 'too-large', values: { size: file.size, arch }, path, fix }
    const fault = arch === 'aarch64' ? faultOnArm(facts, file) : faultOnX86(facts, file)
    if (fault !== null) return { status: 'fail', ...fault, path, fix }
    const known = knownFirmware(facts.sha256)
    if (known && !known.starts(config.image)) {
      const values = { firmware: known.name, version: known.version, image: config.image }
      return { status: 'warn', code: 'cannot-start-image', values, path }
    }
    return volatileLocation(path, 'firmware') ?? { status: 'ok', found: describe(facts.sha256) }
  },
})

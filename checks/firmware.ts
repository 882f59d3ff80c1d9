import { knownFirmware } from '../src/catalogue/firmwares.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { sha256 } from '../src/formats/digest.ts'
import { type Elf, parseElf } from '../src/formats/elf.ts'
import { describeKind } from '../src/formats/magic.ts'
import { type FileFacts, lookAtFile, unusable, volatileLocation } from './shared/artifact.ts'

interface Facts {
  readonly arch: string
  readonly file: FileFacts | null
  readonly elf: Elf | null
  readonly sha256: string | null
}

/** Firmware is 136 KiB (hypervisor-fw) to 4 MiB (CLOUDHV.fd); nothing larger is one. */
const maxFirmwareBytes = 16 * 2 ** 20

/** layout::HIGH_RAM_START: the loader takes no entry below it. */
const lowestEntry = 0x100000

const fix = { id: 'fetch-firmware', args: {} } as const

const describe = (digest: string | null): string => {
  const known = knownFirmware(digest)
  return known
    ? `${known.name} ${known.version}, the digest fits`
    : 'a firmware that the catalogue does not know'
}

/** What is wrong with the content on x86_64, or null: an ELF file with a PVH note is needed. */
const faultOnX86 = ({ file, elf, arch }: Facts & { file: FileFacts }): string | null => {
  if (file.kind === 'EFI volume') return 'an OVMF image for QEMU'
  if (!elf) return file.kind === 'ELF' ? 'a 32-bit or damaged ELF file' : describeKind(file.kind)
  if (elf.machine !== arch && elf.machine !== 'i386') return `an ELF file for ${elf.machine}`
  if (elf.end > file.size) return `cut short: ${file.size} of ${elf.end} bytes`
  if (elf.pvhEntry === null) return 'an ELF file without a PVH note'
  return elf.pvhEntry < lowestEntry ? 'its PVH entry is below 1 MiB' : null
}

/** On aarch64 firmware is loaded as it is: a UEFI volume, or hypervisor-fw as an arm64 Image. */
const faultOnArm = ({ file, elf }: Facts & { file: FileFacts }): string | null => {
  if (elf) return `an ELF file for ${elf.machine}`
  return ['EFI volume', 'PE', 'arm64 Image', 'data'].includes(file.kind) ? null : describeKind(file.kind)
}

const judgeContent = (facts: Facts & { file: FileFacts }, config: Config, expected: string): Verdict => {
  const path = config.firmware
  const fault = facts.arch === 'aarch64' ? faultOnArm(facts) : faultOnX86(facts)
  if (fault !== null) return { status: 'fail', found: fault, expected, path, fix }
  const known = knownFirmware(facts.sha256)
  if (known && !known.starts(config.image)) {
    return {
      status: 'warn',
      found: `${known.name} ${known.version}`,
      expected: `CLOUDHV.fd, which starts ${config.image}`,
      path,
      hint: 'Move it away and let `chv-doctor fix` fetch CLOUDHV.fd, or use `image: jammy`.',
    }
  }
  return volatileLocation(path, 'firmware') ?? { status: 'ok', found: describe(facts.sha256) }
}

export const firmware = defineCheck<'firmware', Facts>({
  id: 'firmware',
  title: 'The firmware, by its content',
  group: 'artifacts',
  skipReason: (config) => (config.boot === 'kernel' ? 'not needed: boot is kernel' : null),
  probe: async (host, config) => {
    const file = await lookAtFile(host, config.firmware)
    const whole = file?.type === 'file' && file.readable && file.size <= maxFirmwareBytes
    const bytes = whole ? await host.readBytes(config.firmware, 0, file.size) : null
    return { arch: host.arch, file, elf: bytes && parseElf(bytes), sha256: bytes && sha256(bytes) }
  },
  judge: (facts, config) => {
    const { file, arch } = facts
    const path = config.firmware
    const expected =
      arch === 'aarch64'
        ? 'CLOUDHV_EFI.fd or hypervisor-fw-aarch64'
        : 'CLOUDHV.fd or hypervisor-fw (ELF with a PVH note)'
    if (!file) return { status: 'fail', found: 'missing', expected, path, fix }
    const bad = unusable(path, file, expected)
    if (bad) return bad
    if (file.size > maxFirmwareBytes)
      return { status: 'fail', found: 'too large for a firmware', expected, path, fix }
    return judgeContent({ ...facts, file }, config, expected)
  },
})

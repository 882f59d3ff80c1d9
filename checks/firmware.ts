import { firmwares } from '../src/catalogue.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract.ts'
import { sha256 } from '../src/formats/digest.ts'
import { type Elf, parseElf } from '../src/formats/elf.ts'
import { type FileFacts, isFleeting, lookAtFile, mistaken, unusable } from './shared/artifact.ts'

interface Facts {
  readonly arch: string
  readonly file: FileFacts | null
  readonly elf: Elf | null
  readonly sha256: string | null
}

/** Firmware is 136 KiB (hypervisor-fw) to 4 MiB (CLOUDHV.fd); nothing larger is one. */
const largest = 16 * 2 ** 20

/** layout::HIGH_RAM_START: the loader takes no entry below it. */
const lowestEntry = 0x100000

const fix = { id: 'fetch-firmware', args: {} } as const

/** rust-hypervisor-firmware 0.5.0 (facts section 7); its minimal EFI does not start newer Ubuntu images. */
const hypervisorFw = new Set([
  '4a0a1e977368f6b15d2198a216bdedf9a350bf5e5ae07e29e695373ec16ad958',
  '2a22aed888572ae319e231b85a7b4de951c7eca8857730300653512d064c8102',
])

const describe = (digest: string | null): string => {
  const known = Object.values(firmwares).find((artifact) => artifact.sha256 === digest)
  if (known) return `CLOUDHV ${known.version}, the digest fits`
  return digest && hypervisorFw.has(digest)
    ? 'hypervisor-fw 0.5.0, the digest fits'
    : 'a PVH firmware that the catalogue does not know'
}

const judgeX86 = ({ file, elf, arch }: Facts & { file: FileFacts }, path: string): Verdict | null => {
  const expected = 'an ELF file with a PVH note: CLOUDHV.fd or hypervisor-fw'
  if (file.kind === 'EFI volume')
    return { status: 'fail', found: `${path} is an OVMF image for QEMU`, expected, fix }
  if (!elf) return { status: 'fail', found: mistaken(path, file.kind), expected, fix }
  if (elf.machine !== arch && elf.machine !== 'i386')
    return { status: 'fail', found: `${path} is for ${elf.machine}`, expected: `firmware for ${arch}`, fix }
  if (elf.end > file.size)
    return {
      status: 'fail',
      found: `${path} is cut short at ${file.size} of ${elf.end} bytes`,
      expected,
      fix,
    }
  if (elf.pvhEntry === null)
    return { status: 'fail', found: `${path} is an ELF file without a PVH note`, expected, fix }
  if (elf.pvhEntry < lowestEntry)
    return {
      status: 'fail',
      found: `${path} starts below 1 MiB`,
      expected: 'a PVH entry at or above 1 MiB',
      fix,
    }
  return null
}

/** On aarch64 the firmware is loaded as it is: a UEFI volume, or hypervisor-fw as an arm64 Image. */
const judgeArm = ({ file, elf }: Facts & { file: FileFacts }, path: string): Verdict | null => {
  const expected = 'CLOUDHV_EFI.fd or hypervisor-fw-aarch64'
  if (elf) return { status: 'fail', found: `${path} is an ELF file for ${elf.machine}`, expected, fix }
  return ['EFI volume', 'PE', 'arm64 Image', 'data'].includes(file.kind)
    ? null
    : { status: 'fail', found: mistaken(path, file.kind), expected, fix }
}

const judgeContent = (facts: Facts & { file: FileFacts }, config: Config): Verdict => {
  const path = config.firmware
  const wrong = facts.arch === 'aarch64' ? judgeArm(facts, path) : judgeX86(facts, path)
  if (wrong) return wrong
  if (
    facts.sha256 &&
    hypervisorFw.has(facts.sha256) &&
    config.image !== 'focal' &&
    config.image !== 'jammy'
  ) {
    return {
      status: 'warn',
      found: 'hypervisor-fw 0.5.0',
      expected: `CLOUDHV.fd, which starts ${config.image}`,
      hint: 'Remove it and let `chv-doctor fix` fetch CLOUDHV.fd, or use `image: jammy`.',
    }
  }
  if (isFleeting(path))
    return {
      status: 'warn',
      found: `${path} is gone after a reboot`,
      expected: 'a lasting place',
      hint: 'Move it and set `firmware`.',
    }
  return { status: 'ok', found: describe(facts.sha256) }
}

export const firmware = defineCheck<'firmware', Facts>({
  id: 'firmware',
  title: 'The firmware, by its content',
  group: 'artifacts',
  notFor: (config) => (config.boot === 'kernel' ? 'not needed: boot is kernel' : null),
  probe: async (host, config) => {
    const file = await lookAtFile(host, config.firmware)
    const whole = file?.type === 'file' && file.readable && file.size <= largest
    const bytes = whole ? await host.readBytes(config.firmware, 0, largest) : null
    return { arch: host.arch, file, elf: bytes && parseElf(bytes), sha256: bytes && sha256(bytes) }
  },
  judge: (facts, config) => {
    const { file } = facts
    if (!file)
      return {
        status: 'fail',
        found: `there is no ${config.firmware}`,
        expected: 'CLOUDHV.fd or hypervisor-fw',
        fix,
      }
    const expected = 'a firmware file'
    const bad = unusable(config.firmware, file, expected)
    if (bad) return bad
    if (file.size > largest)
      return { status: 'fail', found: `${config.firmware} is too large for a firmware`, expected, fix }
    return judgeContent({ ...facts, file }, config)
  },
})

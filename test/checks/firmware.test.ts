import { describe, expect, it } from 'vitest'
import { firmware } from '../../checks/firmware.ts'
import { firmwares } from '../../src/catalogue/firmwares.ts'
import type { Config } from '../../src/config/keys.ts'
import { conclude, judgeFacts } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, fakeHost, notPermitted } from '../helpers/fake-host.ts'
import { arm64ImageWith, unifiedKernel, zbootKernel } from '../helpers/kernels.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'

const MiB = 2 ** 20
const fix = { id: 'fetch-firmware', args: {} }

const verdict = async (
  file: FakeFile | string | null | Error,
  { config = {} as Partial<Config>, arch = 'x86_64' } = {},
) => {
  const full = configWith(config, arch)
  const entry =
    file === null || file instanceof Error ? file : typeof file === 'string' ? { text: file } : file
  const readable = entry && !(entry instanceof Error) ? { access: ['read'] as const, ...entry } : entry
  return conclude(firmware, { arch, files: { [full.firmware]: readable } }, full)
}

/** Zeros, larger than any header, with something somewhere. */
const signed = (at: number, content: string | readonly number[], length = 65_536): FakeFile => {
  const bytes = new Uint8Array(length)
  bytes.set(typeof content === 'string' ? Buffer.from(content, 'latin1') : content, at)
  return { bytes }
}

/** The PVH guest with some bytes replaced. */
const elfWith = (at: number, ...values: number[]): FakeFile => {
  const bytes = Uint8Array.from(pvhElf)
  bytes.set(values, at)
  return { bytes }
}

describe('firmware on x86_64', () => {
  it('takes an ELF file with a PVH note, whatever its name', async () => {
    const expected = { status: 'ok', found: 'a firmware that the catalogue does not know' }
    expect(await verdict({ bytes: pvhElf }, { config: { firmware: '/srv/notes.txt' } })).toEqual(expected)
    // Entered in 32-bit mode: the ELF header may well say i386.
    expect(await verdict(elfWith(18, 3, 0))).toEqual(expected)
  })

  it.each([
    ['missing', null, 'missing', {}],
    ['empty', '', 'not-firmware', { kind: 'empty' }],
    ['a web page', '<!DOCTYPE html><html>Not found</html>', 'not-firmware', { kind: 'web page' }],
    ['an error in words', 'Not Found', 'not-firmware', { kind: 'text' }],
    ['an OVMF volume', signed(40, '_FVH'), 'for-qemu', {}],
    ['a kernel', signed(0x202, 'HdrS'), 'not-firmware', { kind: 'bzImage' }],
    ['still packed', signed(0, '\x1f\x8b'), 'not-firmware', { kind: 'gzip' }],
    ['a disk', signed(0, 'QFI\xfb'), 'not-firmware', { kind: 'qcow2' }],
    ['zeros', signed(0, ''), 'not-firmware', { kind: 'data' }],
    ['truncated', { bytes: pvhElf.subarray(0, 230) }, 'truncated', { size: 230, needed: pvhElf.length }],
    ['truncated within the header', { bytes: pvhElf.subarray(0, 40) }, 'damaged-elf', {}],
    ['32 bits', elfWith(4, 1), 'damaged-elf', {}],
    ['for another architecture', elfWith(18, 183, 0), 'wrong-architecture', { machine: 'aarch64' }],
    ['without a PVH note', elfWith(184, 17), 'no-pvh-note', {}],
    ['entered below 1 MiB', elfWith(192, 0, 0, 0x0f, 0), 'entry-too-low', {}],
    ['larger than any firmware', { info: { size: 2 ** 30 } }, 'too-large', { size: 2 ** 30 }],
  ] as const)('fails and can be fetched: %s', async (_name, file, code, values) => {
    expect(await verdict(file)).toMatchObject({
      status: 'fail',
      code: `firmware/${code}`,
      values: { arch: 'x86_64', ...values },
      expected: 'CLOUDHV.fd or hypervisor-fw (ELF with a PVH note)',
      path: configWith().firmware,
      fix,
    })
  })

  it.each([
    ['a directory', { info: { type: 'directory' } }, 'firmware/not-a-file'],
    ['a device', { info: { type: 'character-device' } }, 'firmware/not-a-file'],
    ['not readable', { access: [] }, 'firmware/no-read-access'],
  ] as const)('fails and only the user can help: %s', async (_name, file, code) => {
    const result = await verdict(file)
    expect(result).toMatchObject({ status: 'fail', code, hint: expect.stringMatching(/./) })
    expect(result).not.toHaveProperty('fix')
  })

  it('is not determined where it may not look', async () => {
    await expect(verdict(notPermitted('/x'))).rejects.toThrow('not permitted to look')
  })

  it('warns about a place that a reboot clears', async () => {
    const config = { firmware: '/tmp/CLOUDHV.fd' }
    expect(await verdict({ bytes: pvhElf }, { config })).toMatchObject({
      status: 'warn',
      code: 'firmware/volatile-location',
      values: { key: 'firmware' },
      path: '/tmp/CLOUDHV.fd',
    })
    const lasting = { firmware: '/tmpfiles/CLOUDHV.fd' }
    expect(await verdict({ bytes: pvhElf }, { config: lasting })).toMatchObject({ status: 'ok' })
  })
})

describe('firmware by its digest', () => {
  const config = configWith()
  const factsOf = async (sha256: string) => {
    const host = fakeHost({ files: { [config.firmware]: { bytes: pvhElf, access: ['read'] } } })
    return { ...(await firmware.probe(host, config)), sha256 }
  }

  it('names the one from the catalogue', async () => {
    const [{ proof, version }] = firmwares.x86_64
    const facts = await factsOf(proof.by === 'digest' ? proof.digest : '')
    const found = `CLOUDHV ${version}, the digest fits`
    expect(judgeFacts(firmware, facts, config)).toEqual({ status: 'ok', found })
  })

  it('knows that hypervisor-fw starts jammy, but no newer image', async () => {
    const facts = await factsOf('4a0a1e977368f6b15d2198a216bdedf9a350bf5e5ae07e29e695373ec16ad958')
    expect(judgeFacts(firmware, facts, configWith({ image: 'jammy' }))).toEqual({
      status: 'ok',
      found: 'hypervisor-fw 0.5.0, the digest fits',
    })
    expect(judgeFacts(firmware, facts, config)).toMatchObject({
      status: 'warn',
      code: 'firmware/cannot-start-image',
      values: { firmware: 'hypervisor-fw', version: '0.5.0', image: config.image },
    })
  })
})

describe('firmware on aarch64', () => {
  const arch = 'aarch64'

  it.each([
    ['a UEFI volume', signed(40, '_FVH')],
    ['hypervisor-fw as an arm64 Image', signed(56, 'ARM\x64')],
    ['a flash image that starts with padding', signed(0, '')],
  ])('takes %s', async (_name, file) => {
    expect(await verdict(file, { arch })).toMatchObject({ status: 'ok' })
  })

  it.each([
    ['the one for x86_64', { bytes: pvhElf }, 'firmware/wrong-architecture'],
    ['a web page', '<html>', 'firmware/not-firmware'],
    ['empty', '', 'firmware/not-firmware'],
    ['a compressed kernel', signed(0, '\x1f\x8b'), 'firmware/not-firmware'],
    ['larger than what is loaded', signed(40, '_FVH', 3 * MiB + 1), 'firmware/too-large'],
  ])('fails: %s', async (_name, file, code) => {
    const expected = 'CLOUDHV_EFI.fd or hypervisor-fw-aarch64'
    expect(await verdict(file, { arch })).toMatchObject({ status: 'fail', code, expected, fix })
  })

  it('takes as much as is loaded', async () => {
    expect(await verdict(signed(40, '_FVH', 3 * MiB), { arch })).toMatchObject({ status: 'ok' })
  })

  it.each([
    ['an Image', { bytes: arm64ImageWith({ size: 4 * MiB }) }, 'Image'],
    ['one for UEFI', { bytes: zbootKernel }, 'zboot'],
    ['one for UEFI of any size', signed(0, 'MZ\0\0zimg', 5 * MiB), 'zboot'],
    ['a unified kernel image', { bytes: unifiedKernel }, 'UKI'],
  ] as const)('knows a kernel, and where to name it: %s', async (_name, file, form) => {
    const result = await verdict(file, { arch })
    expect(result).toMatchObject({
      ...{ status: 'fail', code: 'firmware/is-kernel', values: { form } },
      hint: expect.stringContaining('boot: kernel'),
    })
    expect(result).not.toHaveProperty('fix')
  })
})

it('firmware is of no interest when a kernel is started directly', () => {
  expect(firmware.skipReason?.(configWith({ boot: 'kernel' }))).toMatch(/boot is kernel/)
  expect(firmware.skipReason?.(configWith())).toBeNull()
})

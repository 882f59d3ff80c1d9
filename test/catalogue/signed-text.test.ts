/** What a signed catalogue may say, and what nothing may say even if it is signed. */
import { describe, expect, it } from 'vitest'
import { builtInCatalogue, builtInDate } from '../../src/catalogue/catalogue.ts'
import { chosenFor } from '../../src/catalogue/choice.ts'
import { parseSignedText } from '../../src/catalogue/signed-text.ts'
import { withSigned } from '../../src/catalogue/with-signed.ts'
import { configWith } from '../helpers/config.ts'
import { catalogueText, digestOf, entry, release } from '../helpers/signed-catalogue.ts'

const withEntries = (...artifacts: readonly unknown[]) => catalogueText({ artifacts })
const withEntry = (more: Readonly<Record<string, unknown>>) =>
  withEntries(entry('firmware', 'CLOUDHV', 'ch-0000000001', more))

const merged = (text: string) => {
  const parsed = parseSignedText(text)
  if ('wrong' in parsed) throw new Error(parsed.wrong)
  return withSigned(parsed, 'F'.repeat(40))
}

describe('a text', () => {
  it('of the right form is read', () => {
    expect(parseSignedText(catalogueText())).toMatchObject({
      version: 2,
      date: '2027-01-31',
      artifacts: [{ bytes: 5_000_000 }, { bytes: null }, {}, {}],
    })
  })

  it.each([
    ['', 'it is not JSON'],
    ['[]', 'it is not an object'],
    ['null', 'it is not an object'],
    [catalogueText({ schema: 'chv-doctor/catalogue/2' }), 'its schema is not one of chv-doctor/catalogue/1'],
    [catalogueText({ keys: [] }), 'it has the unknown key "keys"'],
    [catalogueText({ images: {} }), 'it has the unknown key "images"'],
    ['{"__proto__":{"version":1}}', 'it has the unknown key "__proto__"'],
    ['{"schema":"chv-doctor/catalogue/1","version":1,"date":"2027-01-01"}', 'it has no artifacts'],
    [catalogueText({ version: 0 }), 'its version is not a whole number'],
    [catalogueText({ version: 1.5 }), 'its version is not a whole number'],
    [catalogueText({ version: '2' }), 'its version is not a whole number'],
    [catalogueText({ version: 2 ** 60 }), 'its version is not a whole number'],
    [catalogueText({ date: '2027-02-30' }), 'its date is not a day'],
    [catalogueText({ date: '2027-1-1' }), 'its date is not a day'],
    [catalogueText({ date: 20270101 }), 'its date is not a day'],
    [catalogueText({ artifacts: {} }), 'its artifacts are not a list'],
    [withEntries(), 'its artifacts are not a list of 1 to 1000'],
    [withEntries(...Array.from({ length: 1001 }, () => 0)), 'its artifacts are not a list of 1 to 1000'],
    [withEntries('x'), 'entry 1 is not an object'],
    [withEntry({ proof: { by: 'nothing' } }), 'entry 1 has the unknown key "proof"'],
    [withEntry({ key: 'https://example.org/key' }), 'entry 1 has the unknown key "key"'],
    [withEntry({ sha256: undefined }), 'entry 1 has no sha256'],
    [withEntry({ sha256: null }), 'the sha256 of entry 1 is not 64 digits'],
    [withEntry({ sha256: 'a'.repeat(63) }), 'the sha256 of entry 1 is not 64 digits'],
    [withEntry({ sha256: 'A'.repeat(64) }), 'the sha256 of entry 1 is not 64 digits'],
    [withEntry({ sha256: `${'a'.repeat(64)}\n` }), 'the sha256 of entry 1 is not 64 digits'],
    [withEntry({ kind: 'seed' }), 'the kind of entry 1 is not one of hypervisor, firmware, kernel, image'],
    [withEntry({ kind: 'constructor' }), 'the kind of entry 1 is not one of'],
    [withEntry({ name: 'hypervisor-fw2' }), 'the name of entry 1 is not one of CLOUDHV, hypervisor-fw'],
    [withEntry({ arch: 'riscv64' }), 'the arch of entry 1 is not one of x86_64, aarch64'],
    [withEntry({ version: '../../x' }), 'the version of entry 1 is not a word'],
    [withEntry({ version: 'x\u001b[2J' }), 'the version of entry 1 is not a word'],
    [withEntry({ version: 54 }), 'the version of entry 1 is not a word'],
    [withEntry({ url: 'http://example.org/x' }), 'the url of entry 1 is not a plain https: address'],
    [withEntry({ url: 'file:///etc/passwd' }), 'the url of entry 1 is not a plain https: address'],
    [withEntry({ url: 'https://a:b@example.org/x' }), 'the url of entry 1 is not a plain https: address'],
    [withEntry({ url: 'https://example.org/x y' }), 'the url of entry 1 is not a plain https: address'],
    [withEntry({ url: 'https://example.org/a/../b' }), 'the url of entry 1 is not a plain https: address'],
    [withEntry({ url: 'https://example.org/\u202ex' }), 'the url of entry 1 is not a plain https: address'],
    [withEntry({ url: `https://example.org/${'x'.repeat(2000)}` }), 'the url of entry 1 is not a plain'],
    [withEntry({ bytes: -1 }), 'the bytes of entry 1 is not a whole number'],
    [withEntry({ bytes: '9' }), 'the bytes of entry 1 is not a whole number'],
    [withEntries(entry('image', 'gentoo', '1')), 'the name of entry 1 is not one of resolute'],
    [withEntries(entry('hypervisor', 'cloud-hypervisor', 'v54')), 'not a version such as 53.0'],
    [withEntries(entry('kernel', 'Image', '1')), 'entry 1 is a kernel Image for x86_64'],
    [withEntries(entry('kernel', 'vmlinux', '1', { arch: 'aarch64' })), 'a kernel vmlinux for aarch64'],
    [withEntries(entry('image', 'noble', '1'), entry('image', 'noble', '2')), 'two entries for image noble'],
    [withEntries(...release('54.0'), ...release('54.0')), 'it has two entries for hypervisor'],
    [withEntries(entry('hypervisor', 'cloud-hypervisor', '54.0')), 'its first ch-remote missing'],
    [
      withEntries(entry('hypervisor', 'cloud-hypervisor', '54.0'), entry('hypervisor', 'ch-remote', '53.1')),
      'its first cloud-hypervisor for x86_64 is 54.0, its first ch-remote 53.1',
    ],
  ])('%.60s is refused: %s', (text, wrong) => {
    expect(parseSignedText(text)).toEqual({ wrong: expect.stringContaining(wrong) })
  })
})

describe('the catalogue with signed entries', () => {
  const noble = configWith({ image: 'noble' })

  it('fetches the releases that are signed, verified by their digests', () => {
    const { hypervisor, remote } = chosenFor(noble, 'aarch64', merged(catalogueText()))
    expect(hypervisor).toMatchObject({
      version: '54.0',
      proof: { by: 'digest', algorithm: 'sha256', digest: digestOf('a') },
      provenance: 'digest from a signed catalogue',
    })
    expect(remote).toMatchObject({ version: '54.0', proof: { digest: digestOf('b') } })
  })

  it('keeps everything that this release has, and the choice of what is not signed', () => {
    const catalogue = merged(withEntries(entry('image', 'noble', '20270101')))
    for (const arch of ['x86_64', 'aarch64'] as const) {
      expect(catalogue.hypervisors[arch]).toEqual(builtInCatalogue.hypervisors[arch])
      expect(catalogue.remotes[arch]).toEqual(builtInCatalogue.remotes[arch])
      expect(catalogue.firmwares[arch]).toEqual(builtInCatalogue.firmwares[arch])
      const kernels = catalogue.kernels.filter((kernel) => kernel.arch === arch)
      expect(new Set(kernels)).toEqual(new Set(builtInCatalogue.kernels.filter((one) => one.arch === arch)))
    }
    expect(chosenFor(noble, 'x86_64', catalogue)).toEqual({
      ...chosenFor(noble, 'x86_64'),
      image: catalogue.images.noble?.pinned.x86_64,
    })
    expect(catalogue.images.noble?.pinned.x86_64?.version).toBe('20270101')
    // What is verified by a signed list stays that of this release.
    expect(catalogue.images.noble?.current).toBe(builtInCatalogue.images.noble?.current)
    expect(catalogue.images.jammy).toEqual(builtInCatalogue.images.jammy)
  })

  it('replaces a release of the same version, and gives one a digest that had none', () => {
    const { hypervisors } = merged(withEntries(...release('51.2')))
    const found = hypervisors.x86_64.filter(({ version }) => version === '51.2')
    expect(found.map(({ proof }) => proof.by)).toEqual(['digest'])
  })

  it('does not prefer a firmware that starts only some images', () => {
    const catalogue = merged(withEntries(entry('firmware', 'hypervisor-fw', '0.6.0')))
    const jammy = configWith({ image: 'jammy' })
    expect(chosenFor(jammy, 'x86_64', catalogue).firmware?.name).toBe('CLOUDHV')
    const added = catalogue.firmwares.x86_64.find(({ version }) => version === '0.6.0')
    expect([added?.starts('jammy'), added?.starts('noble')]).toEqual([true, false])
  })

  it('has a day that no release of the doctor is before', () => {
    expect(builtInDate).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(Date.parse(builtInDate)).not.toBeNaN()
  })
})

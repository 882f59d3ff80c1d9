import { describe, expect, it } from 'vitest'
import { fetchImage } from '../../fixes/fetch-image.ts'
import { imageIds, images } from '../../src/catalogue/images.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Step } from '../../src/contract/step.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

type Survey = Parameters<typeof fetchImage.plan>[2]

const nothing: Survey = { arch: 'x86_64', disk: null, download: null, used: null, locked: false }

const planOf = (changes: Partial<Config> = {}, survey: Partial<Survey> = {}): readonly Step[] =>
  fetchImage.plan({}, configWith(changes, survey.arch), { ...nothing, ...survey })

const options = ['-p', '-m', '16', '-S', '1M', '-W']

const data = '/home/sky/.local/share/chv-doctor'

describe('fetch-image plans', () => {
  it('to keep a download that an earlier run left, where it can be verified', () => {
    expect(planOf()[0]).not.toHaveProperty('here')
    expect(planOf({}, { download: 'qcow2' })[0]).toMatchObject({ kind: 'download', here: true })
    const unverified = { image_url: 'https://images.test/x.img', allow_unverified: true }
    expect(planOf(unverified, { download: 'qcow2' })[0]).not.toHaveProperty('here')
  })

  it('a download, a conversion to a temporary name, and the final name last', () => {
    const { url, proof } = images.resolute?.pinned.x86_64 ?? {}
    const source = `${data}/downloads/ubuntu-26.04-server-cloudimg-amd64.img`
    const temporary = `${data}/.resolute.raw.converting`
    expect(planOf()).toMatchObject([
      { kind: 'download', url, proof, path: source, unpackTo: temporary },
      { kind: 'verify', path: source, expect: { what: 'image', format: 'qcow2', fits: null } },
      {
        kind: 'run',
        // The format is given: one that is guessed lets an image name files of the host.
        argv: ['qemu-img', 'convert', ...options, '-f', 'qcow2', '-O', 'raw', source, temporary],
        root: false,
        temporary,
      },
      { kind: 'verify', path: temporary, expect: { what: 'disk', source, format: 'qcow2' } },
      {
        kind: 'publish',
        from: temporary,
        to: `${data}/resolute.raw`,
        reversible: false,
        origin: { image: 'resolute', url: null, sha256: proof?.by === 'digest' && proof.digest },
      },
    ])
  })

  it.each([
    ['a qcow2, as its name says', 'https://images.test/x.img', null, true],
    ['a raw disk', 'https://images.test/x.raw', null, false],
    ['a packed image', 'https://images.test/x.qcow2.xz', null, false],
    ['what is here already', 'https://images.test/x.img', 'qcow2', false],
  ] as const)('to convert while it arrives: %s', (_, image_url, download, expected) => {
    const [first] = planOf({ image_url, image_sha256: 'a'.repeat(64) }, { download })
    expect(first && 'unpackTo' in first).toBe(expected)
  })

  it('growth before the final name, and no download left, where the configuration says so', () => {
    const steps = planOf({ disk_size: 20 * 2 ** 30, keep_download: false })
    expect(steps.map((step) => (step.kind === 'run' ? step.argv.slice(0, 2).join(' ') : step.kind))).toEqual([
      'download',
      'verify',
      'qemu-img convert',
      'qemu-img resize',
      'verify',
      'publish',
      'rm -f',
    ])
    expect(steps[1]).toHaveProperty('expect.fits', 20 * 2 ** 30)
    expect(steps[3]).toMatchObject({
      argv: ['qemu-img', 'resize', '-q', '-f', 'raw', `${data}/.resolute.raw.converting`, '21474836480'],
    })
  })

  it('no file of the user removed that lies where a download would', () => {
    const ends = (image_url: string) =>
      planOf({ image_url, image_sha256: 'a'.repeat(64), keep_download: false }).at(-1)?.kind
    expect(ends(`file://${data}/downloads/own.img`)).toBe('publish')
    expect(ends('file:///srv/own.img')).toBe('run')
  })

  it.each([
    ['the name', 'disk.raw', null, 'raw', false],
    ['the name', 'disk.vmdk', null, 'vmdk', false],
    ['the name', 'disk.VHDX', null, 'vhdx', false],
    ['the name', 'disk.vhd', null, 'vpc', false],
    ['the name', 'disk.img', null, 'qcow2', false],
    ['the name', 'disk.raw.xz', null, 'raw', true],
    ['the name', 'disk.img.gz', null, 'qcow2', true],
    ['the content', 'disk.img', 'data', 'raw', false],
    ['the content', 'disk.raw', 'qcow2', 'qcow2', false],
    ['the content', 'disk.img', 'zstd', 'qcow2', true],
    // The verification will say what it is.
    ['neither', 'disk.img', 'web page', 'qcow2', false],
  ] as const)('the format by %s: %s, %s', (_by, name, download, format, packed) => {
    const steps = planOf(
      { image_url: `https://m.example/${name}`, image_sha256: 'a'.repeat(64) },
      { download },
    )
    const image = `${data}/downloads/${packed ? `.${name}.unpacked` : name}`
    const verify = steps.find((step) => step.kind === 'verify')
    expect(verify).toMatchObject({ path: image, expect: { format } })
    const programs = steps.flatMap((step) => (step.kind === 'run' ? [step.argv[0]] : []))
    expect(programs).toEqual(packed ? ['zstd', 'qemu-img', 'rm'] : ['qemu-img'])
  })

  it.each([
    ['that nobody knows about', null, 'the disk that is there stays'],
    ['that is fresh', false, 'the disk that is there stays'],
    ['in use', true, 'the disk that is there, written to since it was made, stays'],
  ] as const)('what happens to a disk %s', (_name, used, words) => {
    const convert = planOf({}, { disk: 'data', used }).find((step) => step.kind === 'run')
    expect(convert?.why).toBe(`convert the image to raw; ${words}, as NAME.old-1 or the next number`)
  })

  it('growth of the disk that is there, but not below a running guest', () => {
    const config = configWith({ disk_size: 2 ** 30 })
    expect(fetchImage.plan({ grow: true }, config, nothing)).toMatchObject([
      { kind: 'run', argv: ['qemu-img', 'resize', '-q', '-f', 'raw', config.disk, '1073741824'] },
    ])
    expect(fetchImage.plan({ grow: true }, config, { ...nothing, locked: true })).toMatchObject([
      { kind: 'manual', text: `A running guest has ${config.disk}: shut it down, then grow the disk.` },
    ])
  })

  it.each(imageIds)('%s with a digest, or with sums that somebody vouches for', (image) => {
    for (const arch of ['x86_64', 'aarch64'] as const) {
      for (const image_channel of ['pinned', 'current'] as const) {
        const [first] = planOf({ image, image_channel }, { arch })
        if (first?.kind !== 'download') throw new Error(`${image} ${arch} cannot be fetched`)
        const { proof } = first
        if (proof.by === 'digest') {
          expect(proof.digest).toMatch(/^[0-9a-f]{64}$/)
          expect([image_channel, first.url]).toEqual(['pinned', images[image]?.pinned[arch]?.url])
          continue
        }
        if (proof.by !== 'sums') throw new Error('nothing verifies it')
        // The list lies beside the file that it names, so that both are of the same build.
        expect(first.url).toBe(new URL(proof.file, proof.url).href)
        expect(proof.signature?.url ?? proof.url).toMatch(
          proof.signature ? /^https:.*\/SHA256SUMS\.gpg$/ : /^https:\/\/cloud\.debian\.org\/.*\/SHA512SUMS$/,
        )
      }
    }
  })

  it('says that an image has reached its end of life', () => {
    expect(planOf({ image: 'focal' })[0]).toMatchObject({
      why: 'fetch the image focal (Ubuntu 20.04 LTS, without security updates since 2025-05)',
    })
    expect(planOf()[0]).toMatchObject({ why: 'fetch the image resolute (Ubuntu 26.04 LTS)' })
  })

  const own = 'https://m.example/images/my%20image.img'
  it.each([
    ['a digest', { image_sha256: 'a'.repeat(64) }, { by: 'digest', digest: 'a'.repeat(64) }],
    [
      'a signed list',
      { image_checksums_url: 'https://m.example/images/SHA512SUMS', image_signing_key: '/etc/our.asc' },
      {
        by: 'sums',
        algorithm: 'sha512',
        file: 'my image.img',
        signature: { url: 'https://m.example/images/SHA512SUMS.gpg', key: '/etc/our.asc' },
      },
    ],
    [
      'a list over https',
      { image_checksums_url: 'https://m.example/images/SHA256SUMS' },
      { by: 'sums', algorithm: 'sha256', signature: null },
    ],
    [
      'a list over http, when that is allowed',
      { image_checksums_url: 'http://m.example/SHA256SUMS', allow_unverified: true },
      { by: 'sums', signature: null },
    ],
  ])('an own image with %s', (_name, config, proof) => {
    expect(planOf({ image_url: own, ...config })[0]).toMatchObject({ kind: 'download', proof })
  })

  it('leaves an own image to the user where whoever changes it can change its sums as well', () => {
    const [first] = planOf({ image_url: own, image_checksums_url: 'http://m.example/SHA256SUMS' })
    expect(first).toEqual({
      kind: 'manual',
      text: `Only an unsigned list over http (http://m.example/SHA256SUMS) can verify ${own}: set image_sha256 to its digest, or allow_unverified to true if you trust it as it is.`,
    })
  })

  it('fetches list and signature from the mirror, too', () => {
    const mirrors = { 'https://cloud-images.ubuntu.com': 'http://mirror.example/ubuntu' }
    const [first] = planOf({ mirrors, image: 'noble', image_channel: 'current' })
    const directory = 'http://mirror.example/ubuntu/releases/noble/release'
    expect(first).toMatchObject({
      url: `${directory}/ubuntu-24.04-server-cloudimg-amd64.img`,
      proof: { url: `${directory}/SHA256SUMS`, signature: { url: `${directory}/SHA256SUMS.gpg` } },
    })
  })

  it.each([
    ['https://m.example/a/disk.img?token=x/y#z', 'disk.img'],
    ['https://m.example/my%20disk.img', 'my_20disk.img'],
    ['https://m.example/a%2f..%2f..%2fetc%2fpasswd', 'a_2f.._2f.._2fetc_2fpasswd'],
    ['https://m.example/100%25.img', '100_25.img'],
    // No valid encoding, and yet a valid address.
    ['https://m.example/100%.img', '100_.img'],
    ['https://m.example/..hidden', 'hidden'],
    ['https://m.example/', 'image'],
    ['https://m.example', 'image'],
  ])('a safe name for what comes from %s', (image_url, name) => {
    const [first] = planOf({ image_url, image_sha256: 'a'.repeat(64) })
    expect(first).toMatchObject({ kind: 'download', path: `${data}/downloads/${name}` })
  })

  it('nothing to convert when there is nothing to download', () => {
    for (const changes of [{ offline: true }, { image_url: 'https://m.example/x.img' }]) {
      expect(planOf(changes).map((step) => step.kind)).toEqual(['manual'])
    }
  })

  it('only a conversion when the disk is there as qcow2, also offline', () => {
    const steps = planOf(
      { offline: true, disk: '/srv/d.raw', keep_download: false },
      { arch: 'riscv64', disk: 'qcow2' },
    )
    expect(steps.map((step) => step.kind)).toEqual(['verify', 'run', 'verify', 'publish'])
    expect(steps[1]).toMatchObject({ argv: expect.arrayContaining(['/srv/d.raw', '/srv/.d.raw.converting']) })
  })

  it.each([
    ['qcow2', { bytes: Buffer.from('QFI\xfb....', 'latin1') }, { disk: 'qcow2' }],
    ['raw', { bytes: new Uint8Array(512) }, { disk: 'data' }],
    ['a directory', { info: { type: 'directory' } }, {}],
    ['missing', null, {}],
  ] as const)('by what is there: %s', async (_name, file, found) => {
    const config = configWith()
    const downloads = `${data}/downloads/ubuntu-26.04-server-cloudimg-amd64.img`
    const files = {
      [config.disk]: file,
      [`${config.disk}.origin.json`]: null,
      [downloads]: null,
      '/proc/locks': null,
    }
    expect(await fetchImage.survey?.(fakeHost({ files }), {}, config)).toEqual({ ...nothing, ...found })
  })
})

import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diskImage } from '../../checks/disk-image.ts'
import { fetchImage } from '../../fixes/fetch-image.ts'
import { imageIds, images } from '../../src/catalogue/images.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Step } from '../../src/contract.ts'
import { createHost } from '../../src/host/host.ts'
import { carryOut } from '../helpers/carry-out.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost, sky } from '../helpers/fake-host.ts'
import { efiDisk, rawDisk, run } from '../helpers/images.ts'
import { scratch } from '../helpers/scratch.ts'

const planOf = (changes: Partial<Config> = {}, arch = 'x86_64', isQcow2 = false): readonly Step[] =>
  fetchImage.plan({}, configWith(changes, arch), { arch, isQcow2 })

const hostNow = () => createHost(sky, process.env, 10_000, new AbortController().signal)

const surveyOf = async (config: Config, host = hostNow()) => {
  const survey = await fetchImage.survey?.(host, {}, config)
  if (!survey) throw new Error('no survey')
  return survey
}

const data = '/home/sky/.local/share/chv-doctor'

describe('fetch-image plans', () => {
  it('a download, a conversion to a temporary name, and the final name last', () => {
    const { url, proof } = images.resolute?.pinned.x86_64 ?? {}
    const source = `${data}/downloads/ubuntu-26.04-server-cloudimg-amd64.img`
    const temporary = `${data}/.resolute.raw.making`
    expect(planOf()).toMatchObject([
      { kind: 'download', url, proof, path: source },
      {
        kind: 'run',
        // The format is given: one that is guessed lets an image name files of the host.
        argv: ['qemu-img', 'convert', '-p', '-f', 'qcow2', '-O', 'raw', source, temporary],
        root: false,
        temporary,
      },
      { kind: 'publish', from: temporary, to: `${data}/resolute.raw`, reversible: false },
    ])
  })

  it.each(imageIds)('%s with a digest, or with sums that somebody vouches for', (image) => {
    for (const arch of ['x86_64', 'aarch64'] as const) {
      for (const image_build of ['pinned', 'current'] as const) {
        const [first] = planOf({ image, image_build }, arch)
        if (first?.kind !== 'download') throw new Error(`${image} ${arch} cannot be fetched`)
        const { proof } = first
        if (proof.by === 'digest') {
          expect(proof.digest).toMatch(/^[0-9a-f]{64}$/)
          expect([image_build, first.url]).toEqual(['pinned', images[image]?.pinned[arch]?.url])
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
      { image_sums_url: 'https://m.example/images/SHA512SUMS', image_key: '/etc/our.asc' },
      {
        by: 'sums',
        algorithm: 'sha512',
        file: 'my image.img',
        signature: { url: 'https://m.example/images/SHA512SUMS.gpg', key: '/etc/our.asc' },
      },
    ],
    [
      'a list over https',
      { image_sums_url: 'https://m.example/images/SHA256SUMS' },
      { by: 'sums', algorithm: 'sha256', signature: null },
    ],
    [
      'a list over http, when that is allowed',
      { image_sums_url: 'http://m.example/SHA256SUMS', allow_unverified: true },
      { by: 'sums', signature: null },
    ],
  ])('an own image with %s', (_name, config, proof) => {
    expect(planOf({ image_url: own, ...config })[0]).toMatchObject({ kind: 'download', proof })
  })

  it('leaves an own image to the user where whoever changes it can change its sums as well', () => {
    const [first] = planOf({ image_url: own, image_sums_url: 'http://m.example/SHA256SUMS' })
    expect(first).toEqual({
      kind: 'manual',
      text: `Only an unsigned list over http (http://m.example/SHA256SUMS) can verify ${own}: set image_sha256 to its digest, or allow_unverified to true if you trust it as it is.`,
    })
  })

  it('fetches list and signature from the mirror, too', () => {
    const mirrors = { 'https://cloud-images.ubuntu.com': 'http://mirror.example/ubuntu' }
    const [first] = planOf({ mirrors, image: 'noble', image_build: 'current' })
    const folder = 'http://mirror.example/ubuntu/releases/noble/release'
    expect(first).toMatchObject({
      url: `${folder}/ubuntu-24.04-server-cloudimg-amd64.img`,
      proof: { url: `${folder}/SHA256SUMS`, signature: { url: `${folder}/SHA256SUMS.gpg` } },
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
    const steps = planOf({ offline: true, disk: '/srv/d.raw' }, 'riscv64', true)
    expect(steps.map((step) => step.kind)).toEqual(['run', 'publish'])
    expect(steps[0]).toMatchObject({ argv: expect.arrayContaining(['/srv/d.raw', '/srv/.d.raw.making']) })
  })

  it.each([
    ['qcow2', { bytes: Buffer.from('QFI\xfb....', 'latin1') }, true],
    ['raw', { bytes: new Uint8Array(512) }, false],
    ['a directory', { info: { type: 'directory' } }, false],
    ['missing', null, false],
  ] as const)('by what is there: %s', async (_name, file, isQcow2) => {
    const config = configWith()
    const survey = await surveyOf(config, fakeHost({ files: { [config.disk]: file } }))
    expect(survey).toEqual({ arch: 'x86_64', isQcow2 })
  })
})

it('fetch-image really makes a raw disk of a qcow2 that is named raw, and keeps the qcow2', async () => {
  const folder = scratch()
  const disk = `${folder}/with space.raw`
  rawDisk(`${folder}/original`, efiDisk)
  run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', `${folder}/original`, disk])
  const config = configWith({ disk, data_dir: folder })

  const before = diskImage.judge(await diskImage.probe(hostNow(), config), config)
  expect(before).toMatchObject({
    status: 'fail',
    found: 'qcow2, whatever its name says',
    fix: { id: 'fetch-image' },
  })

  const qcow2 = readFileSync(disk)
  await carryOut(fetchImage.plan({}, config, await surveyOf(config)), folder)
  expect(readFileSync(disk).equals(readFileSync(`${folder}/original`))).toBe(true)
  expect(readFileSync(`${disk}.old-1`).equals(qcow2)).toBe(true)
  expect(readdirSync(folder).sort()).toEqual(['original', 'with space.raw', 'with space.raw.old-1'])

  // Judged as if it lay in a lasting place, which a folder of a test is not.
  const lasting = configWith()
  const after = diskImage.judge(await diskImage.probe(hostNow(), config), lasting)
  expect(after).toEqual({ status: 'ok', found: 'raw, 16.0 MiB, gpt, partitions: 2' })
})

it('fetch-image leaves the disk as it is when the conversion fails', async () => {
  const folder = scratch()
  const disk = `${folder}/d.raw`
  run('qemu-img', ['create', '-q', '-f', 'qcow2', `${folder}/whole`, '16M'])
  renameSync(`${folder}/whole`, disk)
  run('truncate', ['-s', '100', disk])
  const config = configWith({ disk, data_dir: folder })
  const survey = await surveyOf(config)
  expect(survey.isQcow2).toBe(true)
  await expect(carryOut(fetchImage.plan({}, config, survey), folder)).rejects.toThrow(
    /^qemu-img ended with code 1: /,
  )
  expect(readdirSync(folder)).not.toContain('d.raw.old-1')
  expect(readFileSync(disk)).toHaveLength(100)
})

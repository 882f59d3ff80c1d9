import { randomBytes } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
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

type Survey = Parameters<typeof fetchImage.plan>[2]

const nothing: Survey = { arch: 'x86_64', disk: null, download: null, used: null, locked: false }

const planOf = (changes: Partial<Config> = {}, survey: Partial<Survey> = {}): readonly Step[] =>
  fetchImage.plan({}, configWith(changes, survey.arch), { ...nothing, ...survey })

const options = ['-p', '-m', '16', '-S', '1M', '-W']

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
    const temporary = `${data}/.resolute.raw.converting`
    expect(planOf()).toMatchObject([
      { kind: 'download', url, proof, path: source },
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
      for (const image_build of ['pinned', 'current'] as const) {
        const [first] = planOf({ image, image_build }, { arch })
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
    expect(await surveyOf(config, fakeHost({ files }))).toEqual({ ...nothing, ...found })
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

/** The steps behind the download, on a real image, with a disk in a folder of its own. */
const convertHere = async (image: string, changes: Partial<Config> = {}) => {
  const folder = scratch()
  mkdirSync(`${folder}/downloads`)
  renameSync(image, `${folder}/downloads/${basename(image)}`)
  const image_url = `https://m.example/${basename(image)}`
  const given = { image_url, image_sha256: 'a'.repeat(64), disk: `${folder}/d.raw`, data_dir: folder }
  const config = configWith({ ...given, ...changes })
  const [download, ...rest] = fetchImage.plan({}, config, await surveyOf(config))
  expect(download?.kind).toBe('download')
  await carryOut(rest, folder)
  return config
}

/** The disk that all images here hold: sfdisk makes up other identifiers each time. */
let original: Buffer
beforeAll(() => {
  const folder = mkdtempSync(`${tmpdir()}/chv-doctor-test-`)
  rawDisk(`${folder}/original`, efiDisk)
  original = readFileSync(`${folder}/original`)
  // Data at both ends of a partition, and some that does not compress in between.
  original.fill('start', 2 ** 20, 2 ** 20 + 4096)
  original.fill('end', 13 * 2 ** 20 - 4096, 13 * 2 ** 20)
  randomBytes(2 ** 20).copy(original, 6 * 2 ** 20 + 512)
  rmSync(folder, { recursive: true })
})

/** The disk in a format of qemu-img's. */
const imageAs = (format: string, name: string, options: readonly string[] = []): string => {
  const folder = scratch()
  writeFileSync(`${folder}/original`, original)
  run('qemu-img', [
    'convert',
    ...options,
    '-f',
    'raw',
    '-O',
    format,
    `${folder}/original`,
    `${folder}/${name}`,
  ])
  return `${folder}/${name}`
}

describe('fetch-image, carried out', () => {
  it.each([
    ['qcow2', 'a.img', []],
    ['qcow2', 'compressed.img', ['-c']],
    ['qcow2', 'old.img', ['-o', 'compat=0.10']],
    ['raw', 'raw-by-content.img', []],
    ['vmdk', 'a.vmdk', []],
    ['vmdk', 'stream.vmdk', ['-o', 'subformat=streamOptimized']],
    ['vhdx', 'a.vhdx', []],
    ['vpc', 'a.vhd', ['-o', 'force_size=on']],
  ] as const)('makes the same disk of %s: %s', async (format, name, options) => {
    const config = await convertHere(imageAs(format, name, options))
    const table = run('sfdisk', ['--dump', config.disk])
    expect(table).toContain('label: gpt')
    expect(
      readFileSync(config.disk)
        .subarray(0, 16 * 2 ** 20)
        .equals(original),
    ).toBe(true)
    expect(JSON.parse(readFileSync(`${config.disk}.origin.json`, 'utf8'))).toMatchObject({
      image: 'resolute',
      url: config.image_url,
      inode: statSync(config.disk).ino,
    })
  })

  it.each(['gzip', 'xz', 'zstd'])('unpacks %s, and leaves nothing of it', async (tool) => {
    const plain = imageAs('qcow2', 'a.img')
    const ending = { gzip: 'gz', xz: 'xz', zstd: 'zst' }[tool]
    run(tool, [...(tool === 'zstd' ? ['-q', '--rm'] : []), plain])
    const config = await convertHere(`${plain}.${ending}`)
    expect(readFileSync(config.disk).equals(original)).toBe(true)
    expect(readdirSync(`${config.data_dir}/downloads`)).toEqual([`a.img.${ending}`])
  })

  it('grows the disk without writing it, keeps both partition tables, and removes the download when told to', async () => {
    const size = 4 * 2 ** 30
    const config = await convertHere(imageAs('qcow2', 'a.img'), { disk_size: size, keep_download: false })
    const info = statSync(config.disk)
    expect(info.size).toBe(size)
    expect(info.blocks * 512).toBeLessThan(32 * 2 ** 20)
    expect(readdirSync(`${config.data_dir}/downloads`)).toEqual([])
    // What is made of it later: sfdisk moves the second table to the new end, as growpart does.
    run('sfdisk', ['--relocate', 'gpt-bak-std', config.disk])
    expect(run('sfdisk', ['--verify', config.disk])).toContain('No errors detected')
  })

  it('grows a disk that is there, and keeps what is in it', async () => {
    const config = await convertHere(imageAs('qcow2', 'a.img'))
    const wanted = { ...config, disk_size: 64 * 2 ** 20 }
    const verdict = diskImage.judge(await diskImage.probe(hostNow(), wanted), {
      ...wanted,
      disk: '/srv/d.raw',
    })
    expect(verdict).toMatchObject({ status: 'warn', fix: { id: 'fetch-image', args: { grow: true } } })
    await carryOut(fetchImage.plan({ grow: true }, wanted, await surveyOf(wanted)), config.data_dir)
    const bytes = readFileSync(config.disk)
    expect(bytes).toHaveLength(64 * 2 ** 20)
    expect(bytes.subarray(0, 16 * 2 ** 20).equals(original)).toBe(true)
  })

  const refused: readonly [string, () => string, Partial<Config>, RegExp][] = [
    [
      'a backing file',
      () => {
        const folder = scratch()
        writeFileSync(`${folder}/secret`, 'x'.repeat(2 ** 20))
        run('qemu-img', [
          'create',
          '-q',
          '-f',
          'qcow2',
          '-F',
          'raw',
          '-b',
          `${folder}/secret`,
          `${folder}/a.img`,
        ])
        return `${folder}/a.img`
      },
      {},
      /a\.img names a backing file, which would be read from this host; /,
    ],
    [
      'an external data file',
      () => {
        const folder = scratch()
        run('qemu-img', [
          'create',
          '-q',
          '-f',
          'qcow2',
          '-o',
          `data_file=${folder}/data`,
          `${folder}/a.img`,
          '1M',
        ])
        return `${folder}/a.img`
      },
      {},
      /a\.img names an external data file, /,
    ],
    [
      'encryption',
      () => {
        const folder = scratch()
        const secret = [
          '--object',
          'secret,id=s,data=geheim',
          '-o',
          'encrypt.format=aes,encrypt.key-secret=s',
        ]
        run('qemu-img', ['create', '-q', '-f', 'qcow2', ...secret, `${folder}/a.img`, '1M'])
        return `${folder}/a.img`
      },
      {},
      /a\.img is encrypted, /,
    ],
    [
      'a VMDK of several files',
      () => imageAs('vmdk', 'a.vmdk', ['-o', 'subformat=monolithicFlat']),
      {},
      /a\.vmdk names its parts, which would be read from this host/,
    ],
    [
      'a VMDK with a parent',
      () => {
        const base = imageAs('vmdk', 'base.vmdk')
        const path = base.replace('base', 'a')
        run('qemu-img', ['create', '-q', '-f', 'vmdk', '-F', 'vmdk', '-b', base, path])
        return path
      },
      {},
      /a\.vmdk names a parent, /,
    ],
    [
      'a disk_size that would cut it',
      () => imageAs('qcow2', 'a.img'),
      { disk_size: 8 * 2 ** 20 },
      /^disk_size is 8\.0 MiB, and the image has 16\.0 MiB: give at least that, or null\. A disk never shrinks\.$/,
    ],
    [
      'a web page',
      () => {
        const path = `${scratch()}/a.img`
        writeFileSync(path, '<html>')
        return path
      },
      {},
      /a\.img is a web page, not a disk image\.$/,
    ],
    [
      'an image that was cut short',
      () => {
        const path = imageAs('qcow2', 'a.img', ['-c'])
        truncateSync(path, statSync(path).size - 1000)
        return path
      },
      {},
      /^qemu-img ended with code 1: |is damaged|is cut short/,
    ],
    [
      'a raw disk that was cut short',
      () => {
        const path = imageAs('raw', 'a.raw')
        truncateSync(path, 15 * 2 ** 20)
        return path
      },
      {},
      /^the converted disk is cut short: 15\.0 MiB of 16\.0 MiB; it was not kept\.$/,
    ],
    [
      'an empty disk',
      () => {
        const path = `${scratch()}/a.img`
        run('qemu-img', ['create', '-q', '-f', 'qcow2', path, '4M'])
        return path
      },
      {},
      /^the image is damaged or empty: its first sectors are all zero\.$/,
    ],
  ]
  it.each(refused)('refuses %s, and publishes nothing', async (_name, image, changes, message) => {
    const path = image()
    const folder = scratch()
    await expect(convertHere(path, { ...changes, disk: `${folder}/d.raw` })).rejects.toThrow(message)
    expect(readdirSync(folder)).not.toContain('d.raw')
    expect(readdirSync(folder)).not.toContain('d.raw.origin.json')
  })

  it('is told by the name at first, and by the content when it is here', async () => {
    const folder = scratch()
    const image = imageAs('qcow2', 'odd.raw')
    const config = configWith({
      image_url: 'https://m.example/odd.raw',
      image_sha256: 'a'.repeat(64),
      disk: `${folder}/d.raw`,
      data_dir: folder,
    })
    const blind = fetchImage.plan({}, config, await surveyOf(config)).slice(1)
    mkdirSync(`${folder}/downloads`)
    renameSync(image, `${folder}/downloads/odd.raw`)
    await expect(carryOut(blind, folder)).rejects.toThrow(
      /odd\.raw is qcow2, not raw; run `chv-doctor fix` again/,
    )
    await carryOut(fetchImage.plan({}, config, await surveyOf(config)).slice(1), folder)
    expect(readFileSync(config.disk).equals(original)).toBe(true)
  })
})

it('fetch-image leaves the disk as it is when the conversion fails', async () => {
  const folder = scratch()
  const disk = `${folder}/d.raw`
  run('qemu-img', ['create', '-q', '-f', 'qcow2', `${folder}/whole`, '16M'])
  renameSync(`${folder}/whole`, disk)
  run('truncate', ['-s', '100', disk])
  const config = configWith({ disk, data_dir: folder })
  const survey = await surveyOf(config)
  expect(survey.disk).toBe('qcow2')
  await expect(carryOut(fetchImage.plan({}, config, survey), folder)).rejects.toThrow(
    `${disk} is cut short: its header is not whole.`,
  )
  expect(readdirSync(folder)).not.toContain('d.raw.old-1')
  expect(readFileSync(disk)).toHaveLength(100)
})

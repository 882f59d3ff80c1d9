/** The conversion, with the real qemu-img on real images of every kind. */
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
import type { Config } from '../../src/config/keys.ts'
import { createHost } from '../../src/host/host.ts'
import { carryOut } from '../helpers/carry-out.ts'
import { configWith } from '../helpers/config.ts'
import { sky } from '../helpers/fake-host.ts'
import { efiDisk, rawDisk, run } from '../helpers/images.ts'
import { scratch } from '../helpers/scratch.ts'

const hostNow = () => createHost(sky, process.env, 10_000, new AbortController().signal)

const surveyOf = async (config: Config, host = hostNow()) => {
  const survey = await fetchImage.survey?.(host, {}, config)
  if (!survey) throw new Error('no survey')
  return survey
}

it('fetch-image really makes a raw disk of a qcow2 that is named raw, and keeps the qcow2', async () => {
  const directory = scratch()
  const disk = `${directory}/with space.raw`
  rawDisk(`${directory}/original`, efiDisk)
  run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', `${directory}/original`, disk])
  const config = configWith({ disk, data_dir: directory })

  const before = diskImage.judge(await diskImage.probe(hostNow(), config), config)
  expect(before).toMatchObject({
    status: 'fail',
    code: 'not-raw',
    values: { format: 'qcow2' },
    fix: { id: 'fetch-image' },
  })

  const qcow2 = readFileSync(disk)
  await carryOut(fetchImage.plan({}, config, await surveyOf(config)), directory)
  expect(readFileSync(disk).equals(readFileSync(`${directory}/original`))).toBe(true)
  expect(readFileSync(`${disk}.old-1`).equals(qcow2)).toBe(true)
  expect(readdirSync(directory).sort()).toEqual(['original', 'with space.raw', 'with space.raw.old-1'])

  // Judged as if it lay in a lasting place, which a directory of a test is not.
  const lasting = configWith()
  const after = diskImage.judge(await diskImage.probe(hostNow(), config), lasting)
  expect(after).toEqual({ status: 'ok', found: 'raw, 16.0 MiB, gpt, partitions: 2' })
})

/** The steps behind the download, on a real image, with a disk in a directory of its own. */
const convertHere = async (image: string, changes: Partial<Config> = {}) => {
  const directory = scratch()
  mkdirSync(`${directory}/downloads`)
  renameSync(image, `${directory}/downloads/${basename(image)}`)
  const image_url = `https://m.example/${basename(image)}`
  const given = { image_url, image_sha256: 'a'.repeat(64), disk: `${directory}/d.raw`, data_dir: directory }
  const config = configWith({ ...given, ...changes })
  const [download, ...rest] = fetchImage.plan({}, config, await surveyOf(config))
  expect(download?.kind).toBe('download')
  await carryOut(rest, directory)
  return config
}

/** The disk that all images here hold: sfdisk makes up other identifiers each time. */
let original: Buffer
beforeAll(() => {
  const directory = mkdtempSync(`${tmpdir()}/chv-doctor-test-`)
  rawDisk(`${directory}/original`, efiDisk)
  original = readFileSync(`${directory}/original`)
  // Data at both ends of a partition, and some that does not compress in between.
  original.fill('start', 2 ** 20, 2 ** 20 + 4096)
  original.fill('end', 13 * 2 ** 20 - 4096, 13 * 2 ** 20)
  randomBytes(2 ** 20).copy(original, 6 * 2 ** 20 + 512)
  rmSync(directory, { recursive: true })
})

/** The disk in a format of qemu-img's. */
const imageAs = (format: string, name: string, options: readonly string[] = []): string => {
  const directory = scratch()
  writeFileSync(`${directory}/original`, original)
  run('qemu-img', [
    'convert',
    ...options,
    '-f',
    'raw',
    '-O',
    format,
    `${directory}/original`,
    `${directory}/${name}`,
  ])
  return `${directory}/${name}`
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
        const directory = scratch()
        writeFileSync(`${directory}/secret`, 'x'.repeat(2 ** 20))
        run('qemu-img', [
          'create',
          '-q',
          '-f',
          'qcow2',
          '-F',
          'raw',
          '-b',
          `${directory}/secret`,
          `${directory}/a.img`,
        ])
        return `${directory}/a.img`
      },
      {},
      /a\.img names a backing file, which would be read from this host; /,
    ],
    [
      'an external data file',
      () => {
        const directory = scratch()
        run('qemu-img', [
          'create',
          '-q',
          '-f',
          'qcow2',
          '-o',
          `data_file=${directory}/data`,
          `${directory}/a.img`,
          '1M',
        ])
        return `${directory}/a.img`
      },
      {},
      /a\.img names an external data file, /,
    ],
    [
      'encryption',
      () => {
        const directory = scratch()
        const secret = [
          '--object',
          'secret,id=s,data=geheim',
          '-o',
          'encrypt.format=aes,encrypt.key-secret=s',
        ]
        run('qemu-img', ['create', '-q', '-f', 'qcow2', ...secret, `${directory}/a.img`, '1M'])
        return `${directory}/a.img`
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
    const directory = scratch()
    await expect(convertHere(path, { ...changes, disk: `${directory}/d.raw` })).rejects.toThrow(message)
    expect(readdirSync(directory)).not.toContain('d.raw')
    expect(readdirSync(directory)).not.toContain('d.raw.origin.json')
  })

  it('is told by the name at first, and by the content when it is here', async () => {
    const directory = scratch()
    const image = imageAs('qcow2', 'odd.raw')
    const config = configWith({
      image_url: 'https://m.example/odd.raw',
      image_sha256: 'a'.repeat(64),
      disk: `${directory}/d.raw`,
      data_dir: directory,
    })
    const blind = fetchImage.plan({}, config, await surveyOf(config)).slice(1)
    mkdirSync(`${directory}/downloads`)
    renameSync(image, `${directory}/downloads/odd.raw`)
    await expect(carryOut(blind, directory)).rejects.toThrow(
      /odd\.raw is qcow2, not raw; run `chv-doctor fix` again/,
    )
    await carryOut(fetchImage.plan({}, config, await surveyOf(config)).slice(1), directory)
    expect(readFileSync(config.disk).equals(original)).toBe(true)
  })
})

it('fetch-image leaves the disk as it is when the conversion fails', async () => {
  const directory = scratch()
  const disk = `${directory}/d.raw`
  run('qemu-img', ['create', '-q', '-f', 'qcow2', `${directory}/whole`, '16M'])
  renameSync(`${directory}/whole`, disk)
  run('truncate', ['-s', '100', disk])
  const config = configWith({ disk, data_dir: directory })
  const survey = await surveyOf(config)
  expect(survey.disk).toBe('qcow2')
  await expect(carryOut(fetchImage.plan({}, config, survey), directory)).rejects.toThrow(
    `${disk} is cut short: its header is not whole.`,
  )
  expect(readdirSync(directory)).not.toContain('d.raw.old-1')
  expect(readFileSync(disk)).toHaveLength(100)
})

/** From an image in any format to the raw disk of the guest: never under its final name before it is whole. */

import type { DiskOrigin } from '../../src/catalogue/disk-origin.ts'
import type { Config } from '../../src/config/keys.ts'
import type { RunStep, Step } from '../../src/contract/step.ts'
import { formatOf, type ImageFormat } from '../../src/formats/disk-image.ts'
import type { Kind } from '../../src/formats/magic.ts'
import { tempPath } from '../../src/util/temp-path.ts'

export interface Source {
  readonly source: string
  /** Of the image, or of the one that is packed in it. */
  readonly format: { readonly image: ImageFormat; readonly packed: boolean }
  /** A disk stands in the way; whether it was written to since it was made, as far as can be told. */
  readonly stands: { readonly used: boolean | null } | null
  readonly origin: DiskOrigin | null
  /** Whether chv-doctor downloaded the source, so that `keep_download: false` removes it. */
  readonly ours: boolean
}

/**
 * Measured with qemu-img 7.2, compressed qcow2 of 0.75 to 3.5 GiB, the sync included, on two cores that
 * others used: 0.90 to 0.95 of the time of a plain convert in every run, and 0.93 of its processor time.
 * `-W` or `-m 16 -W` alone went from 0.82 to 1.14; a direct write, `-t none`, took 1.25; preallocation
 * gives up the holes. Unpacking is what takes the time: 16 requests under way, in any order, keep it
 * busy, and looking for zeros by the MiB finds the same holes, because an image has them in clusters
 * of 64 KiB. `npm run bench -- artifacts` measures again.
 */
const fastest = ['-m', '16', '-S', '1M', '-W'] as const

const endings: readonly (readonly [RegExp, ImageFormat])[] = [
  [/\.raw$/i, 'raw'],
  [/\.vmdk$/i, 'vmdk'],
  [/\.vhdx$/i, 'vhdx'],
  [/\.vhd$/i, 'vpc'],
]

const packing = /\.(gz|xz|zst)$/i

const isPacked = (kind: Kind): boolean => ['gzip', 'xz', 'zstd'].includes(kind)

/**
 * What is told to qemu-img, which must not guess: by the content where the file is here, before that by
 * its name. Every image of the catalogue is qcow2, and so is most of what is called .img.
 */
export const formatFor = (kind: Kind | null, name: string): Source['format'] => {
  const packed = kind === null ? packing.test(name) : isPacked(kind)
  const byContent = kind !== null && !packed ? formatOf(kind) : null
  const inner = name.replace(packing, '')
  const byName = endings.find(([ending]) => ending.test(inner))?.[1] ?? 'qcow2'
  return { image: byContent ?? byName, packed }
}

/** A command of which nothing is left to undo: its file is temporary, or gone. */
const run = (argv: RunStep['argv'], why: string, more: Partial<RunStep> = {}): RunStep => ({
  kind: 'run',
  argv,
  root: false,
  why,
  undo: [],
  ...more,
})

/** The name of the disk until it is whole. */
export const diskPart = ({ disk }: Config): string => tempPath(disk, 'converting')

const resize = (disk: string, bytes: number): RunStep['argv'] => [
  'qemu-img',
  'resize',
  '-q',
  '-f',
  'raw',
  disk,
  String(bytes),
]

const whyConvert = (stands: Source['stands']): string => {
  if (!stands) return 'convert the image to raw'
  const used = stands.used ? ', written to since it was made,' : ''
  return `convert the image to raw; the disk that is there${used} stays, as NAME.old-1 or the next number`
}

/** @returns the steps from a complete source to the published disk */
export const convertSteps = (
  config: Config,
  { source, format, stands, origin, ours }: Source,
): readonly Step[] => {
  const temporary = diskPart(config)
  const image = format.packed ? tempPath(source, 'unpacked') : source
  const { image: type } = format
  return [
    ...(format.packed
      ? // One tool for all three; it leaves holes where there are only zeros.
        [run(['zstd', '-d', '-q', '-f', '-o', image, source], 'unpack the image', { temporary: image })]
      : []),
    {
      kind: 'verify',
      path: image,
      expect: { what: 'image', format: type, fits: config.disk_size },
      why: `look whether it is a ${type} image that names no other file`,
    },
    run(
      ['qemu-img', 'convert', '-p', ...fastest, '-f', type, '-O', 'raw', image, temporary],
      whyConvert(stands),
      { temporary, progress: 'qemu-img' },
    ),
    ...(config.disk_size === null
      ? []
      : [run(resize(temporary, config.disk_size), 'grow it; the guest fills it at its first start')]),
    {
      kind: 'verify',
      path: temporary,
      expect: { what: 'disk', source: image, format: type },
      why: 'look whether the disk is whole',
    },
    {
      kind: 'publish',
      from: temporary,
      to: config.disk,
      why: 'give the raw disk its name',
      reversible: false,
      ...(origin ? { origin } : {}),
    },
    ...(format.packed ? [run(['rm', '-f', '--', image], 'remove the unpacked image')] : []),
    ...(ours && !config.keep_download
      ? [run(['rm', '-f', '--', source], 'remove the download, as keep_download says')]
      : []),
  ]
}

/** Grows the disk that is there. */
export const growSteps = (config: Config, locked: boolean): readonly Step[] => {
  if (config.disk_size === null) return []
  if (locked) {
    return [{ kind: 'manual', text: `A running guest has ${config.disk}: shut it down, then grow the disk.` }]
  }
  const { undo: _, ...step } = run(
    resize(config.disk, config.disk_size),
    'grow the disk; cloud-init in the guest fills it at the next start',
  )
  return [step]
}

import type { Catalogue } from '../src/catalogue/catalogue.ts'
import { chosenFor } from '../src/catalogue/choice.ts'
import { originPath, parseOrigin } from '../src/catalogue/disk-origin.ts'
import { images } from '../src/catalogue/images.ts'
import type { Config } from '../src/config/keys.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { FixArgs } from '../src/contract/fix-args.ts'
import type { DownloadStep, ManualStep, Step } from '../src/contract/step.ts'
import { type Kind, kindOf, magicLength } from '../src/formats/magic.ts'
import type { Host } from '../src/host/host.ts'
import { isLocked } from '../src/host/proc-locks.ts'
import { fileNameIn } from '../src/util/units.ts'
import { convertSteps, diskPart, formatFor, growSteps } from './shared/convert.ts'
import { fetchStep } from './shared/fetch.ts'

/** What is known of a file by its first bytes; null when there is none. */
type Known = Kind | null

interface Survey {
  readonly arch: string
  /** What stands where the disk belongs. */
  readonly disk: Known
  /** What an earlier run downloaded: its content decides about the conversion, before it its name. */
  readonly download: Known
  /** The disk was written to since it was made; null when that cannot be told. */
  readonly used: boolean | null
  /** A running guest has the disk. */
  readonly locked: boolean
}

/** Formats of a disk that is there and only has to be converted. */
const convertible: readonly Known[] = ['qcow2', 'VMDK', 'VHD', 'VHDX']

const baseName = (url: string): string => {
  const name = fileNameIn(url).replaceAll(/[^\w.+-]/g, '_')
  return name.replace(/^\.+/, '') || 'image'
}

const describe = (config: Config): string => {
  const image = images[config.image]
  const end = image?.endOfLife
  return `the image ${config.image} (${image?.title}${end ? `, without security updates since ${end}` : ''})`
}

const downloadOf = (config: Config, arch: string, catalogue?: Catalogue): DownloadStep | ManualStep =>
  fetchStep(config, {
    what: 'your image',
    known: describe(config),
    key: 'image',
    catalogue: chosenFor(config, arch, catalogue).image,
    path: (url) => `${config.data_dir}/downloads/${baseName(url)}`,
    mode: 0o644,
  })

/** Whether an address is that of the very file that a download of it would be. */
const isItself = (url: string, path: string): boolean =>
  url.startsWith('file:') && [path, encodeURI(path)].includes(new URL(url).pathname)

const lookAt = async (host: Host, path: string): Promise<Known> => {
  const info = await host.stat(path)
  const bytes = info?.type === 'file' ? await host.readBytes(path, 0, magicLength) : null
  return bytes && kindOf(bytes)
}

export const fetchImage = defineFix<'fetch-image', FixArgs['fetch-image'], Survey>({
  id: 'fetch-image',
  title: 'Fetch the cloud image and convert it to raw',
  programs: { 'qemu-img': 'qemu-utils', zstd: 'zstd' },
  survey: async (host, _args, config, catalogue) => {
    const step = downloadOf(config, host.arch, catalogue)
    const [disk, download, info, origin, locks] = await Promise.all([
      lookAt(host, config.disk),
      step.kind === 'download' ? lookAt(host, step.path) : null,
      host.stat(config.disk),
      host.readText(originPath(config.disk)),
      host.readText('/proc/locks'),
    ])
    const known = parseOrigin(origin)
    return {
      arch: host.arch,
      disk,
      download,
      used: info && known?.inode === info.inode ? info.mtime > known.mtime : null,
      locked: info !== null && isLocked(locks ?? '', info.device, info.inode),
    }
  },
  plan: ({ grow }, config, { arch, disk, download, used, locked }, catalogue): readonly Step[] => {
    if (grow) return growSteps(config, locked)
    if (convertible.includes(disk)) {
      // The user's own file, not one from the catalogue: nothing is written down about where it is from.
      const format = formatFor(disk, '')
      return convertSteps(config, { source: config.disk, format, stands: null, origin: null, ours: false })
    }
    const step = downloadOf(config, arch, catalogue)
    if (step.kind === 'manual') return [step]
    const source = {
      source: step.path,
      format: formatFor(download, step.path),
      stands: disk === null ? null : { used },
      origin: {
        image: config.image,
        url: config.image_url,
        sha256: step.proof.by === 'digest' ? step.proof.digest : null,
      },
      ours: !isItself(step.url, step.path),
    }
    // Only what can be verified is known to be the same.
    const isHere = download !== null && step.proof.by !== 'nothing'
    const steps = convertSteps(config, source)
    if (isHere) return [{ ...step, here: true }, ...steps]
    // Another format is recognized by its first bytes, and left to qemu-img.
    const { image, packed } = source.format
    return [image === 'qcow2' && !packed ? { ...step, unpackTo: diskPart(config) } : step, ...steps]
  },
})

import { chosenFor } from '../src/catalogue/choice.ts'
import { images } from '../src/catalogue/images.ts'
import type { Config } from '../src/config/keys.ts'
import { defineFix, type Step } from '../src/contract.ts'
import { kindOf, magicLength } from '../src/formats/magic.ts'
import { fetchStep } from './shared/fetch.ts'
import { temporaryFor } from './shared/temporary.ts'

interface Survey {
  readonly arch: string
  /** The disk is there, as qcow2: nothing has to be fetched. */
  readonly isQcow2: boolean
}

const baseName = (url: string): string => {
  const name = (new URL(url).pathname.split('/').at(-1) ?? '').replaceAll(/[^\w.+-]/g, '_')
  return name.replace(/^\.+/, '') || 'image'
}

/** Every cloud image of the catalogue is qcow2; qemu-img is told so, because guessing is how guests read host files. */
const convert = (source: string, config: Config): readonly Step[] => {
  const temporary = temporaryFor(config.disk)
  return [
    {
      kind: 'run',
      argv: ['qemu-img', 'convert', '-p', '-f', 'qcow2', '-O', 'raw', source, temporary],
      root: false,
      why: 'convert the image to raw',
      temporary,
      progress: 'qemu-img',
      undo: [],
    },
    {
      kind: 'publish',
      from: temporary,
      to: config.disk,
      why: 'give the raw disk its name',
      reversible: false,
    },
  ]
}

const describe = (config: Config): string => {
  if (config.image_url !== null) return 'your image'
  const image = images[config.image]
  const end = image?.endOfLife
  return `the image ${config.image} (${image?.title}${end ? `, without security updates since ${end}` : ''})`
}

export const fetchImage = defineFix<'fetch-image', Record<string, never>, Survey>({
  id: 'fetch-image',
  title: 'Fetch the cloud image and convert it to raw',
  programs: { 'qemu-img': 'qemu-utils' },
  survey: async (host, _args, config) => {
    const info = await host.stat(config.disk)
    const bytes = info?.type === 'file' ? await host.readBytes(config.disk, 0, magicLength) : null
    return { arch: host.arch, isQcow2: bytes !== null && kindOf(bytes) === 'qcow2' }
  },
  plan: (_args, config, { arch, isQcow2 }) => {
    if (isQcow2) return convert(config.disk, config)
    const step = fetchStep(config, {
      what: describe(config),
      key: 'image',
      catalogue: chosenFor(config, arch).image,
      path: (url) => `${config.data_dir}/downloads/${baseName(url)}`,
      mode: 0o644,
    })
    return step.kind === 'download' ? [step, ...convert(step.path, config)] : [step]
  },
})

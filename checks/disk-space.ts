import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { hasKernel, requiredSpace } from '../src/hypervisor/kernel-build.ts'
import { humanBytes } from '../src/util/units.ts'

// An Ubuntu server image: about 0.7 GiB to download, 3.5 GiB as a raw disk of which it fills 2.5 GiB.
const download = 0.7 * 2 ** 30
const rawDisk = 2.5 * 2 ** 30
const small = 64 * 2 ** 20

const describeFree = ({ free, directory }: { free: number; directory: string }) =>
  `${humanBytes(free)} free in ${directory}`

const findings = {
  'not-enough': finding<{
    free: number
    directory: string
    needed: number
    image: boolean
    kernel: boolean
  }>({
    found: describeFree,
    expected: ({ needed, image, kernel }) => {
      const parts = [
        ...(image ? ['the image and its raw disk'] : []),
        ...(kernel ? ['building a kernel'] : []),
      ]
      return `${humanBytes(needed)} for ${parts.join(' and ') || 'small files'}`
    },
    hint: 'Free some space, or set `data_dir` to a larger file system.',
  }),
}

export const diskSpace = defineCheck({
  id: 'disk-space',
  title: 'Enough free space for what is still to be fetched',
  group: 'host',
  beforeBoot: 'required',
  looksAt: 'disk',
  findings,
  probe: async (host, config) => {
    const there = async (path: string) => (await host.stat(path)) !== null
    const builds = config.boot === 'kernel' && config.kernel_build
    const [disk, free, kernel] = await Promise.all([
      there(config.disk),
      host.freeBytes(config.data_dir),
      builds ? hasKernel(host, config) : true,
    ])
    return { disk, free, kernel }
  },
  judge: ({ disk, free, kernel }, config) => {
    // Records from before kernels were built say nothing of one.
    const built = kernel === false ? requiredSpace(false) : 0
    const needed = small + (disk ? 0 : download + rawDisk) + built
    const room = { free, directory: config.data_dir }
    if (free >= needed) return { status: 'ok', found: describeFree(room) }
    const values = { ...room, needed, image: !disk, kernel: built > 0 }
    return { status: 'fail', code: 'not-enough', values }
  },
})

import { defineCheck } from '../src/contract/check.ts'
import { hasKernel, requiredSpace } from '../src/hypervisor/kernel-build.ts'
import { humanBytes } from '../src/util/units.ts'

// An Ubuntu server image: about 0.7 GiB to download, 3.5 GiB as a raw disk of which it fills 2.5 GiB.
const download = 0.7 * 2 ** 30
const rawDisk = 2.5 * 2 ** 30
const small = 64 * 2 ** 20

export const diskSpace = defineCheck({
  id: 'disk-space',
  title: 'Room for what is still to be fetched',
  group: 'host',
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
    const what = [
      ...(disk ? [] : ['the image and its raw disk']),
      ...(built > 0 ? ['building a kernel'] : []),
    ].join(' and ')
    const found = `${humanBytes(free)} free in ${config.data_dir}`
    if (free >= needed) return { status: 'ok', found }
    return {
      status: 'fail',
      found,
      expected: `${humanBytes(needed)} for ${what || 'small files'}`,
      hint: 'Free some space, or set `data_dir` to a larger file system.',
    }
  },
})

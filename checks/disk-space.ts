import { defineCheck } from '../src/contract.ts'
import { humanBytes } from '../src/units.ts'

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
    const [disk, free] = await Promise.all([there(config.disk), host.freeBytes(config.data_dir)])
    return { disk, free }
  },
  judge: ({ disk, free }, config) => {
    const needed = small + (disk ? 0 : download + rawDisk)
    const found = `${humanBytes(free)} free in ${config.data_dir}`
    if (free >= needed) return { status: 'ok', found }
    return {
      status: 'fail',
      found,
      expected: `${humanBytes(needed)} for ${disk ? 'small files' : 'the image and its raw disk'}`,
      hint: 'Free some space, or set `data_dir` to a larger file system.',
    }
  },
})

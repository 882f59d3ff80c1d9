import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import type { Host } from '../src/host/host.ts'

const findings = {
  plain: finding<{ devices: readonly string[] }>({
    found: ({ devices }) => `swap on ${devices.join(', ')}, which this host does not encrypt`,
    expected: 'encrypted swap or none: memory of guests is written to it, and stays there',
    hint: 'Encrypt it with a key that is new at each start, by `swap` in /etc/crypttab (https://man7.org/linux/man-pages/man5/crypttab.5.html), or `sudo swapoff -a`.',
  }),
}

/** Devices on devices: more than LVM on RAID on a crypt device is none of ours. */
const maxDepth = 5

const every = (answers: readonly (boolean | null)[]): boolean | null =>
  answers.includes(false) ? false : answers.includes(null) ? null : true

/** Whether a block device is encrypted, or all those that it is made of are; null: not known. */
const isEncrypted = async (host: Host, name: string, depth = 0): Promise<boolean | null> => {
  if (depth > maxDepth || /^(?:loop|nbd|zram)/.test(name)) return null
  const place = `/sys/class/block/${name}`
  if ((await host.readText(`${place}/dm/uuid`))?.startsWith('CRYPT-')) return true
  const below = (await host.list(`${place}/slaves`)) ?? []
  if (below.length > 0) return every(await Promise.all(below.map((one) => isEncrypted(host, one, depth + 1))))
  return (await host.stat(place)) === null ? null : false
}

export const swapEncryption = defineCheck({
  id: 'swap-encryption',
  title: 'Swap is encrypted',
  group: 'advice',
  security: true,
  findings,
  probe: async (host) => {
    const lines = ((await host.readText('/proc/swaps')) ?? '').split('\n').slice(1)
    const areas = lines.flatMap((line) => {
      const [path = '', type = ''] = line.split(/\s+/)
      return path === '' ? [] : [{ path, type }]
    })
    return Promise.all(
      areas.map(async ({ path, type }) => ({
        path,
        // What a file is on cannot be told for every file system.
        encrypted: type === 'partition' ? await isEncrypted(host, path.replace(/^\/dev\//, '')) : null,
      })),
    )
  },
  judge: (areas) => {
    const devices = areas.filter(({ encrypted }) => encrypted === false).map(({ path }) => path)
    if (devices.length > 0) return { status: 'warn', code: 'plain', values: { devices } }
    if (areas.length === 0) return { status: 'ok', found: 'there is no swap' }
    return areas.every(({ encrypted }) => encrypted === true)
      ? { status: 'ok', found: 'swap is encrypted' }
      : { status: 'skip', reason: 'cannot be told for swap in a file, or in memory' }
  },
})

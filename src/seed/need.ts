/**
 * Whether the guest still needs its seed. cloud-init keeps the id of the seed that it has carried out
 * in the guest's own file system; the disk itself is asked, so that guests that were started in any
 * way count, and nothing is remembered that could become wrong.
 */
import type { Config } from '../config/keys.ts'
import { partitionLength, partitionStarts } from '../formats/partitions.ts'
import type { Host } from '../host/host.ts'
import { readSeedImage, seedText } from './image.ts'

/** The instance-id in the seed, or null where it cannot be told. @throws Undetermined when it may not be read */
export const idInSeed = async (host: Host, path: string): Promise<string | null> => {
  const text = seedText(await readSeedImage(host, path), 'meta-data')
  if (text === null) return null
  // A YAML parser, loaded only where there is something to parse.
  const { instanceIdIn, parseSeedYamlOrNull } = await import('./yaml.ts')
  return instanceIdIn(parseSeedYamlOrNull(text))
}

/**
 * The ids that cloud-init has finished with, on any ext4 of the disk. debugfs (e2fsprogs, which Debian
 * always has) opens read-only and knows offsets.
 */
const idsOnDisk = async (host: Host, disk: string): Promise<readonly string[]> => {
  const [debugfs, bytes] = await Promise.all([
    host.which('debugfs'),
    host.readBytes(disk, 0, partitionLength),
  ])
  if (!debugfs || !bytes) return []
  const ids = await Promise.all(
    partitionStarts(bytes).map(async (start) => {
      // Written at the very end of a boot; both lie on the file system that holds /var.
      const ask = (request: string) => host.run([debugfs, '-R', request, `${disk}?offset=${start}`])
      const { stdout } = await ask('cat /var/lib/cloud/data/instance-id')
      const id = stdout.trim()
      // The fix makes no other ids, and debugfs would read a space or a slash as part of the request.
      if (!/^[A-Za-z0-9._-]+$/.test(id)) return []
      const finished = await ask(`stat /var/lib/cloud/instances/${id}/boot-finished`)
      return finished.stdout.includes('Type: regular') ? [id] : []
    }),
  )
  return ids.flat()
}

/**
 * With `attach_seed: always`, the default, at every boot: the cloud-init of Debian 12 takes a guest whose
 * seed is gone for a new instance without any data source, and drops its network (seen).
 * @returns whether to attach the seed: in doubt it is attached
 */
export const needsSeed = async (host: Host, config: Config): Promise<boolean> => {
  if (config.attach_seed === 'always') return true
  try {
    const id = await idInSeed(host, config.seed)
    return id === null || !(await idsOnDisk(host, config.disk)).includes(id)
  } catch {
    return true
  }
}

/** Reads a NoCloud seed image: the only place that opens one, so that all commands accept the same seeds. */
import { parseFat } from '../formats/fat.ts'
import { parseIso } from '../formats/iso9660.ts'
import { partitionStarts } from '../formats/partitions.ts'
import type { RootDirectory } from '../formats/root-directory.ts'
import type { Host } from '../host/host.ts'

/** The fix makes 8 MiB; a seed holds a few texts, and one that is larger than this is not read. */
export const maxSeedBytes = 64 * 2 ** 20

/** Bytes within which a seed of a few texts has everything, whatever the size of the image around it. */
const headBytes = 2 ** 20

/** FAT and ISO 9660 are the file systems that cloud-init looks for, also in a partition. */
const parseImage = (bytes: Uint8Array): RootDirectory | null => {
  const whole = parseIso(bytes) ?? parseFat(bytes)
  if (whole) return whole
  for (const start of partitionStarts(bytes)) {
    const inside = start > 0 && start < bytes.length ? parseFat(bytes.subarray(start)) : null
    if (inside) return inside
  }
  return null
}

const isWhole = (image: RootDirectory): boolean =>
  ['user-data', 'meta-data'].every((name) => image.files.some((file) => file.toLowerCase() === name)) &&
  image.files.every((name) => image.read(name)?.length === image.sizeOf(name))

/**
 * Reads a seed image: of a large one only as much as it takes.
 * @returns null when there is no such file, when it is larger than `maxSeedBytes`, or neither FAT nor ISO 9660
 * @throws Undetermined when it may not be read
 */
export const readSeedImage = async (host: Host, path: string): Promise<RootDirectory | null> => {
  const info = await host.stat(path)
  if (info?.type !== 'file' || info.size > maxSeedBytes) return null
  const head = await host.readBytes(path, 0, Math.min(headBytes, info.size))
  const image = head && parseImage(head)
  if (info.size <= headBytes || (image && isWhole(image))) return image
  const bytes = await host.readBytes(path, 0, info.size)
  return bytes && parseImage(bytes)
}

/** The text of a file in a seed, as cloud-init decodes it; null when it is not there. */
export const seedText = (image: RootDirectory | null, name: string): string | null => {
  const content = image?.read(name)
  // A byte order mark is kept: it hides the first line from cloud-init.
  return content ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(content) : null
}

import type { RootDirectory } from '../formats/root-directory.ts'
import type { Host } from '../host/host.ts'
import { parseSeedImage } from './image-files.ts'

/** Bytes within which a seed of a few texts has everything, whatever the size of the image around it. */
const head = 2 ** 20

const isWhole = (image: RootDirectory): boolean =>
  ['user-data', 'meta-data'].every((name) => image.files.some((file) => file.toLowerCase() === name)) &&
  image.files.every((name) => image.read(name)?.length === image.sizeOf(name))

/**
 * Reads a seed image: of a large one only as much as it takes.
 * @param size of the file
 * @returns null when it is neither FAT nor ISO 9660
 */
export const readSeedImage = async (
  host: Host,
  path: string,
  size: number,
): Promise<RootDirectory | null> => {
  const part = await host.readBytes(path, 0, Math.min(head, size))
  const image = part && parseSeedImage(part)
  if (size <= head || (image && isWhole(image))) return image
  const bytes = await host.readBytes(path, 0, size)
  return bytes && parseSeedImage(bytes)
}

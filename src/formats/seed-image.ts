/** A NoCloud seed in memory: the root folder of a FAT or ISO 9660 image, the two that cloud-init takes. */
import { parseFat } from './fat.ts'
import { parseIso } from './iso9660.ts'

export interface SeedImage {
  readonly label: string
  /** Names in the root folder, long names where there are any. */
  readonly files: readonly string[]
  /** The content of a file in the root folder, or null; shorter than its size where bytes are missing. */
  read(name: string): Uint8Array | null
  /** The size that the folder gives for a file, or null. */
  sizeOf(name: string): number | null
}

/** @returns null when the bytes are neither */
export const parseSeedImage = (bytes: Uint8Array): SeedImage | null => parseIso(bytes) ?? parseFat(bytes)

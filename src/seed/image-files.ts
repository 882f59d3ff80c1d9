/** A NoCloud seed in memory: the root directory of a FAT or ISO 9660 image, the two that cloud-init takes. */
import { parseFat } from '../formats/fat.ts'
import { parseIso } from '../formats/iso9660.ts'
import type { RootDirectory } from '../formats/root-directory.ts'

/** @returns null when the bytes are neither */
export const parseSeedImage = (bytes: Uint8Array): RootDirectory | null => parseIso(bytes) ?? parseFat(bytes)

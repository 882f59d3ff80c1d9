/**
 * What a disk was made from, written beside it as NAME.origin.json: so that a configuration that names
 * another image is noticed, and a disk that a guest has written to is told from a fresh one.
 */
export interface DiskOrigin {
  /** The value of `image`. */
  readonly image: string
  /** `image_url`; null when it came from the catalogue. */
  readonly url: string | null
  readonly sha256: string | null
}

/** The same with what identifies the disk: a file of another inode is another disk, whatever its name. */
export interface KnownDisk extends DiskOrigin {
  readonly inode: number
  /** Seconds since 1970, when only the doctor had written to it. */
  readonly mtime: number
}

export const originPath = (disk: string): string => `${disk}.origin.json`

/** @returns null for what is no such record */
export const parseOrigin = (text: string | null): KnownDisk | null => {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<KnownDisk> | null
    return typeof value?.image === 'string' && Number.isInteger(value.inode) && Number.isInteger(value.mtime)
      ? (value as KnownDisk)
      : null
  } catch {
    return null
  }
}

/** The keys of the configuration that say which image is wanted. */
interface ImageSource {
  readonly image: string
  readonly image_url: string | null
  readonly image_sha256: string | null
}

/** Whether a disk was made from what the configuration names; a newer pin in the catalogue is no other image. */
export const isFrom = (origin: DiskOrigin, config: ImageSource): boolean =>
  config.image_url === null
    ? origin.url === null && origin.image === config.image
    : origin.url === config.image_url &&
      (config.image_sha256 === null || origin.sha256 === config.image_sha256)

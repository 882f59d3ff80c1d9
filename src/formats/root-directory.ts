/** What a file system of a NoCloud seed has to offer: its label and the files of its root directory. */
export interface RootDirectory {
  readonly label: string
  /** Of FAT: the label in the boot sector, LABEL_FATBOOT for blkid; empty where it has none. */
  readonly bootLabel?: string
  /** Names in the root directory, long names where there are any. */
  readonly files: readonly string[]
  /** The content of a file in the root directory, or null; shorter than its size where bytes are missing. */
  read(name: string): Uint8Array | null
  /** The size that the directory gives for a file, or null. */
  sizeOf(name: string): number | null
}

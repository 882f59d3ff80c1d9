/** What is at a path, links followed. */
import { stat } from 'node:fs/promises'
import type { FileInfo } from './host.ts'

const hex2 = (number: number) => number.toString(16).padStart(2, '0')

/** makedev(3) in reverse: 12 bits of major above 8 of minor, the rest of minor above both. */
const deviceName = (dev: number) =>
  `${hex2((dev >>> 8) & 0xfff)}:${hex2((dev & 0xff) | ((dev >>> 12) & 0xfff00))}`

/** @throws the system's error, also when nothing is there */
export const infoOf = async (path: string): Promise<FileInfo> => {
  const info = await stat(path)
  const type = info.isFile()
    ? 'file'
    : info.isDirectory()
      ? 'directory'
      : info.isCharacterDevice()
        ? 'character-device'
        : info.isBlockDevice()
          ? 'block-device'
          : 'other'
  return {
    type,
    size: info.size,
    mode: info.mode & 0o7777,
    uid: info.uid,
    gid: info.gid,
    inode: info.ino,
    device: deviceName(info.dev),
  }
}

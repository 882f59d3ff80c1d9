/** Reading files and their state, where absence is an answer and "not permitted" is none. */
import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { access, open, readdir, stat, statfs } from 'node:fs/promises'
import { errnoOf, messageOf, Undetermined } from '../util/errors.ts'
import { readInputFile, readInputFileSync } from '../util/input-file.ts'

export interface FileInfo {
  readonly type: 'file' | 'directory' | 'character-device' | 'block-device' | 'other'
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly inode: number
  /** Of the last change to its content, in whole seconds since 1970. */
  readonly mtime: number
  /** MAJOR:MINOR in hex, as /proc/locks writes it. */
  readonly device: string
}

/** @returns a noun for "it is a …" */
export const typeWord = (type: FileInfo['type']): string =>
  type === 'other' ? 'FIFO or socket' : type.replace('-', ' ')

const absent = new Set(['ENOENT', 'ENOTDIR'])

/** @returns what a file of the kernel says, or null where it may not be read or is not there */
const kernelWord = (path: string): string | null => {
  try {
    return readInputFileSync(path, 4096).replace(/[\0\n]/g, '')
  } catch {
    return null
  }
}

/**
 * A policy may hide a file from a session without a record, whatever its mode (SELinux: `dontaudit`).
 * @returns what confines this process, to stand behind a sentence; empty where nothing does, or does not say
 */
const confinement = (): string => {
  const label = kernelWord('/proc/self/attr/current') ?? ''
  if (/^\S+:\S+:\S+_t\b/.test(label)) {
    // A confined session may not even read this.
    const isPermissive = kernelWord('/sys/fs/selinux/enforce') === '0'
    return isPermissive || label.includes(':unconfined_t') ? '' : `; SELinux confines this session (${label})`
  }
  const profile = /^(.{1,200}) \(enforce\)$/.exec(label)?.[1]
  return profile === undefined ? '' : `; AppArmor confines this process (${profile})`
}

/** Absence is an answer (null), everything else that goes wrong is "could not look". */
export const nullIfMissing = async <T>(path: string, look: () => Promise<T>): Promise<T | null> => {
  try {
    return await look()
  } catch (error) {
    const errno = errnoOf(error)
    if (errno && absent.has(errno)) return null
    throw new Undetermined(
      errno === 'EACCES' || errno === 'EPERM'
        ? `not permitted to look at ${path}${confinement()}`
        : `${path}: ${messageOf(error)}`,
      { cause: error },
    )
  }
}

/**
 * What the kernel answers itself, and /etc, without which no program of the host would start: no reader waits
 * for it, as for a server that is gone or a process that hangs. It is read at once, in a tenth of the processor
 * time that the way through the thread pool of Node.js takes, and a check has a hundred looks at it.
 */
const isNear = (path: string): boolean => /^\/(?:proc\/(?!\d)|sys\/|dev\/|etc\/)/.test(path)

/** @throws UnusableFile */
export const textOf = async (path: string, maxBytes: number): Promise<string> =>
  isNear(path) ? readInputFileSync(path, maxBytes) : readInputFile(path, maxBytes)

export const namesIn = async (path: string): Promise<string[]> =>
  isNear(path) ? readdirSync(path) : readdir(path)

/** @param mode of access(2) */
export const requireAccess = async (path: string, mode: number): Promise<void> =>
  isNear(path) ? accessSync(path, mode) : access(path, mode)

const hex2 = (number: number) => number.toString(16).padStart(2, '0')

/** makedev(3) in reverse: 12 bits of major above 8 of minor, the rest of minor above both. */
const deviceName = (dev: number) =>
  `${hex2((dev >>> 8) & 0xfff)}:${hex2((dev & 0xff) | ((dev >>> 12) & 0xfff00))}`

export const infoOf = async (path: string): Promise<FileInfo> => {
  const info = isNear(path) ? statSync(path) : await stat(path)
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
    mtime: Math.floor(info.mtimeMs / 1000),
    device: deviceName(info.dev),
  }
}

export const readPart = async (path: string, offset: number, length: number): Promise<Uint8Array> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const buffer = new Uint8Array(length)
    const { bytesRead } = await file.read(buffer, 0, length, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export const freeAt = async (path: string): Promise<number> => {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/')) || '/') {
    const info = await nullIfMissing(at, () => statfs(at))
    if (info) return info.bavail * info.bsize
    if (at === '/') throw new Undetermined('the root file system does not answer')
  }
}

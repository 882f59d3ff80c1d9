/** What all files that a guest is started from have in common. */
import type { Verdict } from '../../src/contract/check.ts'
import { finding } from '../../src/contract/finding.ts'
import { type Kind, kindOf, magicLength } from '../../src/formats/magic.ts'
import { type FileInfo, typeWord } from '../../src/host/files.ts'
import type { Host } from '../../src/host/host.ts'

export interface FileFacts {
  readonly type: FileInfo['type']
  readonly size: number
  readonly kind: Kind
  readonly readable: boolean
  readonly writable: boolean
}

/** @returns null when there is no such file */
export const lookAtFile = async (host: Host, path: string): Promise<FileFacts | null> => {
  const info = await host.stat(path)
  if (!info) return null
  const [readable, writable] = await Promise.all([
    host.canAccess(path, 'read'),
    host.canAccess(path, 'write'),
  ])
  const isData = info.type === 'file' || info.type === 'block-device'
  const bytes = isData && readable ? await host.readBytes(path, 0, magicLength) : null
  return { type: info.type, size: info.size, kind: bytes ? kindOf(bytes) : 'data', readable, writable }
}

/** What can be wrong with any file, whatever is in it. */
export const fileFindings = {
  'not-a-file': finding<{ type: FileInfo['type'] }>({
    found: ({ type }) => `it is a ${typeWord(type)}`,
    expected: 'a file',
    hint: 'Name a file in the configuration.',
  }),
  'no-read-access': finding<{ path: string }>({
    found: 'it may not be read',
    expected: 'a file that you can read',
    hint: ({ path }) => `Give yourself access: \`sudo chown "$USER" ${path}\`.`,
  }),
  'volatile-location': finding<{ key: string }>({
    found: 'it is on a volatile file system: a reboot deletes it',
    expected: 'a directory that keeps its files',
    hint: ({ key }) => `Move it and set \`${key}\`.`,
  }),
}

type FileVerdict = Verdict<typeof fileFindings>

/** The verdict on a file that cannot be used whatever is in it, or null. */
export const unusable = (path: string, { type, readable }: FileFacts): FileVerdict | null => {
  if (type !== 'file' && type !== 'block-device')
    return { status: 'fail', code: 'not-a-file', values: { type }, path }
  if (!readable) return { status: 'fail', code: 'no-read-access', values: { path }, path }
  return null
}

/** Whether a reboot deletes the files at this place (tmpfs, systemd-tmpfiles). */
const isVolatile = (path: string): boolean => /^\/(tmp|var\/tmp|run|dev\/shm)\//.test(path)

/**
 * The warning about a file that a reboot deletes, or null.
 * @param key of the configuration, which names the file
 */
export const volatileLocation = (path: string, key: string): FileVerdict | null =>
  isVolatile(path) ? { status: 'warn', code: 'volatile-location', values: { key }, path } : null

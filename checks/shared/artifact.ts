/** What all files that a guest is started from have in common. */
import type { Verdict } from '../../src/contract/check.ts'
import { type Kind, kindOf, magicLength } from '../../src/formats/magic.ts'
import type { FileInfo } from '../../src/host/files.ts'
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

/** The verdict on a file that is no use whatever is in it, or null. */
export const unusable = (path: string, file: FileFacts, expected: string): Verdict | null => {
  const wrong = (found: string, hint: string): Verdict => ({
    status: 'fail',
    found,
    expected,
    path: path,
    hint,
  })
  if (file.type === 'directory') return wrong('a directory', 'Name the file in the configuration.')
  if (file.type !== 'file' && file.type !== 'block-device')
    return wrong(`a ${file.type.replace('-', ' ')}`, 'Name a file in the configuration.')
  if (!file.readable)
    return wrong('it may not be read', `Give yourself access: \`sudo chown "$USER" ${path}\`.`)
  return null
}

/** Whether a reboot clears the place of a file (tmpfs, systemd-tmpfiles). */
const isFleeting = (path: string): boolean => /^\/(tmp|var\/tmp|run|dev\/shm)\//.test(path)

/** The warning about a file whose place does not last, or null. */
export const volatileLocation = (path: string, key: string): Verdict | null =>
  isFleeting(path)
    ? {
        status: 'warn',
        found: 'a reboot clears its place',
        expected: 'a lasting place',
        path: path,
        hint: `Move it and set \`${key}\`.`,
      }
    : null

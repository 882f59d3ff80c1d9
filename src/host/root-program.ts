/**
 * The programs that run as root. PATH belongs to the user, and a program in a directory of the user is one
 * that every process of the user can exchange: root runs fixed paths, which only root can change.
 */
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import { pathFault } from '../util/trusted-path.ts'

/** As sudo's secure_path on Debian, and where NixOS has its set-user-id and other programs. */
const directories: readonly string[] = [
  ...['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'],
  ...['/run/wrappers/bin', '/run/current-system/sw/bin'],
]

/** The PATH of every program that runs as root. */
export const rootPath: string = directories.join(':')

const isRootOnly = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK)
    return (await pathFault(path, 0)) === null
  } catch {
    return false
  }
}

/**
 * @param program a name, or an absolute path, which counts where only root can change it
 * @returns the absolute path, or null when root has no such program
 */
export const rootProgram = async (program: string): Promise<string | null> => {
  const name = basename(program)
  const candidates = [
    ...(program.startsWith('/') ? [program] : []),
    ...directories.map((directory) => `${directory}/${name}`),
  ]
  for (const path of candidates) if (await isRootOnly(path)) return path
  return null
}

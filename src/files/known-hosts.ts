/** The host keys of guests: a file for each guest as it was made, so that a new guest brings a new key and no alarm. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { ensureDirectory } from './directory.ts'

/** What tells one made guest from the next. */
export interface GuestInstance {
  readonly guest: number
  readonly disk: string
  /** cloud-init makes new host keys for a new one; null where it is not known. */
  readonly instanceId: string | null
}

export interface KnownHosts {
  readonly file: string
  /** The name of the guest in the file. */
  readonly alias: string
}

/** A new disk is a new file. An inode number is used again, its time of birth is not. */
const identityOf = async (disk: string): Promise<string> => {
  const info = await stat(disk).catch(() => null)
  return info === null ? 'none' : `${info.dev}:${info.ino}:${info.birthtimeMs}`
}

/**
 * @param directory made with mode 0700
 * @returns the file; ssh creates it at the first login
 * @throws DoctorError (exit 5) when others can change what is in the directory
 */
export const knownHostsOf = async (
  directory: string,
  { guest, disk, instanceId }: GuestInstance,
): Promise<KnownHosts> => {
  await ensureDirectory(directory, 0o700)
  const made = `${disk}\0${await identityOf(disk)}\0${instanceId ?? ''}`
  const name = `guest-${guest}-${createHash('sha256').update(made).digest('hex').slice(0, 16)}`
  return { file: `${directory}/${name}`, alias: name }
}

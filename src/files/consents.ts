/** Which configuration files of working directories the user agreed to, by digest of path and content. */
import { createHash } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { pathFault } from '../util/trusted-path.ts'
import { ensureDirectory } from './directory.ts'
import { writeFileAtomic } from './write.ts'

/** @returns the path of the record; its name is the digest */
const recordOf = (stateDir: string, path: string, text: string): string =>
  `${stateDir}/consents/${createHash('sha256').update(`${path}\0${text}`).digest('hex')}`

/** @param uid the user; a record that others may have made counts for nothing */
export const hasConsent = async (
  stateDir: string,
  uid: number,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<boolean> => {
  const record = recordOf(stateDir, path, text)
  const info = await lstat(record).catch(() => null)
  return info?.isFile() === true && (await pathFault(record, uid)) === null
}

/** @throws DoctorError when the state directory cannot be written or is not safe */
export const rememberConsent = async (
  stateDir: string,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<void> => {
  await ensureDirectory(`${stateDir}/consents`, 0o700)
  await writeFileAtomic(recordOf(stateDir, path, text), `${path}\n`, 0o600)
}

/** The signed catalogue in data_dir: its text and its signature in one file, so that they are replaced together. */
import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DoctorError, errnoOf, exit } from '../util/errors.ts'
import { readInputFile, UnusableFile } from '../util/input-file.ts'
import { isMap } from '../util/json.ts'
import { pathFault } from '../util/trusted-path.ts'
import { ensureDirectory } from './directory.ts'
import { ownFile } from './own-file.ts'
import { writeFileAtomic } from './write.ts'

export interface SignedFile {
  readonly text: string
  /** Detached, armored. */
  readonly signature: string
}

/** Text and signature have 1 MiB each at most; JSON escapes their quotes and line ends. */
const maxBytes = 4 * 2 ** 20

export const catalogueFile = ({ data_dir }: { readonly data_dir: string }): string =>
  `${data_dir}/catalogue.json`

const parse = (json: string): SignedFile | { readonly wrong: string } => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return { wrong: 'it is not JSON' }
  }
  if (
    !isMap(value) ||
    Object.keys(value).sort().join() !== 'signature,text' ||
    typeof value.text !== 'string' ||
    typeof value.signature !== 'string'
  )
    return { wrong: 'it is not what `update --catalogue` writes' }
  return { text: value.text, signature: value.signature }
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error) => errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR',
  )

/** @returns null where there is none; or why it cannot be used, as the end of a sentence about it */
export const readCatalogueFile = async (
  path: string,
): Promise<SignedFile | { readonly wrong: string } | null> => {
  if (!(await isThere(path))) return null
  try {
    const fault = await pathFault(path, process.getuid?.() ?? 0)
    if (fault !== null) return { wrong: fault }
    if ((await ownFile(path)) === null) return { wrong: 'it is not a file of your own with one name' }
    return parse(await readInputFile(path, maxBytes))
  } catch (error) {
    if (error instanceof UnusableFile) return { wrong: `it ${error.because}` }
    if (errnoOf(error) === null) throw error
    return { wrong: `it cannot be read (${errnoOf(error)})` }
  }
}

/** Replaces it as a whole. @throws DoctorError (exit 5) when it cannot be written safely */
export const writeCatalogueFile = async (path: string, { text, signature }: SignedFile): Promise<void> => {
  await ensureDirectory(dirname(path))
  try {
    await writeFileAtomic(path, `${JSON.stringify({ text, signature })}\n`, 0o644)
  } catch (error) {
    if (errnoOf(error) === null) throw error
    throw new DoctorError(exit.fixFailed, `${path} cannot be written (${errnoOf(error)}).`, { cause: error })
  }
}

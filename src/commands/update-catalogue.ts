/** `chv-doctor update --catalogue`: fetches the signed catalogue, and keeps it where it counts and is newer. */
import { mirror } from '../catalogue/mirrors.ts'
import { type Refused, type Verified, verifyCatalogue } from '../download/signed-catalogue.ts'
import { fetchSmall } from '../download/small.ts'
import {
  catalogueFile,
  readCatalogueFile,
  type SignedFile,
  writeCatalogueFile,
} from '../files/catalogue-file.ts'
import { tryLock } from '../files/lock.ts'
import { catalogueName } from '../report/catalogue-text.ts'
import { pageFor } from '../report/layout.ts'
import { DoctorError, exit, Undetermined, UsageError } from '../util/errors.ts'
import type { Context } from './context.ts'

/** A person waits for the answer. */
const stallMs = 10_000

const fetchSigned = async ({ config, signal }: Context, address: string): Promise<SignedFile> => {
  const at = (url: string) => mirror(url, config.mirrors)
  const remote = [at(address), at(`${address}.asc`)].find((url) => !url.startsWith('file:'))
  if (config.offline && remote !== undefined) throw new Undetermined(`Offline, so ${remote} is not asked`)
  const patience = { signal, stallMs, retryMs: 500 }
  // What is verified is what would be kept: text that is no UTF-8 does not survive, and its signature does not fit.
  const text = (await fetchSmall(at(address), patience)).toString()
  return { text, signature: (await fetchSmall(at(`${address}.asc`), patience)).toString() }
}

/** The one in data_dir where it counts; what does not count holds nothing up. */
const verifiedBefore = async (path: string, key: string): Promise<(Verified & SignedFile) | null> => {
  const file = await readCatalogueFile(path)
  if (file === null || 'wrong' in file) return null
  const verified = await verifyCatalogue(file, key)
  return 'wrong' in verified ? null : { ...verified, ...file }
}

/** Why a newer file may not replace the one before, or null: whoever answers could send an older one again. */
const setback = ({ signed, text }: Verified & SignedFile, before: Verified & SignedFile): Refused | null => {
  if (signed.version < before.signed.version)
    return { wrong: `it has version ${signed.version}, and version ${before.signed.version} is in force` }
  return signed.version === before.signed.version && text !== before.text
    ? { wrong: `it has version ${signed.version} like the one in force, but says something else` }
    : null
}

/** @returns the exit code: 0 when the newest is in force; throws DoctorError when nothing was replaced */
export const updateCatalogue = async (context: Context): Promise<number> => {
  const { catalogue_url: url, catalogue_key: key } = context.config
  if (url === null || key === null)
    throw new UsageError(
      `The catalogue comes with chv-doctor ${context.version}: set catalogue_url and catalogue_key to refresh it from a signed file.`,
    )
  const refused = ({ wrong }: Refused) =>
    new DoctorError(exit.fixFailed, `The catalogue of ${url} is not taken: ${wrong}.`)
  const file = await fetchSigned(context, url)
  const verified = await verifyCatalogue(file, key)
  if ('wrong' in verified) throw refused(verified)
  const path = catalogueFile(context.config)
  const lock = await tryLock(`${path}.lock`)
  if (typeof lock === 'number')
    throw new DoctorError(exit.fixFailed, `Another chv-doctor (process ${lock}) replaces ${path}; try again.`)
  try {
    const before = await verifiedBefore(path, key)
    const wrong = before && setback({ ...verified, ...file }, before)
    if (wrong) throw refused(wrong)
    const isNew = before?.signed.version !== verified.signed.version
    if (isNew) await writeCatalogueFile(path, file)
    const sentence = isNew
      ? `The catalogue in force is now ${catalogueName(verified.signed)}; it is kept in ${path}.`
      : `The catalogue in force is the newest: ${catalogueName(verified.signed)}.`
    context.out.text(`${pageFor(context.look).lines(sentence).join('\n')}\n`)
    return exit.healthy
  } finally {
    await lock()
  }
}

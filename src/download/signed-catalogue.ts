/** Whether a signed catalogue counts: its signature, its form and its age, the same when it is fetched and used. */
import { builtInCatalogue, builtInDate, type Catalogue, type SignedOrigin } from '../catalogue/catalogue.ts'
import { parseSignedText } from '../catalogue/signed-text.ts'
import { withSigned } from '../catalogue/with-signed.ts'
import type { Config } from '../config/keys.ts'
import { catalogueFile, readCatalogueFile, type SignedFile } from '../files/catalogue-file.ts'
import { DoctorError, errnoOf } from '../util/errors.ts'
import { readInputFile, UnusableFile } from '../util/input-file.ts'
import { pathFault } from '../util/trusted-path.ts'

export interface Verified {
  readonly catalogue: Catalogue
  readonly signed: SignedOrigin
}

/** Why something does not count, as the end of a sentence about it. */
export interface Refused {
  readonly wrong: string
}

/** A public key has some kilobytes; one with many foreign signatures some hundred. */
const maxKeyBytes = 2 ** 20

const keyIn = async (path: string): Promise<Buffer | Refused> => {
  try {
    const fault = await pathFault(path, process.getuid?.() ?? 0)
    if (fault !== null) return { wrong: `its key ${path} is not trusted (${fault})` }
    return Buffer.from(await readInputFile(path, maxKeyBytes))
  } catch (error) {
    if (error instanceof UnusableFile) return { wrong: `its key ${path} ${error.because}` }
    if (errnoOf(error) === null) throw error
    return { wrong: `its key ${path} cannot be read (${errnoOf(error)})` }
  }
}

/** @param keyPath the value of `catalogue_key` */
export const verifyCatalogue = async (
  { text, signature }: SignedFile,
  keyPath: string,
): Promise<Verified | Refused> => {
  const bytes = await keyIn(keyPath)
  if (!Buffer.isBuffer(bytes)) return bytes
  const { signerOf } = await import('./signature.ts')
  const key = { owner: keyPath, fingerprint: null, bytes }
  const signer = await signerOf(Buffer.from(text), Buffer.from(signature), key).catch((error) => {
    if (error instanceof DoctorError) return { fault: error.message.replace(/\.$/, '') }
    throw error
  })
  if ('fault' in signer) return { wrong: `its signature does not count: ${signer.fault}` }
  // Only now: what is not signed by the key is not even parsed.
  const parsed = parseSignedText(text)
  if ('wrong' in parsed) return parsed
  if (parsed.date < builtInDate)
    return { wrong: `it is of ${parsed.date}, older than that of this chv-doctor (${builtInDate})` }
  const catalogue = withSigned(parsed, signer.fingerprint)
  const { version, date } = parsed
  return { catalogue, signed: { fingerprint: signer.fingerprint, version, date } }
}

export interface InForce {
  readonly catalogue: Catalogue
  /** A sentence where the file in data_dir does not count. */
  readonly note: string | null
}

/** @returns the catalogue in force: the signed one in data_dir where it counts, else that of this release */
export const loadCatalogue = async (config: Config): Promise<InForce> => {
  if (config.catalogue_key === null) return { catalogue: builtInCatalogue, note: null }
  const path = catalogueFile(config)
  const file = await readCatalogueFile(path)
  if (file === null) return { catalogue: builtInCatalogue, note: null }
  const verified = 'wrong' in file ? file : await verifyCatalogue(file, config.catalogue_key)
  if (!('wrong' in verified)) return { catalogue: verified.catalogue, note: null }
  const remedy = `delete it, or replace it with \`chv-doctor update --catalogue\``
  return {
    catalogue: builtInCatalogue,
    note: `${path} is not used, but the catalogue of this chv-doctor: ${verified.wrong}; ${remedy}.`,
  }
}

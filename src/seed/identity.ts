/**
 * What a seed is told apart by. cloud-init runs its first-boot modules again only for an instance-id
 * that it has not seen: other content under the same id is ignored by a guest that has booted before.
 */
import { createHash } from 'node:crypto'

export interface SeedFiles {
  readonly 'user-data': string
  readonly 'meta-data': string
  /** Null where there is none. */
  readonly 'network-config': string | null
  readonly 'vendor-data': string | null
}

/** A file of ours in the image, beside those that cloud-init reads; it reads no other. */
export const recordName = 'chv-doctor.json'

export interface SeedRecord {
  /** The directory that the files come from. */
  readonly from: string
  /** Every instance-id that this image and those before it had, with the content that it first stood for. */
  readonly ids: Readonly<Record<string, string>>
}

/** The id of a generated seed: it says what it stands for, so that nothing else has to remember it. */
export const generatedId = (userData: string, networkConfig: string): string =>
  `chv-doctor-${createHash('sha256').update(userData).update(networkConfig).digest('hex').slice(0, 12)}`

/** A digest of all files. */
const digestOf = (files: SeedFiles): string => {
  const hash = createHash('sha256')
  for (const name of ['user-data', 'meta-data', 'network-config', 'vendor-data'] as const) {
    hash.update(`${name}\0${files[name]?.length ?? 'none'}\0${files[name] ?? ''}`)
  }
  return hash.digest('hex')
}

/** Reads what `recordOf` wrote; null when it is something else. */
export const parseRecord = (text: string | null): SeedRecord | null => {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<SeedRecord> | null
    return typeof value?.from === 'string' && typeof value.ids === 'object' && value.ids !== null
      ? (value as SeedRecord)
      : null
  } catch {
    return null
  }
}

/** The record for a new image. @param earlier that of the image before it */
export const recordOf = (
  from: string,
  id: string,
  files: SeedFiles,
  earlier: SeedRecord | null,
): SeedRecord => ({ from, ids: { [id]: digestOf(files), ...earlier?.ids } })

/** Whether an id stood for other content before, as far as can be told. */
export const isStale = (id: string, files: SeedFiles, record: SeedRecord | null): boolean => {
  if (/^chv-doctor-[0-9a-f]{12}$/.test(id))
    return id !== generatedId(files['user-data'], files['network-config'] ?? '')
  const first = record?.ids[id]
  return first !== undefined && first !== digestOf(files)
}

/**
 * The half-made file of a download and what it is half of. It is always a beginning of the file, so
 * that the next run goes on where this one ended, however it ended.
 */
import { createReadStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { ownFile } from '../files/own-file.ts'

/** Which version of which file the part is of. */
export interface Origin {
  readonly url: string
  readonly validator: string
  readonly total: number
}

const besides = (path: string, suffix: string): string => `${dirname(path)}/.${basename(path)}.${suffix}`

export const partOf = (path: string): string => besides(path, 'part')
export const lockOf = (path: string): string => besides(path, 'lock')
export const originOf = (path: string): string => besides(path, 'part.json')

const isOrigin = (value: unknown): value is Origin => {
  if (typeof value !== 'object' || value === null) return false
  const { url, validator, total } = value as Record<string, unknown>
  return typeof url === 'string' && typeof validator === 'string' && Number.isSafeInteger(total)
}

/**
 * @returns what an earlier run of this user left of this address, or null when there is nothing to go on with;
 *   a part of another user, behind a link or with a second name is never continued
 */
export const resumableState = async (
  path: string,
  url: string,
): Promise<(Origin & { size: number }) | null> => {
  try {
    const [part, description] = await Promise.all([ownFile(partOf(path)), ownFile(originOf(path))])
    if (!part || !description) return null
    const { size } = part
    const origin: unknown = JSON.parse(await readFile(originOf(path), 'utf8'))
    return isOrigin(origin) && origin.url === url && size > 0 && size <= origin.total
      ? { ...origin, size }
      : null
  } catch {
    return null
  }
}

/** Removes the half-made file and its description. */
export const dropPart = async (path: string): Promise<void> => {
  // The description first: alone it means nothing, and a part without it is never continued.
  await rm(originOf(path), { force: true })
  await rm(partOf(path), { force: true })
}

/** The bytes of a file, in order. */
export const bytesOf = (path: string): AsyncIterable<Buffer> =>
  createReadStream(path, { highWaterMark: 2 ** 20 })

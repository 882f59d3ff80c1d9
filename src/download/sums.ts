/** The digest of a file from the list of sums that its vendor publishes, verified where the vendor signs it. */
import { readFile } from 'node:fs/promises'
import type { Integrity } from '../catalogue/integrity.ts'
import { signingKeys } from '../catalogue/signing-keys.ts'
import { errnoOf } from '../util/errors.ts'
import type { Timeouts } from './body.ts'
import { failed } from './remote.ts'
import { fetchSmall } from './small.ts'

export type Sums = Extract<Integrity, { by: 'sums' }>

const digits = { sha256: 64, sha512: 128 } as const

/**
 * Finds a file in the output of sha256sum or sha512sum ("DIGEST  FILE" or "DIGEST *FILE").
 * @returns the digest, or null when the list does not name the file
 */
export const findSum = (
  text: string,
  { file, algorithm }: Pick<Sums, 'file' | 'algorithm'>,
): string | null => {
  for (const line of text.split('\n')) {
    const match = /^([0-9a-f]+) [ *](?:\.\/)?(.+?)\r?$/i.exec(line)
    if (match?.[2] === file && match[1]?.length === digits[algorithm]) return match[1].toLowerCase()
  }
  return null
}

const keyOf = async (key: string) => {
  const known = signingKeys[key]
  if (known) return { ...known, bytes: Buffer.from(known.base64, 'base64') }
  const bytes = await readFile(key).catch((error) => {
    throw failed(`The key file ${key} cannot be read (${errnoOf(error)}).`, error)
  })
  return { owner: key, fingerprint: null, bytes }
}

/**
 * @returns the digest that the list names, once its signature, where it has one, is verified
 * @throws DoctorError when the list, the signature or the name in the list is wrong
 */
export const digestFromSums = async (sums: Sums, patience: Timeouts): Promise<string> => {
  const { url, signature, file } = sums
  const once = async () => {
    const list = await fetchSmall(url, patience)
    if (!signature) return list
    const { verify } = await import('./signature.ts')
    const fault = await verify(list, await fetchSmall(signature.url, patience), await keyOf(signature.key))
    return fault === null ? list : { fault }
  }
  let list = await once()
  // A list and its signature are not replaced in one instant either.
  if (!Buffer.isBuffer(list)) list = await once()
  if (!Buffer.isBuffer(list)) {
    throw failed(`${signature?.url} does not vouch for ${url}: ${list.fault}; nothing was fetched.`)
  }
  const text = list.toString()
  const digest = findSum(text, sums)
  if (digest === null) {
    throw failed(
      /^\s*</.test(text)
        ? `${url} sends a web page instead of a list of sums; open it in a browser to see what it says.`
        : `${url} does not list ${file}; check the address of the image.`,
    )
  }
  return digest
}

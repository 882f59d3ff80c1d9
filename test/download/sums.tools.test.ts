/** Lists of sums and their signatures, as Ubuntu and Debian publish them; the signatures are GnuPG's. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Integrity } from '../../src/catalogue/integrity.ts'
import { signingKeys } from '../../src/catalogue/signing-keys.ts'
import { download } from '../../src/download/download.ts'
import { verify } from '../../src/download/signature.ts'
import { findSum } from '../../src/download/sums.ts'
import { content, failureOf, hooks, stepTo } from '../helpers/download.ts'
import {
  type Answer,
  cut,
  endless,
  type FileServer,
  page,
  ranged,
  startFileServer,
  status,
  whole,
} from '../helpers/file-server.ts'
import { createSigner, type Signer } from '../helpers/gpg.ts'
import { scratch } from '../helpers/scratch.ts'

const name = 'image-amd64.img'
const digest = (bytes: Uint8Array, algorithm = 'sha256') => createHash(algorithm).update(bytes).digest('hex')
const listOf = (bytes: Uint8Array) =>
  Buffer.from(
    `${'0'.repeat(64)} *other.img\n${digest(bytes)} *${name}\n${'1'.repeat(64)} *${name}.manifest\n`,
  )

let vendor: Signer
let stranger: Signer
beforeAll(() => {
  vendor = createSigner('vendor')
  stranger = createSigner('stranger')
})
afterAll(() => {
  vendor.close()
  stranger.close()
})

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close(), 5000)

type Answers = readonly [Answer, ...Answer[]]

/** A site that publishes an image, its sums and their signature. */
const site = (files: { image?: Answers; list?: Answers; signature?: Answers | null }) => {
  const list = listOf(content)
  const image = server.on(`/${name}`, ...(files.image ?? ([ranged(content)] as const)))
  const url = server.on('/SHA256SUMS', ...(files.list ?? ([whole(list)] as const)))
  const signature =
    files.signature === null
      ? null
      : {
          url: server.on(
            '/SHA256SUMS.gpg',
            ...(files.signature ?? ([whole(vendor.sign(list, '--armor'))] as const)),
          ),
          key: vendor.publicKey,
        }
  const proof: Integrity = { by: 'sums', algorithm: 'sha256', url, file: name, signature }
  const directory = scratch()
  return { directory, step: stepTo(`${directory}/f`, image, { proof }) }
}

describe('a file that a list of sums vouches for', () => {
  it.each([
    ['an armored signature', () => ({})],
    ['a binary signature', () => ({ signature: [whole(vendor.sign(listOf(content)))] as const })],
    ['no signature', () => ({ signature: null })],
    [
      'a signature by two keys, of which we know the second',
      () => ({
        signature: [
          whole(Buffer.concat([stranger.sign(listOf(content)), vendor.sign(listOf(content))])),
        ] as const,
      }),
    ],
    [
      'a list that was replaced while it was read',
      () => ({ list: [whole(listOf(content.subarray(1))), whole(listOf(content))] as const }),
    ],
    [
      'a list that does not come at once',
      () => ({ list: [cut(listOf(content), 9), whole(listOf(content))] as const }),
    ],
    [
      'an image that was replaced after its list was read',
      () => {
        const old = listOf(content.subarray(1))
        return {
          list: [whole(old), whole(listOf(content))] as const,
          signature: [whole(vendor.sign(old)), whole(vendor.sign(listOf(content)))] as const,
        }
      },
    ],
  ])('is installed with %s', async (_name, make) => {
    const { directory, step } = site(make())
    expect(await download(step, hooks())).toBe('downloaded')
    expect(readFileSync(step.path).equals(content)).toBe(true)
    expect(readdirSync(directory)).toEqual(['f'])
    // Where it is already there, the list is all that is asked for.
    const before = server.hits(`/${name}`)
    expect(await download(step, hooks())).toBe('already there')
    expect(server.hits(`/${name}`)).toBe(before)
  })

  const lie = () => listOf(content.subarray(1))
  const refused: readonly [string, () => Parameters<typeof site>[0], RegExp][] = [
    [
      'the signature is of other sums',
      () => ({ list: [whole(lie())] }),
      /SHA256SUMS\.gpg does not vouch for http:.*SHA256SUMS: it does not fit \(.*\); nothing was fetched\.$/,
    ],
    [
      'the signature is by a stranger',
      () => ({ signature: [whole(stranger.sign(listOf(content)))] }),
      /does not vouch for .*: it is by the key [0-9A-F]{16}, not by .*public\.asc; nothing was fetched/,
    ],
    ['the signature is a web page', () => ({ signature: [page] }), /it is not an OpenPGP signature/],
    [
      'the signature is cut short',
      () => ({ signature: [whole(vendor.sign(listOf(content)).subarray(0, 100))] }),
      /not an OpenPGP signature|does not fit/,
    ],
    ['the signature is missing', () => ({ signature: [status(404)] }), /SHA256SUMS\.gpg answers 404/],
    ['the list is missing', () => ({ list: [status(404)] }), /SHA256SUMS answers 404/],
    [
      'the list is a web page',
      () => ({ list: [page], signature: null }),
      /sends a web page instead of a list/,
    ],
    [
      'the list does not name the file',
      () => ({ list: [whole(Buffer.from(`${'0'.repeat(64)} *else.img\n`))], signature: null }),
      /SHA256SUMS does not list image-amd64\.img; check the address/,
    ],
    [
      'the list has no end',
      () => ({ list: [endless(200)], signature: null }),
      /is too large: more than 1 MiB/,
    ],
    [
      'the image is another one',
      () => ({ image: [ranged(content.subarray(1))] }),
      /is not the expected file \(SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}\); it was not kept/,
    ],
  ]
  it.each(refused)('is refused when %s', async (_name, make, message) => {
    const { directory, step } = site(make())
    writeFileSync(step.path, 'mine')
    const error = await failureOf(download(step, hooks()))
    expect(error.message).toMatch(message)
    expect(error.exitCode).toBe(5)
    expect(readdirSync(directory)).toEqual(['f'])
    expect(readFileSync(step.path, 'utf8')).toBe('mine')
  })

  it('may be long, as Debian has it', async () => {
    const url = server.on('/SHA512SUMS', whole(Buffer.from(`${digest(content, 'sha512')}  ${name}\n`)))
    const proof: Integrity = { by: 'sums', algorithm: 'sha512', url, file: name, signature: null }
    const step = stepTo(`${scratch()}/f`, server.on('/f', ranged(content)), { proof })
    expect(await download(step, hooks())).toBe('downloaded')
    const other = stepTo(`${scratch()}/f`, server.on('/g', ranged(content.subarray(1))), { proof })
    expect((await failureOf(download(other, hooks()))).message).toMatch(/SHA-512 [0-9a-f]{128}, expected/)
  })

  it('needs a key file that can be read and is one', async () => {
    const { step } = site({})
    const withKey = (key: string) => {
      const { proof } = step
      if (proof.by !== 'sums' || !proof.signature) throw new Error('not signed')
      return { ...step, proof: { ...proof, signature: { ...proof.signature, key } } }
    }
    const directory = scratch()
    const missing = await failureOf(download(withKey(`${directory}/no.asc`), hooks()))
    expect(missing.message).toBe(`The key file ${directory}/no.asc cannot be read (ENOENT).`)
    for (const text of ['-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nx\n', 'no key at all']) {
      writeFileSync(`${directory}/bad.asc`, text)
      const error = await failureOf(download(withKey(`${directory}/bad.asc`), hooks()))
      expect(error.message).toMatch(/bad\.asc is not an OpenPGP public key \(|holds no usable public key/)
    }
  })
})

describe('a list of sums', () => {
  const hex = 'Ab'.repeat(32)
  it.each([
    [`${hex} *f`, 'f', hex.toLowerCase()],
    [`${hex}  f`, 'f', hex.toLowerCase()],
    [`${hex}  ./f\r`, 'f', hex.toLowerCase()],
    [`${hex}  with space`, 'with space', hex.toLowerCase()],
    [`${hex}  dir/f`, 'f', null],
    [`${hex}  f.manifest`, 'f', null],
    [`${hex.slice(2)}  f`, 'f', null],
    [`${hex}${hex}  f`, 'f', null],
    ['', 'f', null],
  ])('%j names %s: %s', (text, file, expected) => {
    expect(findSum(`# comment\n${text}\n`, { file, algorithm: 'sha256' })).toBe(expected)
  })
})

describe('the keys of the catalogue', () => {
  it.each(Object.entries(signingKeys))('%s is what its fingerprint says', async (_name, key) => {
    const { readKey } = await import('openpgp')
    const parsed = await readKey({ binaryKey: Buffer.from(key.base64, 'base64') })
    expect(parsed.getFingerprint().toUpperCase()).toBe(key.fingerprint)
    await parsed.verifyPrimaryKey()
    const trusted = { ...key, bytes: Buffer.from(key.base64, 'base64') }
    const data = listOf(content)
    expect(await verify(data, vendor.sign(data), trusted)).toMatch(/it is by the key/)
    // The bytes alone are not believed.
    const swapped = { ...trusted, bytes: readFileSync(vendor.publicKey) }
    await expect(verify(data, vendor.sign(data), swapped)).rejects.toThrow('holds no usable public key')
  })
})

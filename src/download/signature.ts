/** Verifies OpenPGP signatures: the only place that knows openpgp, which is loaded on use. */
import type { Key } from 'openpgp'
import { messageOf } from '../util/errors.ts'
import { failed } from './remote.ts'

export interface TrustedKey {
  /** For sentences. */
  readonly owner: string
  /** What the key must be, or null for a key file that the user named. */
  readonly fingerprint: string | null
  /** Armored or binary. */
  readonly bytes: Buffer
}

const isArmored = (bytes: Buffer): boolean => bytes.subarray(0, 64).toString('latin1').includes('-----BEGIN')

const readKeys = async ({ owner, bytes, fingerprint }: TrustedKey): Promise<Key[]> => {
  const { readKeys: parse } = await import('openpgp')
  const keys = await (isArmored(bytes)
    ? parse({ armoredKeys: bytes.toString() })
    : parse({ binaryKeys: bytes })
  ).catch((error) => {
    throw failed(`${owner} is not an OpenPGP public key (${messageOf(error)}).`, error)
  })
  return keys.filter((key) => fingerprint === null || key.getFingerprint().toUpperCase() === fingerprint)
}

/** Who signed: the fingerprint of the primary key, in upper case; or why that cannot be said. */
export type Signer = { readonly fingerprint: string } | { readonly fault: string }

/**
 * @param signature a detached signature, armored or binary, that may hold several
 * @returns the one of the keys that signed exactly these bytes, or why that cannot be said
 * @throws DoctorError when the key itself is of no use
 */
export const signerOf = async (data: Buffer, signature: Buffer, trusted: TrustedKey): Promise<Signer> => {
  const { createMessage, readSignature, verify: check } = await import('openpgp')
  const verificationKeys = await readKeys(trusted)
  if (verificationKeys.length === 0) throw failed(`${trusted.owner} holds no usable public key.`)
  const parsed = await (isArmored(signature)
    ? readSignature({ armoredSignature: signature.toString() })
    : readSignature({ binarySignature: signature })
  ).catch(() => null)
  if (!parsed) return { fault: 'it is not an OpenPGP signature' }
  const { signatures } = await check({
    message: await createMessage({ binary: data }),
    signature: parsed,
    verificationKeys,
  })
  let fault = 'it holds no signature'
  for (const { verified, keyID } of signatures) {
    const partsOf = (key: Key) => key.getKeys().map((part) => part.getKeyID().toHex())
    const signer = verificationKeys.find((key) => partsOf(key).includes(keyID.toHex()))
    try {
      await verified
      if (signer) return { fingerprint: signer.getFingerprint().toUpperCase() }
    } catch (error) {
      fault = !signer
        ? `it is by the key ${keyID.toHex().toUpperCase()}, not by ${trusted.owner}`
        : /future/.test(messageOf(error))
          ? 'it is dated in the future; check the clock of this host'
          : `it does not fit (${messageOf(error)})`
    }
  }
  return { fault }
}

/**
 * @returns null when one of the keys signed exactly these bytes, or why that cannot be said
 * @throws DoctorError when the key itself is of no use
 */
export const verify = async (
  data: Buffer,
  signature: Buffer,
  trusted: TrustedKey,
): Promise<string | null> => {
  const signer = await signerOf(data, signature, trusted)
  return 'fault' in signer ? signer.fault : null
}

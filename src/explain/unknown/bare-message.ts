/** Messages of Cloud Hypervisor that were pasted alone, without the record or chain that shows whose they are. */
import type { Failure } from '../reading/failure.ts'
import { hashesOf } from './message-hash.ts'
import { errorBeginning, errorWhole, warningBeginning, warningWhole } from './own-messages.ts'

interface Packed {
  readonly lengths: readonly number[]
  readonly hashes: string
}

interface Known {
  readonly lengths: ReadonlySet<number>
  readonly hashes: ReadonlySet<number>
}

const unpacked = ({ lengths, hashes }: Packed): Known => {
  const bytes = Uint8Array.from(Buffer.from(hashes, 'base64'))
  return { lengths: new Set(lengths), hashes: new Set(new Uint32Array(bytes.buffer)) }
}

interface Messages {
  /** Without a value in it: what stands behind it is another level, or nothing. */
  readonly whole: Known
  /** Up to its first value. */
  readonly beginning: Known
}

type Kinds = readonly (readonly ['error-record' | 'warning', Messages])[]

let unpackedKinds: Kinds | null = null

/** Only a text with a line that nothing else explains needs them. */
const kinds = (): Kinds => {
  unpackedKinds ??= [
    ['error-record', { whole: unpacked(errorWhole), beginning: unpacked(errorBeginning) }],
    ['warning', { whole: unpacked(warningWhole), beginning: unpacked(warningBeginning) }],
  ]
  return unpackedKinds
}

/** No message is longer up to its first value. */
const maxLength = 200

/** People pick out a few lines; in a longer text a hash may be that of another line by chance. */
const fewLines = 60

const formOf = (text: string): 'error-record' | 'warning' | null => {
  const hashes = hashesOf(text.slice(0, maxLength))
  for (const [form, { whole, beginning }] of kinds()) {
    for (const [at, hash] of hashes.entries()) {
      if (beginning.lengths.has(at + 1) && beginning.hashes.has(hash)) return form
      const ends = /^[:.,]?$/.test(text.charAt(at + 1))
      if (ends && whole.lengths.has(at + 1) && whole.hashes.has(hash)) return form
    }
  }
  return null
}

/**
 * @param count how many lines the text has
 * @returns a loose line as what it is in the sources, an error or a warning; null where it is none of theirs
 */
export const asOwnMessage = (failure: Failure, count: number): Failure | null => {
  const [text = ''] = failure.texts
  if (failure.form !== 'line' || failure.isForeign || count > fewLines) return null
  const form = formOf(text)
  return form === null ? null : { ...failure, form }
}

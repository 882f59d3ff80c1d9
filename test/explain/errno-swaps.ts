/** The same text with another errno: what would be printed if the same step had failed for another reason. */

interface Errno {
  readonly number: number
  readonly words: string
  readonly kind: string
}

/** Of each kind: rights, a device, memory, use by others, room, a connection. */
export const errnos: readonly Errno[] = [
  { number: 1, words: 'Operation not permitted', kind: 'PermissionDenied' },
  { number: 5, words: 'Input/output error', kind: 'Uncategorized' },
  { number: 12, words: 'Cannot allocate memory', kind: 'OutOfMemory' },
  { number: 16, words: 'Device or resource busy', kind: 'ResourceBusy' },
  { number: 28, words: 'No space left on device', kind: 'StorageFull' },
  { number: 111, words: 'Connection refused', kind: 'ConnectionRefused' },
]

const displayed = /[A-Z][\w /'-]{2,50} \(os error \d{1,3}\)/g
const debugged = /code: \d{1,3}, kind: \w{1,40}, message: "[^"]{0,80}"/g
const bare = /\bError\(\d{1,3}\)/g

/** @returns the text with each errno replaced; the text itself where it names none by its number */
export const withErrno = (text: string, { number, words, kind }: Errno): string =>
  text
    .replace(displayed, `${words} (os error ${number})`)
    .replace(debugged, `code: ${number}, kind: ${kind}, message: "${words}"`)
    .replace(bare, `Error(${number})`)

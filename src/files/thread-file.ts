/** Where the program of a thread is, which the bundler makes a file of its own. */
import { existsSync } from 'node:fs'

/** @returns null where it is not there: outside the built program */
export const threadFile = (name: 'receive-file' | 'unpack-image'): URL | null => {
  const file = new URL(`./${name}.mjs`, import.meta.url)
  return existsSync(file) ? file : null
}

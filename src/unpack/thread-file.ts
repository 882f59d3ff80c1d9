/** Where the thread that unpacks is, which the bundler makes a file of its own. */
import { existsSync } from 'node:fs'

const file = new URL('./unpack-image.mjs', import.meta.url)

/** @returns null where it is not there: outside the built program */
export const threadFile = (): URL | null => (existsSync(file) ? file : null)

/** Where programs are kept that only tests use and that are not installed: safe to delete at any time. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'

export const cacheDirectory = `${process.env.XDG_CACHE_HOME || `${homedir()}/.cache`}/chv-doctor-test`

/** The directory with the files of a Debian package that is unpacked, not installed. */
export const unpacked = (name) => `${cacheDirectory}/packages/${name}`

export const pythonRequirements = new URL('python-tools.txt', import.meta.url).pathname

const digest = createHash('sha256').update(readFileSync(pythonRequirements)).digest('hex').slice(0, 12)

/** The virtual environment with the programs of python-tools.txt; a change of that file makes a new one. */
export const pythonTools = `${cacheDirectory}/python-${digest}`

/** Exists when the environment is complete. */
export const pythonToolsMark = `${pythonTools}/complete`

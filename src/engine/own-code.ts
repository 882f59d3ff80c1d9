/** Whether code that the configuration names may run: it, and what it imports, as far as that can be known. */
import { createRequire } from 'node:module'
import { dirname, isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errnoOf, UsageError } from '../util/errors.ts'
import { readInputFile, UnusableFile } from '../util/input-file.ts'
import { pathFault } from '../util/trusted-path.ts'

const maxBytes = 2 ** 20

/** Of files in one graph of imports; packages with more are not followed further. */
const maxFiles = 500

/** `import … from 'x'`, `import 'x'`, `export … from 'x'`, `import('x')`, `require('x')` with a literal. */
const imported = /\b(?:from|import|require)\s*\(?\s*(["'])([^"'\n]{1,500})\1/g

/** The file that a specifier means; null for built-in modules and for what is not installed. */
const fileOf = (specifier: string, importer: string): string | null => {
  if (specifier.startsWith('node:')) return null
  if (specifier.startsWith('file:')) return fileURLToPath(specifier)
  if (isAbsolute(specifier) || /^\.{1,2}\//.test(specifier)) return resolve(dirname(importer), specifier)
  try {
    const path = createRequire(importer).resolve(specifier)
    return isAbsolute(path) ? path : null
  } catch {
    return null
  }
}

const importsOf = (text: string, importer: string): string[] =>
  [...text.matchAll(imported)].flatMap(([, , specifier = '']) => fileOf(specifier, importer) ?? [])

/** The text of a file; null where one that is only imported cannot be read: the import itself will say so. */
const textOf = async (path: string, isNamed: boolean): Promise<string | null> => {
  try {
    return await readInputFile(path, maxBytes)
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    if (!isNamed) return null
    throw new UsageError(
      `check_files: ${path} ${errnoOf(error) === 'ENOENT' ? 'cannot be read (ENOENT)' : error.because}.`,
      { cause: error },
    )
  }
}

/**
 * Follows imports with a literal name; what is imported under a computed one cannot be known.
 * @param path of a file of checks
 * @param uid of the user that the doctor acts for
 * @throws UsageError for a file that is missing or no regular file, and for one that others can change
 */
export const assertOwnCode = async (path: string, uid: number): Promise<void> => {
  const left = [path]
  const seen = new Set(left)
  for (let file = left.pop(); file !== undefined && seen.size <= maxFiles; file = left.pop()) {
    const text = await textOf(file, file === path)
    if (text === null) continue
    const fault = await pathFault(file, uid)
    if (fault !== null)
      throw new UsageError(
        `check_files: ${file} can be changed by other users, so ${file === path ? 'it' : path} is not run: ${fault}.`,
      )
    for (const next of importsOf(text, file)) {
      if (seen.has(next)) continue
      seen.add(next)
      left.push(next)
    }
  }
}

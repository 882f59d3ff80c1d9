/** The documentation of a standalone executable: the pages are inside, the rest is where a .deb or .rpm puts it. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { getAsset } from 'node:sea'
import { pathToFileURL } from 'node:url'
import type * as packageDocs from '../../src/host/package-docs.ts'

export const docsDirectory: typeof packageDocs.docsDirectory = () => {
  const directory = join(dirname(process.execPath), '../share/doc/chv-doctor/docs')
  return existsSync(join(directory, 'README.md')) ? directory : null
}

export const docsAddress: typeof packageDocs.docsAddress = (name) => {
  const directory = docsDirectory()
  return directory === null ? null : pathToFileURL(join(directory, name)).href
}

export const readPage: typeof packageDocs.readPage = async (path) => {
  try {
    return getAsset(path, 'utf8')
  } catch {
    // A check or fix of the user has no page.
    return null
  }
}

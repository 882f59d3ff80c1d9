import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * The directory of the documentation that is installed beside the program; null where there is none. A standalone
 * executable has another version of this file: scripts/standalone/embedded-docs.ts.
 */
export const docsDirectory = (): string | null => fileURLToPath(new URL('../docs', import.meta.url))

/** The address of a file of the documentation, or null: it exists as long as this installation does. */
export const docsAddress = (name: string): string | null => new URL(`../docs/${name}`, import.meta.url).href

/**
 * Reads a page of the documentation that is installed beside the program.
 * @param path below `docs`, such as "checks/kvm.md"
 * @returns null where there is no such page
 */
export const readPage = (path: string): Promise<string | null> =>
  readFile(new URL(`../docs/${path}`, import.meta.url), 'utf8').catch(() => null)

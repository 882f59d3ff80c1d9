/** Files that the user names as input. */
import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'

/** @returns whether there is a file, directory or device with this path */
export const exists = (path: string): boolean => existsSync(path)

/**
 * @returns the bytes of a file as a stream; null for a directory
 * @throws the error of the system call when there is no such file
 */
export const openInput = async (path: string): Promise<AsyncIterable<Uint8Array> | null> =>
  (await stat(path)).isDirectory() ? null : createReadStream(path)

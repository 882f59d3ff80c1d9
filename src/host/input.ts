/** Files that the user names as input. */
import { existsSync } from 'node:fs'
import { openInputFile } from '../util/input-file.ts'

/** @returns whether there is a file, directory or device with this path */
export const exists = (path: string): boolean => existsSync(path)

/**
 * @returns the bytes of a regular file, or of a pipe that the caller opened, as a stream
 * @throws UnusableFile
 */
export const openInput = async (path: string): Promise<AsyncIterable<Uint8Array>> =>
  (await openInputFile(path)).createReadStream()

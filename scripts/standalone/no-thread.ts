/** A standalone executable has no file that a thread could start from: images are converted once they are here, and files fetched by itself. */
import type { threadFile as original } from '../../src/files/thread-file.ts'

export const threadFile: typeof original = () => null

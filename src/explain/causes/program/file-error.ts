/** How the opening of a payload file fails. */
import type { Pattern } from '../../patterns.ts'

/** ENOTDIR is a missing file, too: a part of its path is no directory. */
const missing = /(?:os error |code: )(?:2|20)\b/

/**
 * @param words the level of the chain and the name of the variant, of which either stands in the text
 * @param errno why the file could not be opened; 2 (ENOENT) stands for ENOTDIR as well
 * @returns the patterns of a cause
 */
export const fileError = (words: readonly [string, string], errno: number): readonly Pattern[] =>
  words.map((word) => [word, errno === 2 ? missing : errno])

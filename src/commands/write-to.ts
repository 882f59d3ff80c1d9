import { errnoOf, UsageError } from '../util/errors.ts'
import { terminalText } from '../util/printable.ts'

/**
 * Writes a file that a flag names, atomically.
 * @throws UsageError that names flag and file when it cannot be written
 */
export const writeTo = async (flag: string, path: string, text: string): Promise<void> => {
  const { writeOutput } = await import('../files/output.ts')
  try {
    await writeOutput(path, terminalText(text))
  } catch (error) {
    throw new UsageError(`${flag} ${path}: cannot be written (${errnoOf(error)}).`, { cause: error })
  }
}

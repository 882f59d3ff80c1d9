/** The log of a boot for a bug report: the file that the user names, or the last one that `boot` kept. */
import { lastLines } from '../boot/console-text.ts'
import { errorsIn } from '../boot/failure.ts'
import { readTail } from '../explain/reading/tail.ts'
import { newestLog } from '../files/console-log.ts'
import { openInput } from '../host/input.ts'
import type { BootLog } from '../report/bug-report.ts'
import { UsageError } from '../util/errors.ts'
import { UnusableFile } from '../util/input-file.ts'
import { visible } from '../util/printable.ts'

/** An issue has no room for more. */
const maxBytes = 64 * 2 ** 10
const maxLines = 200

/**
 * @param named by the user, or null
 * @returns its end; null when none is named and none was kept
 * @throws UsageError when the named file cannot be read
 */
export const readBootLog = async (stateDir: string, named: string | null): Promise<BootLog | null> => {
  const path = named ?? (await newestLog(`${stateDir}/log`))
  if (path === null) return null
  try {
    const text = visible((await readTail(await openInput(path), maxBytes)).text)
    const errors = await errorsIn({ stderr: text, code: null, signal: null })
    return {
      path,
      text: lastLines(text, maxLines).join('\n'),
      causes: errors.map(({ cause, what }) => ({ id: cause, what })),
    }
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    if (named === null) return null
    throw new UsageError(`--log ${named} ${error.because}.`, { cause: error })
  }
}

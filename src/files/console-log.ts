/** Writes the output of a boot to a file as it is printed, which is kept where the boot failed. */
import { createWriteStream } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { ensureDirectory } from './directory.ts'

/** A guest that prints without end must not fill the disk. In characters. */
const maxText = 64 * 2 ** 20

export interface ConsoleLog {
  /** @param text output without control codes: the file may be shown on a terminal */
  append(text: string): void
  /**
   * Gives the file its final name.
   * @param otherConsole the output of the console that is not shown; appended unless empty
   * @returns its path; null when the guest printed nothing, or it cannot be written
   */
  keep(otherConsole: string): Promise<string | null>
  /** Removes the file unless it was kept. */
  discard(): Promise<void>
}

/** For a directory that cannot be written to: a boot does not need the file. */
const noLog: ConsoleLog = { append: () => {}, keep: async () => null, discard: async () => {} }

/**
 * @param directory the directory of the logs; created with mode 0700
 * @param kind of the guest, or of the program that runs it
 */
export const openConsoleLog = async (
  directory: string,
  kind: 'console' | 'stderr' = 'console',
): Promise<ConsoleLog> => {
  try {
    await ensureDirectory(directory, 0o700)
  } catch {
    return noLog
  }
  const path = `${directory}/${new Date().toISOString().replaceAll(':', '')}-${kind}.log`
  const stream = createWriteStream(`${path}.part`, { flags: 'wx', mode: 0o600 })
  let failed = false
  // A full disk must not end the boot: the file is an extra.
  stream.on('error', () => {
    failed = true
  })
  let length = 0
  const append = (text: string) => {
    if (length > maxText) return
    length += text.length
    stream.write(length > maxText ? `${text}\n[the rest was not kept]\n` : text)
  }
  const close = async () => {
    stream.end()
    await finished(stream).catch(() => {})
  }
  return {
    append,
    keep: async (otherConsole) => {
      if (otherConsole !== '') append(`\n[output of the console that boot does not show]\n${otherConsole}`)
      await close()
      const info = await stat(`${path}.part`).catch(() => null)
      if (failed || info === null || info.size === 0) return null
      await rename(`${path}.part`, path)
      return path
    },
    discard: async () => {
      await close()
      await rm(`${path}.part`, { force: true })
    },
  }
}

/** @returns the path of the log that was kept last; null when there is none */
export const newestLog = async (directory: string): Promise<string | null> => {
  const names = await readdir(directory).catch(() => [])
  // They begin with the time.
  const newest = names
    .filter((name) => /^\d{4}-.*-(?:console|stderr)\.log$/.test(name))
    .sort()
    .at(-1)
  return newest === undefined ? null : `${directory}/${newest}`
}

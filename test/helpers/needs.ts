/** Why a test cannot run here, in a form that the summary of a run can list. */
import { accessSync, constants } from 'node:fs'

const directories = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`.split(':')

const isInstalled = (program: string): boolean =>
  directories.some((directory) => {
    try {
      accessSync(`${directory}/${program}`, constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/**
 * For `it.skipIf`.
 * @param programs names that the test starts
 * @returns which of them are not installed, or null
 */
export const missing = (...programs: readonly string[]): string | null => {
  const absent = programs.filter((program) => !isInstalled(program))
  return absent.length === 0 ? null : `needs ${absent.join(', ')}`
}

/** For `it.skipIf`: the reason for a test that only root can run, or null. */
export const notRoot: string | null = process.getuid?.() === 0 ? null : 'needs root'

/**
 * The end of the title of a test that may be skipped. The run fails on a skipped test without it.
 * @param reason of the skip, or null when the test runs
 */
export const because = (reason: string | null): string => (reason ? ` (skipped: ${reason})` : '')

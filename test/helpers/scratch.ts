import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { onTestFinished } from 'vitest'

/** A directory that goes with the test that asked for it. */
export const scratch = (): string => {
  const directory = mkdtempSync(`${tmpdir()}/chv-doctor-test-`)
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

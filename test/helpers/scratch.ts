import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { onTestFinished } from 'vitest'

/** A folder that goes with the test that asked for it. */
export const scratch = (): string => {
  const folder = mkdtempSync(`${tmpdir()}/chv-doctor-test-`)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** goss, one of the programs that the doctor is compared with: built from the Go proxy by pinned digests. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { repository } from '../../helpers/disposable-host.ts'

const cache = `${process.env.XDG_CACHE_HOME || `${homedir()}/.cache`}/chv-doctor-test`

/** @returns the files that a host needs for it, or none where it cannot be had */
export const gossFiles = (): readonly string[] => {
  const program = `${cache}/goss`
  if (!existsSync(program)) {
    mkdirSync(cache, { recursive: true })
    spawnSync('go', ['build', '-mod=readonly', '-o', program, 'github.com/goss-org/goss/cmd/goss'], {
      cwd: `${repository}/test/trust/peers/goss`,
      timeout: 600_000,
    })
  }
  return existsSync(program) ? [program, `${repository}/test/trust/peers/goss.yaml`] : []
}

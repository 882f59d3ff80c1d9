/**
 * Unpacks Debian packages into directories of their own: their programs are wanted, not the services which an
 * installation would start. Arguments: names of packages.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { unpacked } from '../places.mjs'

for (const name of process.argv.slice(2)) {
  const directory = unpacked(name)
  const partial = `${directory}.partial`
  const downloads = mkdtempSync(`${tmpdir()}/chv-doctor-unpack-`)
  try {
    execFileSync('apt-get', ['download', '--quiet', name], { cwd: downloads, stdio: 'inherit' })
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial, { recursive: true })
    for (const file of readdirSync(downloads))
      execFileSync('dpkg-deb', ['--extract', `${downloads}/${file}`, partial], { stdio: 'inherit' })
    rmSync(directory, { recursive: true, force: true })
    renameSync(partial, directory)
  } finally {
    rmSync(downloads, { recursive: true })
  }
}

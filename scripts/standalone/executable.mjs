/** Puts a program into a copy of Node.js: https://nodejs.org/api/single-executable-applications.html */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { inject } from 'postject'
import { ownArch, runtimeFor } from './runtime.mjs'

/** What Node.js looks for in itself; its documentation names it. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

/**
 * @param target the path of the executable to be written
 * @param arch its architecture
 * @param main the name of the program in the same directory, one file of CommonJS; the executable holds this name
 * @param assets paths of files by the name that the program reads them by
 */
export const makeExecutable = async (target, arch, main, assets) => {
  const blob = `${target}.blob`
  const config = {
    main,
    output: basename(blob),
    disableExperimentalSEAWarning: true,
    // Compiled code is of one processor; on others it would be refused at every start.
    useCodeCache: arch === ownArch,
    // NODE_OPTIONS of a developer's shell are no options of this program.
    execArgvExtension: 'none',
    assets,
  }
  writeFileSync(`${target}.json`, JSON.stringify(config))
  // The same release on this host's processor: what it writes is of its version. With a seed it is the same every time.
  const args = ['--random-seed=1', '--experimental-sea-config', `${target}.json`]
  execFileSync(runtimeFor(ownArch).node, args, { cwd: dirname(target), stdio: 'pipe' })
  copyFileSync(runtimeFor(arch).node, target)
  chmodSync(target, 0o755)
  await inject(target, 'NODE_SEA_BLOB', readFileSync(blob), { sentinelFuse: fuse })
  for (const left of [blob, `${target}.json`]) rmSync(left)
}

/**
 * Temporary directories that only this user can read or write, and that vanish with this process however it
 * ends. A shell makes the directory and removes it once its standard input ends, which the kernel sees to
 * also after SIGKILL. `rm` enters no symbolic link, and nothing that this run did not make is removed.
 */
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { createInterface } from 'node:readline'
import { Undetermined } from '../util/errors.ts'
import { pathFault } from '../util/trusted-path.ts'
import { childEnvironment } from './child-environment.ts'
import { startChild } from './start-child.ts'

export interface PrivateDirectory {
  readonly path: string
  /** Removes it with all that is in it; returns once it is gone. */
  remove(): Promise<void>
}

// The trap: when this process is gone, so is the reader of printf. A process that was started in the directory
// may outlive this one by moments, and write meanwhile.
const script = `umask 077
trap '' PIPE
directory=$(mktemp -d "$1/chv-doctor-trial-XXXXXXXXXX") || exit
printf '%s\\n' "$directory" 2>/dev/null
cat >/dev/null
for _ in 1 2 3 4 5; do
  rm -rf -- "$directory" 2>/dev/null && exit
  sleep 1
done`

const makeIn = (place: string): Promise<PrivateDirectory | null> =>
  new Promise((resolve) => {
    // A session of its own: neither Ctrl-C nor a closed terminal ends it before it has done its work.
    const keeper = startChild(() =>
      spawn('/bin/sh', ['-c', script, 'sh', place], {
        detached: true,
        stdio: ['pipe', 'pipe', 'ignore'],
        env: childEnvironment(process.env),
        cwd: '/',
      }),
    )
    const ended = new Promise<void>((done) => {
      keeper.on('exit', () => done()).on('error', () => done())
    })
    keeper.stdin.on('error', () => {})
    const lines = createInterface({ input: keeper.stdout })
    lines.once('line', (path) =>
      resolve({
        path,
        remove: () => {
          keeper.stdin.end()
          return ended
        },
      }),
    )
    void ended.then(() => resolve(null))
  })

/**
 * Makes a directory with mode 0700: in the user's runtime directory, which is memory and goes with the login,
 * else in the place for temporary files. Under sudo the variable may name the directory of root.
 * @param uid of the user that the doctor acts for
 * @throws Undetermined when none can be made that others cannot exchange
 */
export const makePrivateDirectory = (env: NodeJS.ProcessEnv, uid: number): Promise<PrivateDirectory> =>
  makePrivateDirectoryIn([env.XDG_RUNTIME_DIR, tmpdir()], uid)

/**
 * Makes a directory with mode 0700 in the first of some places where it can be made.
 * @param places absolute paths; others are passed over
 * @param uid of the user that the doctor acts for
 * @throws Undetermined when none can be made that others cannot exchange
 */
export const makePrivateDirectoryIn = async (
  places: readonly (string | undefined)[],
  uid: number,
): Promise<PrivateDirectory> => {
  const faults: string[] = []
  for (const place of places) {
    if (!place?.startsWith('/')) continue
    const directory = await makeIn(place).catch(() => null)
    if (directory === null) continue
    const fault = await pathFault(directory.path, uid)
    if (fault === null) return directory
    await directory.remove()
    faults.push(fault)
  }
  throw new Undetermined(
    `no temporary directory can be made in ${places.at(-1)}${faults.map((f) => `: ${f}`).join('')}`,
  )
}

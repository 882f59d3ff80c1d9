/**
 * Under `su -m` or `sudo -E` the environment of another user reaches this process. What its directories hold
 * is not used: `undo` would run the commands of that user's journal as root.
 */
import { stat } from 'node:fs/promises'
import { lookOnce, pathFault } from '../util/trusted-path.ts'
import { accountOf, type User } from './user.ts'

const directories = [
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_CACHE_HOME',
  'XDG_RUNTIME_DIR',
]

/** The owner of a directory where that is neither this user nor root; null otherwise. */
const foreignOwner = async (path: string, uid: number): Promise<number | null> => {
  const info = await stat(path).catch(() => null)
  return info && info.uid !== uid && info.uid !== 0 ? info.uid : null
}

/** The entries of PATH that root may use: others can exchange the programs in the rest. */
const pathOfRoot = async (path: string): Promise<string> => {
  const entries = path.split(':').filter((entry) => entry.startsWith('/'))
  const lookAt = lookOnce()
  const faults = await Promise.all(entries.map((entry) => pathFault(entry, 0, lookAt).catch(() => 'unknown')))
  return entries.filter((_, index) => faults[index] === null).join(':')
}

/**
 * Takes out of the environment what belongs to another user: HOME is replaced by the one in /etc/passwd, XDG
 * directories are removed, and for root entries of PATH that others can write.
 * @param env the process environment, which is changed
 * @returns the user with that home, and one sentence for each variable that names a directory of another user
 */
export const dropForeignDirectories = async (
  env: NodeJS.ProcessEnv,
  user: User,
): Promise<{ readonly user: User; readonly remarks: readonly string[] }> => {
  const remarks: string[] = []
  for (const name of directories) {
    const path = env[name]
    const owner = path ? await foreignOwner(path, user.uid) : null
    if (owner === null) continue
    delete env[name]
    // A login directory of another user is what `sudo` leaves in any case.
    if (name !== 'XDG_RUNTIME_DIR')
      remarks.push(`${name} is ${path}, which belongs to user ${owner}: it is not used.`)
  }
  if (user.uid === 0 && env.PATH !== undefined) env.PATH = await pathOfRoot(env.PATH)
  const owner = await foreignOwner(user.home, user.uid)
  if (owner === null) return { user, remarks }
  const home = accountOf(user.uid)?.home ?? '/'
  env.HOME = home
  remarks.push(`HOME is ${user.home}, which belongs to user ${owner}: ${home} is used instead.`)
  return { user: { ...user, home }, remarks }
}

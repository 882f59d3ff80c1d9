/**
 * With which key the guest can be logged in to without asking anybody: the private half of one that is
 * in the seed, as a file without a passphrase or in the agent.
 */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import type { LoginKey } from '../host/login.ts'
import { keyIn, keysInSeed } from '../seed/keys.ts'
import { keyPathsFor } from '../seed/seed-for-host.ts'
import { Undetermined } from '../util/errors.ts'

/** Why nobody can log in, and what to do about it: the end of a sentence. */
export interface NoLogin {
  readonly because: string
}

interface Candidate {
  /** Of the public key. */
  readonly path: string
  /** Of the private one, beside it. */
  readonly file: string
  /** What the public one says; null when it is not there. */
  readonly key: string | null
}

/** Keys in a security key want to be touched. */
const wantsTouch = (key: string): boolean => key.startsWith('sk-')

const textOr = (host: Host, path: string): Promise<string> =>
  host.readText(path).then(
    (text) => text ?? '',
    () => '',
  )

/** The files that the seed's key comes from, with what their public halves say. */
const candidatesOf = (host: Host, config: Config): Promise<readonly Candidate[]> =>
  Promise.all(
    keyPathsFor(host.user.home, config).map(async (path) => ({
      path,
      file: path.replace(/\.pub$/, ''),
      key: keyIn(await textOr(host, path)),
    })),
  )

/** The public half of a private key that needs no passphrase; null for any other. */
const openKey = async (host: Host, keygen: string, file: string): Promise<string | null> => {
  if (!(await host.canAccess(file, 'read'))) return null
  const { code, stdout } = await host.run([keygen, '-y', '-P', '', '-f', file])
  return code === 0 ? keyIn(stdout) : null
}

const keysInAgent = async (host: Host): Promise<readonly string[]> => {
  const add = await host.which('ssh-add')
  if (add === null) return []
  const { code, stdout } = await host.run([add, '-L'])
  return code === 0 ? stdout.split('\n').flatMap((line) => keyIn(line) ?? []) : []
}

const remake = 'make the seed anew: `chv-doctor fix cloud-init`'

const agent = 'With a passphrase: `eval $(ssh-agent)`, `ssh-add`, and again in the same shell'

/** What the keys that are here lack. */
const whyNone = async (
  host: Host,
  config: Config,
  seed: readonly string[],
  here: readonly Candidate[],
): Promise<string> => {
  const user = config.guest_user
  const have = here.some(({ key }) => key !== null)
  if (seed.length === 0) {
    const then = `${config.seed_dir === null ? '' : 'put it into user-data and '}${remake}`
    return `the seed has no ssh key for ${user}. ${have ? 'To have yours in it, ' : '`ssh-keygen -t ed25519` makes one; then '}${then}`
  }
  const ours = here.find(({ key }) => key !== null && seed.includes(key))
  if (!ours) {
    const own = have && config.seed_dir === null ? `. To have yours in it, ${remake}` : ''
    return `the seed has a key for ${user} whose private half is not here${own}`
  }
  if (ours.key !== null && wantsTouch(ours.key))
    return `the key ${ours.file} wants to be touched at every use`
  if (!(await host.canAccess(ours.file, 'read')))
    return `the private key ${ours.file} is not there, or may not be read`
  return `ssh cannot use the key ${ours.file} without asking: it has a passphrase, or others may read it. ${agent}`
}

/**
 * Reads only; asks nobody.
 * @returns the key, or why there is none; a key that is in the seed counts, also where the guest is booted
 *   without it
 */
export const findLogin = async (host: Host, config: Config): Promise<LoginKey | NoLogin> => {
  const [ssh, keygen] = await Promise.all([host.which('ssh'), host.which('ssh-keygen')])
  if (ssh === null) return { because: 'there is no ssh here; its package is mostly called openssh-client' }
  try {
    const seed = await keysInSeed(host, config.seed, config.guest_user)
    if (seed === null) return { because: `the seed ${config.seed} cannot be read` }
    const usable = seed.filter((key) => !wantsTouch(key))
    const here = await candidatesOf(host, config)
    if (keygen !== null && usable.length > 0) {
      for (const { file } of here) {
        const key = await openKey(host, keygen, file)
        if (key !== null && usable.includes(key)) return { ssh, identity: file, agent: false }
      }
    }
    const held = usable.length > 0 ? await keysInAgent(host) : []
    const key = usable.find((one) => held.includes(one))
    if (key !== undefined) {
      const known = here.find((one) => one.key === key)
      return { ssh, identity: known?.path ?? null, agent: true }
    }
    return { because: await whyNone(host, config, seed, here) }
  } catch (error) {
    if (error instanceof Undetermined) return { because: error.message }
    throw error
  }
}

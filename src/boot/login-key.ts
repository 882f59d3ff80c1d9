/**
 * Finds a key for a login to the guest without a prompt: the private half of a key in the seed, as a file
 * without a passphrase or in the ssh-agent.
 */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import type { LoginKey } from '../host/login.ts'
import { keyIn, keysInSeed } from '../seed/keys.ts'
import { keyPathsFor } from '../seed/seed-for-host.ts'
import { Undetermined } from '../util/errors.ts'

/** Why a login is impossible, and what to do about it. */
export interface NoLogin {
  readonly reason: string
}

interface Candidate {
  /** The public key. */
  readonly path: string
  /** The private key beside it. */
  readonly file: string
  /** The content of the public key; null when there is none. */
  readonly key: string | null
}

/** FIDO keys require user presence. */
const needsUserPresence = (key: string): boolean => key.startsWith('sk-')

const readTextOrEmpty = (host: Host, path: string): Promise<string> =>
  host.readText(path).then(
    (text) => text ?? '',
    () => '',
  )

/** The key files that a seed is created from. */
const candidatesOf = (host: Host, config: Config): Promise<readonly Candidate[]> =>
  Promise.all(
    keyPathsFor(host.user.home, config).map(async (path) => ({
      path,
      file: path.replace(/\.pub$/, ''),
      key: keyIn(await readTextOrEmpty(host, path)),
    })),
  )

/** @returns the public half of a private key without a passphrase; null for any other */
const publicKeyWithoutPassphrase = async (
  host: Host,
  keygen: string,
  file: string,
): Promise<string | null> => {
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

/** @returns the private half of a key in the seed that ssh can use once it has asked */
const keyThatAsks = async (
  host: Host,
  seed: readonly string[],
  here: readonly Candidate[],
): Promise<string | null> => {
  const own = here.find(({ key }) => key !== null && seed.includes(key))
  return own && (await host.canAccess(own.file, 'read')) ? own.file : null
}

const newSeedAdvice = 'create a new seed: `chv-doctor fix cloud-init`'

const agentAdvice =
  'For a key with a passphrase run `eval $(ssh-agent)` and `ssh-add`, and try again in the same shell'

/** @returns why none of the keys on this host can be used, and what to do */
const reasonForNoKey = async (
  host: Host,
  config: Config,
  seed: readonly string[],
  here: readonly Candidate[],
): Promise<string> => {
  const user = config.guest_user
  const have = here.some(({ key }) => key !== null)
  if (seed.length === 0) {
    const then = `${config.seed_dir === null ? '' : 'put it into user-data and '}${newSeedAdvice}`
    return `the seed has no ssh key for ${user}. ${have ? 'To add yours, ' : '`ssh-keygen -t ed25519` creates one; then '}${then}`
  }
  const own = here.find(({ key }) => key !== null && seed.includes(key))
  if (!own) {
    const own = have && config.seed_dir === null ? `. To add yours, ${newSeedAdvice}` : ''
    return `the seed has a key for ${user} whose private half is not on this host${own}`
  }
  if (own.key !== null && needsUserPresence(own.key))
    return `the key ${own.file} is on a security key, which requires a touch at every use`
  if (!(await host.canAccess(own.file, 'read')))
    return `the private key ${own.file} does not exist, or cannot be read`
  return `ssh cannot use the key ${own.file} without a prompt: it has a passphrase, or other users may read it. ${agentAdvice}`
}

/**
 * Reads only, without a prompt. A key in the seed counts also where the guest is booted without the seed.
 * @param mayPrompt whether ssh may ask for a passphrase, or for a touch, when no other key can be used
 * @returns the key, or why there is none
 */
export const findLogin = async (
  host: Host,
  config: Config,
  mayPrompt = false,
): Promise<LoginKey | NoLogin> => {
  const [ssh, keygen] = await Promise.all([host.which('ssh'), host.which('ssh-keygen')])
  if (ssh === null) return { reason: 'ssh is not installed; its package is usually called openssh-client' }
  try {
    const seed = await keysInSeed(host, config.seed, config.guest_user)
    if (seed === null) return { reason: `the seed ${config.seed} cannot be read` }
    const usable = seed.filter((key) => !needsUserPresence(key))
    const here = await candidatesOf(host, config)
    if (keygen !== null && usable.length > 0) {
      for (const { file } of here) {
        const key = await publicKeyWithoutPassphrase(host, keygen, file)
        if (key !== null && usable.includes(key)) return { ssh, identity: file, agent: false }
      }
    }
    const held = usable.length > 0 ? await keysInAgent(host) : []
    const key = usable.find((one) => held.includes(one))
    if (key !== undefined) {
      const known = here.find((one) => one.key === key)
      return { ssh, identity: known?.path ?? null, agent: true }
    }
    const asked = mayPrompt ? await keyThatAsks(host, seed, here) : null
    if (asked !== null) return { ssh, identity: asked, agent: false }
    return { reason: await reasonForNoKey(host, config, seed, here) }
  } catch (error) {
    if (error instanceof Undetermined) return { reason: error.message }
    throw error
  }
}

/** The seed that the configuration asks for on this host: with the user's key and a hashed password. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { UsageError } from '../util/errors.ts'
import { makeSeed, type Seed, saltFor } from './make-seed.ts'

/** Public keys in the order in which they are preferred. */
const keyNames = ['id_ed25519.pub', 'id_ecdsa.pub', 'id_rsa.pub']

/** One line of authorized_keys(5) without options. */
const publicKey = /^(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/=]+( [^\n]*)?$/

/** Where the public key of the seed comes from: the first that is there. */
export const keyPathsFor = (home: string, config: Config): readonly string[] =>
  config.ssh_public_key_file ? [config.ssh_public_key_file] : keyNames.map((name) => `${home}/.ssh/${name}`)

const sshKeyFor = async (host: Host, config: Config): Promise<string | null> => {
  const keys = await Promise.all(keyPathsFor(host.user.home, config).map((path) => host.readText(path)))
  const key = keys.find((text) => text !== null)?.trim() ?? null
  if (config.ssh_public_key_file && key === null)
    throw new UsageError(`ssh_public_key_file: there is no ${config.ssh_public_key_file}.`)
  // A private key must never get into a guest.
  if (key !== null && !publicKey.test(key)) {
    throw new UsageError(
      `${config.ssh_public_key_file ? `ssh_public_key_file: ${config.ssh_public_key_file}` : 'The key in ~/.ssh'} is no public key (one line that starts with ssh-, ecdsa- or sk-).`,
    )
  }
  return key
}

/**
 * @returns the seed, and whether its password is hashed
 * @throws UsageError when `ssh_public_key_file` is no public key
 */
export const seedFor = async (host: Host, config: Config): Promise<{ seed: Seed; hashed: boolean }> => {
  const key = await sshKeyFor(host, config)
  const hash = await host.hashPassword(config.guest_password, saltFor(config, key))
  return { seed: makeSeed(config, key, hash), hashed: hash !== null }
}

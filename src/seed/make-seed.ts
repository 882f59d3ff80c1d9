/** The three files of a NoCloud seed, from the configuration: one MAC and one pair of addresses everywhere. */
import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import { guestNetwork } from '../config/derived.ts'
import { guestSuffix } from '../config/guests.ts'
import type { Config } from '../config/keys.ts'
import { generatedId } from './identity.ts'

export interface Seed {
  readonly userData: string
  readonly metaData: string
  readonly networkConfig: string
}

/**
 * cloud-init reads YAML 1.1, where an unquoted 52:54:00:12:34:56 is a number in base 60 and yes is
 * true: what could be taken for something else there is quoted.
 */
const toYaml = (value: unknown): string => stringify(value, { compat: 'yaml-1.1' })

/**
 * The salt for the hash of the console password: the same as long as nothing else about the user
 * changes, so that a seed made again is the same seed. Nothing of the password is in it: a salt made
 * from the password would be a fast way to try passwords out.
 */
export const saltFor = (config: Config, sshKey: string | null): string =>
  createHash('sha256')
    .update(JSON.stringify([config.guest_user, config.guest_mac, config.guest_address, sshKey]))
    .digest('base64')
    .replaceAll('+', '.')
    .slice(0, 16)

const userData = (config: Config, sshKey: string | null, passwordHash: string | null): string =>
  `#cloud-config\n${toYaml({
    users: [
      {
        name: config.guest_user,
        gecos: 'created by chv-doctor',
        groups: 'sudo',
        sudo: 'ALL=(ALL) NOPASSWD:ALL',
        shell: '/bin/bash',
        ...(passwordHash === null
          ? { plain_text_passwd: config.guest_password }
          : { hashed_passwd: passwordHash }),
        lock_passwd: false,
        ...(sshKey ? { ssh_authorized_keys: [sshKey] } : {}),
      },
    ],
    // The console takes the password all the same.
    ssh_pwauth: config.ssh_password_auth,
    // cloud-init's own default, en_US.UTF-8, is missing on minimal Debian and turns its status to "error".
    locale: 'C.UTF-8',
  })}`

/**
 * netplan version 2; `routes` because gateway4 is deprecated there. Not `to: default`, which netplan
 * takes, but not the cloud-init of Debian 12, which then configures no interface at all.
 */
const networkConfig = (config: Config): string => {
  const { addresses, gateways } = guestNetwork(config)
  const match = { macaddress: config.guest_mac }
  // The DHCP server also provides the gateway and the name servers.
  if (addresses.length === 0) return toYaml({ version: 2, ethernets: { guest0: { match, dhcp4: true } } })
  return toYaml({
    version: 2,
    ethernets: {
      guest0: {
        match,
        addresses: [...addresses],
        routes: gateways.map((via) => ({ to: via.includes(':') ? '::/0' : '0.0.0.0/0', via })),
        nameservers: { addresses: [...config.nameservers] },
      },
    },
  })
}

/**
 * @param sshKey a public key, one line, or null
 * @param passwordHash of `guest_password`, as crypt(5) writes it; without one it stands there as it is
 * @returns the files; the instance-id follows the content, because cloud-init runs its first-boot
 *   modules again only for an id that it has not seen
 */
export const makeSeed = (config: Config, sshKey: string | null, passwordHash: string | null = null): Seed => {
  const user = userData(config, sshKey, passwordHash)
  // Without a network there is nothing to match; cloud-init then leaves interfaces alone.
  const network = config.network === 'none' ? toYaml({ version: 2, ethernets: {} }) : networkConfig(config)
  return {
    userData: user,
    metaData: toYaml({
      'instance-id': generatedId(user, network),
      'local-hostname': `cloud${guestSuffix(config.guest)}`,
    }),
    networkConfig: network,
  }
}

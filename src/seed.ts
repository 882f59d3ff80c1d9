/** The three files of a NoCloud seed, from the configuration: one MAC and one pair of addresses everywhere. */
import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import { guestNetwork } from './config/derived.ts'
import { guestSuffix } from './config/guests.ts'
import type { Config } from './config/keys.ts'

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

const userData = (config: Config, sshKey: string | null): string =>
  `#cloud-config\n${toYaml({
    users: [
      {
        name: config.guest_user,
        gecos: 'created by chv-doctor',
        groups: 'sudo',
        sudo: 'ALL=(ALL) NOPASSWD:ALL',
        shell: '/bin/bash',
        // For the console only, see ssh_pwauth; the seed is readable by its owner alone.
        plain_text_passwd: config.guest_password,
        lock_passwd: false,
        ...(sshKey ? { ssh_authorized_keys: [sshKey] } : {}),
      },
    ],
    ssh_pwauth: false,
    // cloud-init's own default, en_US.UTF-8, is missing on minimal Debian and turns its status to "error".
    locale: 'C.UTF-8',
  })}`

/** netplan version 2; `routes` because gateway4 is deprecated there. */
const networkConfig = (config: Config): string => {
  const { addresses, gateways } = guestNetwork(config)
  const match = { macaddress: config.guest_mac }
  // Whoever answers DHCP also says where the gateway and the name servers are.
  if (addresses.length === 0) return toYaml({ version: 2, ethernets: { guest0: { match, dhcp4: true } } })
  return toYaml({
    version: 2,
    ethernets: {
      guest0: {
        match,
        addresses: [...addresses],
        // "default" alone would mean IPv4 to some renderers of cloud-init.
        routes: gateways.map((via) => ({ to: via.includes(':') ? '::/0' : 'default', via })),
        nameservers: { addresses: [...config.nameservers] },
      },
    },
  })
}

/**
 * @param sshKey a public key, one line, or null
 * @returns the files; the instance-id follows the content, because cloud-init runs its first-boot
 *   modules again only for an id that it has not seen
 */
export const makeSeed = (config: Config, sshKey: string | null): Seed => {
  const user = userData(config, sshKey)
  // Without a network there is nothing to match; cloud-init then leaves interfaces alone.
  const network = config.network === 'none' ? toYaml({ version: 2, ethernets: {} }) : networkConfig(config)
  const id = createHash('sha256').update(user).update(network).digest('hex').slice(0, 12)
  return {
    userData: user,
    metaData: toYaml({
      'instance-id': `chv-doctor-${id}`,
      'local-hostname': `cloud${guestSuffix(config.guest)}`,
    }),
    networkConfig: network,
  }
}

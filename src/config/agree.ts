/** Cross-field validation of the configuration. */

import { parseCidr } from '../util/address.ts'
import { UsageError } from '../util/errors.ts'
import { exactSize } from '../util/units.ts'
import type { Values } from './defaults.ts'
import { hugePageBytes } from './derived.ts'
import { capacityOf, roomIn6 } from './guests.ts'
import type { Config, ConfigKey } from './keys.ts'

/** Rejects a guest number for which the shared address ranges have no subnet. */
const roomForGuest = (config: Config) => {
  const { guest, guest_range, guest_range6, ipv6 } = config
  const tight = (key: string, range: string, room: number) => {
    if (guest > room)
      throw new UsageError(
        `guest ${guest} does not fit ${key} ${range}, which has room for ${room}; set ${key} to a wider range.`,
      )
  }
  tight('guest_range', guest_range, capacityOf(guest_range))
  if (ipv6 !== 'none') tight('guest_range6', guest_range6, roomIn6(guest_range6))
  if (config.guest_address === 'dhcp')
    throw new UsageError(
      'guest_address is dhcp, but no DHCP server answers on a TAP; give an address, or set network to bridge.',
    )
}

/** Keys whose values must differ between guests. */
const ownOfEach: readonly ConfigKey[] = [
  'tap',
  'gateway_address',
  'guest_address',
  'guest_mac',
  'disk',
  'seed',
]

/**
 * A value from a file for all guests would be the same for each: two guests on one TAP, with one disk.
 * @param layers what the file, the environment and the flags set, each over those before it
 * @throws UsageError that names the key
 */
export const checkPerGuestKeys = (config: Config, layers: readonly Values[]) => {
  const told = layers.findLastIndex((layer) => layer.has('guest'))
  if (config.guest === 1 || told < 0) return
  const common = ownOfEach.find((name) => {
    if (config.network === 'bridge' && (name === 'gateway_address' || config[name] === 'dhcp')) return false
    const set = layers.findLastIndex((layer) => layer.has(name))
    return set >= 0 && set < told
  })
  if (common)
    throw new UsageError(
      `guest ${config.guest} would have the same ${common} as every other guest: ${config[common]}. Leave ${common} out of the configuration, or give this guest a file of its own that sets guest and ${common}.`,
    )
}

/** Rejects an address without a key, a key without an address, and an address that is not authenticated. */
const signedCatalogue = ({ catalogue_url, catalogue_key }: Config) => {
  if ((catalogue_url === null) !== (catalogue_key === null)) {
    const [set, missing] =
      catalogue_url === null ? ['catalogue_key', 'catalogue_url'] : ['catalogue_url', 'catalogue_key']
    throw new UsageError(`${set} is set without ${missing}; set both, or neither.`)
  }
  if (catalogue_url?.startsWith('http:'))
    throw new UsageError('catalogue_url is an http: address; give an https: or file: one.')
}

/**
 * Rejects inconsistent combinations of values.
 * @throws UsageError that says what does not fit
 */
export const checkConsistency = (config: Config) => {
  signedCatalogue(config)
  // Cloud Hypervisor requires whole pairs of queues, and a CPU for each pair.
  if (config.num_queues % 2 !== 0 || config.num_queues > Math.max(2, 2 * config.cpus)) {
    throw new UsageError(
      `num_queues ${config.num_queues} does not fit ${config.cpus} cpus; give an even number of at most ${2 * config.cpus}.`,
    )
  }
  if (config.hugepages && config.memory % hugePageBytes(config) !== 0) {
    throw new UsageError(
      `memory ${exactSize(config.memory)} is not a multiple of hugepage_size ${config.hugepage_size}; give one that is.`,
    )
  }
  if (config.network === 'tap') roomForGuest(config)
  const host = parseCidr(config.gateway_address)
  const guest = parseCidr(config.guest_address)
  // With DHCP the gateway is not configured either.
  if (!host || !guest) return
  if (host.network !== guest.network || host.prefix !== guest.prefix) {
    if (config.network === 'bridge')
      throw new UsageError(
        `guest_address ${config.guest_address} on a bridge needs its router: set gateway_address to the router's address in the same subnet.`,
      )
    throw new UsageError(
      `guest_address ${config.guest_address} is not in the subnet of gateway_address ${config.gateway_address}; use the same network and prefix length for both.`,
    )
  }
  if (host.value === guest.value)
    throw new UsageError(
      `gateway_address and guest_address are both ${host.address}; give the guest another one.`,
    )
  for (const [name, cidr] of [
    ['gateway_address', host],
    ['guest_address', guest],
  ] as const) {
    if (cidr.value === cidr.network || cidr.value === cidr.network + cidr.size - 1) {
      throw new UsageError(
        `${name} ${cidr.address}/${cidr.prefix} is the network or broadcast address of its subnet; take one between them.`,
      )
    }
  }
}

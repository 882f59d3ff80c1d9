import { addressOf } from '../util/address.ts'
import { fileNameIn, parseSize } from '../util/units.ts'
import { addressesOf6 } from './guests.ts'
import type { Config } from './keys.ts'

/**
 * One pair of queues needs an ordinary TAP, more pairs one with multi_queue; Cloud Hypervisor refuses a
 * mismatch. It counts whole pairs: three queues are one.
 */
export const wantsMultiQueue = (config: Config): boolean => config.num_queues >= 4

/** `hugepage_size` in bytes. */
export const hugePageBytes = ({ hugepage_size }: Config): number => parseSize(hugepage_size) ?? 0

/** The pair of IPv6 addresses on the TAP, with prefix length; null without IPv6. */
export const ipv6Pair = (config: Config): { readonly host: string; readonly guest: string } | null =>
  config.network === 'tap' && config.ipv6 !== 'none' ? addressesOf6(config.guest_range6, config.guest) : null

/** The network settings that the seed gives the guest; no addresses when the guest uses DHCP. */
export const guestNetwork = (
  config: Config,
): { readonly addresses: readonly string[]; readonly gateways: readonly string[] } => {
  if (config.guest_address === 'dhcp') return { addresses: [], gateways: [] }
  const six = ipv6Pair(config)
  return {
    addresses: [config.guest_address, ...(six ? [six.guest] : [])],
    gateways: [config.gateway_address, ...(six ? [six.host] : [])].map(addressOf),
  }
}

/** The name of the image: its id in the catalogue, or the file name in `image_url`. */
export const imageName = ({ image, image_url }: Config): string =>
  image_url === null ? image : fileNameIn(image_url) || image_url

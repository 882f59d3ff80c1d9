import { ipv6Pair, wantsMultiQueue } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import { blocks, fileHeader, ownerWord, type PersistentFile, type TapAtBoot } from './tap-file.ts'

/** systemd.netdev(5), systemd.network(5). "10-": the first file that matches an interface wins. */
export const networkd = (config: Config, { owner, mtu }: TapAtBoot): PersistentFile[] => {
  const six = ipv6Pair(config)
  const name = `/etc/systemd/network/10-chv-doctor-${config.tap}`
  const routed = config.network === 'tap'
  return [
    {
      path: `${name}.netdev`,
      mode: 0o644,
      makes: config.tap,
      why: `systemd-networkd makes ${config.tap} at boot`,
      content: blocks(
        [fileHeader],
        ['[NetDev]', `Name=${config.tap}`, 'Kind=tap'],
        ['[Tap]', `User=${ownerWord(owner)}`, ...(wantsMultiQueue(config) ? ['MultiQueue=yes'] : [])],
      ),
    },
    {
      path: `${name}.network`,
      mode: 0o644,
      makes: routed ? 'its address' : `its place on ${config.bridge}`,
      why: routed ? `and gives it ${config.gateway_address}` : `and makes it a port of ${config.bridge}`,
      content: blocks(
        [fileHeader],
        ['[Match]', `Name=${config.tap}`],
        // A TAP has no carrier until its VM starts, so that boot must not wait for it.
        ['[Link]', 'RequiredForOnline=no', ...(mtu ? [`MTUBytes=${mtu}`] : [])],
        routed
          ? [
              '[Network]',
              `Address=${config.gateway_address}`,
              'ConfigureWithoutCarrier=yes',
              'IgnoreCarrierLoss=yes',
              `LinkLocalAddressing=${six ? 'ipv6' : 'no'}`,
              'IPv6AcceptRA=no',
            ]
          : ['[Network]', `Bridge=${config.bridge}`, 'LinkLocalAddressing=no', 'ConfigureWithoutCarrier=yes'],
        six ? ['[Address]', `Address=${six.host}`, 'DuplicateAddressDetection=none'] : [],
      ),
    },
  ]
}

import { ipv6Pair, wantsMultiQueue } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import { blocks, fileHeader, ownerWord, type PersistentFile, type TapAtBoot } from './tap-file.ts'

/** interfaces(5): its lines run in a shell, so that no word may need quotes. */
export const ifupdown = (config: Config, { owner, mtu }: TapAtBoot): PersistentFile[] => {
  const { tap } = config
  const six = ipv6Pair(config)
  const queues = wantsMultiQueue(config) ? ' multi_queue' : ''
  const make = `    pre-up [ -e /sys/class/net/${tap} ] || ip tuntap add dev ${tap} mode tap user ${ownerWord(owner)}${queues}`
  const size = mtu ? [`    pre-up ip link set dev ${tap} mtu ${mtu}`] : []
  return [
    {
      path: `/etc/network/interfaces.d/chv-doctor-${tap}`,
      mode: 0o644,
      makes: tap,
      why: `ifupdown makes ${tap} at boot`,
      content: blocks(
        [fileHeader],
        config.network === 'tap'
          ? [
              `auto ${tap}`,
              `iface ${tap} inet static`,
              `    address ${config.gateway_address}`,
              make,
              ...size,
            ]
          : [
              `auto ${tap}`,
              `iface ${tap} inet manual`,
              make,
              ...size,
              `    up ip link set dev ${tap} master ${config.bridge} up`,
            ],
        six
          ? [`iface ${tap} inet6 static`, `    address ${six.host}`, '    dad-attempts 0', '    accept_ra 0']
          : [],
      ),
    },
  ]
}

import { createHash } from 'node:crypto'
import { ipv6Pair, wantsMultiQueue } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import { blocks, fileHeader, type PersistentFile, type TapAtBoot } from './tap-file.ts'

/** A connection needs a unique id; the same name gives the same id. */
const uuidOf = (name: string): string => {
  const hex = createHash('sha256').update(`chv-doctor ${name}`).digest('hex')
  // Version 8 of RFC 9562: for experimental or vendor-specific use.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** nm-settings-keyfile(5); NetworkManager ignores a file that others than root can read. */
export const networkmanager = (config: Config, { owner, mtu }: TapAtBoot): PersistentFile[] => {
  const six = ipv6Pair(config)
  const routed = config.network === 'tap'
  const id = `chv-doctor-${config.tap}`
  return [
    {
      path: `/etc/NetworkManager/system-connections/${id}.nmconnection`,
      mode: 0o600,
      makes: config.tap,
      why: `NetworkManager makes ${config.tap} at boot`,
      // 1.52 makes the device of a profile that it has read anew when that is deleted, whether the file is there or not.
      forget: ['nmcli', 'connection', 'reload'],
      content: blocks(
        [fileHeader],
        [
          '[connection]',
          `id=${id}`,
          `uuid=${uuidOf(config.tap)}`,
          'type=tun',
          `interface-name=${config.tap}`,
          'autoconnect=true',
          ...(routed ? [] : [`master=${config.bridge}`, 'slave-type=bridge']),
        ],
        [
          '[tun]',
          // NM_SETTING_TUN_MODE_TAP
          'mode=2',
          `owner=${owner.uid}`,
          ...(wantsMultiQueue(config) ? ['multi-queue=true'] : []),
        ],
        mtu ? ['[ethernet]', `mtu=${mtu}`] : [],
        routed ? ['[ipv4]', 'method=manual', `address1=${config.gateway_address}`, 'never-default=true'] : [],
        routed
          ? six
            ? ['[ipv6]', 'method=manual', `address1=${six.host}`, 'never-default=true']
            : ['[ipv6]', 'method=disabled']
          : [],
      ),
    },
  ]
}

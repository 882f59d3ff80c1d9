/**
 * The MTU that the TAP needs. The guest takes over the MTU of its TAP (virtio, VIRTIO_NET_F_MTU), and tells its
 * peers by the MSS of TCP what it can receive. Where the uplink takes less (clouds, VPNs, overlay networks) and
 * the ICMP message about it is lost, small packets pass and large ones vanish: ping works, TLS hangs.
 */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { defaultMtu, readInterfaces } from '../host/interfaces.ts'
import { internetProbeAddress } from './packet.ts'
import { wayTowards } from './routes.ts'

/** What the packets of the guest leave this host through. */
export interface Outlet {
  readonly device: string
  /** Bytes of the largest packet; that of the default route where it is smaller. */
  readonly mtu: number
}

/**
 * @returns the bridge or the device of the default route; null without one, and where the guest stays on this host
 * @throws Undetermined when ip is missing or broken
 */
export const readOutlet = async (host: Host, config: Config): Promise<Outlet | null> => {
  if (config.network === 'none' || (config.network === 'tap' && !config.nat)) return null
  const [interfaces, way] = await Promise.all([
    readInterfaces(host),
    config.network === 'bridge'
      ? { device: config.bridge, mtu: null }
      : wayTowards(host, internetProbeAddress),
  ])
  if (way === null || way.device === 'lo') return null
  const found = interfaces.find(({ name }) => name === way.device)
  return found ? { device: found.name, mtu: Math.min(found.mtu, way.mtu ?? found.mtu) } : null
}

/**
 * @param mtu of the TAP as it is: one that is small enough is left alone
 * @returns the MTU that the TAP is to have, in bytes
 */
export const desiredMtu = (config: Config, outlet: Outlet | null, mtu: number): number =>
  config.mtu ?? Math.min(mtu, outlet?.mtu ?? mtu)

/** @returns the MTU for files that create the TAP at boot; null: the one that a new TAP has */
export const mtuAtBoot = (config: Config, outlet: Outlet | null): number | null => {
  const mtu = desiredMtu(config, outlet, defaultMtu)
  return mtu === defaultMtu ? null : mtu
}

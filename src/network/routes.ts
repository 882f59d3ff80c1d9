/** Routes, as `ip -j` prints what the kernel answers; no root needed. IPv4 only. */

import type { Host } from '../host/host.ts'
import { describeRunFailure } from '../host/run-failure.ts'
import type { Argv } from '../util/argv.ts'
import { Undetermined } from '../util/errors.ts'
import { internetProbeAddress } from './packet.ts'

export interface Route {
  /** "default", or a subnet with its prefix length. */
  readonly to: string
  readonly device: string
  readonly gateway: string | null
  readonly metric: number
  /** The routing table: "main", or one of policy routing. */
  readonly table: string
}

interface Raw {
  readonly type?: string
  readonly dst?: string
  readonly dev?: string
  readonly gateway?: string
  readonly metric?: number
  readonly metrics?: readonly { readonly mtu?: number }[]
  readonly table?: string
  readonly nexthops?: readonly { readonly dev?: string; readonly gateway?: string }[]
}

const answered = <T>(json: string): readonly T[] => {
  try {
    return JSON.parse(json || '[]') as T[]
  } catch {
    throw new Undetermined('the routes cannot be read: ip does not answer in JSON (iproute2 before 4.13)')
  }
}

/** What `ip -j route` answers. @throws Undetermined when ip is missing or broken */
export const askRoutes = async <T>(host: Host, argv: Argv): Promise<readonly T[]> => {
  const { code, stdout, stderr, failure } = await host.run(argv)
  if (code !== 0)
    throw new Undetermined(
      `the routes cannot be read: ip ${failure ? describeRunFailure(failure) : stderr.trim().split('\n')[0]}`,
    )
  return answered(stdout)
}

/** Unicast routes with a device, one for each next hop. @throws Undetermined when ip is missing or broken */
export const readRoutes = async (host: Host): Promise<readonly Route[]> => {
  const routes = await askRoutes<Raw>(host, ['ip', '-j', '-4', 'route', 'show', 'table', 'all'])
  return routes
    .filter(({ type = 'unicast' }) => type === 'unicast')
    .flatMap(({ dst = '', metric = 0, table = 'main', nexthops, ...own }) =>
      (nexthops ?? [own]).flatMap(({ dev, gateway }) =>
        dev
          ? [
              {
                to: dst === 'default' || dst.includes('/') ? dst : `${dst}/32`,
                device: dev,
                gateway: gateway ?? null,
                metric,
                table,
              },
            ]
          : [],
      ),
    )
}

export interface Way {
  readonly device: string
  /** The limit that the route itself sets (ip-route(8), "mtu"); null: that of the device counts. */
  readonly mtu: number | null
  /** The next router, null where the address is on the link. */
  readonly gateway: string | null
}

/** What the kernel would send a packet to this address through, or null; nothing is sent. */
export const wayTowards = async (host: Host, address: string): Promise<Way | null> => {
  const { code, stdout, failure } = await host.run(['ip', '-j', '-4', 'route', 'get', address])
  if (failure !== null) throw new Undetermined(`the routes cannot be read: ip ${describeRunFailure(failure)}`)
  // Without a route ip ends with code 2: the network is unreachable, which is an answer.
  if (code !== 0) return null
  const { dev, gateway = null, metrics = [] } = answered<Raw>(stdout)[0] ?? {}
  if (dev === undefined) return null
  return { device: dev, gateway, mtu: metrics.find(({ mtu }) => mtu !== undefined)?.mtu ?? null }
}

/** The device that the kernel would send a packet to this address through, or null; nothing is sent. */
export const deviceTowards = async (host: Host, address: string): Promise<string | null> =>
  (await wayTowards(host, address))?.device ?? null

export interface Uplink {
  /** What the host itself reaches the internet through, policy routing included; null without a route. */
  readonly device: string | null
  /** Other devices with a default route of their own, such as Wi-Fi beside a cable. */
  readonly others: readonly string[]
}

/** @throws Undetermined when ip is missing or broken */
export const readUplink = async (host: Host): Promise<Uplink> => {
  const [routes, device] = await Promise.all([readRoutes(host), deviceTowards(host, internetProbeAddress)])
  const defaults = routes.filter(({ to, table }) => to === 'default' && table === 'main')
  return {
    device: device === 'lo' ? null : device,
    others: [...new Set(defaults.map((route) => route.device))].filter((name) => name !== device),
  }
}

/** Routes, as `ip -j` prints what the kernel answers; no root needed. IPv4 only. */
import type { Argv } from '../contract.ts'
import { Undetermined } from '../errors.ts'
import type { Host } from '../host/host.ts'
import { somewhere } from './packet.ts'

export interface Route {
  /** "default", or a subnet with its prefix length. */
  readonly to: string
  readonly device: string
  readonly gateway: string | null
  readonly metric: number
  /** The routing table; "main" unless somebody uses others. */
  readonly table: string
}

interface Raw {
  readonly type?: string
  readonly dst?: string
  readonly dev?: string
  readonly gateway?: string
  readonly metric?: number
  readonly table?: string
  readonly nexthops?: readonly { readonly dev?: string; readonly gateway?: string }[]
}

/** Parses `ip -j -4 route show table all`: unicast routes with a device. @throws SyntaxError when it is not JSON */
export const parseRoutes = (json: string): Route[] =>
  (JSON.parse(json || '[]') as Raw[])
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

const ask = async (host: Host, argv: Argv): Promise<string> => {
  const { code, stdout, stderr, failure } = await host.run(argv)
  if (code !== 0)
    throw new Undetermined(`the routes cannot be read: ip ${failure ?? stderr.trim().split('\n')[0]}`)
  return stdout
}

export const showRoutes: Argv = ['ip', '-j', '-4', 'route', 'show', 'table', 'all']

/** @throws Undetermined when ip is missing or broken */
export const readRoutes = async (host: Host): Promise<Route[]> => {
  const json = await ask(host, showRoutes)
  try {
    return parseRoutes(json)
  } catch {
    throw new Undetermined('the routes cannot be read: ip does not answer in JSON (iproute2 before 4.13)')
  }
}

/** The device that the kernel would send a packet to this address through, or null; nothing is sent. */
export const deviceTowards = async (host: Host, address: string): Promise<string | null> => {
  const { code, stdout, failure } = await host.run(['ip', '-j', '-4', 'route', 'get', address])
  if (failure !== null) throw new Undetermined(`the routes cannot be read: ip ${failure}`)
  // Without a route ip ends with code 2: the network is unreachable, which is an answer.
  if (code !== 0) return null
  return (JSON.parse(stdout || '[]') as Raw[])[0]?.dev ?? null
}

export interface Uplink {
  /** What the host itself reaches the internet through, policy routing included; null without a route. */
  readonly device: string | null
  /** Other devices with a default route of their own, such as Wi-Fi beside a cable. */
  readonly others: readonly string[]
}

/** @throws Undetermined when ip is missing or broken */
export const readUplink = async (host: Host): Promise<Uplink> => {
  const [routes, device] = await Promise.all([readRoutes(host), deviceTowards(host, somewhere)])
  const defaults = routes.filter(({ to, table }) => to === 'default' && table === 'main')
  return {
    device: device === 'lo' ? null : device,
    others: [...new Set(defaults.map((route) => route.device))].filter((name) => name !== device),
  }
}

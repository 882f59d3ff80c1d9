/** Where the kernel sends the packets of a guest: its routing rules are asked as for the guest, not for the host. */
import type { Host } from '../host/host.ts'
import { addressOf, formatIPv4 } from '../util/address.ts'
import { Undetermined } from '../util/errors.ts'

/** What the kernel does with a packet for some address. */
export type RouteAnswer =
  | {
      readonly to: 'forward'
      /** More than one for a route with several next hops, between which connections are spread. */
      readonly devices: readonly string[]
    }
  | { readonly to: 'host' }
  | {
      readonly to: 'nowhere'
      /** In the words of ip: "Permission denied", "Network is unreachable". */
      readonly why: string
    }

export interface RouteQuestion {
  readonly address: number
  readonly mark: number
}

export const questionKey = ({ address, mark }: RouteQuestion): string => `${address} ${mark}`

interface Raw {
  readonly type?: string
  readonly dev?: string
  readonly nexthops?: readonly { readonly dev?: string }[]
}

/** The kernel's refusals; others mean that the TAP is not ready, which other checks report. */
const refusals = /Permission denied|Network is unreachable|No route to host|Invalid argument/

/**
 * Asks the kernel; nothing is sent, and no root is needed.
 * @param guest its address, with or without prefix length
 * @returns null when the TAP is not there, or not ready
 * @throws Undetermined when ip is missing or broken
 */
export const askGuestRoute = async (
  host: Host,
  tap: string,
  guest: string,
  { address, mark }: RouteQuestion,
): Promise<RouteAnswer | null> => {
  const { code, stdout, stderr, failure } = await host.run([
    'ip',
    '-j',
    '-4',
    'route',
    'get',
    // The route itself, with all its next hops.
    'fibmatch',
    formatIPv4(address),
    'from',
    addressOf(guest),
    'iif',
    tap,
    ...(mark === 0 ? [] : ['mark', String(mark)]),
  ])
  if (failure !== null) throw new Undetermined(`the routes cannot be read: ip ${failure}`)
  if (code !== 0) {
    const [why] = refusals.exec(stderr) ?? []
    return why === undefined ? null : { to: 'nowhere', why }
  }
  let routes: readonly Raw[]
  try {
    routes = JSON.parse(stdout || '[]') as Raw[]
  } catch {
    return null
  }
  const [route] = routes
  if (!route) return null
  if (route.type === 'local' || route.dev === 'lo') return { to: 'host' }
  const devices = [...new Set((route.nexthops ?? [route]).flatMap(({ dev }) => dev ?? []))]
  return devices.length > 0 ? { to: 'forward', devices } : null
}

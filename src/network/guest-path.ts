/** What the simulation of a guest's packets needs to know of this host: routes and addresses. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { readInterfaces } from '../host/interfaces.ts'
import { parseCidr } from '../util/address.ts'
import { askGuestRoute, questionKey, type RouteAnswer } from './guest-route.ts'
import type { GuestPath } from './path.ts'
import { readUplink, type Uplink } from './routes.ts'
import type { Chain } from './rules.ts'
import { routeQuestions } from './simulate.ts'

export interface GuestView {
  readonly path: GuestPath
  /** The interface by which the guest's packets leave, where the kernel was asked about them; else the host's own. */
  readonly uplink: Uplink
}

/** An answer that tells about the guest; null where it tells about a TAP that is not ready. */
const meaningful = async (
  host: Host,
  tap: string,
  hasUplink: boolean,
  answer: RouteAnswer | null,
): Promise<RouteAnswer | null> => {
  if (answer?.to !== 'nowhere') return answer
  // A host without a default route is reported as such.
  if (answer.why === 'Network is unreachable') return hasUplink ? answer : null
  if (answer.why !== 'No route to host') return answer
  // The kernel says the same while it does not forward (check ip-forward).
  const forwards = (await host.readText(`/proc/sys/net/ipv4/conf/${tap}/forwarding`))?.trim()
  return forwards === '1' ? answer : null
}

/**
 * @param chains the rules, which may set the mark that routing asks for
 * @throws Undetermined when ip is missing or broken
 */
export const readGuestPath = async (
  host: Host,
  config: Config,
  chains: readonly Chain[],
): Promise<GuestView> => {
  const { tap, guest_address: guest, guest_mac: mac } = config
  const [uplink, interfaces] = await Promise.all([readUplink(host), readInterfaces(host)])
  const addresses = new Map(
    interfaces.map(({ name, addresses: own }) => [name, own.flatMap((one) => parseCidr(one)?.value ?? [])]),
  )
  const path: GuestPath = { tap, guest, mac, uplink: uplink.device, addresses }
  const isReady = interfaces.some(({ name, up, addresses: own }) => name === tap && up && own.length > 0)
  if (!isReady) return { path, uplink }
  const routes = new Map<string, RouteAnswer>()
  for (const question of routeQuestions(chains, path)) {
    const asked = await askGuestRoute(host, tap, guest, question)
    const answer = await meaningful(host, tap, uplink.device !== null, asked)
    if (answer) routes.set(questionKey(question), answer)
  }
  const devices = [...routes.values()].flatMap((answer) => (answer.to === 'forward' ? answer.devices : []))
  const [device = uplink.device] = devices
  const all = [uplink.device, ...uplink.others].filter((name) => name !== null)
  return {
    path: { ...path, routes },
    uplink: { device, others: all.filter((name) => name !== device && !devices.includes(name)) },
  }
}

/** Rules of policy routing that come before the route of a TAP: exit nodes and full tunnels of VPNs. */
import type { Host } from '../host/host.ts'
import { askRoutes, type Route } from './routes.ts'

interface Rule {
  readonly priority?: number
  readonly src?: string
  readonly table?: string
  /** `suppress_prefixlength N`: routes as wide as N or wider do not count. */
  readonly suppress_prefixlen?: number
  /** Present when the rule is for other packets than those that the other keys describe. */
  readonly not?: unknown
  readonly fwmark?: string
}

/** Keys that a rule for all packets has; with another one it is for some packets only. */
const general = ['priority', 'src', 'table', 'suppress_prefixlen', 'not', 'fwmark', 'fwmask', 'protocol']

const isForUnmarked = (rule: Rule): boolean =>
  (rule.src === undefined || rule.src === 'all') &&
  Object.keys(rule).every((key) => general.includes(key)) &&
  // "not fwmark X": all but the packets of the tunnel itself. Packets of the host have no mark.
  (rule.fwmark === undefined) === (rule.not === undefined)

const builtIn = ['main', 'default', 'local']

/**
 * Where packets of this host for a subnet that is not set up yet would go, although main will have a route for
 * it: a table that a rule names before main and that has a default route. Tailscale's exit nodes do this. A table
 * with throw routes leaves local subnets to main, as its `--exit-node-allow-lan-access` makes it.
 * @returns the device, or null; `ip rule` is asked only where such a table is there
 * @throws Undetermined when ip is missing or broken
 */
export const deviceBeforeMain = async (
  host: Host,
  routes: readonly Route[],
  tap: string,
): Promise<string | null> => {
  const elsewhere = routes.filter(
    ({ to, table, device }) => to === 'default' && !builtIn.includes(table) && device !== tap,
  )
  if (elsewhere.length === 0) return null
  const rules = await askRoutes<Rule>(host, ['ip', '-j', '-4', 'rule', 'show'])
  const raw = await askRoutes<{ type?: string; table?: string }>(host, [
    'ip',
    '-j',
    '-4',
    'route',
    'show',
    'table',
    'all',
  ])
  const open = new Set(raw.filter(({ type }) => type === 'throw').map(({ table = 'main' }) => table))
  const ordered = [...rules].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
  for (const rule of ordered.filter(isForUnmarked)) {
    // The route of the TAP is narrower than what a suppressing rule leaves out.
    if (rule.table === 'main') return null
    const found = elsewhere.find(({ table }) => table === rule.table && !open.has(table))
    if (found) return found.device
  }
  return null
}

import { defineCheck } from '../src/contract/check.ts'
import { readInterfaces } from '../src/host/interfaces.ts'
import { deviceTowards, readRoutes } from '../src/network/routes.ts'
import { addressOf, type Cidr, contains, overlaps, parseCidr } from '../src/util/address.ts'
import { iproute2 } from './iproute2.ts'
import { notForRouted } from './shared/network.ts'

interface Neighbour {
  readonly subnet: string
  readonly device: string
}

interface Facts {
  /** Subnets that lie behind other interfaces, by their addresses and routes. */
  readonly neighbours: readonly Neighbour[]
  /** Next hops of the host's default routes. */
  readonly gateways: readonly string[]
  /** What the kernel sends packets for the guest through; null while the TAP cannot take any. */
  readonly towardsGuest: string | null
}

/** A /24 that overlaps with nothing; the default range first, then another private one. */
const freeSubnet = (taken: readonly Cidr[]): string | null => {
  for (const prefix of ['192.168', '10.249']) {
    for (let third = 249; third >= 200; third--) {
      const net = parseCidr(`${prefix}.${third}.0/24`)
      if (net && !taken.some((other) => overlaps(net, other))) return `${prefix}.${third}`
    }
  }
  return null
}

export const subnetConflict = defineCheck<'subnet-conflict', Facts>({
  id: 'subnet-conflict',
  title: 'Nobody else uses the subnet of the guest',
  group: 'network',
  needs: [iproute2],
  skipReason: notForRouted,
  probe: async (host, config) => {
    const [interfaces, routes] = await Promise.all([readInterfaces(host), readRoutes(host)])
    const foreign = interfaces.filter(({ name }) => name !== config.tap)
    const tap = interfaces.find(({ name }) => name === config.tap)
    const ready = tap?.up && tap.addresses.includes(config.gateway_address)
    const all = [
      ...foreign.flatMap(({ name, addresses }) => addresses.map((subnet) => ({ subnet, device: name }))),
      ...routes
        .filter(({ to, device }) => to !== 'default' && device !== config.tap)
        .map(({ to, device }) => ({ subnet: to, device })),
    ]
    const seen = new Set<string>()
    const neighbours = all.filter(({ subnet, device }) => {
      const cidr = parseCidr(subnet)
      // Halves of everything are how some VPNs write their default route: the subnet of a TAP is narrower.
      if (!cidr || cidr.prefix < 4) return false
      const key = `${cidr.network}/${cidr.prefix} ${device}`
      return !seen.has(key) && seen.add(key)
    })
    const guest = addressOf(config.guest_address)
    return {
      neighbours,
      gateways: routes.flatMap(({ to, gateway, device }) =>
        to === 'default' && gateway && device !== config.tap ? [gateway] : [],
      ),
      towardsGuest: ready ? await deviceTowards(host, guest) : null,
    }
  },
  judge: ({ neighbours, gateways, towardsGuest }, config) => {
    const own = parseCidr(config.gateway_address)
    const guest = parseCidr(config.guest_address)
    if (!own || !guest) return { status: 'skip', reason: 'only IPv4 subnets are compared' }
    const near = neighbours.flatMap(({ subnet, device }) => {
      const cidr = parseCidr(subnet)
      return cidr ? [{ subnet, device, cidr }] : []
    })
    const free = freeSubnet([own, ...near.map(({ cidr }) => cidr)])
    const hint = free
      ? `Set \`gateway_address: ${free}.1/24\` and \`guest_address: ${free}.2/24\`, then make the seed again.`
      : 'Choose another subnet: set `gateway_address` and `guest_address`, then make the seed again.'
    const expected = 'a subnet that nobody else uses'
    const clashes = near.filter(({ cidr }) => overlaps(own, cidr))
    const fatal =
      // Narrower or the same: such a route wins over that of the TAP, or may.
      clashes.find(({ cidr }) => cidr.prefix >= own.prefix && contains(cidr, guest.value)) ??
      clashes.find(({ cidr }) => cidr.value === own.value)
    const gateway = gateways.find((address) => {
      const cidr = parseCidr(`${address}/32`)
      return cidr && overlaps(own, cidr)
    })
    if (fatal)
      return {
        status: 'fail',
        found: `${config.gateway_address} is in ${fatal.subnet} on ${fatal.device}`,
        expected,
        hint,
      }
    if (gateway)
      return {
        status: 'fail',
        found: `${gateway}, this host's own gateway, is in ${config.gateway_address}`,
        expected,
        hint,
      }
    if (towardsGuest !== null && towardsGuest !== config.tap)
      return {
        status: 'fail',
        found: `the host reaches ${guest.address} through ${towardsGuest}`,
        expected: `through ${config.tap}`,
        hint,
      }
    const partial = clashes[0]
    if (partial)
      return {
        status: 'warn',
        found: `${config.gateway_address} overlaps ${partial.subnet} on ${partial.device}`,
        expected,
        hint,
      }
    return { status: 'ok', found: `${config.gateway_address} overlaps with nothing` }
  },
})

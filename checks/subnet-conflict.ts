import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { readInterfaces } from '../src/host/interfaces.ts'
import { deviceBeforeMain } from '../src/network/policy-route.ts'
import { deviceTowards, readRoutes } from '../src/network/routes.ts'
import { addressOf, type Cidr, contains, overlaps, parseCidr } from '../src/util/address.ts'
import { iproute2 } from './iproute2.ts'
import { notForRouted } from './shared/network.ts'

/** What the hint of every finding says: the first three numbers of a subnet that is free here, or null. */
type Free = { readonly free: string | null }

const chooseAnother = ({ free }: Free): string =>
  free === null
    ? 'Choose another subnet: set `gateway_address` and `guest_address`, then make the seed again.'
    : `Set \`gateway_address: ${free}.1/24\` and \`guest_address: ${free}.2/24\`, then make the seed again.`

const unshared = 'a subnet that no other network uses'

const findings = {
  'in-other-network': finding<Free & { address: string; subnet: string; device: string }>({
    found: ({ address, subnet, device }) => `${address} is in ${subnet} on ${device}`,
    expected: unshared,
    hint: chooseAnother,
  }),
  'contains-gateway': finding<Free & { address: string; gateway: string }>({
    found: ({ address, gateway }) => `${gateway}, the gateway of this host, is in ${address}`,
    expected: unshared,
    hint: chooseAnother,
  }),
  'routed-elsewhere': finding<Free & { guest: string; device: string; tap: string }>({
    found: ({ guest, device }) => `the host reaches ${guest} through ${device}`,
    expected: ({ tap }) => `through ${tap}`,
    hint: chooseAnother,
  }),
  overlaps: finding<Free & { address: string; subnet: string; device: string }>({
    found: ({ address, subnet, device }) => `${address} overlaps ${subnet} on ${device}`,
    expected: unshared,
    hint: chooseAnother,
  }),
}

interface Neighbour {
  readonly subnet: string
  readonly device: string
}

interface Facts {
  /** Subnets that lie behind other interfaces, by their addresses and routes. */
  readonly neighbours: readonly Neighbour[]
  /** Next hops of the host's default routes. */
  readonly gateways: readonly string[]
  /** What the kernel sends packets for the guest through; while the TAP cannot take any, a rule before its route. */
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

export const subnetConflict = defineCheck({
  id: 'subnet-conflict',
  title: 'No other network has the subnet of the guest',
  group: 'network',
  needs: [iproute2],
  beforeBoot: 'reported',
  networkPlace: { hop: 'host' },
  findings,
  skipReason: notForRouted,
  probe: async (host, config): Promise<Facts> => {
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
      towardsGuest: ready
        ? await deviceTowards(host, guest)
        : await deviceBeforeMain(host, routes, config.tap),
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
    const clashes = near.filter(({ cidr }) => overlaps(own, cidr))
    const fatal =
      // Narrower or the same: such a route wins over that of the TAP, or may.
      clashes.find(({ cidr }) => cidr.prefix >= own.prefix && contains(cidr, guest.value)) ??
      clashes.find(({ cidr }) => cidr.value === own.value)
    const gateway = gateways.find((address) => {
      const cidr = parseCidr(`${address}/32`)
      return cidr && overlaps(own, cidr)
    })
    const address = config.gateway_address
    if (fatal) {
      const { subnet, device } = fatal
      return { status: 'fail', code: 'in-other-network', values: { address, subnet, device, free } }
    }
    if (gateway !== undefined)
      return { status: 'fail', code: 'contains-gateway', values: { address, gateway, free } }
    if (towardsGuest !== null && towardsGuest !== config.tap) {
      const values = { guest: guest.address, device: towardsGuest, tap: config.tap, free }
      return { status: 'fail', code: 'routed-elsewhere', values }
    }
    const partial = clashes[0]
    if (partial) {
      const { subnet, device } = partial
      return { status: 'warn', code: 'overlaps', values: { address, subnet, device, free } }
    }
    return { status: 'ok', found: `${address} overlaps with nothing` }
  },
})

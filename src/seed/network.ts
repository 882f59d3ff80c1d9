/** What a network-config says, in either version that cloud-init takes. */
import { prefixOfNetmask } from '../util/address.ts'
import { isMap } from '../util/json.ts'

export interface NetworkFacts {
  /** MAC addresses that interfaces are matched by, lower case. */
  readonly macs: readonly string[]
  readonly addresses: readonly string[]
  /** Gateways of default routes. */
  readonly gateways: readonly string[]
  readonly nameservers: readonly string[]
  /** gateway4 is used, which netplan deprecated in favour of routes. */
  readonly gateway4: boolean
  /** An interface asks for its address. Absent in facts that were recorded before this was looked at. */
  readonly dhcp?: boolean
}

const maps = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : isMap(value) ? Object.values(value) : []).filter(isMap)
const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String)

/** Without quotes YAML 1.1 reads a MAC of decimal digits as a number in base 60. */
const macText = (mac: unknown): string =>
  typeof mac === 'number' ? `${mac} (a number, for want of quotes)` : String(mac).toLowerCase()

const macsOf = (mac: unknown): string[] => (mac === undefined || mac === null ? [] : [macText(mac)])

const defaults = ['default', '0.0.0.0/0', '0.0.0.0/0.0.0.0', '::/0']

/** A default route for all packets: one of another table or without a next hop leads nowhere else. */
const isDefault = (to: unknown, { table, type = 'unicast' }: Record<string, unknown>): boolean =>
  defaults.includes(String(to)) &&
  type === 'unicast' &&
  (table === undefined || table === null || table === 254 || table === 'main')

interface Device {
  readonly id: string
  readonly config: Record<string, unknown>
  /** Of the match, or of the device itself. */
  readonly macs: readonly string[]
  /** The devices below it: the ports of a bridge or bond, the link of a VLAN. */
  readonly over: readonly string[]
}

/** The devices that have to do with an interface: it, those of which that is not known, and those on top of it. */
const devicesOf = (devices: readonly Device[], mac: string | null): readonly Device[] => {
  if (mac === null) return devices
  const own = devices.filter(
    ({ macs, over }) => over.length === 0 && (macs.length === 0 || macs.includes(mac)),
  )
  const found = new Set(own)
  const ids = new Set(own.map(({ id }) => id))
  // A bond below a bridge, a VLAN on top of both.
  for (let level = 0; level < 4; level++)
    for (const device of devices) {
      if (!device.over.some((id) => ids.has(id))) continue
      found.add(device)
      ids.add(device.id)
    }
  // Where no interface matches, the MAC is the fault that is reported.
  return own.length === 0 ? devices : [...found]
}

/** An address, which may have options of its own: {"192.0.2.1/24": {label: x}}. */
const addressesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).flatMap((one) => (isMap(one) ? Object.keys(one) : [String(one)]))

const versionTwo = (root: Record<string, unknown>, mac: string | null): NetworkFacts => {
  const all = ['ethernets', 'bonds', 'bridges', 'vlans', 'wifis'].flatMap((kind) =>
    Object.entries(isMap(root[kind]) ? root[kind] : {}).flatMap(([id, config]): Device[] =>
      isMap(config)
        ? [
            {
              id,
              config,
              macs: isMap(config.match) ? macsOf(config.match.macaddress) : [],
              over: kind === 'ethernets' ? [] : [...strings(config.interfaces), ...strings(config.link)],
            },
          ]
        : [],
    ),
  )
  const interfaces = devicesOf(all, mac).map(({ config }) => config)
  const routes = interfaces.flatMap((one) => maps(one.routes)).filter((route) => isDefault(route.to, route))
  const gateway4 = interfaces.flatMap((one) => strings(one.gateway4))
  return {
    macs: all.flatMap(({ macs }) => macs),
    addresses: interfaces.flatMap((one) => addressesIn(one.addresses)),
    gateways: [...routes.flatMap((route) => strings(route.via)), ...gateway4],
    nameservers: interfaces.flatMap((one) =>
      isMap(one.nameservers) ? strings(one.nameservers.addresses) : [],
    ),
    gateway4: gateway4.length > 0,
    dhcp: interfaces.some((one) => one.dhcp4 === true),
  }
}

const withPrefix = (subnet: Record<string, unknown>): string[] =>
  strings(subnet.address).map((address) => {
    const length = subnet.prefix ?? subnet.netmask
    return address.includes('/') || length === undefined
      ? address
      : `${address}/${prefixOfNetmask(String(length)) ?? String(length)}`
  })

const versionOne = (root: Record<string, unknown>, mac: string | null): NetworkFacts => {
  const all = maps(root.config).map(
    (config): Device => ({
      id: String(config.name),
      config,
      macs: macsOf(config.mac_address),
      over: ['bond_interfaces', 'bridge_interfaces', 'vlan_link'].flatMap((key) => strings(config[key])),
    }),
  )
  const devices = devicesOf(all, mac).map(({ config }) => config)
  const subnets = devices.flatMap((device) => maps(device.subnets))
  const routes = [...subnets.flatMap((subnet) => maps(subnet.routes)), ...devices].filter((route) =>
    isDefault(route.destination ?? `${route.network}/${route.netmask}`, { table: route.table }),
  )
  const servers = devices.filter((device) => device.type === 'nameserver')
  return {
    macs: all.flatMap(({ macs }) => macs),
    addresses: subnets.flatMap(withPrefix),
    gateways: [
      ...subnets.flatMap((subnet) => strings(subnet.gateway)),
      ...routes.flatMap((route) => strings(route.gateway)),
    ],
    nameservers: [
      ...subnets.flatMap((subnet) => strings(subnet.dns_nameservers)),
      ...servers.flatMap((server) => strings(server.address)),
    ],
    // Not deprecated here: version 1 has no other way that is as short.
    gateway4: false,
    dhcp: subnets.some((subnet) => /^dhcp4?$/.test(String(subnet.type))),
  }
}

/**
 * @param mac of the guest: what is said of other interfaces does not count; null for all
 * @returns what it says, or the end of a sentence that starts with its name
 */
export const networkOf = (value: unknown, mac: string | null): NetworkFacts | string => {
  // Either version may stand below "network:", as in a netplan file.
  const root = isMap(value) && isMap(value.network) ? value.network : value
  if (!isMap(root)) return 'is no map with version and interfaces'
  if (root.version === 2) return versionTwo(root, mac)
  if (root.version === 1) return versionOne(root, mac)
  return 'has no version: 1 or version: 2'
}

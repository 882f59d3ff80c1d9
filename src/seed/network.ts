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

const versionTwo = (root: Record<string, unknown>): NetworkFacts => {
  const interfaces = maps(root.ethernets)
  const routes = interfaces
    .flatMap((one) => maps(one.routes))
    .filter((route) => defaults.includes(String(route.to)))
  const gateway4 = interfaces.flatMap((one) => strings(one.gateway4))
  return {
    macs: interfaces.flatMap((one) => (isMap(one.match) ? macsOf(one.match.macaddress) : [])),
    addresses: interfaces.flatMap((one) => strings(one.addresses)),
    gateways: [...routes.flatMap((route) => strings(route.via)), ...gateway4],
    nameservers: interfaces.flatMap((one) =>
      isMap(one.nameservers) ? strings(one.nameservers.addresses) : [],
    ),
    gateway4: gateway4.length > 0,
    dhcp: interfaces.some((one) => one.dhcp4 === true),
  }
}

const withPrefix = (subnet: Record<string, unknown>): string[] =>
  strings(subnet.address).map((address) =>
    address.includes('/') || subnet.netmask === undefined
      ? address
      : `${address}/${prefixOfNetmask(String(subnet.netmask)) ?? String(subnet.netmask)}`,
  )

const versionOne = (root: Record<string, unknown>): NetworkFacts => {
  const devices = maps(root.config)
  const subnets = devices.flatMap((device) => maps(device.subnets))
  const routes = [...subnets.flatMap((subnet) => maps(subnet.routes)), ...devices]
    .map((route) => ({
      to: String(route.destination ?? `${route.network}/${route.netmask}`),
      via: route.gateway,
    }))
    .filter((route) => defaults.includes(route.to))
  const servers = devices.filter((device) => device.type === 'nameserver')
  return {
    macs: devices.flatMap((device) => macsOf(device.mac_address)),
    addresses: subnets.flatMap(withPrefix),
    gateways: [
      ...subnets.flatMap((subnet) => strings(subnet.gateway)),
      ...routes.flatMap((r) => strings(r.via)),
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

/** @returns what it says, or the end of a sentence that starts with its name */
export const networkOf = (value: unknown): NetworkFacts | string => {
  // Either version may stand below "network:", as in a netplan file.
  const root = isMap(value) && isMap(value.network) ? value.network : value
  if (!isMap(root)) return 'is no map with version and interfaces'
  if (root.version === 2) return versionTwo(root)
  if (root.version === 1) return versionOne(root)
  return 'has no version: 1 or version: 2'
}

/** What a NoCloud seed says, without what it must not tell: passwords and keys stay out of the facts. */
import { parse } from 'yaml'

export interface NetworkFacts {
  /** MAC addresses that interfaces are matched by, lower case. */
  readonly macs: readonly string[]
  readonly addresses: readonly string[]
  /** Gateways of default routes. */
  readonly gateways: readonly string[]
  readonly nameservers: readonly string[]
  /** gateway4 is used, which netplan deprecated in favour of routes. */
  readonly gateway4: boolean
  /** An interface asks for its address by DHCP. */
  readonly dhcp4?: boolean
}

export interface SeedFacts {
  /** Per file why it is not valid; a missing file counts. */
  readonly faults: Readonly<Record<string, string>>
  readonly network: NetworkFacts | null
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const maps = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : isMap(value) ? Object.values(value) : []).filter(isMap)
const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String)

/** Without quotes YAML 1.1 reads a MAC of decimal digits as a number in base 60. */
const macText = (mac: unknown): string =>
  typeof mac === 'number' ? `${mac} (a number, for want of quotes)` : String(mac).toLowerCase()

const defaults = ['default', '0.0.0.0/0', '::/0']

const networkOf = (value: unknown): NetworkFacts => {
  // Version 2 may stand below "network:", as in a netplan file.
  const root = isMap(value) && isMap(value.network) ? value.network : isMap(value) ? value : {}
  const interfaces = maps(root.ethernets)
  const routes = interfaces
    .flatMap((one) => maps(one.routes))
    .filter((route) => defaults.includes(String(route.to)))
  const gateway4 = interfaces.flatMap((one) => strings(one.gateway4))
  return {
    macs: interfaces.flatMap((one) =>
      isMap(one.match) && one.match.macaddress !== undefined ? [macText(one.match.macaddress)] : [],
    ),
    addresses: interfaces.flatMap((one) => strings(one.addresses)),
    gateways: [...routes.flatMap((route) => strings(route.via)), ...gateway4],
    nameservers: interfaces.flatMap((one) =>
      isMap(one.nameservers) ? strings(one.nameservers.addresses) : [],
    ),
    gateway4: gateway4.length > 0,
    dhcp4: interfaces.some((one) => one.dhcp4 === true),
  }
}

/** The first line of user-data decides what cloud-init takes it for. */
const headers =
  /^(#cloud-config|#!|#include|#cloud-boothook|#part-handler|## template:|Content-Type:|MIME-Version:)/

/** @param read gives the text of one of the three files, or null */
export const parseSeed = (read: (name: string) => string | null): SeedFacts => {
  const faults: Record<string, string> = {}
  const load = (name: string): unknown => {
    const text = read(name)
    if (text === null) {
      faults[name] = 'is missing'
      return null
    }
    if (name === 'user-data' && !headers.test(text)) faults[name] = 'does not start with #cloud-config'
    if (name === 'user-data' && !text.startsWith('#cloud-config')) return null
    try {
      // As cloud-init's parser, which is one of YAML 1.1. "error" throws errors and prints no warnings;
      // "silent" would pass over the errors too.
      return parse(text, { version: '1.1', logLevel: 'error' }) as unknown
    } catch (error) {
      const line =
        isMap(error) && Array.isArray(error.linePos) ? (error.linePos[0] as { line: number }).line : null
      faults[name] = `is not valid YAML${line === null ? '' : ` (line ${line})`}`
      return null
    }
  }
  load('user-data')
  const meta = load('meta-data')
  const network = load('network-config')
  if (!faults['meta-data'] && !(isMap(meta) && meta['instance-id'] !== undefined))
    faults['meta-data'] = 'has no instance-id'
  return { faults, network: faults['network-config'] ? null : networkOf(network) }
}

/** Network interfaces, as `ip -j -d addr show` (netlink, no root needed) describes them. */

import type { Argv } from '../util/argv.ts'
import { Undetermined } from '../util/errors.ts'
import type { Host } from './host.ts'
import { describeRunFailure } from './run-failure.ts'

export interface Interface {
  readonly name: string
  /** "tap", "tun" (layer 3), or the kind of link: "bridge", "veth", "device", … */
  readonly kind: string
  readonly up: boolean
  /** A process holds it: a virtual machine. */
  readonly inUse: boolean
  /** The owner's name, or uid as text where it has no name; null: anybody may attach. */
  readonly owner: string | null
  readonly group: string | null
  readonly multiQueue: boolean
  /** IPv4 addresses with prefix length. */
  readonly addresses: readonly string[]
  /** IPv6 addresses with prefix length, without those that every link gives itself. */
  readonly addresses6: readonly string[]
  /** The bridge (or bond) that it is a port of. */
  readonly master: string | null
  /** Null for what has none, such as a layer 3 TUN. */
  readonly mac: string | null
  /** Bytes of the largest packet. */
  readonly mtu: number
}

interface Raw {
  readonly ifname?: string
  readonly address?: string
  readonly mtu?: number
  readonly master?: string
  readonly flags?: readonly string[]
  readonly linkinfo?: { readonly info_kind?: string; readonly info_data?: Readonly<Record<string, unknown>> }
  readonly addr_info?: readonly {
    readonly family?: string
    readonly local?: string
    readonly prefixlen?: number
    readonly scope?: string
  }[]
}

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

/** The MTU of Ethernet, and of a new TAP. */
export const defaultMtu = 1500

/** Parses the output of `ip -j -d addr show`. @throws SyntaxError when it is not JSON */
export const parseInterfaces = (json: string): Interface[] =>
  (JSON.parse(json) as Raw[])
    .filter((raw) => raw.ifname)
    .map(({ ifname = '', address, mtu = defaultMtu, master, flags = [], linkinfo, addr_info = [] }) => {
      const data = linkinfo?.info_data ?? {}
      const isTun = linkinfo?.info_kind === 'tun'
      return {
        name: ifname,
        kind: isTun ? (text(data.type) ?? 'tun') : (linkinfo?.info_kind ?? 'device'),
        up: flags.includes('UP'),
        // NO-CARRIER is how a TAP looks that no process is attached to; attached, it has a lower layer.
        inUse: isTun && (flags.includes('LOWER_UP') || Number(data.numqueues ?? 0) > 0),
        owner: text(data.user),
        group: text(data.group),
        multiQueue: data.multi_queue === true,
        addresses: addr_info
          .filter((info) => info.family === 'inet')
          .map((info) => `${info.local}/${info.prefixlen}`),
        addresses6: addr_info
          .filter((info) => info.family === 'inet6' && info.scope !== 'link')
          .map((info) => `${info.local}/${info.prefixlen}`),
        master: master ?? null,
        mac: address ?? null,
        mtu,
      }
    })

/** The one call that every network check reads the interfaces with. */
export const showAddresses: Argv = ['ip', '-j', '-d', 'addr', 'show']

/** @throws Undetermined when ip is missing or broken */
export const readInterfaces = async (host: Host): Promise<Interface[]> => {
  const { code, stdout, stderr, failure } = await host.run(showAddresses)
  if (code !== 0)
    throw new Undetermined(
      `the interfaces cannot be read: ip ${failure ? describeRunFailure(failure) : stderr.trim().split('\n')[0]}`,
    )
  try {
    return parseInterfaces(stdout)
  } catch {
    throw new Undetermined('the interfaces cannot be read: ip does not answer in JSON (iproute2 before 4.13)')
  }
}

/** The interface of that name, or null. */
export const findInterface = async (host: Host, name: string): Promise<Interface | null> =>
  (await readInterfaces(host)).find((candidate) => candidate.name === name) ?? null

/**
 * The TAP of that name, or whatever else has the name. One that is down shows nothing of a process that
 * holds it in what ip prints, so the kernel is asked for its carrier.
 */
export const findTap = async (host: Host, name: string): Promise<Interface | null> => {
  const found = await findInterface(host, name)
  if (found?.kind !== 'tap' || found.up || found.inUse) return found
  return { ...found, inUse: (await host.askCarrier(name)) === true }
}

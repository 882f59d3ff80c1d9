/** What `ip -j -d addr show` prints, made from a few words: the shape is iproute2 6.1's. */
export interface Link {
  readonly name: string
  readonly kind?: string
  readonly data?: Readonly<Record<string, unknown>>
  readonly flags?: readonly string[]
  readonly addresses?: readonly string[]
  readonly master?: string
  readonly mac?: string
  readonly mtu?: number
}

export const ipJson = (...links: readonly Link[]): string =>
  JSON.stringify(
    links.map(
      ({
        name,
        kind,
        data,
        flags = ['BROADCAST', 'MULTICAST'],
        addresses = [],
        master,
        mac,
        mtu = 1500,
      }) => ({
        ifname: name,
        flags,
        mtu,
        ...(master ? { master } : {}),
        ...(mac ? { address: mac } : {}),
        ...(kind ? { linkinfo: { info_kind: kind, info_data: data } } : {}),
        addr_info: addresses.map((address) => {
          const [local, prefix] = address.split('/')
          const scope = local?.startsWith('fe80') ? 'link' : 'global'
          return { family: local?.includes(':') ? 'inet6' : 'inet', local, prefixlen: Number(prefix), scope }
        }),
      }),
    ),
  )

/** A TAP as `ip tuntap add … mode tap` leaves it, brought up and waiting for a guest. */
export const tapLink = (changes: Partial<Link> = {}): Link => ({
  name: 'vm-tap0',
  kind: 'tun',
  flags: ['NO-CARRIER', 'BROADCAST', 'MULTICAST', 'UP'],
  ...changes,
  data: { type: 'tap', vnet_hdr: false, multi_queue: false, persist: true, user: 'sky', ...changes.data },
})

export const showAddresses = 'ip -j -d addr show'

/** The TAP and the addresses on both of its ends. */
import type { Shapes } from '../kinds.ts'

export const networkKeys = {
  tap: {
    kind: 'interface',
    about: 'The TAP.',
    computed: true,
  },
  guest_range: {
    kind: 'cidr',
    about: 'Addresses of all guests: each has a /24 of it, or a /30 of a range smaller than a /23.',
    default: '192.168.248.0/21',
  },
  gateway_address: {
    formerly: 'host_address',
    kind: 'cidr',
    about: "The guest's gateway: the host on the TAP; on a bridge, the router. With its prefix length.",
    computed: true,
  },
  guest_address: {
    kind: 'cidr-or-dhcp',
    about: 'The address of the guest, in the same subnet; on a bridge, dhcp unless it is set.',
    computed: true,
  },
  ipv6: {
    kind: 'enum',
    values: ['none', 'masquerade', 'routed'],
    about: 'IPv6 for the guest behind a TAP: none, behind the address of the host, or with its own.',
    default: 'none',
  },
  guest_range6: {
    kind: 'range6',
    about: 'IPv6 addresses of all guests, a /48 to /64: each has a /64 of it. For routed, one of yours.',
    default: 'fdc4:1d0c:7a3e::/48',
  },
  guest_mac: {
    kind: 'mac',
    about: 'The MAC of the guest, in the seed and on the command line alike.',
    computed: true,
  },
  mtu: {
    kind: 'integer',
    // What the VIRTIO specification and IPv6 (RFC 8200, section 5) ask for, and what a TAP accepts.
    min: 1280,
    max: 65521,
    about: 'The MTU of the TAP, which the guest takes over. Without it: that of the uplink, at most 1500.',
    optional: true,
  },
  nat: {
    kind: 'boolean',
    about: 'Let the guest into the internet through this host: forwarding and masquerade.',
    default: true,
  },
  nameservers: {
    kind: 'addresses',
    about: 'Name servers of the guest.',
    default: ['9.9.9.9', '1.1.1.1'],
  },
  persist_network: {
    formerly: 'persist',
    kind: 'boolean',
    about: 'Whether the network of the guest is to survive a reboot of the host.',
    default: false,
  },
} as const satisfies Shapes

/** Words of the servers that give out addresses and names. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const dhcpDnsTerms: Terms = [
  [
    /\bUsing degraded feature set\b/,
    'systemd-resolved did not get an answer with EDNS0 from that name server and asks in a simpler way: the server is old, or packets are lost (a firewall, an MTU). Names mostly resolve all the same.',
  ],
  [
    /\bDHCP packet received on \S{1,15} which has no address\b/,
    'dnsmasq answers DHCP only on an interface with an address of its own in the range: `ip addr add ADDRESS/PREFIX dev NAME` for that bridge or TAP, before dnsmasq starts.',
  ],
  [
    /\bno address range available for DHCP request\b/,
    'No --dhcp-range of dnsmasq lies in the network of the address of that interface: compare the range with `ip -br addr` (prefix included).',
  ],
  [
    /\bDHCP\w{1,60}\(\S{1,15}\) .{0,60}\bno address available\b/,
    'All addresses of the range are leased, or this one is held for another machine: remove old leases (the file of --dhcp-leasefile, `virsh net-dhcp-leases NETWORK`), make the range larger, or shorten the lease.',
  ],
  [
    /\bMaximum number of concurrent DNS queries reached\b/,
    'dnsmasq has too many questions open: the server behind it does not answer, or it asks itself in a circle (its own address in /etc/resolv.conf: give it `--no-resolv --server=ADDRESS`).',
  ],
  [
    /\bpossible DNS-rebind attack detected\b/,
    'dnsmasq (--stop-dns-rebind) drops an answer that names a private address: for names of your own network `--rebind-domain-ok=DOMAIN` permits it.',
  ],
  [
    /\breducing DNS packet size for nameserver\b/,
    'Large answers of that name server do not arrive, so dnsmasq asks for smaller ones: a note; where names fail as well, look at the MTU on the way.',
  ],
  [
    /\bNo subnet declaration for \S{1,15} |\bIgnoring requests on \S{1,15}\.?$/,
    'dhcpd serves only interfaces that have an address within a `subnet` of dhcpd.conf: set the address of that interface first, and declare its network.',
  ],
]

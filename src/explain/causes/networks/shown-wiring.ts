/** How tables show that bridge, card, TAP and addresses are put together in a way that cannot work. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#firmware-booting')

/** A name as part of an expression. */
const literal = (name: string): string => name.replaceAll('.', '\\.')

/** Whether the text shows the interface as a port of a bridge. */
const isPort = (says: Evidence['says'], device: string): boolean =>
  device !== '' &&
  says(
    new RegExp(
      `^\\s*\\d+: ${literal(device)}(?:@\\S+)?: <.*\\bmaster (?!bond|team|ovs|vrf)|\\blink set (?:dev )?${literal(device)} master br|\\baddif \\S+ ${literal(device)}\\b|\\b8000\\.[\\da-f]{12}\\s+(?:no|yes)\\s+${literal(device)}\\s*$`,
    ),
  )

const portWithAddress = ({ text, says }: Evidence): boolean => {
  const device =
    /^inet .* (\S{2,15})$/.exec(text)?.[1] ??
    /^default via \S+ dev (\S{2,15})/.exec(text)?.[1] ??
    /^(\S{2,15})\s+UP\s+\d/.exec(text)?.[1] ??
    ''
  return isPort(says, device)
}

/** A TAP that is up beside a bridge, and is no port of it. */
const isOutsideBridge = ({ text, says }: Evidence): boolean => {
  const device = /\b((?:vm)?tap\w*|vnet\d+|vm-\w+): </.exec(text)?.[1] ?? ''
  return (
    !/\bmaster \S/.test(text) &&
    says(/^\s*br[\w.-]{0,13}\s+8000\.[\da-f]{12}\s|\bmaster br\S* state\b|\bbridge link\b/) &&
    !says(new RegExp(`^\\s*(?:\\S+\\s+8000\\.[\\da-f]{12}\\s+(?:no|yes)\\s+)?${literal(device)}\\s*$`)) &&
    !says(new RegExp(`^\\s*\\d+: ${literal(device)}(?:@\\S+)?: .*\\bmaster `))
  )
}

const isCloudMachine = ({ says }: Evidence): boolean =>
  says(
    /@ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b|\bamazonaws\b|\.compute\.internal\b|\bhetzner\b|\bOVH\b|\bazure\b|\bgoogle compute\b|\bdigitalocean\b/i,
  ) && says(/\btap|\bvnet\d|\bveth/)

export const shownWiring: readonly Cause[] = [
  {
    id: 'bridge-port-has-address',
    severity: 'warning',
    line: [
      /^inet (?<address>[\d.]{7,15})\/\d{1,2} .{0,120}\bscope global .{0,60}?(?<device>e(?:th|n|m)\w{1,13}|bond\d)$/,
      /^(?<device>e(?:th|n|m)\w{1,13}|bond\d)\s{1,20}UP\s{1,20}(?<address>[\d.]{7,15})\/\d{1,2}.{1,60} fe80::/,
      /^default via (?<gateway>[\d.]{7,15}) dev (?<device>e(?:th|n|m)\w{1,13}|bond\d)\b/,
    ],
    needs: portWithAddress,
    what: 'The address {address|or default route} stands on {device|the card}, which is a port of a bridge: it belongs to the bridge.',
    why: 'What comes in by a port goes to the bridge, so the host loses its network (no ARP, no answer) as long as address and routes stay on the port. Mostly a DHCP client or an old configuration still serves the card.',
    hint: '`sudo ip addr flush dev {device|DEV}`, then give the address to the bridge (`sudo dhclient br0`, or `sudo ip addr add ADDRESS/24 dev br0` and `sudo ip route add default via GATEWAY dev br0`). Lasting: no address and `dhcp4: false` for the card, all of it under the bridge.',
    check: 'tap-address',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'bridge-took-card',
    severity: 'warning',
    line: [
      /\bbrctl addif (?<bridge>\S{1,15}) (?<device>e(?:th|n|m)\w{1,13})$/,
      /\bip link set (?:dev )?(?<device>e(?:th|n|m)\w{1,13}) master (?<bridge>br\S{0,14})$/,
    ],
    needs: ({ says }) =>
      says(
        /nreachable|100% packet loss|timed out|No route to host|[Cc]onnection (?:lost|closed)|Broken pipe|client_loop/,
      ) && !says(/\baddr(?:ess)? (?:add|flush|del) |\bdhclient \S{0,6}br|\bifconfig br\S+ \d/),
    what: 'The card {device|} was put into the bridge {bridge|}, and the address of the host was not moved with it: the host loses its network.',
    why: 'What comes in by a port goes to the bridge; the address and the default route that still stand on the card are of no use any more.',
    hint: 'At the console of the host, in one line: `sudo ip addr flush dev {device|eth0}; sudo ip link set {bridge|br0} up; sudo dhclient {bridge|br0}` (static: `sudo ip addr add ADDRESS/24 dev {bridge|br0}; sudo ip route add default via GATEWAY`). Back: `sudo ip link set {device|eth0} nomaster`. Lasting: netplan, NetworkManager or /etc/network/interfaces.',
    check: 'tap-address',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'tap-outside-bridge',
    severity: 'warning',
    line: [
      /(?:^|› )(?:\d{1,6}: )?(?<device>(?:vm)?tap\w{0,12}|vnet\d{1,3}|vm-\w{1,12}): <(?:\S{0,60},)?UP\b.{0,120}\bstate (?:UP|UNKNOWN|DOWN)\b/,
    ],
    needs: isOutsideBridge,
    what: 'The TAP {device|} is no port of the bridge that the text shows: the guest behind it reaches nothing over that bridge.',
    why: 'A TAP joins a bridge only when somebody puts it there (`master` is missing in its line); Cloud Hypervisor itself does not.',
    hint: '`sudo ip link set {device|TAP} master br0 && sudo ip link set {device|TAP} up`; `bridge link` must list it. Lasting: a .network file with [Match] Name=tap* and [Network] Bridge=br0, or without a bridge an address on the TAP and NAT.',
    check: 'tap-device',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'bridge-in-cloud-network',
    severity: 'warning',
    line: [
      /\b8000\.[\da-f]{12}\s{1,40}(?:no|yes)\s{1,40}(?<device>e(?:th|n)\w{1,13})$/,
      /\b(?<device>e(?:th|n)\w{1,13}): <.{3,100}> .{0,60}\bmaster br\w{0,12}\b/,
    ],
    needs: isCloudMachine,
    what: 'The card {device|} of a rented machine is in a bridge with a guest: the network of the provider does not carry the MAC of the guest.',
    why: 'Clouds (AWS, Azure, Google, Hetzner, OVH) deliver to the MACs and addresses only that they assigned: ARP of a guest with another MAC is not answered, or the port is even locked.',
    hint: 'Route instead of bridging: a TAP or bridge without the card, with a network of its own and NAT (`chv-doctor fix nat`), or an additional address of the provider that is routed to the host (`proxy_arp`); with a virtual MAC that the provider gives out, use that as mac=.',
    check: 'nat',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'provider-refuses-mac',
    line: [/\busing different MAC addresses (?:from|than) those allowed\b/, /^Unallowed MACs?:/],
    what: 'The provider saw frames with MAC addresses that it did not assign, and threatens to lock the port.',
    why: 'Guests (or a bridge that took the MAC of a TAP, containers, macvtap) send with MACs of their own over the card of the host.',
    hint: 'Take the card out of the bridge and route: the address stays on the card, guests sit on a bridge without it, with NAT or routed addresses; or order a virtual MAC for the additional address and give it as mac=. A bridge keeps the MAC of the card with `ip link set br0 address MAC`.',
    check: 'nat',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'tap-single-queue-shown',
    severity: 'warning',
    line: [
      /^(?<device>(?:vm)?tap[\w.-]{0,12}): tap (?!.{0,60}\bmulti_queue\b)(?:one_queue |vnet_hdr |pi |persist ){0,4}.{0,40}$/,
    ],
    needs: ({ says }) => says(/\bnum_queues=(?:[4-9]|\d\d)/),
    what: 'The TAP {device|} was made for one queue pair, and --net asks for more (num_queues).',
    why: 'Several queue pairs need the flag multi_queue, which is set when the TAP is made: without it Cloud Hypervisor cannot open it a second time (EINVAL or EBUSY).',
    hint: '`sudo ip tuntap del {device|tap0} mode tap; sudo ip tuntap add {device|tap0} mode tap user $USER multi_queue`, or num_queues=2.',
    check: 'tap-device',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'default-route-missing',
    severity: 'warning',
    line: [
      /^(?<net>[\d.]{7,15}\/\d{1,2}) dev (?<device>e(?:th|n)\w{1,13}) (?:proto kernel )?scope link\b/,
      /^(?<net>[\d.]{7,15})\s{1,12}0\.0\.0\.0\s{1,12}255\.[\d.]{5,11}\s{1,12}U\s.{0,60}\b(?<device>e(?:th|n)\w{1,13})$/,
    ],
    needs: ({ says }) =>
      says(/\b(?:ip r|ip ro|ip route|route -n|netstat -rn)\b|Kernel IP routing table/) &&
      !says(/^\s*(?:default|0\.0\.0\.0|0\.0\.0\.0\/0)\s/) &&
      says(/unreachable|Temporary failure|100% packet loss|[Cc]ould not resolve|timed out/),
    what: 'The machine has an address on {device|its card} and no default route: it reaches its own network ({net|the link}) only.',
    why: 'The static configuration names no gateway, or the DHCP server gave none. For a guest behind a TAP the gateway is the address of the TAP or bridge on the host.',
    hint: 'At once: `sudo ip route add default via GATEWAY dev {device|eth0}`. Lasting: `- to: default` with `via: GATEWAY` below routes: in network-config or netplan, `gateway` in /etc/network/interfaces, Gateway= in the .network file, and a name server beside it.',
    check: 'cloud-init',
    reference: 'https://man7.org/linux/man-pages/man8/ip-route.8.html',
    confidence: 'likely',
  },
  {
    id: 'ipv6-default-missing',
    severity: 'warning',
    line: [/^fe80::\/64 dev (?<device>e(?:th|n)\w{1,13})\b/],
    needs: ({ says }) =>
      says(/\bip -6 r/) &&
      says(/unreachable/) &&
      says(/\bping6 |\bping -6 |\bcurl -6/) &&
      !says(/^\s*default (?:via|dev)/),
    what: 'The machine has no IPv6 default route and on {device|its card} the link-local address only: no router announcement arrived.',
    why: 'Nobody sends announcements on that link (a TAP with NAT has IPv6 only if the host runs radvd or dnsmasq with enable-ra, and forwards), accept_ra is off, or the firewall drops ICMPv6. IPv4 is not concerned.',
    hint: 'Use IPv4 (`-4`), or on the host: an IPv6 address on the TAP or bridge, `net.ipv6.conf.all.forwarding=1` (and accept_ra=2 on the uplink), dnsmasq with `enable-ra`; a bridge with the uplink passes those of the router through.',
    reference: 'https://docs.kernel.org/networking/ip-sysctl.html',
    confidence: 'likely',
  },
  {
    id: 'interface-renamed',
    severity: 'warning',
    line: [/\b(?<new>e(?:n|th)\w{1,13}): renamed from (?<old>eth\d)\b/],
    needs: ({ text, says }) => {
      const old = /renamed from (eth\d)/.exec(text)?.[1] ?? ''
      return says(
        new RegExp(
          `^\\s*(?:auto|allow-hotplug|iface) ${old}\\b|^\\s*${old}:\\s*$|^Name=${old}$|^DEVICE="?${old}|Cannot find device "${old}"|${old}: (?:ERROR|error)|interface-name=${old}`,
        ),
      )
    },
    what: 'The card is called {new|otherwise} (renamed from {old|eth0}), and the configuration is for {old|eth0}: nobody sets it up.',
    why: 'udev gives names by the place on the bus; the order of devices on the command line changes that place.',
    hint: 'Use the new name there, or match by MAC (`macaddress:` below match:, [Match] MACAddress=), or keep the old names with `net.ifnames=0` on the kernel command line.',
    check: 'cloud-init',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.net-naming-scheme.html',
    confidence: 'likely',
  },
]

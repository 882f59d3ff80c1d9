/** What dnsmasq says that gives out addresses and names, and answers that do not arrive. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#firmware-booting')
const dnsmasq = 'https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html'

export const dhcpServers: readonly Cause[] = [
  {
    id: 'dhcp-offer-not-taken',
    line: [
      /^(?:dnsmasq-dhcp\S{0,12}: )?(?:\d{1,10} )?DHCPDISCOVER\((?<device>\S{1,20})\) (?<mac>[\da-f:]{17})/,
    ],
    needs: ({ before, says }) => /\bDHCPOFFER\(/.test(before ?? '') && !says(/\bDHCP(?:REQUEST|ACK)\(/),
    what: 'dnsmasq answers the question of {mac|the guest} on {device|that interface}, and the guest asks again: the offer does not arrive or is not taken.',
    why: 'The way back is the fault: the checksum of the answer is not filled in (offload, old DHCP clients drop it), a firewall or ebtables rule drops it (UDP 67 to 68), or the port of the bridge or its VLAN is wrong.',
    hint: '`sudo tcpdump -vni DEV port 67 or port 68` on the TAP and in the guest shows how far the offer comes; at "bad udp cksum": `sudo ethtool -K DEV tx off`, or `sudo iptables -t mangle -A POSTROUTING -p udp --dport 68 -j CHECKSUM --checksum-fill`.',
    check: 'tap-device',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'dhcp-checksums-bad',
    severity: 'warning',
    line: [
      /\b\d{1,6} bad (?:udp|IP) checksums in \d{1,6} packets/i,
      /\.(?:67|bootps) > \S{1,60}\.(?:68|bootpc): \[bad udp cksum/,
    ],
    what: 'The DHCP answers carry a UDP checksum that is not filled in, and the client drops them.',
    why: 'The host leaves checksums to the card (offload); between a server on the host and a TAP no card fills them in, and older clients (dhclient, dhcpcd) do not accept that.',
    hint: 'On the host: `sudo ethtool -K TAP tx off` (and the bridge), or `sudo iptables -t mangle -A POSTROUTING -p udp --dport 68 -j CHECKSUM --checksum-fill`; or a static address in the seed.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'dhcp-lease-refused',
    severity: 'note',
    line: [
      /\bDHCPNAK\b.{0,80}(?<words>wrong network|address in use|address not available|lease not found|wrong server-ID|wrong address|no leases left|static lease available)/,
    ],
    what: 'The DHCP server refuses the address that a client asked for ({words|see the message}); the client then asks for a new one.',
    why: 'The guest remembers an address of another network or of an earlier lease. It is a fault only where it goes on: two DHCP servers on one link contradict each other, or the range has changed.',
    hint: 'Look for DHCPDISCOVER and DHCPACK behind it; else remove the old lease in the guest (/var/lib/dhcp, /run/systemd/netif/leases), and see that only one server answers.',
    reference: dnsmasq,
    confidence: 'likely',
  },
  {
    id: 'dhcp-request-unconfirmed',
    line: [/^(?:udhcpc: )?(?:broadcasting|sending|Sending) select for (?<address>[\d.]{7,15})/],
    needs: ({ before, says }) =>
      /\bselect for\b/i.test(before ?? '') && !says(/\b[Ll]ease of \S{7,15} obtained\b/),
    what: 'The client got an offer ({address|an address}), asks for it again and again, and nobody confirms it.',
    why: 'The server does not see the request (a filter of MACs on the bridge, the switch or a cloud), refuses it silently, or two servers answer and each means the other.',
    hint: '`sudo tcpdump -vni DEV port 67 or port 68` on the side of the server; the log of the server says why (DHCPNAK, "no address").',
    reference: dnsmasq,
    confidence: 'likely',
  },
  {
    id: 'dhcp-client-ignored',
    line: [/\bDHCP(?:DISCOVER|REQUEST)\(\S{1,20}\) .{0,60}(?<mac>[\da-f:]{17}) ignored\b/],
    what: 'dnsmasq does not serve the machine {mac|that asked}: its configuration says so.',
    why: 'The range is `static` (only machines with dhcp-host), a dhcp-ignore fits it (unknown MAC, a tag), or the MAC of the VM is another than the one that is listed.',
    hint: 'Compare dhcp-host= and dhcp-ignore= with mac= of --net; or leave `static` out of dhcp-range.',
    reference: dnsmasq,
    confidence: 'likely',
  },
  {
    id: 'dhcp-server-no-subnet',
    line: [
      /\bNo subnet declaration for (?<device>\S{1,20})/,
      /\bNot configured to listen on any interfaces\b/,
      /\binterface (?<device>\S{1,20}) has no usable IPv4 addresses configured\b/,
    ],
    what: 'The DHCP server serves nobody on {device|any interface}: it has no network that fits the address there.',
    why: 'The interface has no address yet when the server starts (a TAP or bridge that is made later), or its configuration declares another network.',
    hint: 'Set the address first (`sudo ip addr add 192.168.249.1/24 dev TAP`), declare that network (dhcpd.conf subnet and range, Kea subnet4), then restart the server.',
    check: 'tap-address',
    reference: 'https://kb.isc.org/docs/isc-dhcp-44-manual-pages-dhcpdconf',
    confidence: 'likely',
  },
  {
    id: 'dhcp-reservation-held',
    severity: 'warning',
    line: [/\bnot using configured address (?<address>[\d.]{7,15}) because it (?<words>.{3,100})/],
    what: 'dnsmasq does not give the reserved address {address|} to its machine: it {words|is held by another}.',
    why: 'Another machine got it before the reservation was made, answers for it, or the same VM came back with another MAC.',
    hint: 'Remove that line from the file of leases (--dhcp-leasefile, /var/lib/misc/dnsmasq.leases) while dnsmasq is stopped, or reserve addresses outside of the range.',
    reference: dnsmasq,
    confidence: 'likely',
  },
  {
    id: 'dnsmasq-port-taken',
    line: [
      /\bfailed to (?:create listening socket|bind DHCP server socket)\b.{0,40}: Address already in use/,
    ],
    errnos: [98],
    what: 'dnsmasq does not start: another program has its port (53 for names, 67 for DHCP).',
    why: 'systemd-resolved, named, or another dnsmasq (of libvirt, LXD, NetworkManager) listens there; without bind-interfaces dnsmasq wants the port on all addresses.',
    hint: '`sudo ss -lunp "sport = :53 or sport = :67"` shows who. Restrict it: `--interface=TAP --bind-interfaces --except-interface=lo`, and `--port=0` where only DHCP is needed.',
    check: 'tap-address',
    reference: dnsmasq,
    confidence: 'likely',
  },
  {
    id: 'dnsmasq-address-not-there',
    line: [/\bfailed to create listening socket for (?<address>\S{3,45}): Cannot assign requested address/],
    errnos: [99],
    what: 'dnsmasq does not start: no interface has the address {address|} on which it is to listen.',
    why: 'The TAP or bridge is made later than dnsmasq starts (at boot), or its address was removed.',
    hint: 'Set the address first (`sudo ip addr add {address|ADDRESS}/24 dev TAP`), or use `bind-dynamic` in place of bind-interfaces, which waits for interfaces.',
    check: 'tap-address',
    reference: dnsmasq,
    confidence: 'likely',
  },
  {
    id: 'dnsmasq-configuration-refused',
    line: [
      /\bdnsmasq: (?<words>inconsistent DHCP range|duplicate dhcp-host IP address .{1,80}|junk found in command line|illegal repeated .{1,60}|missing parameter .{0,60}|extraneous parameter .{0,60})/,
      /^(?<words>inconsistent DHCP range|duplicate dhcp-host IP address .{1,80}|junk found in command line|FAILED to start up)$/,
      /\bdnsmasq\S{0,12}: (?<words>FAILED to start up)/,
    ],
    needs: ({ text, says }) =>
      !/FAILED/.test(text) ||
      !says(
        /failed to (?:create listening|bind)|unknown interface|inconsistent DHCP|duplicate dhcp-host|bad .{1,40} at line/,
      ),
    what: 'dnsmasq does not accept its configuration and does not start: {words|see the message}.',
    why: 'Inconsistent range: both ends and the address of the interface must lie in one network. Duplicate: one address stands for two machines. Junk: a word of the command line belongs to no option. FAILED only ends what a line before it says.',
    hint: '`dnsmasq --test -C FILE` checks a file; `journalctl -u dnsmasq -b` has the lines before.',
    reference: dnsmasq,
    confidence: 'likely',
  },
  {
    id: 'dnsmasq-no-upstream',
    severity: 'warning',
    line: [
      /\bno servers found in (?<file>\S{1,80}), will retry/,
      /\bignoring nameserver \S{1,45} - (?:local interface|cannot make\/bind socket)/,
    ],
    needs: ({ says }) => !says(/\busing nameserver \d/),
    what: 'dnsmasq knows no name server to ask ({file|/etc/resolv.conf} names none, or only dnsmasq itself).',
    why: 'Names of the outside are then not resolved for the guests; DHCP works. 127.0.0.53 belongs to systemd-resolved; an address of its own would be a circle.',
    hint: 'Give it one: `--no-resolv --server=9.9.9.9`, or `--resolv-file=/run/systemd/resolve/resolv.conf` beside systemd-resolved.',
    reference: dnsmasq,
    confidence: 'likely',
  },
]

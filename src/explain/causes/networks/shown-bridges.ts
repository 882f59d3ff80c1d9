/** What bridge, brctl and ip show of a bridge that works otherwise than meant: states, MACs, MTUs, VLANs. */
import type { Cause } from '../../cause.ts'

const bridges = 'https://man7.org/linux/man-pages/man8/bridge.8.html'

/** A name as part of an expression. */
const literal = (name: string): string => name.replaceAll('.', '\\.')

export const shownBridges: readonly Cause[] = [
  {
    id: 'bridge-mtu-differs',
    severity: 'warning',
    line: [
      /\b(?<device>[\w.-]{2,15})(?:@\S{1,15})?: <.{3,100}> mtu (?<mtu>(?!1500\b)[2-9]\d{3}) .{0,80}\bmaster (?<bridge>\S{1,15})/,
    ],
    needs: ({ text, says }) => {
      const bridge = /\bmaster (\S{1,15})/.exec(text)?.[1] ?? ''
      return says(new RegExp(`: <.*> mtu 1500 .*\\bmaster ${literal(bridge)}\\b`))
    },
    what: 'The ports of {bridge|the bridge} have different MTUs ({device|one} {mtu|a larger one}, another 1500): large packets towards the smaller one are dropped.',
    why: 'A bridge cannot fragment, and takes the smallest MTU of its ports for itself unless one is set. TAPs are made with 1500.',
    hint: '`sudo ip link set TAP mtu {mtu|9000}` for each port and the bridge, and the same in the guest (`mtu=` of --net, or in its configuration); or 1500 everywhere.',
    check: 'tap-device',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-mac-on-two-ports',
    severity: 'warning',
    line: [/^(?<mac>[\da-f]{2}(?::[\da-f]{2}){5}) dev (?<device>\S{2,15}) master \S{1,15}(?! permanent)/],
    needs: ({ text, says }) => {
      const [, mac = '', device = ''] = /^(\S{17}) dev (\S+)/.exec(text) ?? []
      return (
        !/^(?:01:|33:)/.test(mac) &&
        says(new RegExp(`^\\s*${mac} dev (?!${literal(device)} )\\S+ (?:vlan \\d+ )?master`)) &&
        !says(/^\S{17} dev \S+ vlan/)
      )
    },
    what: 'The bridge knows the MAC {mac|} on two ports ({device|} and another one).',
    why: 'Two guests have the same MAC (cloned, or none was set by hand for each), or a loop brings frames back: answers go to either.',
    hint: 'Give each VM its own mac= (second digit 2, 6, a or e: `02:…`); then `bridge fdb show br BRIDGE` shows each once.',
    check: 'tap-device',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-mac-of-tap',
    severity: 'note',
    line: [
      /^(?<bridge>br[\w-]{0,13})\s{1,20}(?:UP|UNKNOWN)\s{1,20}(?<mac>[\da-f]{2}(?::[\da-f]{2}){5}) <BROADCAST/,
    ],
    needs: ({ text, says }) => {
      const mac = /\s([\da-f:]{17})\b/.exec(text)?.[1] ?? ''
      return says(new RegExp(`^\\s*(?:(?:vm)?tap|vnet|veth|vm-)\\S*\\s+\\S+\\s+${mac}`))
    },
    what: 'The bridge {bridge|} has the MAC of a TAP ({mac|the lowest of its ports}): it changes whenever a VM starts or ends.',
    why: 'A bridge without a MAC of its own takes the lowest of its ports. Others reach the host only after they asked again (ARP), DHCP may give it another address, and a provider may block the unknown MAC.',
    hint: 'Fix it: `sudo ip link set {bridge|br0} address MAC-OF-THE-CARD` (netplan `macaddress:`, networkd MACAddress= in the .netdev, `bridge_hw eth0` in /etc/network/interfaces).',
    check: 'tap-device',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-vlan-shown',
    severity: 'note',
    line: [/^port\s{1,20}vlan[- ]ids?\b/],
    what: 'The table lists the VLANs that each port of the bridge lets through: guests reach only ports that have the same VLAN.',
    why: 'With vlan_filtering a frame passes where its VLAN stands in the rows of both ports; PVID is where frames without a tag belong. A VLAN that only the card has ends there.',
    hint: '`sudo bridge vlan add dev TAP vid N pvid untagged` puts a guest into VLAN N (and `sudo bridge vlan add dev CARD vid N` lets it out with its tag; `… dev br0 vid N self` for the host); `ip -d link show br0 | grep vlan_filtering` tells whether it counts.',
    reference: bridges,
    confidence: 'possible',
  },
  {
    id: 'bridge-port-waits',
    severity: 'note',
    line: [
      /\b(?<device>[\w.-]{2,15})(?:@\S{1,20})?: <.{3,100}> .{0,60}\bmaster (?<bridge>\S{1,20}) state (?<state>listening|learning)\b/,
    ],
    what: 'The port {device|} of {bridge|the bridge} does not forward yet (state {state|listening}): spanning tree waits.',
    why: 'With STP a port passes nothing for twice the forward delay (30 seconds) after it came up: DHCP and PXE of a guest give up meanwhile.',
    hint: '`sudo ip link set BRIDGE type bridge stp_state 0 forward_delay 0` where there is no loop (in /etc/network/interfaces `bridge-stp off`, `bridge-fd 0`; netplan `stp: false` and `forward-delay: 0` below parameters:; NetworkManager `bridge.stp no`).',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-port-blocked',
    severity: 'warning',
    line: [
      /\b(?<device>[\w.-]{2,15})(?:@\S{1,20})?: <.{3,100}> .{0,60}\bmaster (?<bridge>\S{1,20}) state blocking\b/,
    ],
    what: 'Spanning tree blocks the port {device|} of {bridge|the bridge}: nothing passes there.',
    why: 'The bridge sees a second way to the same network: two cards in one LAN, a cable or tunnel that closes a loop. Blocking is what protects from that loop.',
    hint: 'Take one of the two ways out of the bridge (`sudo ip link set {device|DEV} nomaster`), or make a bond of the two cards; `bridge -d link`, `brctl showstp BRIDGE` show the root port.',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-own-address',
    severity: 'warning',
    line: [
      /\b(?<bridge>[\w.-]{1,15}): received packet on (?<device>\S{1,20}) with own address as source address(?: \(addr:(?<mac>[\da-f:]{17}))?/,
    ],
    what: 'The bridge {bridge|} gets back over {device|a port} a frame with a MAC of its own as the sender ({mac|its MAC}).',
    why: 'A loop (two ports on one network, a bond that is none on the switch, a Wi-Fi mesh), or another machine with the same MAC: a cloned VM, or a guest that was given the MAC of the card.',
    hint: 'Compare the MACs (`ip -br link`, mac= of each VM): each guest needs one of its own, not that of the card. Then look for the loop: `bridge link`, one cable or port at a time, LACP on the switch.',
    check: 'tap-device',
    reference: bridges,
    confidence: 'likely',
  },
]

/** What follows from a network that a table or file shows to be put together wrongly. */
import { isCause, type Rule } from './follow-up-rule.ts'
import type { Found } from './ranking.ts'

/** What a person sees who tries to reach something over it. */
const isUnreached = isCause(
  'ping-unanswered',
  'guest-no-route',
  'guest-no-names',
  'name-server-silent',
  'names-only-missing',
  'name-lookup-unanswered',
  'ssh-no-answer',
  'connection-host-silent',
  'connection-lost-on-way',
  'package-server-unreached',
  'guest-no-dhcp',
  'guest-wait-online',
)

/** The text shows the reason: it comes before what was seen of it. */
const isShown = isCause(
  'bridge-port-has-address',
  'bridge-took-card',
  'tap-outside-bridge',
  'bridge-in-cloud-network',
  'default-route-missing',
  'ipv6-default-missing',
  'interface-renamed',
  'interfaces-port-configured',
  'netplan-port-configured',
  'bridge-wifi-configured',
  'seed-mac-differs',
  'macvtap-mac-differs',
  'nat-rule-other-uplink',
  'forwarding-off',
  'resolver-file-missing',
  'arping-two-answers',
  'libvirt-network-not-out',
  'ssh-to-user-network',
  'cards-in-one-network',
  'inner-bridge-mtu-larger',
  'capture-not-forwarded',
  'capture-not-masqueraded',
  'capture-reply-other-way',
)

/** Rules that keep what is forwarded from passing: of what lies behind this host nothing answers. */
const isForwardingRefused = isCause(
  'forward-policy-shown',
  'ufw-routed-denied',
  'firewalld-guest-in-public',
  'nat-chain-empty',
)

const isUnansweredBehind = (found: Found): boolean =>
  isCause('gateway-reached-only', 'traceroute-nothing-behind-gateway')(found) ||
  (isCause('ping-unanswered')(found) && !found.diagnosis.lines.some(({ text }) => /nreachable/.test(text)))

export const networkRules: readonly Rule[] = [
  // Two interfaces beside each other say more than one of them.
  {
    first: isCause(
      'capture-not-forwarded',
      'capture-not-masqueraded',
      'capture-reply-other-way',
      'capture-reply-not-returned',
      'capture-arp-behind-vswitch',
    ),
    later: isCause(
      'capture-ping-unanswered',
      'capture-syn-unanswered',
      'capture-dns-unanswered',
      'capture-arp-unanswered',
    ),
    anyOrder: true,
  },
  { first: isForwardingRefused, later: isUnansweredBehind, anyOrder: true },
  { first: isShown, later: isUnreached, anyOrder: true },
  {
    first: isCause('port-forward-from-host'),
    later: isCause('ssh-refused', 'connection-port-closed'),
    anyOrder: true,
  },
]

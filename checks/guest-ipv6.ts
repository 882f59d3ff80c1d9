import { ipv6Pair } from '../src/config/derived.ts'
import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { FixableUnknown } from '../src/contract/fixable.ts'
import { type Ipv6, isLocal, readIpv6 } from '../src/network/ipv6.ts'
import { marker6Of } from '../src/network/marker.ts'
import { addressOf } from '../src/util/address.ts'
import { iproute2 } from './iproute2.ts'
import { notReadableVerdict } from './shared/firewall.ts'
import { notForIsolated } from './shared/network.ts'

const findings = {
  'no-ipv6': finding<{ guest: string }>({
    found: 'this kernel has no IPv6',
    expected: ({ guest }) => `IPv6 for ${guest}`,
    hint: 'Start a kernel with IPv6 (without ipv6.disable=1 on its command line), or set `ipv6: none`.',
  }),
  disabled: finding<{ guest: string }>({
    found: 'net.ipv6.conf.all.disable_ipv6 is 1',
    expected: ({ guest }) => `IPv6 for ${guest}`,
    hint: 'Remove the setting that disables it (`grep -r disable_ipv6 /etc/sysctl.d /etc/sysctl.conf`), or set `ipv6: none`.',
  }),
  'disabled-on-tap': finding<{ guest: string; tap: string }>({
    found: ({ tap }) => `net.ipv6.conf.${tap}.disable_ipv6 is 1`,
    expected: ({ guest }) => `IPv6 for ${guest}`,
    hint: ({ tap }) =>
      `\`sudo sysctl net.ipv6.conf.${tap}.disable_ipv6=0\`, and remove the setting that disables it (\`grep -r disable_ipv6 /etc/sysctl.d /etc/sysctl.conf\`).`,
  }),
  'not-forwarded': finding({
    found: 'net.ipv6.conf.all.forwarding is 0',
    expected: '1: otherwise IPv6 of the guest ends at this host',
  }),
  'ignores-router-advertisements': finding<{ devices: readonly string[] }>({
    found: ({ devices }) => `${devices.join(', ')} will lose its IPv6 route: accept_ra is 1`,
    expected: 'accept_ra 2: with 1 a host that forwards ignores router advertisements',
  }),
  'no-masquerade': finding<{ guest: string }>({
    found: ({ guest }) => `nothing masquerades ${guest}`,
    expected: ({ guest }) => `masquerade for ${guest}: its address is not routed outside this host`,
  }),
  'no-default-route': finding({
    found: 'this host has no IPv6 default route',
    expected: 'a connection to the internet that the guest can share',
    hint: 'Connect this host by IPv6 (`ip -6 route show default` then shows a route), or set `ipv6: none`.',
  }),
  'local-address': finding<{ guest: string }>({
    found: ({ guest }) => `${guest} is a local address, which no router outside knows`,
    expected: 'a range that your provider or router sends to this host',
    hint: 'Set `guest_range6` to it, or `ipv6: masquerade`.',
  }),
  'drops-by-default': finding<{ chain: string; tap: string }>({
    found: ({ chain }) => `${chain} drops what no rule accepts`,
    expected: ({ tap }) => `a rule there that accepts IPv6 of ${tap}`,
    hint: ({ chain, tap }) =>
      `Check \`sudo nft list chain ${chain}\`: it has to accept packets from ${tap}, and the answers to them.`,
  }),
}

const fix = { id: 'route-ipv6', args: {} } as const

export const guestIpv6 = defineCheck({
  id: 'guest-ipv6',
  title: 'The guest can route IPv6',
  group: 'network',
  needs: [iproute2],
  beforeBoot: 'reported',
  networkPlace: { hop: 'uplink' },
  readsAsRoot: true,
  findings,
  skipReason: (config) =>
    notForIsolated(config) ?? (config.ipv6 === 'none' ? 'not needed: ipv6 is none' : null),
  probe: async (host, config): Promise<Ipv6 | null> => {
    const seen = await readIpv6(host, config)
    const otherwiseFine =
      seen.disabled === false &&
      !seen.disabledOnTap &&
      seen.forwarding &&
      seen.raIgnoredWhenForwarding.length === 0
    const unseen = config.ipv6 === 'masquerade' && seen.masked === null && otherwiseFine
    if (unseen && (await host.stat(marker6Of(config.tap)))) return null
    if (unseen)
      throw new FixableUnknown('only root can read the firewall rules: `sudo chv-doctor check`', fix)
    return seen
  },
  judge: (facts, config) => {
    if (!facts) return notReadableVerdict
    const { disabled, disabledOnTap, forwarding, uplink, raIgnoredWhenForwarding, masked, dropPolicies } =
      facts
    const guest = addressOf(ipv6Pair(config)?.guest ?? '')
    if (disabled !== false)
      return { status: 'fail', code: disabled === null ? 'no-ipv6' : 'disabled', values: { guest } }
    if (disabledOnTap) return { status: 'fail', code: 'disabled-on-tap', values: { guest, tap: config.tap } }
    if (!forwarding) return { status: 'fail', code: 'not-forwarded', fix }
    if (raIgnoredWhenForwarding.length > 0)
      return {
        status: 'fail',
        code: 'ignores-router-advertisements',
        values: { devices: raIgnoredWhenForwarding },
        fix,
      }
    if (config.ipv6 === 'masquerade' && masked !== true)
      return { status: 'fail', code: 'no-masquerade', values: { guest }, fix }
    if (uplink === null) return { status: 'warn', code: 'no-default-route' }
    if (config.ipv6 === 'routed' && isLocal(guest))
      return { status: 'warn', code: 'local-address', values: { guest } }
    const [chain] = dropPolicies
    if (chain !== undefined)
      return { status: 'warn', code: 'drops-by-default', values: { chain, tap: config.tap } }
    const how = config.ipv6 === 'routed' ? 'routed through' : 'masqueraded on'
    return { status: 'ok', found: `${guest} is ${how} ${uplink}` }
  },
})

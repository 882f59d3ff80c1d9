import { ipv6Pair } from '../src/config/derived.ts'
import { defineCheck } from '../src/contract/check.ts'
import { FixableUnknown } from '../src/contract/fixable.ts'
import { type Ipv6, isLocal, readIpv6 } from '../src/network/ipv6.ts'
import { marker6Of } from '../src/network/marker.ts'
import { addressOf } from '../src/util/address.ts'
import { iproute2 } from './iproute2.ts'
import { notReadableVerdict } from './shared/firewall.ts'
import { notForIsolated } from './shared/network.ts'

const fix = { id: 'route-ipv6', args: {} } as const

export const guestIpv6 = defineCheck<'guest-ipv6', Ipv6 | null>({
  id: 'guest-ipv6',
  title: 'IPv6 of the guest finds its way',
  group: 'network',
  needs: [iproute2],
  skipReason: (config) =>
    notForIsolated(config) ?? (config.ipv6 === 'none' ? 'not needed: ipv6 is none' : null),
  probe: async (host, config) => {
    const seen = await readIpv6(host, config)
    const otherwiseFine = seen.disabled === false && seen.forwarding && seen.deaf.length === 0
    const unseen = config.ipv6 === 'masquerade' && seen.masked === null && otherwiseFine
    if (unseen && (await host.stat(marker6Of(config.tap)))) return null
    if (unseen)
      throw new FixableUnknown('only root may read the firewall rules: `sudo chv-doctor check`', fix)
    return seen
  },
  judge: (facts, config) => {
    if (!facts) return notReadableVerdict
    const { disabled, forwarding, uplink, deaf, masked, barriers } = facts
    const guest = addressOf(ipv6Pair(config)?.guest ?? '')
    if (disabled !== false)
      return {
        status: 'fail',
        found: disabled === null ? 'this kernel has no IPv6' : 'net.ipv6.conf.all.disable_ipv6 is 1',
        expected: `IPv6 for ${guest}`,
        hint: 'Turn IPv6 on where somebody turned it off (sysctl.d, or ipv6.disable=1 on the kernel command line), or set `ipv6: none`.',
      }
    if (!forwarding)
      return {
        status: 'fail',
        found: 'net.ipv6.conf.all.forwarding is 0',
        expected: '1: else IPv6 of the guest ends at this host',
        fix,
      }
    if (deaf.length > 0)
      return {
        status: 'fail',
        found: `${deaf.join(', ')} will lose its IPv6 route: accept_ra is 1`,
        expected: 'accept_ra 2, which also a host that forwards obeys',
        fix,
      }
    if (config.ipv6 === 'masquerade' && masked !== true)
      return {
        status: 'fail',
        found: `nothing masquerades ${guest}`,
        expected: `masquerade for ${guest}: nobody else has a way back to it`,
        fix,
      }
    if (uplink === null)
      return {
        status: 'warn',
        found: 'this host has no IPv6 default route',
        expected: 'a way into the internet for the guest to share',
        hint: 'Connect this host by IPv6, or set `ipv6: none`; `ip -6 route show default` shows when it is.',
      }
    if (config.ipv6 === 'routed' && isLocal(guest))
      return {
        status: 'warn',
        found: `${guest} is of no use outside: nobody routes it`,
        expected: 'a range that your provider or router sends to this host',
        hint: 'Set `guest_range6` to it, or `ipv6: masquerade`.',
      }
    const barrier = barriers[0]
    if (barrier !== undefined)
      return {
        status: 'warn',
        found: `${barrier} drops what no rule accepts`,
        expected: `a rule there that accepts IPv6 of ${config.tap}`,
        hint: `See \`sudo nft list chain ${barrier}\`: it has to accept what comes in by ${config.tap}, and the answers.`,
      }
    const how = config.ipv6 === 'routed' ? 'routed through' : 'masqueraded on'
    return { status: 'ok', found: `${guest} is ${how} ${uplink}` }
  },
})

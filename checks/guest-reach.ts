import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { findTap } from '../src/host/interfaces.ts'
import { isTapHeld } from '../src/hypervisor/in-use.ts'
import { readFirewall } from '../src/network/firewall.ts'
import { playGuest, type Reach } from '../src/network/reach/play.ts'
import { readUplink } from '../src/network/routes.ts'
import { addressOf } from '../src/util/address.ts'
import { Undetermined } from '../src/util/errors.ts'
import { forwardPolicy } from './forward-policy.ts'
import { guestIpv6 } from './guest-ipv6.ts'
import { ipForward } from './ip-forward.ts'
import { nat } from './nat.ts'
import { notForIsolated } from './shared/network.ts'
import { noneOutside, outsideOf } from './shared/outside.ts'
import { type Half, isShown, judgeHalf, reachFindings, wayOf } from './shared/reach.ts'
import { type Attempt6, attempt6 } from './shared/reach6.ts'
import { tapAddress } from './tap-address.ts'
import { tapDevice } from './tap-device.ts'

interface Facts {
  /** Why nothing was sent, or null. */
  readonly notSent: string | null
  readonly reach: Extract<Reach, { attached: true }> | null
  /** The IPv4 name servers that were asked as the guest. */
  readonly asked: readonly string[]
  /** Why none was, while those of IPv6 were. */
  readonly notAsked?: string | null
  /** Whether one of them answers the host itself; null where that was not needed. */
  readonly answersHost: boolean | null
  /** The rules of this host could be read: nat and forward-policy have judged them. */
  readonly rulesRead?: boolean
  /** The same for IPv6; null where the guest has none, absent in facts of earlier versions. */
  readonly six?: (Attempt6 & { readonly answersHost: boolean | null }) | null
}

const notSent = (reason: string): Facts => ({
  notSent: reason,
  reach: null,
  asked: [],
  answersHost: null,
})

const skipReason = (config: Config): string | null =>
  notForIsolated(config) ??
  (config.offline ? 'offline: it sends packets' : null) ??
  (config.guest_address === 'dhcp' ? 'guest_address is dhcp: there is no address to send from' : null)

/** What was tried in each family. */
const halvesOf = (facts: Facts, config: Config): readonly Half[] => {
  const { reach, asked, notAsked = null, answersHost, rulesRead = false, six } = facts
  if (reach === null) return []
  const { tookMs } = reach
  const { tap } = config
  const four: Half = {
    family: 'IPv4',
    tap,
    address: addressOf(config.guest_address),
    gateway: addressOf(config.gateway_address),
    heard: reach,
    asked,
    notAsked,
    answersHost,
    rulesRead,
    tookMs,
    fix: { id: 'route-guest', args: {} },
  }
  if (!six) return [four]
  const { address = '', gateway = '' } = six.guest ?? {}
  const fix = { id: 'route-ipv6', args: {} } as const
  return [four, { ...six, family: 'IPv6', tap, address, gateway, heard: reach.six ?? null, tookMs, fix }]
}

export const guestReach = defineCheck({
  id: 'guest-reach',
  title: 'Packets of the guest reach the internet and come back',
  group: 'proof',
  // A finding of these names the cause of the silence.
  needs: [tapDevice, tapAddress, ipForward, nat, forwardPolicy],
  proves: [nat, forwardPolicy, guestIpv6],
  runsLast: true,
  skipReason,
  findings: reachFindings,
  probe: async (host, config): Promise<Facts> => {
    const [{ four: servers }, { device }, tap, six] = await Promise.all([
      outsideOf(host, config.nameservers),
      readUplink(host),
      findTap(host, config.tap),
      attempt6(host, config),
    ])
    const notAsked =
      servers.length === 0 ? noneOutside('IPv4') : device === null ? 'this host has no default route' : null
    if (notAsked !== null && !six?.asked.length) return notSent(notAsked)
    if (await isTapHeld(host, tap)) return notSent(`a VM is using ${config.tap}`)
    const asked = notAsked === null ? servers : []
    const mac = config.guest_mac.toLowerCase()
    const guest = {
      mac,
      address: addressOf(config.guest_address),
      gateway: addressOf(config.gateway_address),
      nameServers: asked,
    }
    const guest6 = six?.guest ? { mac, ...six.guest, nameServers: six.asked } : null
    const reach = await playGuest(guest, (events) => host.openTap(config.tap, events), guest6)
    if (!reach.attached) {
      if (reach.error === 'EBUSY') return notSent(`a VM is using ${config.tap}`)
      throw new Undetermined(`${config.tap} cannot be attached to (${reach.error})`)
    }
    /** Whether a server answers the host, where none answered the guest. */
    const compare = async (tried: readonly string[], heard: typeof reach.six) => {
      if (!heard || tried.length === 0 || heard.gatewayMac === null) return null
      if (heard.answered.length + heard.closed.length > 0) return null
      const answers = await Promise.all(tried.map((server) => host.askNameServer(server)))
      return answers.some((answer) => answer !== 'silent')
    }
    const [answersHost, answersHost6] = await Promise.all([
      compare(asked, reach),
      compare(six?.asked ?? [], reach.six),
    ])
    return {
      notSent: null,
      reach,
      asked,
      answersHost,
      notAsked,
      ...(answersHost === null ? {} : { rulesRead: 'chains' in (await readFirewall(host)) }),
      six: six && { ...six, answersHost: answersHost6 },
    }
  },
  judge: (facts, config): Verdict<typeof reachFindings> => {
    const halves = halvesOf(facts, config)
    if (halves.length === 0) return { status: 'skip', reason: `nothing sent: ${facts.notSent}` }
    const verdicts = halves.map(judgeHalf)
    const failure = verdicts.find(({ status }) => status === 'fail')
    // What was shown comes first.
    const shown = halves.filter(isShown)
    const rest = halves.filter((half) => !isShown(half))
    const nothing = shown.length === 0 ? verdicts.find(({ status }) => status === 'skip') : undefined
    return failure ?? nothing ?? { status: 'ok', found: [...shown, ...rest].map(wayOf).join('; ') }
  },
  shows: (facts, config) =>
    Object.fromEntries(
      halvesOf(facts, config)
        .filter((half) => isShown(half) && judgeHalf(half).status === 'ok')
        .flatMap((half) => {
          const proved = half.family === 'IPv4' ? [nat, forwardPolicy] : [guestIpv6]
          return proved.map(({ id }) => [id, wayOf(half)])
        }),
    ),
})

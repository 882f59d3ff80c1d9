import { defineFix } from '../src/contract/fix.ts'
import type { Step } from '../src/contract/step.ts'
import { readConfinement } from '../src/host/confinement.ts'
import { type Forwarding, readForwarding } from '../src/network/forwarding.ts'
import { byHand, type FirewallSurvey, firewallSteps, surveyFirewall } from '../src/network/guest-rules.ts'
import { markerOf } from '../src/network/marker.ts'
import { isNameable, subnetOf } from '../src/network/own-rules.ts'
import { readUplink } from '../src/network/routes.ts'
import { markStep, sysctl } from '../src/persist/runtime-marker.ts'

interface Survey {
  readonly forwarding: Forwarding
  readonly uplink: string | null
  readonly marked: boolean
  /** Whether a container keeps /proc/sys from its root. */
  readonly isFixed: boolean
  /** Null where only root can read the rules; the table chv_doctor can be created again in any case. */
  readonly seen: FirewallSurvey | null
}

/** A setting as `sysctl -w` takes it; slashes, since names of interfaces may have dots. */
const setting = (name: string, on: boolean) => `net/ipv4/${name}=${on ? 1 : 0}`

/**
 * Forwarding on, and back to what every interface had: the kernel sets all of them with ip_forward, and
 * accept_redirects to its opposite (inet_forward_change in net/ipv4/devinet.c).
 */
const forwardingStep = ({ forwarding, uplink, isFixed }: Survey, tap: string, marker: string): Step[] => {
  const { all, preset, redirects, interfaces } = forwarding
  const common = { kind: 'run', root: true, undoWhile: marker } as const
  const off = [tap, ...(uplink ? [uplink] : [])].filter((name) => !(interfaces[name] ?? preset))
  if (off.length === 0) return []
  if (isFixed)
    return [
      byHand(
        'This container cannot write /proc/sys: have net.ipv4.ip_forward=1 set from outside (`docker run --sysctl`).',
      ),
    ]
  if (all) {
    const settings = (on: boolean) => off.map((name) => setting(`conf/${name}/forwarding`, on))
    const why = `forward what comes in by ${off.join(' and ')}`
    return [{ ...common, argv: sysctl(...settings(true)), why, undo: [sysctl(...settings(false))] }]
  }
  const former = [
    setting('ip_forward', false),
    ...Object.keys(interfaces)
      .filter((name) => interfaces[name])
      .map((name) => setting(`conf/${name}/forwarding`, true)),
    ...(preset ? [setting('conf/default/forwarding', true)] : []),
    setting('conf/all/accept_redirects', redirects),
  ]
  const why = 'let this host forward packets of the guest'
  return [{ ...common, argv: sysctl(setting('ip_forward', true)), why, undo: [sysctl(...former)] }]
}

export const routeGuest = defineFix<'route-guest', Record<string, never>, Survey>({
  id: 'route-guest',
  title: 'Let the guest into the internet through this host',
  needs: ['create-tap'],
  programs: { nft: 'nftables', sysctl: 'procps', iptables: 'iptables' },
  survey: async (host, _args, config) => {
    const [forwarding, uplink, marker] = await Promise.all([
      readForwarding(host),
      readUplink(host),
      host.stat(markerOf(config.tap)),
    ])
    const { device } = uplink
    const confinement = await readConfinement(host)
    return {
      forwarding,
      uplink: device,
      marked: marker !== null,
      isFixed: confinement?.withheld.includes('sysctl') ?? false,
      seen: await surveyFirewall(host, config),
    }
  },
  plan: (_args, config, survey) => {
    const { tap } = config
    if (!isNameable(tap))
      return [byHand(`Firewall rules cannot name the interface ${tap}: set \`tap\` to a plain name.`)]
    const marker = markerOf(tap)
    const guest = { tap, subnet: subnetOf(config.guest_address), marker }
    const steps = [...forwardingStep(survey, tap, marker), ...firewallSteps(guest, survey.seen)]
    const changes = steps.some(({ kind }) => kind === 'run')
    return changes && !survey.marked ? [markStep(marker), ...steps] : steps
  },
})

import type { Config } from '../src/config/keys.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { RunStep, Step } from '../src/contract/step.ts'
import { type Ipv6, masquerade6, readIpv6, subnet6 } from '../src/network/ipv6.ts'
import { marker6Of } from '../src/network/marker.ts'
import { isNameable } from '../src/network/own-rules.ts'
import { markStep, sysctl } from '../src/persist/runtime-marker.ts'

interface Survey {
  readonly seen: Ipv6
  readonly marked: boolean
}

/** Slashes, since names of interfaces may have dots. */
const setting = (name: string, key: string, value: number) => `net/ipv6/conf/${name}/${key}=${value}`

/** Forwarding, but first what keeps the host itself from losing its route with it. */
const switches = ({ seen, marker }: { seen: Ipv6; marker: string }): RunStep[] => {
  const common = { kind: 'run', root: true, undoWhile: marker } as const
  const steps: RunStep[] = seen.raIgnoredWhenForwarding.map((name) => ({
    ...common,
    argv: sysctl(setting(name, 'accept_ra', 2)),
    why: `keep the IPv6 route of ${name}, which forwarding would remove`,
    undo: [sysctl(setting(name, 'accept_ra', 1))],
  }))
  if (!seen.forwarding)
    steps.push({
      ...common,
      argv: sysctl(setting('all', 'forwarding', 1)),
      why: 'let this host forward IPv6 of the guest',
      undo: [
        sysctl(
          setting('all', 'forwarding', 0),
          ...seen.forwarders.map((name) => setting(name, 'forwarding', 1)),
        ),
      ],
    })
  return steps
}

const masquerade = (config: Config, { masked, table }: Ipv6, marker: string): RunStep[] => {
  const subnet = subnet6(config)
  if (config.ipv6 !== 'masquerade' || masked === true || subnet === null) return []
  const { make, back } = masquerade6(config.tap, subnet, table !== true)
  const why = `masquerade ${subnet} in the table chv_doctor`
  return [{ kind: 'run', argv: make, root: true, why, undo: [back], undoWhile: marker }]
}

export const routeIpv6 = defineFix<'route-ipv6', Record<string, never>, Survey>({
  id: 'route-ipv6',
  title: 'Let IPv6 of the guest through this host',
  programs: { nft: 'nftables', sysctl: 'procps' },
  survey: async (host, _args, config) => ({
    seen: await readIpv6(host, config),
    marked: (await host.stat(marker6Of(config.tap))) !== null,
  }),
  plan: (_args, config, { seen, marked }) => {
    const { tap } = config
    if (!isNameable(tap))
      return [
        {
          kind: 'manual',
          text: `Firewall rules cannot name the interface ${tap}: set \`tap\` to a plain name.`,
        },
      ]
    const marker = marker6Of(tap)
    const steps: Step[] = [...switches({ seen, marker }), ...masquerade(config, seen, marker)]
    if (steps.length === 0 || marked) return steps
    return [markStep(marker), ...steps]
  },
})

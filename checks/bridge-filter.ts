import type { Config } from '../src/config/keys.ts'
import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import type { Host } from '../src/host/host.ts'
import { blockingOnBridge } from '../src/network/bridged.ts'
import { readFirewall } from '../src/network/firewall.ts'
import { managersOf } from '../src/network/managers.ts'
import { Undetermined } from '../src/util/errors.ts'
import { bridge } from './bridge.ts'
import { placeOf, textOf } from './shared/firewall.ts'
import { notForNone } from './shared/network.ts'

type Blocker = {
  readonly bridge: string
  readonly direction: 'out' | 'back'
  readonly place: string
  /** Null: the policy of the chain. */
  readonly rule: string | null
  readonly manager: string | null
}

const describe = (verb: string, { direction, place, rule, manager }: Blocker) =>
  `${place}${manager ? ` (${manager})` : ''} ${verb} bridged ${direction === 'out' ? 'packets of the guest' : 'answers to the guest'}: ${rule ?? 'policy drop'}`

const expected = ({ bridge: name }: Blocker) =>
  `rules that let through what goes from a port of ${name} to another`

const hint = ({ bridge: name, manager }: Blocker) =>
  `\`sudo iptables -I ${manager?.includes('Docker') ? 'DOCKER-USER' : 'FORWARD'} -i ${name} -o ${name} -j ACCEPT\`, or, where nothing else needs it, \`sudo sysctl net.bridge.bridge-nf-call-iptables=0\`.`

const findings = {
  drops: finding<Blocker>({ found: (blocker) => describe('drops', blocker), expected, hint }),
  'may-drop': finding<Blocker>({ found: (blocker) => describe('may drop', blocker), expected, hint }),
}

interface Facts {
  /** Whether the kernel hands bridged packets to the rules at all. */
  readonly calls: boolean
  readonly blocker: (Omit<Blocker, 'bridge'> & { readonly certain: boolean }) | null
}

/** Either switch is enough (net/bridge/br_netfilter_hooks.c). Without the module there is neither. */
const callsIptables = async (host: Host, name: string): Promise<boolean> => {
  const switches = await Promise.all(
    ['/proc/sys/net/bridge/bridge-nf-call-iptables', `/sys/class/net/${name}/bridge/nf_call_iptables`].map(
      (path) => host.readText(path),
    ),
  )
  return switches.some((text) => text?.trim() === '1')
}

const firstBlocker = async (host: Host, config: Config): Promise<Facts['blocker']> => {
  const firewall = await readFirewall(host)
  if ('unseen' in firewall) throw new Undetermined(firewall.unseen)
  const { chains } = firewall
  const guest = config.guest_address === 'dhcp' ? null : config.guest_address
  const [found] = blockingOnBridge(chains, config.bridge, guest, config.guest_mac)
  if (!found) return null
  const { direction, certain, base, ending } = found
  return {
    direction,
    certain,
    place: placeOf(ending.chain),
    rule: await textOf(host, ending),
    manager: managersOf(chains, base).join(' and ') || null,
  }
}

export const bridgeFilter = defineCheck({
  id: 'bridge-filter',
  title: 'No firewall drops what the bridge passes on',
  group: 'network',
  needs: [bridge],
  beforeBoot: 'reported',
  networkPlace: { hop: 'bridge', onlyWhenWrong: true },
  readsAsRoot: true,
  findings,
  skipReason: (config) =>
    notForNone(config) ?? (config.network === 'bridge' ? null : 'not needed: network is tap'),
  probe: async (host, config): Promise<Facts> => {
    const calls = await callsIptables(host, config.bridge)
    return { calls, blocker: calls ? await firstBlocker(host, config) : null }
  },
  judge: ({ calls, blocker }, config) => {
    if (!calls) return { status: 'ok', found: 'bridged packets do not pass the rules of iptables' }
    if (!blocker) return { status: 'ok', found: `no rule drops what ${config.bridge} passes on` }
    const { certain, ...where } = blocker
    const values = { ...where, bridge: config.bridge }
    return certain ? { status: 'fail', code: 'drops', values } : { status: 'warn', code: 'may-drop', values }
  },
})

/** What is worth saying about a verified boot beside its verdict: mostly what could not be tried, and why. */
import type { Config } from '../config/keys.ts'
import type { Evidence } from './evidence.ts'
import { guestAddresses } from './evidence.ts'
import { wellKnownName } from './inside.ts'
import type { NoLogin } from './login-key.ts'
import type { Milestone } from './milestones.ts'

interface Noted {
  readonly config: Config
  readonly seedAttached: boolean
  /** Null: somebody can log in. */
  readonly noLogin: NoLogin | null
  readonly evidence: Evidence
  readonly unasked: ReadonlySet<Milestone>
}

const byDhcp = ({ config, evidence }: Noted): string => {
  const own = guestAddresses(evidence.text).findLast(
    ({ mac, address }) => mac === config.guest_mac.toLowerCase() && address !== null,
  )
  return `its network was not tried: its address comes by DHCP, and is not known here${own ? `; the guest says that it has ${own.address}` : ''}. With \`guest_address\` set, it is`
}

const onNetwork = (noted: Noted): readonly string[] => {
  const { config, noLogin, evidence, unasked } = noted
  if (config.network === 'none') return []
  if (config.guest_address === 'dhcp') return [byDhcp(noted)]
  return [
    ...(unasked.has('ping') ? ['ping was not tried: it is not here, or may not be used'] : []),
    ...(noLogin ? [`nobody looked inside the guest: ${noLogin.because}`] : []),
    ...(!noLogin && unasked.has('host')
      ? ['whether it reaches this host was not tried: the guest has no ping, or may not use it']
      : []),
    ...(!noLogin && unasked.has('name')
      ? [
          evidence.inside?.name === 'unknown'
            ? 'no name was asked for in the guest: it has no getent'
            : `no name was asked for in the guest: this host does not resolve ${wellKnownName} either`,
        ]
      : []),
  ]
}

/** @returns sentences without their full stop */
export const notesOn = (noted: Noted): readonly string[] => [
  ...(noted.seedAttached ? [] : ['without the seed: cloud-init has carried it out, see attach_seed']),
  ...onNetwork(noted),
]

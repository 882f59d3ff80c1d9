import { ipv6Pair } from '../src/config/derived.ts'
import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { readInterfaces } from '../src/host/interfaces.ts'
import { hasIpv6 } from '../src/network/ipv6.ts'
import { notForRouted } from './shared/network.ts'
import { tapDevice } from './tap-device.ts'

type Address = { readonly tap: string; readonly addresses: readonly string[]; readonly wanted: string }

const expected = ({ tap, wanted }: Address) => `${wanted} on ${tap}`

const describe = ({ tap, addresses }: Address, kind: string) =>
  `${tap} has ${addresses.length > 0 ? addresses.join(', ') : `no ${kind}`}`

const findings = {
  'wrong-address': finding<Address>({
    found: (values) => describe(values, 'address'),
    expected,
  }),
  'wrong-ipv6-address': finding<Address>({
    found: (values) => describe(values, 'IPv6 address'),
    expected,
  }),
}

const fix = { id: 'create-tap', args: {} } as const

export const tapAddress = defineCheck({
  id: 'tap-address',
  title: 'The TAP has the address that the guest expects',
  group: 'network',
  needs: [tapDevice],
  beforeBoot: 'reported',
  looksAt: 'tap',
  networkPlace: { hop: 'host' },
  settings: ['tap'],
  findings,
  skipReason: notForRouted,
  probe: async (host, config) => {
    const ipv6Off = ipv6Pair(config) !== null && !(await hasIpv6(host, config.tap))
    return (await readInterfaces(host))
      .filter(({ addresses, addresses6 }) => addresses.length + addresses6.length > 0)
      .map(({ name, addresses, addresses6 }) => ({
        name,
        addresses,
        addresses6,
        ...(ipv6Off && name === config.tap ? { ipv6Off } : {}),
      }))
  },
  judge: (interfaces, config) => {
    const { tap, gateway_address: wanted } = config
    // Facts of older versions do not list IPv6 addresses.
    const { addresses = [], addresses6 = [], ipv6Off } = interfaces.find(({ name }) => name === tap) ?? {}
    if (!addresses.includes(wanted))
      return { status: 'fail', code: 'wrong-address', values: { tap, addresses, wanted }, fix }
    const six = ipv6Pair(config)?.host
    // It cannot have one: what to do about that is the matter of guest-ipv6.
    if (six && ipv6Off)
      return { status: 'ok', found: `${wanted}, the guest's gateway; IPv6 is off on ${tap}` }
    if (six && !addresses6.includes(six)) {
      const values = { tap, addresses: addresses6, wanted: six }
      return { status: 'fail', code: 'wrong-ipv6-address', values, fix }
    }
    return { status: 'ok', found: `${wanted}${six ? ` and ${six}` : ''}, the guest's gateway` }
  },
})

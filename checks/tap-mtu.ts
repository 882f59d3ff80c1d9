import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { defaultMtu, findTap } from '../src/host/interfaces.ts'
import { desiredMtu, readOutlet } from '../src/network/mtu.ts'
import { notForNone } from './shared/network.ts'
import { tapDevice } from './tap-device.ts'

type Mtu = { readonly tap: string; readonly mtu: number; readonly inUse: boolean }

/** The driver of the guest reads the MTU once. */
const atNextBoot = ({ inUse }: Mtu) =>
  inUse ? 'The guest that runs keeps its MTU until it boots again.' : null

const findings = {
  'exceeds-uplink': finding<Mtu & { device: string; limit: number }>({
    found: ({ tap, mtu, device, limit }) => `${tap} has MTU ${mtu}, ${device} takes ${limit}`,
    expected: ({ limit }) => `${limit} at most, or large packets may be lost: ping works, TLS hangs`,
    hint: atNextBoot,
  }),
  'not-as-configured': finding<Mtu & { wanted: number }>({
    found: ({ tap, mtu }) => `${tap} has MTU ${mtu}`,
    expected: ({ wanted }) => `MTU ${wanted} (mtu)`,
    hint: atNextBoot,
  }),
}

const fix = { id: 'create-tap', args: {} } as const

export const tapMtu = defineCheck({
  id: 'tap-mtu',
  title: 'Packets of the guest fit the uplink',
  group: 'network',
  needs: [tapDevice],
  beforeBoot: 'reported',
  looksAt: 'tap',
  networkPlace: { hop: 'tap', onlyWhenWrong: true },
  settings: ['tap', 'mtu'],
  findings,
  skipReason: notForNone,
  probe: async (host, config) => {
    const [tap, outlet] = await Promise.all([findTap(host, config.tap), readOutlet(host, config)])
    return { mtu: tap?.mtu ?? defaultMtu, inUse: tap?.inUse ?? false, outlet }
  },
  judge: ({ mtu, inUse, outlet }, config) => {
    const { tap } = config
    const wanted = desiredMtu(config, outlet, mtu)
    if (outlet && mtu > outlet.mtu) {
      const values = { tap, mtu, inUse, device: outlet.device, limit: outlet.mtu }
      // The fix sets what the configuration says, which would not help here.
      const remedy =
        wanted <= outlet.mtu ? { fix } : { hint: `Set \`mtu\` to ${outlet.mtu} or less, or remove it.` }
      return { status: 'warn', code: 'exceeds-uplink', values, ...remedy }
    }
    if (mtu !== wanted)
      return { status: 'fail', code: 'not-as-configured', values: { tap, mtu, inUse, wanted }, fix }
    return { status: 'ok', found: `${mtu}${outlet ? `, ${outlet.device} takes ${outlet.mtu}` : ''}` }
  },
})

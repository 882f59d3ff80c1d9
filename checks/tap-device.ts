import { wantsMultiQueue } from '../src/config/derived.ts'
import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { findTap } from '../src/host/interfaces.ts'
import { isHeldForLong } from '../src/hypervisor/in-use.ts'
import { isOwner, mayAttach, readTapUser } from '../src/hypervisor/tap-access.ts'
import { bridge } from './bridge.ts'
import { iproute2 } from './iproute2.ts'
import { notForNone } from './shared/network.ts'
import { subnetConflict } from './subnet-conflict.ts'
import { tun } from './tun.ts'

/** A TAP that has to be made anew, which nothing does while a VM uses it. */
type Unsuitable = { readonly tap: string; readonly inUse: boolean }

const whileInUse = ({ inUse }: Unsuitable) => (inUse ? ', and a VM uses it' : '')

const stopFirst = ({ inUse }: Unsuitable) =>
  inUse ? 'Stop that VM first, or set `tap` to another name.' : null

const findings = {
  missing: finding<{ tap: string; user: string }>({
    found: ({ tap }) => `there is no ${tap}`,
    expected: ({ tap, user }) => `a TAP ${tap} that belongs to ${user}`,
  }),
  'not-a-tap': finding<{ tap: string; kind: string }>({
    found: ({ tap, kind }) =>
      `${tap} is ${kind === 'tun' ? 'a layer 3 TUN' : kind === 'device' ? 'a network device' : `a ${kind}`}`,
    expected: ({ tap }) => `a TAP ${tap}`,
    hint: 'Set `tap` to another name: chv-doctor does not change this interface.',
  }),
  'foreign-owner': finding<Unsuitable & { owner: string; user: string }>({
    found: (values) => `${values.tap} belongs to ${values.owner}${whileInUse(values)}`,
    expected: ({ user }) => `a TAP that belongs to ${user}`,
    hint: stopFirst,
  }),
  'foreign-group': finding<Unsuitable & { group: string; user: string }>({
    found: (values) => `only group ${values.group} can use ${values.tap}${whileInUse(values)}`,
    expected: ({ user }) => `a TAP that ${user} can use`,
    hint: stopFirst,
  }),
  'lacks-multi-queue': finding<Unsuitable & { queues: number }>({
    found: (values) => `${values.tap} lacks multi_queue${whileInUse(values)}`,
    expected: ({ queues }) => `multi_queue, for ${queues} queues`,
    hint: stopFirst,
  }),
  'has-multi-queue': finding<Unsuitable & { queues: number }>({
    found: (values) => `${values.tap} has multi_queue${whileInUse(values)}`,
    expected: ({ queues }) => `no multi_queue, for ${queues} queues`,
    hint: stopFirst,
  }),
  'not-on-bridge': finding<{ tap: string; bridge: string; master: string | null }>({
    found: ({ tap, bridge, master }) =>
      master === null ? `${tap} is not a port of ${bridge}` : `${tap} is a port of ${master}`,
    expected: ({ tap, bridge }) => `${tap} is a port of ${bridge}`,
  }),
  'on-a-bridge': finding<{ tap: string; master: string }>({
    found: ({ tap, master }) => `${tap} is a port of ${master}, so its own address has no effect`,
    expected: ({ tap, master }) => `${tap} without a bridge, or network: bridge with bridge: ${master}`,
  }),
  down: finding<{ tap: string }>({
    found: ({ tap }) => `${tap} is down`,
    expected: ({ tap }) => `${tap} is up`,
  }),
  'in-use': finding<{ tap: string }>({
    found: ({ tap }) => `a VM is using ${tap}`,
    expected: 'a TAP that no other VM uses',
    hint: 'Stop that VM before you start another on the same TAP, or set `tap`.',
  }),
}

const repair = { id: 'create-tap', args: {} } as const

export const tapDevice = defineCheck({
  id: 'tap-device',
  title: 'The TAP exists, is up and belongs to the user',
  group: 'network',
  // A TAP with an address that others use would cut the host off from them: that comes first.
  needs: [iproute2, tun, subnetConflict, bridge],
  beforeBoot: 'required',
  looksAt: 'tap',
  networkPlace: { hop: 'tap' },
  settings: ['tap', 'num_queues'],
  findings,
  skipReason: notForNone,
  probe: async (host, config) => {
    const found = await findTap(host, config.tap)
    const isHeld = async () => (await host.askCarrier(config.tap)) !== false
    const tap = found?.inUse ? { ...found, inUse: await isHeldForLong(host, config.tap, isHeld) } : found
    return { tap, user: await readTapUser(host, config, tap) }
  },
  judge: ({ tap, user }, config) => {
    const name = config.tap
    if (!tap) return { status: 'fail', code: 'missing', values: { tap: name, user: user.name }, fix: repair }
    if (tap.kind !== 'tap')
      return { status: 'fail', code: 'not-a-tap', values: { tap: name, kind: tap.kind } }
    const { inUse } = tap
    const anew = inUse ? {} : { fix: repair }
    if (!mayAttach(tap, user)) {
      const values = { tap: name, inUse, user: user.name }
      return isOwner(tap, user)
        ? { status: 'fail', code: 'foreign-group', values: { ...values, group: tap.group ?? '' }, ...anew }
        : { status: 'fail', code: 'foreign-owner', values: { ...values, owner: tap.owner ?? '' }, ...anew }
    }
    if (tap.multiQueue !== wantsMultiQueue(config)) {
      const code = tap.multiQueue ? 'has-multi-queue' : 'lacks-multi-queue'
      return { status: 'fail', code, values: { tap: name, inUse, queues: config.num_queues }, ...anew }
    }
    // Recorded facts of older versions do not say; they know no bridge either.
    const master = tap.master ?? null
    if (config.network === 'bridge' && master !== config.bridge) {
      const values = { tap: name, bridge: config.bridge, master }
      return { status: 'fail', code: 'not-on-bridge', values, fix: repair }
    }
    if (config.network === 'tap' && master !== null)
      return { status: 'fail', code: 'on-a-bridge', values: { tap: name, master }, fix: repair }
    if (!tap.up) return { status: 'fail', code: 'down', values: { tap: name }, fix: repair }
    if (inUse) return { status: 'warn', code: 'in-use', values: { tap: name } }
    const whose = tap.owner ? `owner ${tap.owner}` : tap.group ? `group ${tap.group}` : 'any owner'
    return { status: 'ok', found: `${name}, ${whose}, up${master ? `, on ${master}` : ''}` }
  },
})

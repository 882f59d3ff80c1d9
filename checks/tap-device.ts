import { wantsMultiQueue } from '../src/config/derived.ts'
import { defineCheck } from '../src/contract/check.ts'
import { findTap } from '../src/host/interfaces.ts'
import { isOwner, mayAttach, readTapUser } from '../src/hypervisor/tap-access.ts'
import { bridge } from './bridge.ts'
import { iproute2 } from './iproute2.ts'
import { notForNone } from './shared/network.ts'
import { subnetConflict } from './subnet-conflict.ts'
import { tun } from './tun.ts'

const repair = { id: 'create-tap', args: {} } as const

export const tapDevice = defineCheck({
  id: 'tap-device',
  title: 'The TAP exists, is ours and up',
  group: 'network',
  // A TAP with an address that others use would cut the host off from them: that comes first.
  needs: [iproute2, tun, subnetConflict, bridge],
  skipReason: notForNone,
  probe: async (host, config) => {
    const tap = await findTap(host, config.tap)
    return { tap, user: await readTapUser(host, config, tap) }
  },
  judge: ({ tap, user }, config) => {
    const name = config.tap
    if (!tap)
      return {
        status: 'fail',
        found: `there is no ${name}`,
        expected: `a TAP ${name} that belongs to ${user.name}`,
        fix: repair,
      }
    if (tap.kind !== 'tap') {
      const kind =
        tap.kind === 'tun' ? 'a layer 3 TUN' : tap.kind === 'device' ? 'a network device' : `a ${tap.kind}`
      return {
        status: 'fail',
        found: `${name} is ${kind}`,
        expected: `a TAP ${name}`,
        hint: 'Set `tap` to another name; the doctor does not touch this interface.',
      }
    }
    const foreign = !mayAttach(tap, user)
    if (foreign || tap.multiQueue !== wantsMultiQueue(config)) {
      const found = !foreign
        ? `${name} ${tap.multiQueue ? 'has' : 'lacks'} multi_queue`
        : isOwner(tap, user)
          ? `${name} is for the group ${tap.group} alone`
          : `${name} belongs to ${tap.owner}`
      const expected = foreign
        ? `a TAP that belongs to ${user.name}`
        : `${wantsMultiQueue(config) ? 'multi_queue' : 'no multi_queue'} for ${config.num_queues} queues`
      if (tap.inUse)
        return {
          status: 'fail',
          found: `${found}, and a VM is using it`,
          expected,
          hint: 'Stop that VM first, or set `tap` to another name.',
        }
      return { status: 'fail', found, expected, fix: repair }
    }
    // Recorded facts of older versions do not say; they know no bridge either.
    const master = tap.master ?? null
    if (config.network === 'bridge' && master !== config.bridge)
      return {
        status: 'fail',
        found: master ? `${name} is a port of ${master}` : `${name} is not a port of ${config.bridge}`,
        expected: `${name} is a port of ${config.bridge}`,
        fix: repair,
      }
    if (config.network === 'tap' && master !== null)
      return {
        status: 'fail',
        found: `${name} is a port of ${master}, so its own address is dead`,
        expected: `${name} on its own, or network: bridge with bridge: ${master}`,
        fix: repair,
      }
    if (!tap.up) return { status: 'fail', found: `${name} is down`, expected: `${name} is up`, fix: repair }
    if (tap.inUse)
      return {
        status: 'warn',
        found: `a VM is using ${name}`,
        expected: 'free for a new VM',
        hint: 'Stop that VM before you start another on it, or set `tap`.',
      }
    const whose = tap.owner ? `owner ${tap.owner}` : tap.group ? `group ${tap.group}` : 'owner anyone'
    return { status: 'ok', found: `${name}, ${whose}, up${master ? `, on ${master}` : ''}` }
  },
})

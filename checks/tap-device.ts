import { wantsMultiQueue } from '../src/config/derived.ts'
import { defineCheck } from '../src/contract.ts'
import { findTap, isPrivileged, notForNone } from './shared/tap.ts'

const repair = { id: 'create-tap', args: {} } as const

export const tapDevice = defineCheck({
  id: 'tap-device',
  title: 'The TAP exists, is ours and up',
  group: 'network',
  needs: ['iproute2', 'tun'],
  notFor: notForNone,
  probe: async (host, config) => {
    const [tap, privileged] = await Promise.all([findTap(host, config), isPrivileged(host, config)])
    return { tap, privileged, user: { name: host.user.name, uid: String(host.user.uid) } }
  },
  judge: ({ tap, privileged, user }, config) => {
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
    const foreign = tap.owner !== null && tap.owner !== user.name && tap.owner !== user.uid
    const wrongQueues = tap.multiQueue !== wantsMultiQueue(config)
    if ((foreign && !privileged) || wrongQueues) {
      const found =
        foreign && !privileged
          ? `${name} belongs to ${tap.owner}`
          : `${name} ${tap.multiQueue ? 'has' : 'lacks'} multi_queue`
      const expected =
        foreign && !privileged
          ? `a TAP that belongs to ${user.name}`
          : `${wantsMultiQueue(config) ? 'multi_queue' : 'no multi_queue'} for ${config.queues} queues`
      if (tap.inUse)
        return {
          status: 'fail',
          found: `${found}, and a VM is using it`,
          expected,
          hint: 'Stop that VM first, or set `tap` to another name.',
        }
      return { status: 'fail', found, expected, fix: repair }
    }
    if (!tap.up) return { status: 'fail', found: `${name} is down`, expected: `${name} is up`, fix: repair }
    if (tap.inUse)
      return {
        status: 'warn',
        found: `a VM is using ${name}`,
        expected: 'free for a new VM',
        hint: 'Stop that VM before you start another on it, or set `tap`.',
      }
    return { status: 'ok', found: `${name}, owner ${tap.owner ?? 'anyone'}, up` }
  },
})

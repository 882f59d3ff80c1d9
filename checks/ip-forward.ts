import { defineCheck } from '../src/contract/check.ts'
import { type Forwarding, readForwarding } from '../src/network/forwarding.ts'
import { readUplink, type Uplink } from '../src/network/routes.ts'
import { iproute2 } from './iproute2.ts'
import { notForIsolated } from './shared/network.ts'

interface Facts {
  readonly forwarding: Forwarding
  readonly uplink: Uplink
}

export const ipForward = defineCheck<'ip-forward', Facts>({
  id: 'ip-forward',
  title: 'The kernel forwards what the guest sends',
  group: 'network',
  needs: [iproute2],
  skipReason: notForIsolated,
  probe: async (host) => {
    const [forwarding, uplink] = await Promise.all([readForwarding(host), readUplink(host)])
    return { forwarding, uplink }
  },
  judge: ({ forwarding, uplink }, config) => {
    const { all, preset, interfaces } = forwarding
    // Packets of the guest come in by the TAP, the answers by the uplink: the switch of each counts.
    const isOn = (name: string | null) => (name === null ? all : (interfaces[name] ?? preset))
    const off = [config.tap, uplink.device].find((name) => !isOn(name))
    if (off === undefined)
      return {
        status: 'ok',
        found: uplink.device ? `on for ${config.tap} and ${uplink.device}` : `on for ${config.tap}`,
      }
    return {
      status: 'fail',
      found: !all ? 'net.ipv4.ip_forward is 0' : `net.ipv4.conf.${off ?? 'all'}.forwarding is 0`,
      expected: '1: else the guest reaches this host and nothing beyond it',
      fix: { id: 'route-guest', args: {} },
    }
  },
})

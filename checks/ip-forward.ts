import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { type Forwarding, readForwarding } from '../src/network/forwarding.ts'
import { readUplink, type Uplink } from '../src/network/routes.ts'
import { iproute2 } from './iproute2.ts'
import { notForIsolated } from './shared/network.ts'

interface Facts {
  readonly forwarding: Forwarding
  readonly uplink: Uplink
}

const findings = {
  off: finding<{ key: string }>({
    found: ({ key }) => `${key} is 0`,
    expected: '1: otherwise the guest reaches this host and nothing beyond it',
  }),
}

export const ipForward = defineCheck({
  id: 'ip-forward',
  title: 'The kernel forwards what the guest sends',
  group: 'network',
  needs: [iproute2],
  beforeBoot: 'reported',
  repairTakes: 'sysctl',
  networkPlace: { hop: 'host', uplinkIn: ({ uplink }: Facts) => uplink.device },
  findings,
  skipReason: notForIsolated,
  probe: async (host): Promise<Facts> => {
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
    const key = all ? `net.ipv4.conf.${off ?? 'all'}.forwarding` : 'net.ipv4.ip_forward'
    return { status: 'fail', code: 'off', values: { key }, fix: { id: 'route-guest', args: {} } }
  },
})

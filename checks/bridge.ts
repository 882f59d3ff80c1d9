import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { findInterface } from '../src/host/interfaces.ts'
import { iproute2 } from './iproute2.ts'
import { notForNone } from './shared/network.ts'

const chooseBridge = 'Set `bridge` to one that `ip link show type bridge` lists.'

const findings = {
  missing: finding<{ bridge: string }>({
    found: ({ bridge }) => `there is no ${bridge}`,
    expected: ({ bridge }) => `an existing bridge ${bridge}`,
    hint: `${chooseBridge} chv-doctor makes none: that would move the address of an uplink.`,
  }),
  'not-a-bridge': finding<{ bridge: string; kind: string }>({
    found: ({ bridge, kind }) =>
      `${bridge} is no bridge but a ${kind === 'device' ? 'network device' : kind}`,
    expected: ({ bridge }) => `a bridge ${bridge}`,
    hint: chooseBridge,
  }),
  down: finding<{ bridge: string }>({
    found: ({ bridge }) => `${bridge} is down`,
    expected: ({ bridge }) => `${bridge} is up`,
    hint: ({ bridge }) =>
      `\`sudo ip link set dev ${bridge} up\`, and find out why the program that made it left it down.`,
  }),
  'default-mac': finding<{ bridge: string; mac: string }>({
    found: ({ bridge, mac }) => `${bridge}, up; the guest has ${mac}, a default MAC of chv-doctor`,
    expected: 'a MAC that is unique in this network',
    hint: 'Set `guest_mac` to another one, such as 52:54:00 and three pairs of your choice.',
  }),
}

export const bridge = defineCheck({
  id: 'bridge',
  title: 'The bridge for the guest exists and is up',
  group: 'network',
  needs: [iproute2],
  beforeBoot: 'reported',
  networkPlace: { hop: 'bridge' },
  findings,
  skipReason: (config) =>
    notForNone(config) ?? (config.network === 'bridge' ? null : 'not needed: network is tap'),
  probe: (host, config) => findInterface(host, config.bridge),
  judge: (found, config) => {
    const name = config.bridge
    if (!found) return { status: 'fail', code: 'missing', values: { bridge: name } }
    if (found.kind !== 'bridge')
      return { status: 'fail', code: 'not-a-bridge', values: { bridge: name, kind: found.kind } }
    if (!found.up) return { status: 'fail', code: 'down', values: { bridge: name } }
    // The first guest of every host has the same default MAC, and on a bridge they meet.
    const mac = config.guest_mac
    if (mac.startsWith('12:34:56:78:9'))
      return { status: 'warn', code: 'default-mac', values: { bridge: name, mac } }
    const address = found.addresses[0]
    return { status: 'ok', found: `${name}, up${address ? `, host at ${address}` : ''}` }
  },
})

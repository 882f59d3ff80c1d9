import { expect, it } from 'vitest'
import { bridge } from '../../checks/bridge.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { ipJson, showAddresses } from '../helpers/interfaces.ts'

const up = ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP']
const config = configWith({ network: 'bridge', guest_mac: '52:54:00:12:34:56' })
const verdictOf = (json: string, changed = config) =>
  conclude(bridge, { commands: { [showAddresses]: json } }, changed)

it.each([
  ['with an address', { addresses: ['10.0.0.9/24'] }, 'br0, up, host at 10.0.0.9/24'],
  ['without one', {}, 'br0, up'],
])('is ok %s', async (_, more, found) => {
  expect(await verdictOf(ipJson({ name: 'br0', kind: 'bridge', flags: up, ...more }))).toEqual({
    status: 'ok',
    found,
  })
})

it.each([
  ['missing', ipJson({ name: 'br00', kind: 'bridge' }), 'missing', {}],
  ['a card', ipJson({ name: 'br0', flags: up }), 'not-a-bridge', { kind: 'device' }],
  ['something else', ipJson({ name: 'br0', kind: 'bond', flags: up }), 'not-a-bridge', { kind: 'bond' }],
  ['down', ipJson({ name: 'br0', kind: 'bridge' }), 'down', {}],
])('fails and says what to do: %s', async (_, json, code, values) => {
  expect(await verdictOf(json)).toMatchObject({
    status: 'fail',
    code: `bridge/${code}`,
    values: { bridge: 'br0', ...values },
    hint: expect.any(String),
  })
})

it('warns of a MAC that the first guest of every host has', async () => {
  const json = ipJson({ name: 'br0', kind: 'bridge', flags: up })
  for (const guest of [1, 2]) {
    const verdict = await verdictOf(json, configWith({ network: 'bridge', guest }))
    expect(verdict).toMatchObject({
      status: 'warn',
      code: 'bridge/default-mac',
      hint: expect.stringContaining('guest_mac'),
    })
  }
})

it('is about bridges alone', () => {
  expect(bridge.skipReason?.(configWith())).toBe('not needed: network is tap')
  expect(bridge.skipReason?.(configWith({ network: 'none' }))).toBe('not needed: network is none')
  expect(bridge.skipReason?.(config)).toBeNull()
})

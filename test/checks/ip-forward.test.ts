import { describe, expect, it } from 'vitest'
import { ipForward } from '../../checks/ip-forward.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { notPermitted } from '../helpers/fake-host.ts'
import { networkHost } from '../helpers/network.ts'

const fix = { id: 'route-guest', args: {} }

describe('ip-forward', () => {
  it.each([
    ['everywhere', {}, {}, 'on for vm-tap0 and eth0'],
    ['on these two alone', { ip_forward: '0', default: '0', lo: '0' }, {}, 'on for vm-tap0 and eth0'],
    ['and no uplink', {}, { '9.9.9.9': null }, 'on for vm-tap0'],
  ] as const)('is ok when it is on %s', async (_, forwarding, ways, found) => {
    expect(await conclude(ipForward, networkHost({ forwarding, ways }))).toEqual({ status: 'ok', found })
  })

  it.each([
    ['everywhere', { ip_forward: '0', default: '0', eth0: '0', 'vm-tap0': '0' }, 'net.ipv4.ip_forward'],
    ['for the TAP', { 'vm-tap0': '0' }, 'net.ipv4.conf.vm-tap0.forwarding'],
    ['for the uplink', { eth0: '0' }, 'net.ipv4.conf.eth0.forwarding'],
  ] as const)('fails when it is off %s', async (_, forwarding, key) => {
    expect(await conclude(ipForward, networkHost({ forwarding }))).toMatchObject({
      status: 'fail',
      code: 'ip-forward/off',
      values: { key },
      fix,
    })
  })

  it('takes what a new interface gets where the TAP is not there yet', async () => {
    const config = configWith({ tap: 't9' })
    expect(await conclude(ipForward, networkHost(), config)).toMatchObject({
      status: 'ok',
      found: 'on for t9 and eth0',
    })
    const off = networkHost({ forwarding: { default: '0' } })
    expect(await conclude(ipForward, off, config)).toMatchObject({
      code: 'ip-forward/off',
      values: { key: 'net.ipv4.conf.t9.forwarding' },
    })
  })

  it('looks at the interface that the kernel would really take', async () => {
    const host = networkHost({ ways: { '9.9.9.9': 'tun0' }, forwarding: { default: '0' } })
    expect(await conclude(ipForward, host)).toMatchObject({
      values: { key: 'net.ipv4.conf.tun0.forwarding' },
    })
  })

  it('is left out where the guest is to have no internet', () => {
    expect(ipForward.skipReason?.(configWith({ network: 'none' }))).toBe('not needed: network is none')
    expect(ipForward.skipReason?.(configWith({ nat: false }))).toBe('not needed: nat is false')
    expect(ipForward.skipReason?.(configWith())).toBeNull()
  })

  it('cannot tell where /proc/sys is closed', async () => {
    const path = '/proc/sys/net/ipv4/ip_forward'
    const host = networkHost()
    await expect(
      conclude(ipForward, { ...host, files: { ...host.files, [path]: notPermitted(path) } }),
    ).rejects.toThrow(path)
  })
})

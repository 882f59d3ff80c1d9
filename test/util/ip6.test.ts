import { describe, expect, it } from 'vitest'
import { addressIn64, parseCidr6, subnets64 } from '../../src/util/ip6.ts'

describe('parseCidr6', () => {
  it.each([
    ['fd00::1/64', 'fd00::1', 64],
    ['FD00:0:0:1:0:0:0:1/48', 'fd00:0:0:1::1', 48],
    ['::/0', '::', 0],
    ['::ffff:192.0.2.1/128', '::ffff:c000:201', 128],
  ])('%s', (text, address, prefix) => expect(parseCidr6(text)).toMatchObject({ address, prefix }))

  it.each([
    'fd00::1',
    'fd00::1/129',
    'fd00::1/x',
    '192.168.0.1/24',
    'fe80::1%eth0/64',
    'fd00::1/64/1',
    '/64',
  ])('not %s', (text) => expect(parseCidr6(text)).toBeNull())
})

describe('subnets of a range', () => {
  it.each([
    ['fd00:1:2::/48', 1, 2, 'fd00:1:2:1::2', 65536],
    ['fd00:1:2:ff12::/56', 3, 1, 'fd00:1:2:ff03::1', 256],
    ['2001:db8:0:7::/64', 0, 1, '2001:db8:0:7::1', 1],
  ])('%s: number %i', (range, index, last, address, count) => {
    const cidr = parseCidr6(range)
    if (!cidr) throw new Error('no range')
    expect(addressIn64(cidr, index, last)).toBe(address)
    expect(subnets64(cidr)).toBe(count)
  })
})

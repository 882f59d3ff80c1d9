import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  addressIn64,
  contains,
  formatIPv4,
  formatIPv6,
  parseCidr,
  parseCidr6,
  parseIPv4,
  prefixOfNetmask,
  subnets64,
} from '../../src/util/address.ts'
import { bundled } from '../helpers/bundled.ts'

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

describe('IPv4', () => {
  it.each(['0.0.0.0', '192.168.249.2', '255.255.255.255'])('%s is parsed and formatted', (address) => {
    expect(formatIPv4(parseIPv4(address) ?? -1)).toBe(address)
  })

  it.each(['1.2.3', '1.2.3.256', '01.2.3.4', '0x1.2.3.4', '1.2.3.4.5', ' 1.2.3.4'])('not %s', (text) => {
    expect(parseIPv4(text)).toBeNull()
    expect(parseCidr(`${text}/24`)).toBeNull()
  })

  it.each(['1.2.3.4', '1.2.3.4/', '1.2.3.4/33', '1.2.3.4/2/4', '1.2.3.4/-1'])('no subnet: %s', (text) => {
    expect(parseCidr(text)).toBeNull()
  })

  it('knows what a subnet has', () => {
    const cidr = parseCidr('192.168.249.77/24')
    if (!cidr) throw new Error('no subnet')
    const has = (address: string) => contains(cidr, parseIPv4(address) ?? -1)
    expect(formatIPv4(cidr.network)).toBe('192.168.249.0')
    expect(['192.168.249.0', '192.168.249.255', '192.168.248.255', '192.168.250.0'].map(has)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it.each([
    ['255.255.255.0', 24],
    ['255.255.255.255', 32],
    ['0.0.0.0', 0],
    ['255.255.240.0', 20],
    ['255.0.255.0', null],
    ['24', null],
    ['255.255.255', null],
  ])('netmask %s', (mask, prefix) => expect(prefixOfNetmask(mask)).toBe(prefix))
})

describe('formatIPv6', () => {
  it('spells as the parser of addresses on the web does, with runs of zeros in every place', () => {
    // Every choice of groups out of 0, 1 and abcd.
    for (let number = 0; number < 3 ** 8; number++) {
      const groups = Array.from(
        { length: 8 },
        (_, at) => [0, 1, 0xabcd][Math.floor(number / 3 ** at) % 3] ?? 0,
      )
      const text = groups.map((group) => group.toString(16)).join(':')
      expect(formatIPv6(groups)).toBe(new URL(`http://[${text}]`).hostname.slice(1, -1))
    }
  })
})

describe('parseIPv6', () => {
  it('makes no expression for IPv6 to tell an address of IPv4 from one', () => {
    const file = bundled(`
      import { parseIPv6 } from './src/util/address.ts'
      require('node:net').isIPv6 = () => { throw new Error('made') }
      const tell = (text) => { try { return String(parseIPv6(text)) } catch (error) { return error.message } }
      process.stdout.write(['9.9.9.9', '', 'eth0', '::1'].map(tell).join())
    `)
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe('null,null,null,made')
  })
})

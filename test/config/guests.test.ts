/** Several guests on one host: what each has for itself, and that no two share anything. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addressesOf, capacityOf, macOf, roomIn6 } from '../../src/config/guests.ts'
import type { Config } from '../../src/config/keys.ts'
import { loadConfig, type Sources } from '../../src/config/load.ts'
import { overlaps, parseCidr } from '../../src/util/address.ts'
import { scratch } from '../helpers/scratch.ts'

const sources = (changes: Partial<Sources> = {}): Sources => {
  const home = scratch()
  mkdirSync(`${home}/work`)
  const uid = process.getuid?.() ?? 0
  return {
    cwd: `${home}/work`,
    home,
    uid,
    arch: 'x86_64',
    env: {},
    file: null,
    sets: [],
    flags: [],
    ...changes,
  }
}
const guest = (number: number, ...sets: string[]) =>
  loadConfig(sources({ sets, flags: [['--guest', 'guest', String(number)]] })).then(({ config }) => config)
const refused = (loading: Promise<unknown>) =>
  loading.then(
    () => 'loaded',
    (error: Error) => error.message,
  )

const own = ({ tap, guest_mac, gateway_address, guest_address, disk, seed }: Config) => [
  tap,
  guest_mac,
  gateway_address,
  guest_address,
  disk.split('/').at(-1),
  seed.split('/').at(-1),
]

describe('guests', () => {
  it('has the first as on a host with one guest, and the next beside it', async () => {
    expect(own(await guest(1))).toEqual([
      'vm-tap0',
      '12:34:56:78:90:ab',
      '192.168.249.1/24',
      '192.168.249.2/24',
      'resolute.raw',
      'cloud-init.img',
    ])
    expect(own(await guest(2))).toEqual([
      'vm-tap1',
      '12:34:56:78:90:ac',
      '192.168.250.1/24',
      '192.168.250.2/24',
      'resolute-2.raw',
      'cloud-init-2.img',
    ])
  })

  it.each(['192.168.248.0/21', '10.64.0.0/16', '172.20.7.0/24', '10.0.0.0/28'])(
    'share nothing, whatever the range is: %s',
    async (range) => {
      const room = capacityOf(range)
      const configs = await Promise.all(
        Array.from({ length: Math.min(room, 300) }, (_, index) => guest(index + 1, `guest_range=${range}`)),
      )
      const all = configs.flatMap(own)
      expect(new Set(all).size).toBe(all.length)
      const whole = parseCidr(range)
      const subnets = configs.map((config) => parseCidr(config.gateway_address))
      for (const [index, one] of subnets.entries()) {
        if (!one || !whole) throw new Error('no subnet')
        expect(overlaps(one, whole)).toBe(true)
        for (const other of subnets.slice(index + 1)) expect(other && overlaps(one, other)).toBe(false)
      }
    },
  )

  it('count as many as the range has room for', async () => {
    expect([
      capacityOf('192.168.248.0/21'),
      capacityOf('10.0.0.0/8'),
      capacityOf('10.0.0.0/24'),
      capacityOf('10.0.0.0/30'),
    ]).toEqual([8, 65536, 64, 1])
    expect([roomIn6('fd00::/48'), roomIn6('fd00::/64')]).toEqual([65536, 1])
    expect(addressesOf('192.168.248.0/21', 8)).toEqual({
      host: '192.168.248.1/24',
      guest: '192.168.248.2/24',
    })
    expect(macOf(4096)).toBe('12:34:56:78:a0:aa')
    expect(await refused(guest(9))).toBe(
      'guest 9 does not fit guest_range 192.168.248.0/21, which has room for 8; set guest_range to a wider range.',
    )
    expect(await refused(guest(2, 'ipv6=routed', 'guest_range6=2001:db8::/64'))).toContain('has room for 1')
    expect(await refused(guest(0))).toContain('from 1 to 4096')
  })

  it('refuse what all of them would have in common', async () => {
    const from = sources({ flags: [['--guest', 'guest', '2']] })
    writeFileSync(`${from.cwd}/chv-doctor.yaml`, 'tap: mine0\n')
    expect(await refused(loadConfig(from))).toMatch(
      /^guest 2 would have the same tap as every other guest: mine0\. /,
    )
    // The first is the one that a file without `guest` is about.
    const first = await loadConfig({ ...from, flags: [['--guest', 'guest', '1']] })
    expect(first.config.tap).toBe('mine0')
    // A file of its own, and a flag beside the flag, are about this guest.
    writeFileSync(`${from.cwd}/chv-doctor.yaml`, 'guest: 2\ntap: mine1\n')
    expect((await loadConfig({ ...from, flags: [] })).config.tap).toBe('mine1')
    expect((await guest(2, 'tap=mine1')).tap).toBe('mine1')
  })

  it('on a bridge have one router, and DHCP unless it is said', async () => {
    const bridged = await guest(2, 'network=bridge')
    expect([bridged.guest_address, bridged.tap]).toEqual(['dhcp', 'vm-tap1'])
    expect(await refused(guest(1, 'network=bridge', 'guest_address=10.0.0.7/24'))).toContain(
      'set gateway_address to the router',
    )
    const fixed = await guest(9, 'network=bridge', 'guest_address=10.0.0.7/24', 'gateway_address=10.0.0.1/24')
    expect(fixed.guest_address).toBe('10.0.0.7/24')
    expect(await refused(guest(1, 'guest_address=dhcp'))).toContain('no DHCP server answers on a TAP')
  })
})

import { describe, expect, it } from 'vitest'
import { subnetConflict } from '../../checks/subnet-conflict.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { ipJson, tapLink } from '../helpers/interfaces.ts'
import { networkHost, uplinkRoute } from '../helpers/network.ts'

const lan = (address: string) => [{ name: 'lo' }, { name: 'lan0', addresses: [address] }]

describe('subnet-conflict', () => {
  it.each([
    ['nothing near', {}],
    [
      'neighbours',
      {
        routes: [
          uplinkRoute,
          { dst: '192.168.248.0/24', dev: 'eth0' },
          { dst: '192.168.250.0/24', dev: 'wg0' },
        ],
      },
    ],
    [
      'a VPN that halves the default route',
      {
        routes: [
          { dst: '0.0.0.0/1', dev: 'tun0' },
          { dst: '128.0.0.0/1', dev: 'tun0' },
        ],
      },
    ],
    [
      'the routes of the TAP itself',
      {
        routes: [
          { dst: '192.168.249.0/24', dev: 'vm-tap0' },
          { dst: '192.168.249.2', dev: 'vm-tap0' },
        ],
      },
    ],
    [
      'no TAP yet: the way to the guest is not asked',
      { links: lan('10.0.0.5/24'), ways: { '192.168.249.2': 'eth0' } },
    ],
  ])('is ok with %s', async (_, network) => {
    expect(await conclude(subnetConflict, networkHost(network))).toEqual({
      status: 'ok',
      found: '192.168.249.1/24 overlaps with nothing',
    })
  })

  it.each([
    [
      'the network that the host is in',
      { links: lan('192.168.249.77/24') },
      'in-other-network',
      { address: '192.168.249.1/24', subnet: '192.168.249.77/24', device: 'lan0' },
    ],
    [
      'the very same address',
      { links: lan('192.168.249.1/32') },
      'in-other-network',
      { subnet: '192.168.249.1/32', device: 'lan0' },
    ],
    [
      'a route of a VPN',
      { routes: [uplinkRoute, { dst: '192.168.249.0/25', dev: 'wg0', table: '51820' }] },
      'in-other-network',
      { subnet: '192.168.249.0/25', device: 'wg0' },
    ],
    [
      'a route to the guest alone',
      { routes: [{ dst: '192.168.249.2', dev: 'docker0' }] },
      'in-other-network',
      { subnet: '192.168.249.2/32', device: 'docker0' },
    ],
    [
      'a bridge of Docker',
      { routes: [{ dst: '192.168.249.0/24', dev: 'br-3f1c' }] },
      'in-other-network',
      { subnet: '192.168.249.0/24', device: 'br-3f1c' },
    ],
    [
      'the gateway of the host',
      { routes: [{ ...uplinkRoute, gateway: '192.168.249.254' }] },
      'contains-gateway',
      { gateway: '192.168.249.254', address: '192.168.249.1/24' },
    ],
    [
      'policy routing',
      { ways: { '192.168.249.2': 'wg0' } },
      'routed-elsewhere',
      { guest: '192.168.249.2', device: 'wg0', tap: 'vm-tap0' },
    ],
  ])('fails for %s, and offers a free subnet', async (_, network, code, values) => {
    const verdict = await conclude(subnetConflict, networkHost(network))
    expect(verdict).toMatchObject({ status: 'fail', code: `subnet-conflict/${code}`, values })
    expect(verdict).toHaveProperty('hint', expect.stringContaining('`gateway_address: 192.168.24'))
    expect(verdict).not.toHaveProperty('fix')
  })

  it.each([
    ['wider', '192.168.0.1/16'],
    ['beside the guest', '192.168.249.129/25'],
  ])('warns of one that is %s', async (_, address) => {
    expect(await conclude(subnetConflict, networkHost({ links: lan(address) }))).toMatchObject({
      status: 'warn',
      code: 'subnet-conflict/overlaps',
      values: { subnet: address, device: 'lan0' },
    })
  })

  it("finds the walkthrough's subnet in a home network, and a free one beside everything taken", async () => {
    const config = configWith({ gateway_address: '192.168.1.129/24', guest_address: '192.168.1.130/24' })
    const taken = Array.from({ length: 50 }, (_, n) => ({ dst: `192.168.${200 + n}.0/24`, dev: 'wg0' }))
    const host = networkHost({
      links: lan('192.168.1.20/24'),
      routes: [...taken, { dst: '10.249.249.0/25', dev: 'wg0' }],
    })
    expect(await conclude(subnetConflict, host, config)).toMatchObject({
      status: 'fail',
      code: 'subnet-conflict/in-other-network',
      values: { free: '10.249.248' },
      found: '192.168.1.129/24 is in 192.168.1.20/24 on lan0',
      hint: expect.stringContaining(
        '`gateway_address: 10.249.248.1/24` and `guest_address: 10.249.248.2/24`',
      ),
    })
  })

  describe('rules of policy routing before the TAP is up', () => {
    const tailscale = [
      { priority: 0, src: 'all', table: 'local' },
      { priority: 5210, src: 'all', fwmark: '0x80000', fwmask: '0xff0000', table: 'main' },
      { priority: 5270, src: 'all', table: '52' },
      { priority: 32766, src: 'all', table: 'main' },
    ]
    const wireguard = [
      { priority: 0, src: 'all', table: 'local' },
      { priority: 32764, src: 'all', table: 'main', suppress_prefixlen: 0 },
      { priority: 32765, not: null, src: 'all', fwmark: '0xca6c', table: '51820' },
      { priority: 32766, src: 'all', table: 'main' },
    ]
    const concluded = (rules: readonly object[], table: string, more: readonly object[] = []) => {
      const routes = [uplinkRoute, { dst: 'default', dev: 'tun9', table }, ...more] as (typeof uplinkRoute)[]
      const host = networkHost({ links: lan('10.0.0.5/24'), routes })
      const commands = { ...host.commands, 'ip -j -4 rule show': JSON.stringify(rules) }
      return conclude(subnetConflict, { ...host, commands })
    }
    it('an exit node takes the packets for the guest', async () => {
      expect(await concluded(tailscale, '52')).toMatchObject({
        status: 'fail',
        code: 'subnet-conflict/routed-elsewhere',
        values: { guest: '192.168.249.2', device: 'tun9', tap: 'vm-tap0' },
      })
    })
    it.each([
      [
        'an exit node that leaves local networks alone',
        tailscale,
        '52',
        [{ type: 'throw', dst: '10.0.0.0/24', table: '52' }],
      ],
      ['a tunnel behind the routes of main', wireguard, '51820', []],
      ['a table that only some packets use', [{ priority: 100, src: '10.0.0.9', table: '7' }], '7', []],
    ])('%s does not', async (_, rules, table, more) => {
      expect(await concluded(rules, table, more)).toMatchObject({ status: 'ok' })
    })
  })

  it('cannot tell where ip gives no answer', async () => {
    const host = networkHost()
    const broken = {
      ...host,
      commands: { ...host.commands, 'ip -j -4 route show table all': { code: 1, stderr: 'no\n' } },
    }
    await expect(conclude(subnetConflict, broken)).rejects.toThrow('the routes cannot be read: ip no')
    const old = { ...host, commands: { ...host.commands, 'ip -j -4 route show table all': 'default via' } }
    await expect(conclude(subnetConflict, old)).rejects.toThrow('iproute2 before 4.13')
  })

  it('asks for the way only when the TAP can take packets', async () => {
    const down = tapLink({ flags: [], addresses: ['192.168.249.1/24'] })
    const host = networkHost({ links: [down], ways: { '192.168.249.2': 'eth0' } })
    expect(ipJson(down)).not.toContain('"UP"')
    expect(await conclude(subnetConflict, host)).toMatchObject({ status: 'ok' })
  })
})

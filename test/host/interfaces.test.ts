/** What `ip -j -d addr show` means; real TAPs are in test/checks/tap-device.real.test.ts. */
import { describe, expect, it } from 'vitest'
import { parseInterfaces, readInterfaces } from '../../src/host/interfaces.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

// As iproute2 6.1 prints it, numbers of queues and segments left out. The outer "group" is the group of
// the device (ip-link(8)), not the one that may attach to the TAP.
const recorded = `[{"ifindex":3,"ifname":"vm-tap0","flags":["NO-CARRIER","BROADCAST","MULTICAST","UP"],"mtu":1500,
"qdisc":"pfifo_fast","operstate":"DOWN","group":"default","txqlen":1000,"link_type":"ether",
"address":"de:80:38:8f:dd:ce","broadcast":"ff:ff:ff:ff:ff:ff","promiscuity":0,"allmulti":0,
"linkinfo":{"info_kind":"tun","info_data":{"type":"tap","pi":false,"vnet_hdr":false,"multi_queue":false,
"persist":true,"user":"sky","group":12345}},"addr_info":[
{"family":"inet","local":"192.168.249.1","prefixlen":24,"scope":"global","label":"vm-tap0","valid_life_time":4294967295},
{"family":"inet","local":"10.0.0.1","prefixlen":8,"scope":"global","secondary":true,"label":"vm-tap0"},
{"family":"inet6","local":"fd00::1","prefixlen":64,"scope":"global"},
{"family":"inet6","local":"fe80::dc80:38ff:fe8f:ddce","prefixlen":64,"scope":"link"}]}]`

type Link = ReturnType<typeof tapLink>
const one = (link: Link) => parseInterfaces(ipJson(link))[0]
const up = ['BROADCAST', 'MULTICAST', 'UP']

describe('parseInterfaces', () => {
  it('reads a TAP as ip describes it', () => {
    expect(parseInterfaces(recorded)).toEqual([
      {
        name: 'vm-tap0',
        kind: 'tap',
        up: true,
        inUse: false,
        owner: 'sky',
        group: '12345',
        multiQueue: false,
        addresses: ['192.168.249.1/24', '10.0.0.1/8'],
        addresses6: ['fd00::1/64'],
        master: null,
        mac: 'de:80:38:8f:dd:ce',
        mtu: 1500,
      },
    ])
  })

  it.each<[string, Link, object]>([
    ['nobody owns it', tapLink({ data: { user: undefined } }), { owner: null, group: null }],
    ['its owner has no name', tapLink({ data: { user: 4242 } }), { owner: '4242' }],
    ['it is for root: 0 is an owner', tapLink({ data: { user: 0, group: 0 } }), { owner: '0', group: '0' }],
    ['it is down', tapLink({ flags: ['BROADCAST', 'MULTICAST'] }), { up: false, inUse: false }],
    // A word in the flags, not a part of one.
    ['its lower layer only is up', tapLink({ flags: ['LOWER_UP'] }), { up: false }],
    ['nobody holds it', tapLink({ flags: ['NO-CARRIER', ...up] }), { up: true, inUse: false }],
    ['a VM holds it', tapLink({ flags: [...up, 'LOWER_UP'] }), { inUse: true }],
    [
      'a VM holds it with several queues while it is down',
      tapLink({ flags: [], data: { multi_queue: true, numqueues: 2 } }),
      { up: false, inUse: true, multiQueue: true },
    ],
    [
      'several queues, none held',
      tapLink({ data: { multi_queue: true, numqueues: 0 } }),
      { inUse: false, multiQueue: true },
    ],
    ['a TUN', tapLink({ data: { type: 'tun' } }), { kind: 'tun' }],
    // Its lower layer is always up; that says nothing about a user.
    ['a bridge', { name: 'b', kind: 'bridge', flags: [...up, 'LOWER_UP'] }, { kind: 'bridge', inUse: false }],
    ['a card', { name: 'eth0', flags: [...up, 'LOWER_UP'] }, { kind: 'device', up: true, inUse: false }],
  ])('%s', (_, link, expected) => expect(one(link)).toMatchObject(expected))

  // Some versions of ip print an empty object for what a filter left out.
  it('passes over what has no name', () => {
    expect(parseInterfaces('[{},{"ifname":"lo"},{}]').map(({ name }) => name)).toEqual(['lo'])
  })
})

describe('readInterfaces', () => {
  const asking = (answer: NonNullable<FakeHost['commands']>[string]) =>
    readInterfaces(fakeHost({ commands: { [showAddresses]: answer } }))

  it('asks ip', async () => {
    expect(await asking(ipJson(tapLink()))).toMatchObject([{ name: 'vm-tap0', owner: 'sky' }])
    expect(await asking('[]')).toEqual([])
  })

  it.each<[string, NonNullable<FakeHost['commands']>[string], string]>([
    ['ip is missing', { code: null, failure: { kind: 'not-found' } }, 'ip not found'],
    ['ip hangs', { code: null, failure: { kind: 'timed-out', limitMs: 10_000 } }, 'ip timed out after 10 s'],
    ['ip may not ask', { code: 1, stderr: 'Operation not permitted\nmore' }, 'ip Operation not permitted'],
    ['ip knows no JSON', '1: lo: <LOOPBACK,UP>', 'does not answer in JSON'],
    ['ip says nothing', '', 'does not answer in JSON'],
    ['ip is cut off', '[{"ifname":"lo"', 'does not answer in JSON'],
  ])('is undetermined, not empty, when %s', async (_, answer, message) => {
    const reading = asking(answer)
    await expect(reading).rejects.toThrow(Undetermined)
    await expect(reading).rejects.toThrow(message)
    await expect(reading).rejects.not.toThrow('more')
  })
})

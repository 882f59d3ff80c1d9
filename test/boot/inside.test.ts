import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { milestonesFor } from '../../src/boot/expected-milestones.ts'
import {
  type GuestReport,
  insideArguments,
  insideScript,
  parseInside,
  provenBy,
} from '../../src/boot/inside.ts'
import { configWith } from '../helpers/config.ts'
import { because, missing } from '../helpers/needs.ts'

const words = (...lines: readonly string[]) => lines.map((line) => `chv-doctor: ${line}\n`).join('')
const good: GuestReport = {
  ...{
    user: 'cloud',
    mac: true,
    addresses: ['192.168.249.2'],
    mtu: 1500,
    host: 'yes',
    name: 'yes',
    nameServerReachable: null,
  },
}

describe('parseInside', () => {
  it('reads what the script says, whatever else is printed', () => {
    const text = `Welcome!\n${words('user cloud')}mail: none\n${words('mtu 1500', 'address 192.168.249.2', 'mac yes', 'host yes', 'name yes')}`
    expect(parseInside(text)).toEqual(good)
  })
  it.each<[lines: readonly string[], changes: Partial<GuestReport>]>([
    [['address 192.168.249.2', 'address 10.0.0.9', 'mac yes'], { addresses: ['192.168.249.2', '10.0.0.9'] }],
    [['mac no'], { mac: false, addresses: [] }],
    [['mac yes', 'address unknown'], { addresses: null }],
    [['mac yes', 'mtu 1420', 'address 192.168.249.2'], { mtu: 1420 }],
    [['mac yes', 'mtu \x1b[2J', 'address 192.168.249.2'], {}],
    [
      ['mac yes', 'host unknown', 'name-server no', 'name no'],
      { addresses: [], host: 'unknown', nameServerReachable: 'no', name: 'no' },
    ],
    [['mac yes', 'host perhaps', 'name', 'address \x1b[2J'], { addresses: [] }],
  ])('%j', (lines, changes) => {
    const silent = { mtu: null, host: null, name: null, nameServerReachable: null }
    expect(parseInside(words('user cloud', ...lines))).toEqual({ ...good, ...silent, ...changes })
  })
  it.each([
    '',
    'This account is currently not available.\n',
    words('mac yes'),
    words('user cloud'),
    words('user ', 'mac yes'),
    words('user \x1b[2J', 'mac yes'),
  ])('%j is no answer', (text) => expect(parseInside(text)).toBeNull())
})

describe('provenBy', () => {
  const none = { reached: [], notTried: [] }
  it.each<[changes: Partial<GuestReport>, proven: ReturnType<typeof provenBy>]>([
    [{}, { reached: ['user', 'host', 'name'], notTried: [] }],
    [{ addresses: null }, { reached: ['user', 'host', 'name'], notTried: [] }],
    [
      { host: 'no', name: null },
      { reached: ['user'], notTried: [] },
    ],
    [
      { host: 'unknown', name: 'unknown' },
      { reached: ['user'], notTried: ['host', 'name'] },
    ],
    [{ user: 'root' }, none],
    [{ mac: false, addresses: [] }, none],
    [{ addresses: ['10.0.0.1'] }, none],
  ])('%j', (changes, proven) => expect(provenBy({ ...good, ...changes }, configWith())).toEqual(proven))
})

describe('the script', () => {
  it('gets plain words, and a dash for what is not asked', () => {
    const config = configWith({
      guest_mac: 'AA:BB:CC:DD:EE:FF',
      nameservers: ['1.1.1.1', '9.9.9.9', '::1', '8.8.8.8'],
    })
    const mac = 'aa:bb:cc:dd:ee:ff'
    const servers = ['1.1.1.1', '9.9.9.9', '::1']
    expect(insideArguments(config, () => true)).toEqual([mac, '192.168.249.1', 'deb.debian.org', ...servers])
    expect(insideArguments(config, () => false)).toEqual([mac, '-', '-', ...servers])
  })
  describe.each(['dash', 'bash', 'busybox'])('in %s', (shell) => {
    const absent = missing(shell)
    it.skipIf(absent)(`runs and is understood${because(absent)}`, () => {
      const args = [
        ...(shell === 'busybox' ? ['sh'] : []),
        '-s',
        '--',
        '00:00:00:00:00:00',
        '127.0.0.1',
        'localhost',
      ]
      const { stdout, stderr, status } = spawnSync(shell, args, { input: insideScript, encoding: 'utf8' })
      expect([status, stderr]).toEqual([0, ''])
      const { user } = parseInside(stdout) ?? {}
      expect(user).toBe(spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim())
      // The loopback interface has this MAC.
      expect(parseInside(stdout)).toMatchObject({
        mac: true,
        addresses: ['127.0.0.1'],
        name: 'yes',
        nameServerReachable: null,
      })
    })
  })
})

describe('milestonesFor', () => {
  it.each<[Parameters<typeof configWith>[0], readonly string[]]>([
    [{}, ['ping', 'ssh', 'user', 'host', 'name']],
    [{ nat: false }, ['ping', 'ssh', 'user', 'host']],
    [{ offline: true }, ['ping', 'ssh', 'user', 'host']],
    [{ nameservers: [] }, ['ping', 'ssh', 'user', 'host']],
    [{ network: 'bridge', nat: false }, ['ping', 'ssh', 'user', 'name']],
    [{ network: 'none' }, []],
  ])('%j: on the network %j', (changes, steps) => {
    const { all, required } = milestonesFor(configWith(changes), true)
    expect(required).toEqual(['vmm', 'login', 'cloud-init', ...steps])
    expect(
      all
        .slice(-steps.length || all.length)
        .filter((step) => !['vmm', 'firmware', 'kernel', 'login', 'cloud-init'].includes(step)),
    ).toEqual(steps)
  })
})

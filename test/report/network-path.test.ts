import { describe, expect, it } from 'vitest'
import { checks } from '../../checks/registry.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Result } from '../../src/contract/report.ts'
import { checksOnTheWay, networkPath, renderNetworkPath } from '../../src/report/network-path.ts'
import { configWith } from '../helpers/config.ts'

const result = (id: string, more: Partial<Result> = {}): Result => ({
  id,
  title: id,
  group: 'network',
  status: 'ok',
  durationMs: 1,
  ...(more.reason ? {} : { found: `${id} is fine` }),
  ...more,
})

/** Everything fine, with some results changed. */
const draw = (
  changes: Readonly<Record<string, Partial<Result> | null>> = {},
  config: Config = configWith(),
  columns = 80,
) => {
  const placed = checksOnTheWay(checks, config)
  const results = placed.flatMap(({ id }) => {
    const change = changes[id]
    return change === null ? [] : [result(id, change)]
  })
  const path = networkPath(results, placed, config, 'eth0')
  const text = renderNetworkPath(path, {
    color: false,
    width: columns,
    guest: config.guest,
  })
  return { path, text, lines: text.split('\n') }
}

const fix = { id: 'route-guest', args: {} } as const

describe('the way of the guest', () => {
  it('leads over TAP, host and uplink to the name servers', () => {
    const { path, text } = draw()
    expect(path.hops.map(({ name }) => name)).toEqual(['guest', 'vm-tap0', 'host', 'eth0', 'name servers'])
    expect(text).toMatchInlineSnapshot(`
      "The network of guest 1

        guest           12:34:56:78:90:ab  192.168.249.2/24
          |    ok      cloud-init          cloud-init is fine
          |
        vm-tap0         TAP
          |    ok      tap-device          tap-device is fine
          |
        host            192.168.249.1/24
          |    ok      subnet-conflict     subnet-conflict is fine
          |    ok      tap-address         tap-address is fine
          |    ok      ip-forward          ip-forward is fine
          |    ok      forward-policy      forward-policy is fine
          |
        eth0            uplink, NAT
          |    ok      nat                 nat is fine
          |
        name servers    9.9.9.9  1.1.1.1
          |    ok      guest-dns           guest-dns is fine

        after a reboot
               ok      network-persistence network-persistence is fine

      Nothing is in the way.
      "
    `)
  })

  it('marks the one broken hop, and what is behind it as not reached', () => {
    const { path, lines, text } = draw({
      'ip-forward': { status: 'fail', found: 'net.ipv4.ip_forward is 0', fix },
      nat: { status: 'fail', found: 'nothing masquerades', fix },
      'tap-address': { status: 'warn' },
    })
    expect(path.broken?.id).toBe('ip-forward')
    const marks = (mark: string) => lines.filter((line) => line.startsWith(`    ${mark} `))
    expect(marks('X')).toEqual([expect.stringContaining('FAIL    ip-forward')])
    expect(marks('|').join('\n')).toContain('tap-address')
    expect(marks('|').join('\n')).not.toContain('guest-dns')
    expect(marks(':').join('\n')).toMatch(/forward-policy[\s\S]*nat[\s\S]*guest-dns/)
    expect(text).toContain('The way ends at ip-forward: net.ipv4.ip_forward is 0.')
    expect(text).toContain('  chv-doctor fix ip-forward nat\n')
  })

  it('says what to do for another guest', () => {
    const { text } = draw({ nat: { status: 'fail', fix } }, configWith({ guest: 3 }))
    expect(text).toContain('fix: chv-doctor fix nat --guest 3')
    expect(text).toContain('chv-doctor fix nat --guest 3\n')
    expect(text).toContain('12:34:56:78:90:ad  192.168.251.2/24')
  })

  it('does not call unknown broken, nor whole', () => {
    const { path, text } = draw({
      nat: { status: 'unknown', reason: 'only root sees' },
    })
    expect(path.broken).toBeNull()
    expect(text).toMatch(/^ {4}\? {4}unknown nat/m)
    expect(text).toContain('Nothing broken was found; nat could not be determined.')
  })

  it('leaves out what is not there, and what the configuration makes pointless; shows what is blocked', () => {
    const { text } = draw({
      'guest-dns': null,
      nat: { status: 'skip', reason: 'not needed' },
      'tap-address': { status: 'skip', reason: 'blocked by tap-device', blockedBy: 'tap-device' },
    })
    expect(text).not.toMatch(/guest-dns| nat /)
    expect(text).toContain('blocked by tap-device')
  })

  it('is another one on a bridge, and ends at the host without NAT', () => {
    const names = (config: Config) => draw({}, config).path.hops.map(({ name }) => name)
    expect(names(configWith({ network: 'bridge' }))).toEqual(['guest', 'vm-tap0', 'br0', 'router'])
    expect(draw({}, configWith({ network: 'bridge' })).text).toContain('address by DHCP')
    expect(names(configWith({ nat: false }))).toEqual(['guest', 'vm-tap0', 'host', '(end)'])
  })

  it.each([40, 60, 80, 200])('fits %i columns', (columns) => {
    const long = 'a rather long finding that goes on and on, with words of a usual length, to the end'
    const { lines } = draw({ nat: { status: 'fail', found: long, hint: long } }, configWith(), columns)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns)
  })
})

import { describe, expect, it } from 'vitest'
import { adviceOn } from '../../src/boot/advice.ts'
import { withArguments } from '../../src/boot/arguments.ts'
import { bootCommand } from '../../src/hypervisor/boot-command.ts'
import { configWith } from '../helpers/config.ts'

const config = configWith()
const advice = (version: string | null, ...extra: string[]) =>
  adviceOn(version, withArguments(bootCommand({ binary: '/opt/ch', version }, config), extra), config)

describe('adviceOn', () => {
  it.each(['51.2.0', '52.0.0', '53.0.0'])('has nothing to say about our command on %s', (version) =>
    expect(advice(version)).toEqual([]),
  )
  it('has nothing to say about a version that cannot be told', () => expect(advice(null)).toEqual([]))

  it.each<[string, RegExp[]]>([
    ['51.1.0', [/51\.1 has a known vulnerability, CVE-2026-45782/]],
    ['50.1.0', [/CVE-2026-45782/]],
    ['50.0.0', [/CVE-2026-45782/, /GHSA-jmr4-g2hv-mjj6/]],
    ['49.0.0', [/CVE-2026-45782/, /GHSA-jmr4-g2hv-mjj6/]],
  ])('says what is known about %s', (version, expected) => {
    const said = advice(version)
    expect(said).toHaveLength(expected.length)
    for (const [index, pattern] of expected.entries()) expect(said[index]).toMatch(pattern)
  })

  it.each<[string, string[], RegExp]>([
    ['53.0.0', ['--disk', 'path=/a.raw'], /\/a\.raw has no image_type=.*detection is deprecated/],
    ['51.2.0', ['--disk', 'path=/a.raw'], /\/a\.raw has no image_type=.*partition table is\. Add/],
    ['49.0.0', ['--disk', 'path=/a.raw,image_type=raw'], /49\.0 refuses image_type= in \/a\.raw/],
    ['53.0.0', ['--net', 'tap=vm-tap0,ip=10.0.0.1,mask=255.0.0.0'], /ignored because vm-tap0 exists/],
    ['53.0.0', ['--net', 'tap=t2,mtu=1400'], /needs cap_net_admin/],
    ['48.0.0', ['--net', 'mac=12:34:56:78:90:ac'], /gets 192\.168\.249\.1\/24/],
    ['53.0.0', ['--platform', 'serial_number=x'], /system_serial_number/],
    ['53.0.0', ['--cmdline', 'console=ttyS0'], /ignored with --firmware/],
  ])('%s with %j', (version, extra, pattern) => expect(advice(version, ...extra).join('\n')).toMatch(pattern))

  it.each<[string, string[]]>([
    ['52.0.0', ['--platform', 'serial_number=x']],
    ['53.0.0', ['--disk', 'path=/a.raw,image_type=qcow2']],
    ['53.0.0', ['--net', 'tap=t2,ip=10.0.0.1']],
    ['53.0.0', ['--disk', 'vhost_user=on,socket=/x']],
  ])('%s with %j is fine', (version, extra) => expect(advice(version, ...extra)).toEqual([]))
})

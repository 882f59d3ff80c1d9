import { describe, expect, it } from 'vitest'
import { displayVersion, isVulnerable, parseVersion, supports } from '../../src/hypervisor/version.ts'

describe('parseVersion', () => {
  it.each([
    ['cloud-hypervisor v49.0\n', '49.0.0'],
    ['cloud-hypervisor v36.0-48-gaf06adfd\n', '36.0.0'],
    ['cloud-hypervisor v51.2-dirty\n', '51.2.0'],
    // A build without git, with the second line that v53 brought.
    ['cloud-hypervisor v53.0.0\nMigration Protocol Versions: 0\n', '53.0.0'],
    ['cloud-hypervisor 50.1\n', '50.1.0'],
    ['Cloud Hypervisor\n', null],
    ['ch-remote v49.0\n', null],
    ['QEMU emulator version 8.2.2\n', null],
    ['', null],
  ])('%j is %j', (output, version) => expect(parseVersion(output)).toBe(version))
})

it.each([
  ['53.0.0', '53.0'],
  ['51.2.0', '51.2'],
  ['50.0.0', '50.0'],
  ['49.0.1', '49.0.1'],
])('%s is shown as %s', (version, shown) => expect(displayVersion(version)).toBe(shown))

describe('rules', () => {
  it.each([
    ['35.1.0', false, false, true],
    ['36.0.0', true, false, true],
    ['49.0.0', true, false, true],
    // 50.0 is between: byte-range locks already, but not the fix that brought image_type.
    ['50.0.0', true, false, true],
    ['50.1.0', true, true, true],
    ['51.1.0', true, true, true],
    ['51.2.0', true, true, false],
    ['52.0.0', true, true, false],
    ['53.0.0', true, true, false],
    ['100.0.0', true, true, false],
  ])('%s', (version, ourCommandLine, imageType, vulnerable) => {
    expect(supports.ourCommandLine(version)).toBe(ourCommandLine)
    expect(supports.imageType(version)).toBe(imageType)
    expect(isVulnerable(version)).toBe(vulnerable)
  })
})

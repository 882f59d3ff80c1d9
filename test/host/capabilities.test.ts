import { describe, expect, it } from 'vitest'
import {
  boundingSetHasNetAdmin,
  capabilityText,
  isNosuid,
  netAdminInAttribute,
  netAdminInText,
} from '../../src/host/capabilities.ts'

const none = { permitted: false, effective: false }
const permitted = { permitted: true, effective: false }
const both = { permitted: true, effective: true }

// struct vfs_cap_data; capabilities.real.test.ts reads the usual ones from files that setcap wrote.
describe('netAdminInAttribute', () => {
  it.each([
    ['no attribute', '', none],
    ['cap_net_admin+ep', '0100000200100000000000000000000000000000', both],
    ['cap_net_admin+p', '0000000200100000000000000000000000000000', permitted],
    ['cap_net_admin+i: inheritable is not permitted', '0000000200000000001000000000000000000000', none],
    ['cap_net_raw+ep', '0100000200200000000000000000000000000000', none],
    ['cap_net_admin,cap_net_raw+ep', '0100000200300000000000000000000000000000', both],
    ['revision 1, 32 bits', '010000010010000000000000', both],
    ["another user namespace's (revision 3)", '0100000300100000000000000000000000000000e8030000', none],
    ['cut short', '01000002', none],
  ])('%s', (_, hex, expected) => expect(netAdminInAttribute(hex)).toEqual(expected))
})

describe('netAdminInText', () => {
  it.each([
    ['', none],
    ['cap_net_admin=ep', both],
    ['cap_net_admin+ep', both],
    ['cap_net_admin=eip', both],
    ['cap_net_admin+p', permitted],
    ['cap_net_admin+i', none],
    ['cap_net_admin,cap_net_raw=ep', both],
    ['cap_net_raw,cap_net_admin+ep', both],
    ['cap_net_raw=ep cap_net_admin+p', permitted],
    ['cap_net_admin=eip cap_net_raw+ep', both],
    ['=ep', both],
    ['=ep cap_net_admin-e', permitted],
    ['=ep cap_net_admin-ep', none],
    ['all=ep', both],
    ['cap_net_administrator=ep', none],
    ['cap_net_raw=ep', none],
    ['cap_net_admin=p+e', both],
  ])('%j', (text, expected) => expect(netAdminInText(text)).toEqual(expected))
})

describe('capabilityText', () => {
  it.each([
    ['new libcap', '/x/ch cap_net_admin=ep\n', 'cap_net_admin=ep'],
    ['old libcap', '/x/ch = cap_net_admin+ep\n', 'cap_net_admin+ep'],
    ['old libcap, two clauses', '/x/ch = cap_net_admin+ep cap_net_raw+p\n', 'cap_net_admin+ep cap_net_raw+p'],
    ['all of them', '/x/ch =ep\n', '=ep'],
    ['all of them, old libcap', '/x/ch = =ep\n', '=ep'],
    ['nothing', '', ''],
  ])('%s', (_, output, text) => expect(capabilityText('/x/ch', output)).toBe(text))

  it('copes with blanks and "=" in the path', () => {
    expect(capabilityText('/x/a = b', '/x/a = b cap_net_admin=ep\n')).toBe('cap_net_admin=ep')
  })
})

it.each([
  ['000001ffffffffff', true],
  ['00000000a80425fb', false], // what Docker leaves by default
  ['', false],
])('bounding set %j', (hex, has) => expect(boundingSetHasNetAdmin(hex)).toBe(has))

describe('isNosuid', () => {
  const mounts = [
    '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
    '23 22 0:30 / /home rw,nosuid,nodev - ext4 /dev/sdb1 rw',
    '24 23 0:31 / /home/sky/bin rw,nodev - ext4 /dev/sdc1 rw',
    '25 22 0:32 / /mnt/my\\040disk rw,nosuid - vfat /dev/sdd1 rw',
    '26 22 0:33 / /srv rw,nosuid - ext4 /dev/sde1 rw',
    '27 26 0:34 / /srv rw - ext4 /dev/sdf1 rw',
    // The options after the dash are those of the file system: they do not count.
    '28 22 0:35 / /var rw - ext4 /dev/sdg1 rw,nosuid',
    '',
  ].join('\n')
  it.each([
    ['/usr/bin/ch', false],
    ['/home/sky/ch', true],
    ['/homes/ch', false],
    ['/home/sky/bin/ch', false],
    ['/mnt/my disk/ch', true],
    ['/srv/ch', false],
    ['/var/ch', false],
  ])('%s', (path, expected) => expect(isNosuid(mounts, path)).toBe(expected))
})

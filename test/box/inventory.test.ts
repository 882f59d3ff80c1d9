import { describe, expect, it } from 'vitest'
import { compare, describeDifferences } from './inventory.ts'

const before = [
  'file /etc/group 100644 0:0 aaa',
  'file /usr/bin/ls 100755 0:0 10,1',
  'link lo: <LOOPBACK>',
  'owned /usr/bin/ls',
]
const unexplained = (after: readonly string[]) =>
  compare(before, after)
    .filter(({ because }) => because === null)
    .map(({ line }) => line)

describe('what is left of a repair', () => {
  it('is nothing where nothing changed', () => {
    expect(compare(before, before)).toEqual([])
  })

  it.each([
    ['a changed file', 'file /etc/group 100644 0:0 bbb'],
    ['a mode', 'file /etc/group 100666 0:0 aaa'],
    ['an extended attribute, as a capability', 'file /etc/group 100644 0:0 aaa security.capability=01'],
    ['an interface', 'link vm-tap0: <BROADCAST>'],
    ['a rule', 'rule table inet chv_doctor {'],
    ['a file of ours below /etc', 'file /etc/sysctl.d/60-chv-doctor.conf 100644 0:0 ccc'],
  ])('is not explained away: %s', (_, line) => {
    expect(unexplained([...before, line])).toEqual([`+ ${line}`])
  })

  it('is not explained away: something that is gone', () => {
    expect(unexplained(before.slice(1))).toEqual(['- file /etc/group 100644 0:0 aaa'])
  })

  it('may be the mask of an ACL, but not an entry for somebody', () => {
    const kvm = 'file /dev/kvm 20660 0:104 device 2792'
    const acl = ' system.posix_acl_access=0200000001000600ffffffff'
    const rest = '04000600ffffffff10000600ffffffff20000000ffffffff'
    expect(unexplained([...before, `${kvm}${acl}${rest}`])).toEqual([])
    expect(unexplained([...before, `${kvm}${acl}02000600e8030000${rest}`])).toHaveLength(1)
  })

  it('may be a package, and what belongs to it', () => {
    const installed = [
      'package acl 2.3.1-3 ii ',
      'owned /usr/bin/setfacl',
      'file /usr/bin/setfacl 100755 0:0 5,9',
    ]
    expect(unexplained([...before, ...installed])).toEqual([])
    // A new file that no new package has is a difference, as is a changed one of an old package.
    expect(unexplained([...before, ...installed, 'file /usr/bin/other 100755 0:0 5,9'])).toHaveLength(1)
    expect(
      unexplained([
        ...before.filter((line) => !line.includes(' 10,1')),
        'file /usr/bin/ls 100755 0:0 11,2',
        ...installed,
      ]),
    ).toHaveLength(2)
  })

  it('is listed by reason, and whole where there is none', () => {
    const text = describeDifferences(compare(before, [...before, 'link vm-tap0: <UP>', 'module tun']))
    expect(text).toContain('NOT EXPLAINED: 1\n  + link vm-tap0: <UP>')
    expect(text).toMatch(/a reboot forgets it: 1\n {2}\+ module tun/)
  })
})

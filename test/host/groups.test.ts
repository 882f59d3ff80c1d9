import { describe, expect, it } from 'vitest'
import { groupIn } from '../../src/host/groups.ts'

const text = `root:x:0:
akvm:x:103:ann
kvm:x:104:libvirt-qemu,sky
kvmx:x:105:bob
broken
nogid:x::sky
+:::
empty:x:106:
`

describe('groupIn', () => {
  it.each([
    ['kvm', { gid: 104, members: ['libvirt-qemu', 'sky'] }],
    ['empty', { gid: 106, members: [] }],
    ['root', { gid: 0, members: [] }],
    ['kv', null],
    ['sky', null],
    ['broken', null],
    ['nogid', null],
    ['', null],
  ])('%s', (name, entry) => expect(groupIn(text, name)).toEqual(entry))

  it('reads a last line without its end', () => {
    expect(groupIn('kvm:x:104:sky', 'kvm')).toEqual({ gid: 104, members: ['sky'] })
  })
})

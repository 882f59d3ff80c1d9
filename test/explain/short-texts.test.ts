/** A line or two that a person picked out, of programs that are not known: the line, and what its words say. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const told = (text: string) => {
  const [first] = diagnose(`${text}\n`)
  return first ? `${first.cause} ${first.severity}: ${first.what} ${first.why} ${first.hint}` : null
}

describe('a few lines of a program that is not known', () => {
  it.each([
    ['Unsupported network interface: netkit', /netkit.*not supported there/],
    ['Guest SELinux is enabled, but SELinux is disabled on the host', /SELinux.*switched off/],
    ["[    0.000000] PCI: Unknown option `nocrs'", /nocrs.*does not know that option/],
    ['"Ipv4 address on eth0 is not unique"', /eth0.*more than once/],
    ['protocol error: promised 577794671 bytes, got 197 bytes', /something else than it expected/],
    ['LogLevel: FATAL\nLogContent: controller x is not a valid thing', /not a valid thing.*does not accept/],
    ["Failed to prepare unix socket '/run/x': File name too long", /at most 107 bytes/],
  ])('%s', (text, expected) => {
    expect(told(text)).toMatch(/^unknown note: /)
    expect(told(text)).toMatch(expected)
  })
  it.each([
    'cloud login: ',
    '[    1.2] foo: probe failed with error -19',
    'everything went well today',
    'name: value',
  ])('says nothing of %s', (text) => {
    expect(told(text)).toBeNull()
  })
})

describe('a crash of another program', () => {
  const text =
    "[ERROR vhost_user_scsi] Ignoring descriptor\nthread 'vring_worker' panicked at 'should fit', crates/scsi/src/virtio.rs:103:18"
  it('is told before what the program said, with whose it is', () => {
    expect(told(text)).toMatch(/should fit.*crashed/)
    expect(told(text)).toMatch(/vhost-user/)
  })
})

describe('the reason of an errno', () => {
  it.each([
    [
      '{"fault_message":"Error creating KVM object. [No such file or directory (os error 2)]"}',
      '/dev/kvm is not there',
    ],
    [
      '{"fault_message":"TapOpen(IoctlError(Os { code: 22, kind: InvalidInput }))"}',
      'does not take that interface as a TAP',
    ],
    ['error: setns to /run/netns/x: Operation not permitted', 'CAP_SYS_ADMIN'],
    ['error: mount overlay on /x: Invalid argument', 'cannot be the layer of an overlay'],
  ])('names the part that %s is about', (text, words) => {
    expect(told(text)).toContain(words)
  })
})

describe('a chain of another program', () => {
  it('has its innermost words in the answer about its head', () => {
    const text =
      'failed to create shim task: Others("failed to handle message create container\n\nCaused by:\n    0: open stdout\n    1: No such file or directory (os error 2)")\n'
    expect(told(`kata: ${text}`)).toContain('open stdout')
  })
})

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
    ['"host-mount" entry[0]: hostPath must be under one of [/data/], got "/tmp/rw"', /breaks a rule/],
    ['/lib/x.sh: 15: Syntax error: "}" unexpected', /one for bash by dash/],
    ['json: cannot unmarshal number 1000 into Go struct field X.cpu of type uint8', /uint8: 0 to 255/],
    ['No 0x40201 Pages is available. There is only left 0x3F1F pages', /used up, too small/],
    ['Error: WrongGuestMsg(ApiSocketInUse)', /Another process holds it/],
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
    [
      'unlinkat /tmp/x/rootfs/archs: directory not empty',
      'something was, or is being, written there meanwhile',
    ],
    ['error: mkdir /sys/fs/cgroup/kata: file exists', 'A cgroup of that name is there already'],
    ['modprobe: ERROR: could not insert kvm_intel: Operation not supported', 'virtualisation is off'],
    ['error: write /sys/bus/pci/drivers/vfio-pci/bind: no such device', 'new_id or driver_override'],
    ['error: write /proc/sys/net/ipv4/ip_forward: read-only file system', 'read-only there (EROFS)'],
    ['error: fork/exec /opt/kata/bin/x: no such file or directory', 'the loader that it is linked with'],
    ['error: rename /a/x /b/x: invalid cross-device link', 'it must be copied'],
    ['failed to create new AsyncIo: Resource temporarily unavailable (os error 11)', 'fs.aio-max-nr'],
    ["panicked: ERROR CREATING THE KVM OBJECT: ERROR(19)'", 'KVM has no device here (ENODEV)'],
  ])('names the part that %s is about', (text, words) => {
    expect(told(text)).toContain(words)
  })
})

describe('a step that failed without a reason', () => {
  it.each([
    ['Failed to ping cloud-hypervisor socket', /does not listen there/],
    ["we couldn't find any drives", /the driver that would show it is missing/],
    ['worker: failed to load module foo', /was built for another kernel or version/],
  ])('%s: the usual ones of that step are told as such', (text, expected) => {
    expect(told(text)).toMatch(/^unknown note: .*The words name no reason\. Usual there: /)
    expect(told(text)).toMatch(expected)
  })
  it('says nothing of usual reasons where the line names one', () => {
    expect(told('worker: failed to open /x: Permission denied (os error 13)')).not.toContain('Usual there')
  })
})

describe('a message that goes on', () => {
  it.each([
    [
      'the fields of a record',
      'time="x" level=error msg="failed to query" error="read udp: i/o timeout"',
      'failed to query: read udp: i/o timeout',
    ],
    [
      'brackets',
      'docker: Error response: invalid mount {Destination:dev/kvm\n[...]\n}: mount destination dev/kvm not absolute',
      'not absolute',
    ],
    [
      'the levels of anyhow',
      'error: failed to sync\n\nCaused by:\n  found duplicate version of package x',
      'duplicate version',
    ],
    [
      'a traceback',
      'Traceback (most recent call last):\n  File "/x/cc_resizefs.py", line 3, in handle\n\nTypeError: do_resize() takes 1 argument',
      'a traceback through cc_resizefs.py',
    ],
    [
      'the warning of a kernel',
      "[    0.1] sched: CPU 4's thing is odd\n[    0.1] WARNING: CPU: 4 PID: 0 at arch/x.c:1 f+0x1/0x2",
      'thing is odd',
    ],
  ])('over %s is told as a whole', (_, text, expected) => {
    expect(told(text)).toContain(expected)
  })
})

describe('a line that was broken where it was full', () => {
  const text =
    'Error from server (Forbidden): admission webhook\n"x.example.io" denied the request:\nspec.backend.local.hostPath must be under\n/var/lib/x (got "/tmp/y")'
  it('is told with its rest', () => {
    expect(told(text)).toContain('hostPath must be under /var/lib/x')
  })
})

describe('what stands above the end of a guest', () => {
  it('is told behind it', () => {
    const found = diagnose(
      'erofs (device dm-0): cannot read erofs superblock\nKernel panic - not syncing: VFS: Unable to mount root fs\n',
    )
    expect(found.map(({ what }) => what).join('\n')).toMatch(/Before it stands another line.*superblock/)
  })
})

describe('a trace that ends by a signal', () => {
  const causes = (program: string) =>
    diagnose(`execve("${program}") = 0\n+++ killed by SIGABRT (core dumped) +++\n`).map(({ cause }) => cause)
  it('is a crash of Cloud Hypervisor only where it shows that program', () => {
    expect(causes('/usr/bin/cloud-hypervisor')).toContain('aborted')
    expect(causes('/usr/bin/kata-agent')).not.toContain('aborted')
  })
})

describe('a chain of another program', () => {
  it('has its innermost words in the answer about its head', () => {
    const text =
      'failed to create shim task: Others("failed to handle message create container\n\nCaused by:\n    0: open stdout\n    1: No such file or directory (os error 2)")\n'
    expect(told(`kata: ${text}`)).toContain('open stdout')
  })
})

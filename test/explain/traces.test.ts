/** Call traces: which part of a kernel, or which program, they are of. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const notes = (text: string) => diagnose(text).filter(({ cause }) => cause === 'unknown')
const said = (text: string) =>
  notes(text)
    .map(({ what }) => what)
    .join('\n')

describe('a call trace of a kernel', () => {
  const stack = (...names: readonly string[]) =>
    ['[    5.363419] Call Trace:', ...names.map((name, at) => `[    5.36342${at}]  ${name}+0xa3/0xf0`)].join(
      '\n',
    )
  it('names the parts it goes through, each with its first function', () => {
    expect(said(stack('dax_iomap_rw', 'fuse_dax_read_iter', 'fuse_file_read_iter', 'vfs_read'))).toContain(
      'DAX, files that are mapped into the memory of the guest (dax_iomap_rw); FUSE or virtio-fs, a share that another program serves (fuse_file_read_iter)',
    )
  })
  it('names three at most', () => {
    const told = said(stack('virtblk_done', 'ext4_read', 'kvm_vcpu_ioctl', 'tcp_sendmsg', 'nvme_poll'))
    expect(told).toContain('virtio-blk')
    expect(told).toContain('a file system')
    expect(told).toContain('KVM')
    expect(told).not.toContain('NVMe')
  })
  it('names nothing of functions that any way goes through', () => {
    expect(said(stack('vfs_read', 'ksys_read', 'do_syscall_64'))).not.toContain('goes through')
  })
})

describe('a call trace of a program', () => {
  it.each([
    [
      'Go',
      'panic: runtime error: invalid memory address or nil pointer dereference\ngoroutine 1 [running]:\ngithub.com/cri-o/cri-o/internal/oci.(*runtimeVM).UpdateContainerStatus(0xc00050a000, 0x0)\n\t/go/src/x.go:556 +0x190\ngithub.com/cri-o/cri-o/internal/lib.(*ContainerServer).LoadSandbox(0xc0, 0x0)\n',
      'a program in Go (cri-o): it was in (*runtimeVM).UpdateContainerStatus, which was called by (*ContainerServer).LoadSandbox.',
    ],
    [
      'Python',
      'Traceback (most recent call last):\n  File "/usr/lib/python3/dist-packages/cloudinit/sources/__init__.py", line 110, in get_hostname\n    util.is_ipv4(x)\n  File "/usr/lib/python3/dist-packages/cloudinit/util.py", line 544, in is_ipv4\n',
      'a program in Python (cloudinit): it was in is_ipv4, which was called by get_hostname.',
    ],
    [
      'Rust',
      '"stack backtrace:"\n"  14:     0x7f03909062c0 - core::panicking::panic_fmt::h568976b83a33ae59"\n"  16:     0x7f0390eb443f - <rustjail::cgroups::fs::Manager as rustjail::cgroups::Manager>::get_stats::h85031fc1c59c53d9"\n"  17:     0x7f0390eb4440 - rustjail::container::stats::h85031fc1c59c53d9"\n',
      'a program in Rust (rustjail): it was in rustjail::cgroups::fs::Manager::get_stats, which was called by rustjail::container::stats.',
    ],
  ])('of %s is told with the program and the functions', (_, text, words) => {
    expect(said(text)).toContain(words)
  })
  it('is none in one frame', () => {
    expect(said('  File "/usr/lib/a/b.py", line 1, in read\nthe frobnicator failed\n')).not.toContain(
      'call trace',
    )
  })
})

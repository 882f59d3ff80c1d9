import { describe, expect, it } from 'vitest'
import { findCmdlineProblem } from '../../src/hypervisor/cmdline.ts'

const found = (
  cmdline: string,
  { arch = 'x86_64', initramfs = false, partitioned = true as boolean | null } = {},
) => findCmdlineProblem(cmdline, { arch, initramfs, partitioned })?.found ?? null

describe('cmdlineDoubt', () => {
  it.each([
    'console=hvc0 root=/dev/vda1 rw',
    'root=/dev/vda1 console=ttyS0,115200n8',
    'console=tty0 console=hvc0 root=PARTUUID=1234-02',
    'console=hvc0 root=/dev/vda1 root=/dev/vda2',
  ])('has none about %j', (cmdline) => expect(found(cmdline)).toBeNull())

  it.each([
    ['console=ttyAMA0 root=/dev/vda1', 'aarch64', null],
    ['console=hvc0 root=/dev/vda1', 'aarch64', null],
    ['console=ttyS0 root=/dev/vda1', 'aarch64', 'console=ttyS0: the guest has no such console'],
    ['console=ttyAMA0 root=/dev/vda1', 'x86_64', 'console=ttyAMA0: the guest has no such console'],
    ['console=tty0 root=/dev/vda1', 'x86_64', 'console=tty0: the guest has no such console'],
    ['console=ttyS01 root=/dev/vda1', 'x86_64', 'console=ttyS01: the guest has no such console'],
    ['root=/dev/vda1 rw', 'x86_64', 'the command line names no console'],
    ['noconsole=hvc0 root=/dev/vda1', 'x86_64', 'the command line names no console'],
    ['', 'x86_64', 'the command line names no console'],
  ])('console: %j on %s', (cmdline, arch, expected) => expect(found(cmdline, { arch })).toBe(expected))

  it('names the serial console of the architecture', () => {
    const doubt = (arch: string) =>
      findCmdlineProblem('', { arch, initramfs: false, partitioned: null })?.expected
    expect(doubt('aarch64')).toContain('ttyAMA0')
    expect(doubt('x86_64')).toContain('ttyS0')
  })

  const c = 'console=hvc0'
  it.each([
    [`${c}`, {}, 'the command line names no root file system'],
    [`${c}`, { initramfs: true }, null],
    [`${c} root=LABEL=cloudimg-rootfs`, {}, 'root=LABEL=cloudimg-rootfs without an initramfs'],
    [`${c} root=LABEL=cloudimg-rootfs`, { initramfs: true }, null],
    [`${c} root=UUID=abc`, {}, 'root=UUID=abc without an initramfs'],
    [`${c} root=/dev/disk/by-label/x`, {}, 'root=/dev/disk/by-label/x without an initramfs'],
    [`${c} root=/dev/sda1`, {}, 'root=/dev/sda1: no disk has that name'],
    [`${c} root=/dev/nvme0n1p1`, { initramfs: true }, 'root=/dev/nvme0n1p1: no disk has that name'],
    [`${c} root=/dev/vda1`, { partitioned: false }, 'root=/dev/vda1, and the disk has no partitions'],
    [`${c} root=/dev/vda`, { partitioned: false }, null],
    [`${c} root=/dev/vda`, {}, 'root=/dev/vda, and the disk is partitioned'],
    [`${c} root=/dev/vda`, { partitioned: null }, null],
    [`${c} root=/dev/vda1`, { partitioned: null }, null],
    [`${c} root=/dev/vdc1`, { partitioned: false }, null],
  ])('root: %j, %j', (cmdline, so, expected) => expect(found(cmdline, so)).toBe(expected))

  it('counts bytes, which the kernel cuts off silently', () => {
    const fitting = `console=hvc0 root=/dev/vda1 ${'ä'.repeat(1009)}`
    expect(Buffer.byteLength(fitting)).toBe(2046)
    expect(found(`${fitting}a`)).toBeNull()
    expect(found(`${fitting}ä`)).toBe('a command line of 2048 bytes')
  })
})

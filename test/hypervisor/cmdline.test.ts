import { describe, expect, it } from 'vitest'
import { describeFinding } from '../../src/contract/finding.ts'
import { cmdlineFindings, findCmdlineProblem } from '../../src/hypervisor/cmdline.ts'

const faultOf = (
  cmdline: string,
  { arch = 'x86_64', initramfs = false, partitioned = true as boolean | null } = {},
) => findCmdlineProblem(cmdline, { arch, initramfs, partitioned })?.code.replace('cmdline-', '') ?? null

describe('findCmdlineProblem', () => {
  it.each([
    'console=hvc0 root=/dev/vda1 rw',
    'root=/dev/vda1 console=ttyS0,115200n8',
    'console=tty0 console=hvc0 root=PARTUUID=1234-02',
    'console=hvc0 root=/dev/vda1 root=/dev/vda2',
  ])('has none about %j', (cmdline) => expect(faultOf(cmdline)).toBeNull())

  it.each([
    ['console=ttyAMA0 root=/dev/vda1', 'aarch64', null],
    ['console=hvc0 root=/dev/vda1', 'aarch64', null],
    ['console=ttyS0 root=/dev/vda1', 'aarch64', 'unknown-console'],
    ['console=ttyAMA0 root=/dev/vda1', 'x86_64', 'unknown-console'],
    ['console=tty0 root=/dev/vda1', 'x86_64', 'unknown-console'],
    ['console=ttyS01 root=/dev/vda1', 'x86_64', 'unknown-console'],
    ['root=/dev/vda1 rw', 'x86_64', 'no-console'],
    ['noconsole=hvc0 root=/dev/vda1', 'x86_64', 'no-console'],
    ['', 'x86_64', 'no-console'],
  ])('console: %j on %s', (cmdline, arch, expected) => expect(faultOf(cmdline, { arch })).toBe(expected))

  it('names the serial console of the architecture', () => {
    const expected = (arch: string) =>
      describeFinding(cmdlineFindings['cmdline-no-console'], { arch }).expected
    expect(expected('aarch64')).toContain('ttyAMA0')
    expect(expected('x86_64')).toContain('ttyS0')
  })

  const c = 'console=hvc0'
  it.each([
    [`${c}`, {}, 'no-root'],
    [`${c}`, { initramfs: true }, null],
    [`${c} root=LABEL=cloudimg-rootfs`, {}, 'root-needs-initramfs'],
    [`${c} root=LABEL=cloudimg-rootfs`, { initramfs: true }, null],
    [`${c} root=UUID=abc`, {}, 'root-needs-initramfs'],
    [`${c} root=/dev/disk/by-label/x`, {}, 'root-needs-initramfs'],
    [`${c} root=/dev/sda1`, {}, 'root-unknown'],
    [`${c} root=/dev/nvme0n1p1`, { initramfs: true }, 'root-unknown'],
    [`${c} root=/dev/vda1`, { partitioned: false }, 'root-partition-missing'],
    [`${c} root=/dev/vda`, { partitioned: false }, null],
    [`${c} root=/dev/vda`, {}, 'root-partition-not-named'],
    [`${c} root=/dev/vda`, { partitioned: null }, null],
    [`${c} root=/dev/vda1`, { partitioned: null }, null],
    [`${c} root=/dev/vdc1`, { partitioned: false }, null],
  ])('root: %j, %j', (cmdline, so, expected) => expect(faultOf(cmdline, so)).toBe(expected))

  it('counts bytes, which the kernel cuts off silently', () => {
    const fitting = `console=hvc0 root=/dev/vda1 ${'ä'.repeat(1009)}`
    expect(Buffer.byteLength(fitting)).toBe(2046)
    expect(faultOf(`${fitting}a`)).toBeNull()
    expect(faultOf(`${fitting}ä`)).toBe('too-long')
  })
})

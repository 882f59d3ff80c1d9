/** Texts that reached a person in pieces: values over several lines, chains with gaps, backtraces without their panic. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const causesOf = (text: string) => diagnose(text).map(({ cause }) => cause)

describe('a value over several lines', () => {
  it('is read as one, pretty-printed or broken by a pod log', () => {
    const pretty =
      'Error booting VM: VmBoot(\n    DeviceManager(\n        CreateVirtioNet(\n            OpenTap(\n                TapOpen(\n                    ConfigureTap(\n                        Os {\n                            code: 16,\n                            kind: ResourceBusy,\n                        },\n                    ),\n                ),\n            ),\n        ),\n    ),\n)\n'
    expect(causesOf(pretty)).toEqual(['tap-busy'])
    const log =
      'cloud-hypervisor: 0.015323s: <main> ERROR:src/lib.rs:23 -- Fatal error:\n  VmBoot(VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapSetMtu(\n    IoctlError(35106, Os { code: 1, kind: PermissionDenied, message: "Operation not permitted" })))))))\n'
    expect(causesOf(log)).toEqual(['tap-mtu-denied'])
  })
  it('ends where the next record begins', () => {
    const cut =
      'x: VmBoot(DeviceManager(\ncloud-hypervisor: 1.0s: <vmm> ERROR:vmm/src/lib.rs:1 -- Error when removing device from the VM: DeviceManager(UnknownDeviceId("_disk2"))\n'
    expect(causesOf(cut)).toContain('api-unknown-device')
  })
})

it('a chain that lost levels is still one chain', () => {
  const chain =
    'Error: Cloud Hypervisor exited with the following chain of errors:\n  0: Error booting VM\n  3: Cannot open disk path\n  6: Permission denied (os error 13)\n'
  expect(causesOf(chain)).toEqual(['disk-denied'])
})

describe('a backtrace without its panic', () => {
  const frames = (crate: string) =>
    `stack backtrace:\n   0: rust_begin_unwind\n             at /rustc/abc/library/std/src/panicking.rs:515:5\n   1: core::panicking::panic\n   3: ${crate}::device_manager::DeviceManager::add_console_device\n   4: ${crate}::Vmm::vm_reboot\n`
  it('tells of a panic where its frames are ours', () => {
    const [first] = diagnose(frames('vmm'))
    expect(first?.what).toMatch(/crashed \(a panic\).*add_console_device/)
    expect(first?.hint).toContain('newest release')
    expect(first?.confidence).toBe('possible')
  })
  it('is no crash of ours where they are of another program', () => {
    const found = diagnose(frames('server'))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ cause: 'unknown', severity: 'note' })
    expect(found[0]?.what).toContain('a call trace of a program in Rust (server)')
  })
})

describe('a refusal by a security module', () => {
  const denied =
    'Error booting VM: VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapOpen(OpenTun(Os { code: 13, kind: PermissionDenied, message: "Permission denied" }))))))\n'
  const audit =
    'type=AVC msg=audit(1642793681.755:2929): avc:  denied  { open } for  pid=1 comm="vmm" path="/dev/net/tun" tclass=chr_file permissive=0\n'
  it('comes first, and no other mode of the file is advised', () => {
    const [first, ...others] = diagnose(`${denied}${audit}`)
    expect(first).toMatchObject({ cause: 'security-module-denied', follows: null })
    expect(first?.what).toContain('/dev/net/tun')
    for (const { follows, hint, fix } of others) {
      expect(follows).toBe('security-module-denied')
      expect(hint).not.toMatch(/chmod|chv-doctor fix/)
      expect(fix).toBeNull()
    }
  })
  it('is not assumed without its line', () => {
    expect(diagnose(denied)[0]?.hint).toMatch(/chmod/)
  })
})

describe('a command beside what was done with it', () => {
  const vm = 'cloud-hypervisor --kernel vmlinux --memory size=1G'
  it.each([
    [
      'device-given-twice',
      `${vm} --device path=/sys/bus/pci/devices/0000:01:00.0 path=/sys/bus/pci/devices/0000:01:00.0/\n`,
    ],
    [
      'restore-before-virtiofsd',
      'cloud-hypervisor --api-socket a\nch-remote --api-socket a restore source_url=file:///s\nvirtiofsd --socket-path=/tmp/v --shared-dir=/s\n',
    ],
    [
      'restore-hyperv-clock',
      `${vm} --cpus boot=2,kvm_hyperv=on --api-socket a\nch-remote --api-socket a restore source_url=file:///s\n`,
    ],
  ])('%s', (cause, text) => {
    expect(causesOf(text)).toContain(cause)
  })
  it('is in order otherwise', () => {
    const two = `${vm} --device path=/sys/bus/pci/devices/0000:01:00.0 path=/sys/bus/pci/devices/0000:02:00.0\n`
    expect(causesOf(two)).not.toContain('device-given-twice')
    const early =
      'virtiofsd --socket-path=/tmp/v --shared-dir=/s\ncloud-hypervisor --api-socket a\nch-remote --api-socket a restore source_url=file:///s\n'
    expect(causesOf(early)).not.toContain('restore-before-virtiofsd')
  })
})

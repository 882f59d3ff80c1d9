/** What the text shows of the set-up belongs to an answer: circumstances, and set-ups that cannot do what is asked. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const oops = 'BUG: unable to handle page fault for address: ffff8880\n'
const why = (text: string) => diagnose(text)[0]?.why ?? ''
const ids = (text: string) => diagnose(text).map(({ cause }) => cause)

describe('an answer that leaves the reason open', () => {
  it.each([
    [
      'a host that is a guest',
      'qemu-system-x86_64 -enable-kvm -m 8G\n',
      /nested virtualisation.*host-phys-bits=on/s,
    ],
    ['RISC-V', 'Linux host 6.12.0 riscv64\n', /RISC-V support is young/],
    ['a debug build', './target/debug/cloud-hypervisor --version\n', /debug build/],
    ['an old release', 'cloud-hypervisor v38.0\n', /an old release \(46 or before\)/],
  ])('names %s', (_, line, words) => {
    expect(why(oops)).not.toMatch(words)
    expect(why(line + oops)).toMatch(words)
  })
  it('does not take a new release for an old one', () => {
    expect(why(`cloud-hypervisor v52.0-566-g2a3512fb7\n${oops}`)).not.toMatch(/old release/)
  })
  it('leaves an answer alone whose reason is known', () => {
    const missing = 'Error booting VM: VmBoot(KernelFile(Os { code: 2, kind: NotFound, message: "x" }))\n'
    expect(why(`qemu-system-x86_64 -enable-kvm\n${missing}`)).toBe(why(missing))
  })
})

describe('a set-up that cannot do what is asked of it', () => {
  const arm =
    './cloud-hypervisor --kernel ./Image --cmdline "console=ttyAMA0 root=/dev/vda1" --serial tty --console off\n'
  it('hotplug on arm64 without firmware', () => {
    const add = '# ./ch-remote --api-socket /tmp/a add-disk path=b.img\n'
    expect(ids(arm + add)[0]).toBe('hotplug-needs-acpi')
    expect(ids(arm.replace('./Image', 'CLOUDHV_EFI.fd') + add)).not.toContain('hotplug-needs-acpi')
    expect(ids(arm)).not.toContain('hotplug-needs-acpi')
  })
  it('hypervisor-fw on arm64', () => {
    const start = (binary: string) =>
      `./${binary} --kernel hypervisor-fw --disk path=a.raw --serial tty --console off\n`
    expect(ids(start('cloud-hypervisor-static-aarch64'))).toContain('arm-hypervisor-fw')
    expect(ids(start('cloud-hypervisor-static'))).not.toContain('arm-hypervisor-fw')
  })
  it('a restored share', () => {
    const restore = 'cloud-hypervisor --api-socket a --restore source_url=file:///s\n'
    expect(ids(`${restore}root=/dev/root rootfstype=virtiofs\n`)[0]).toBe('restore-with-virtiofs')
    expect(ids(restore)).not.toContain('restore-with-virtiofs')
  })
  it('a resize over virtio-mem', () => {
    const start =
      'cloud-hypervisor --kernel k --cmdline console=hvc0 --memory size=1G,hotplug_size=8G,hotplug_method=virtio-mem\n'
    expect(ids(`${start}ch-remote resize --memory 3G\n`)[0]).toBe('virtio-mem-driver')
    expect(ids(start)).not.toContain('virtio-mem-driver')
  })
})

describe('a program that waits for requests', () => {
  const start = 'cloud-hypervisor --api-socket /tmp/a\n'
  it('is not told to wait once a VM was asked for', () => {
    expect(ids(start)).toEqual(['api-waits'])
    expect(
      ids(
        `${start}cloud-hypervisor: 4.3s: <vmm> INFO:vmm/src/api/mod.rs:1 -- API request event: VmRestore\n`,
      ),
    ).not.toContain('api-waits')
  })
})

it('an error beside a known one is named behind it, and once', () => {
  const known = 'Error booting VM: VmBoot(KernelFile(Os { code: 2, kind: NotFound, message: "x" }))\n'
  const other = 'frobnicatord: fatal: cannot reach the flux capacitor (os error 111)\n'
  expect(diagnose(known + other + other)).toMatchObject([
    { cause: 'kernel-missing' },
    { cause: 'unknown', severity: 'note', what: expect.stringContaining('flux capacitor') },
  ])
  expect(ids(known)).toEqual(['kernel-missing'])
})

it('a device that another holds at a reboot may be held by the VM itself', () => {
  const busy = (at: string) =>
    `${at}(DeviceManager(CreateVirtioNet(OpenTap(TapOpen(ConfigureTap(Os { code: 16, kind: ResourceBusy, message: "x" }))))))\n`
  expect(diagnose(busy('Error booting VM: VmBoot'))[0]).toMatchObject({
    cause: 'tap-busy',
    confidence: 'certain',
  })
  expect(diagnose(busy('VMM thread exited with error: VmReboot'))[0]).toMatchObject({
    cause: 'tap-busy',
    confidence: 'likely',
    why: expect.stringContaining('this VM itself'),
  })
})

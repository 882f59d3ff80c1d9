/** Which words a cause may claim: those of the program, the place, the errno and the step that it was made for. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const causes = (text: string) => diagnose(text).map(({ cause }) => cause)
const first = (text: string) => diagnose(text)[0]
const record = (thread: string, source: string, text: string) =>
  `cloud-hypervisor:   1.2s: <${thread}> ERROR:${source}:312 -- ${text}\n`

describe('a panic', () => {
  it.each([
    [
      "thread 'vmm' panicked at virtio-devices/src/transport/pci_device.rs:584:26:\ncalled `Result::unwrap()` on an `Err` value: GuestMemory(InvalidGuestAddress(GuestAddress(2)))",
      'panic-unhandled-error',
    ],
    [
      "thread 'vmm' panicked at vmm/src/memory_manager.rs:812:26:\ncalled `Result::unwrap()` on an `Err` value: InvalidSize(4096)",
      'panic-unhandled-error',
    ],
    [
      "thread 'vmm' panicked at vmm/src/device_manager.rs:4610:58:\ncalled `Option::unwrap()` on a `None` value",
      'panic-no-value',
    ],
    [
      "thread '_net1_qp0' panicked at 'index 70000 out of range for slice of length 65562', src/libcore/slice/mod.rs:2560:5",
      'panic-index',
    ],
    [
      "thread 'vcpu0' panicked at 'misaligned pointer dereference: address must\nbe a multiple of 0x8 but is 0x7f31',\n/src/vmm/src/acpi.rs:113:13",
      'unknown',
    ],
    [
      "cloud-hypervisor: 124.1ms: <vmm> ERROR:vfio-ioctls/src/vfio_device.rs:786 -- Could not get region #8 info\nthread 'vmm' panicked at 'called `Option::unwrap()` on a `None` value', pci/src/vfio.rs:508:49\n  Failed to join on VMM thread: Any { .. }",
      'panic-no-value',
    ],
  ])('is a defect of the release, whatever error its message holds: %s', (text, cause) => {
    const found = first(text)
    expect(found).toMatchObject({ cause, severity: 'error', confidence: 'possible' })
    expect(found?.what).toContain('Cloud Hypervisor crashed')
    expect(`${found?.what} ${found?.why}`).toContain('defect')
    expect(found?.hint).toMatch(/[Rr]eport it upstream/)
  })
  it('is placed by its thread', () => {
    const found = first(
      "thread '_net1_qp0' panicked at 'attempt to add with overflow', src/libcore/num/mod.rs:2:5",
    )
    expect(found).toMatchObject({
      cause: 'panic-arithmetic',
      why: expect.stringContaining('handling the network'),
    })
  })
  it('of another monitor in a library that both use is not ours', () => {
    expect(
      causes(
        "thread 'fc_vcpu 0' panicked at /x/kvm-ioctls-0.19.0/src/ioctls/vcpu.rs:9:7:\ncalled `Option::unwrap()` on a `None` value",
      ),
    ).toEqual([])
  })
  it('is never said to stand further above where it stands in the text', () => {
    expect(
      causes("thread 'main' panicked at 'x', a.rs:1:1\nFailed to join on VMM thread: Any { .. }"),
    ).not.toContain('vmm-panic')
    expect(causes('Failed to join on VMM thread: Any { .. }')).toEqual(['vmm-panic'])
  })
  it('names the address that is certainly behind a tiny memory, and only that one', () => {
    const panic = (address: number) =>
      `thread 'vmm' panicked at vmm/src/acpi.rs:648:10:\nError writing DSDT table: InvalidGuestAddress(GuestAddress(${address}))`
    expect(first(panic(655396))).toMatchObject({ cause: 'memory-below-minimum', confidence: 'certain' })
    expect(first(panic(3221225472))?.cause).not.toBe('memory-below-minimum')
  })
  it('over an error that is known says both, and is not certain of it', () => {
    const found = first(
      'thread \'vmm\' panicked at vmm/src/vm.rs:12:2:\ncalled `Result::unwrap()` on an `Err` value: TapSetMac(IoctlError(Os { code: 1, kind: PermissionDenied, message: "x" }))',
    )
    expect(found).toMatchObject({ cause: 'tap-mac-denied', confidence: 'likely' })
    expect(found?.why).toContain('It ended in a panic')
  })
  it('of a library names no program that its thread does not name', () => {
    const library =
      'panicked at /x/vfio-user/src/lib.rs:9:7:\nindex out of bounds: the len is 0 but the index is 0'
    expect(first(`thread 'main' ${library}`)?.cause).toBe('rust-vmm-panicked')
    expect(first(`thread 'vmm' ${library}`)?.what).toContain('Cloud Hypervisor crashed')
  })
  it('of a backend is not that of the VMM', () => {
    const queue = 'called `Result::unwrap()` on an `Err` value: QueueReader(FindMemoryRegion)'
    expect(first(`thread 'x' panicked at src/main.rs:222:18:\n${queue}`)?.cause).toBe('virtiofsd-panicked')
    expect(first(`thread 'x' panicked at virtio-devices/src/net.rs:2:1:\n${queue}`)?.cause).toBe(
      'panic-unhandled-error',
    )
  })
})

describe('words of another program', () => {
  it.each([
    'Error: could not sync\n\nCaused by:\n    0: resize memory\n    1: Failed to get virtio-mem from the list',
    'failed to apply\n\nCaused by:\n    0: delete hypervisor\n    1: No such file or directory (os error 2)',
    '(no line of any kind for the vfio-user device)',
    'then we hotplug memory and restart the vsock device could not be added test',
    'a note: TPM support and vDPA are on the list for the next sprint',
  ])('are no error of a device: %s', (text) => {
    expect(causes(text)).toEqual([])
  })
  it('leave an error of ours among them as it is', () => {
    expect(
      causes(
        'failed to start\n\nCaused by:\n    0: boot vm\n    1: VmBoot(DeviceManager(CreateVirtioFs(VhostUserConnect)))',
      ),
    ).not.toEqual([])
  })
})

describe('an error inside of a request', () => {
  it('says more than the request', () => {
    const [found] = diagnose(
      record(
        'vmm',
        'vmm/src/lib.rs',
        'Error when adding new device to the VM: DeviceManager(InvalidIommuHotplug)',
      ),
    )
    expect(found?.cause).toBe('virtual-iommu-failed')
  })
})

describe('a record', () => {
  it('that is not known is placed by the file that wrote it', () => {
    const found = first('ERROR:vm-virtio/src/console.rs:104 -- The frobnicator gave nothing\n')
    expect(found).toMatchObject({ cause: 'unknown', layer: 'console' })
  })
  it('without a level is read with its thread', () => {
    const text =
      '1305.733s <volume/data>   vhost-user backend for socket /x disconnected, attempting reconnection\n'
    expect(causes(text)).toEqual(['vhost-user-disconnected'])
  })
})

describe('what only looks like a failure', () => {
  it.each([
    'virtio_mem virtio3: start address: 0x100000000',
    'pciehp: Slot(0): Link Up',
    '# echo 1 > /sys/devices/system/cpu/cpu2/online',
    'cryptsetup: vda3_crypt: set up successfully',
    'is nested virtualisation on?\n0',
    'ovs-vsctl: ovs-vsctl (Open vSwitch) 3.1.0',
    'ping failed: 1 of 3 hosts',
    'swtpm: SWTPM_NVRAM_Init: using file',
    "EAL: No free 1048576 kB hugepages reported on node 0\nEAL: Selected IOVA mode 'VA'",
    'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1]',
    'Timeout waiting for net device eth5',
  ])('is none: %s', (text) => {
    expect(
      diagnose(text).filter(({ severity, cause }) => severity === 'error' && cause !== 'unknown'),
    ).toEqual([])
  })
})

describe('a register that the guest could not write', () => {
  it('is not called harmless', () => {
    for (const register of ['0x832', '0x1a4']) {
      const found = first(`[    0.5] unchecked MSR access error: WRMSR to ${register} (tried to write 0x1)`)
      expect(`${found?.what} ${found?.why} ${found?.hint}`).not.toMatch(/harmless|[Nn]othing need be done/)
    }
  })
})

describe('a command', () => {
  const disks = (queues: number) =>
    `cloud-hypervisor --kernel k --cmdline "root=/dev/vda1" --disk path=a.raw path=b.vhdx,num_queues=${queues}\n[   13.9] EXT4-fs error (device vdb): __ext4_find_entry:1624: inode #2\n`
  it('shows a kind of image that is known to be damaged', () => {
    expect(first(disks(4))?.why).toContain('VHDX image with several queues')
    expect(first(disks(1))?.why).not.toContain('VHDX')
  })
  it('is read as a list of words over several lines', () => {
    const found = diagnose(
      '"/x/aarch64/cloud-hypervisor" "--cpus" "boot=1"\n"--kernel" "/x/Image" "--serial" "tty"\n[    0.000000] Linux version 6.1.0\n',
    )
    expect(found.map(({ cause }) => cause)).toContain('kernel-no-root')
  })
  it('without --cmdline is no doubt beside a guest that has a root', () => {
    const found = causes(
      'cloud-hypervisor --kernel Image --disk path=a --serial tty\n[    0.000000] Linux version 6.1.0\n[    0.1] Kernel command line: root=/dev/vda1\n',
    )
    expect(found).not.toContain('kernel-no-root')
  })
})

it('a full table of the kernel is no full file system', () => {
  const error = (value: string) => `Error booting VM: VmBoot(DeviceManager(${value}))\n`
  expect(first(error('VfioDmaMap(IommuDmaMap(Error(28)))'))?.cause).toBe('iommu-map-limit')
  expect(causes(error('AddIrqRoute(Error(28))'))).not.toContain('no-space')
  expect(
    causes(
      'thread \'vmm\' panicked at vmm/src/interrupt.rs:44:10:\ncalled `Result::unwrap()` on an `Err` value: Os { code: 28, kind: StorageFull, message: "x" }',
    ),
  ).not.toContain('no-space')
})

it('an errno that is written by its name is an errno', () => {
  expect(first('Failed to read the TAP flags from sysfs\nReadSysfsTunFlags(EACCES)\n')?.cause).toBe(
    'tap-sysfs-denied',
  )
  expect(causes('ReadSysfsTunFlags(EIO)\n')).not.toContain('tap-sysfs-denied')
})

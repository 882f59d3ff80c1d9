/** Which words a cause may claim: those of the program, the place, the errno and the step that it was made for. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const causes = (text: string) => diagnose(text).map(({ cause }) => cause)

/** Without the note that a line looks like an error, whoever wrote it. */
const claims = (text: string) => causes(text).filter((cause) => cause !== 'unknown')
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
    const found = first(
      "thread 'fc_vcpu 0' panicked at /x/kvm-ioctls-0.19.0/src/ioctls/vcpu.rs:9:7:\ncalled `Option::unwrap()` on a `None` value",
    )
    expect(found).toMatchObject({ cause: 'unknown', severity: 'note', confidence: 'possible' })
    expect(`${found?.what} ${found?.why}`).toContain('That program crashed')
    expect(found?.what).not.toContain('Cloud Hypervisor')
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
    expect(claims(text)).toEqual([])
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

describe('what follows from an end', () => {
  const kata = (msg: string, error: string) =>
    `time="t" level=warning msg="${msg}" error="${error}" name=containerd-shim-v2 source=virtcontainers/hypervisor subsystem=virtiofsd\n`
  it.each([
    ['kill virtiofsd failed', 'no such process'],
    ['stop virtiofsd failed', 'os: process already finished'],
    ['removing vm socket failed', 'remove /run/vc/vm/x/clh.sock: no such file or directory'],
    ['closing vm socket failed', 'use of closed network connection'],
    ['failed to cleanup vm path', 'remove /run/vc/vm/x: no such file or directory'],
  ])('is a remark and no reason: %s', (msg, error) => {
    const found = diagnose(kata(msg, error))
    expect(found.map(({ severity }) => severity)).toEqual(['note'])
    expect(found[0]).toMatchObject({ cause: 'tidying-up-late' })
    expect(found[0]?.what).toContain('had ended before')
  })
  it('comes behind the error that the text holds', () => {
    const found = causes(
      `level=error msg="failed to launch cloud-hypervisor: timeout" source=virtcontainers\n${kata('kill virtiofsd failed', 'no such process')}`,
    )
    expect(found).toEqual(['kata-launch-failed', 'tidying-up-late'])
  })
  it.each([
    ['failed to remove sandbox share', 'device or resource busy'],
    ['failed to delete sandbox: permission denied', 'permission denied'],
    ['failed to remove device from sandbox', 'device not found'],
  ])('is not assumed for what is still there: %s', (msg, error) => {
    expect(causes(kata(msg, error))).not.toContain('tidying-up-late')
  })
  it('is not assumed where one record of the text has another reason', () => {
    expect(
      causes(
        kata('kill virtiofsd failed', 'no such process') +
          kata('failed to remove sandbox share', 'device or resource busy'),
      ),
    ).not.toContain('tidying-up-late')
  })
  it('leaves the start of virtiofsd to its own cause', () => {
    expect(first('virtiofsd: Error creating sandbox: permission denied')?.cause).toBe('virtiofsd-failed')
  })
})

describe('a mount without a device', () => {
  it.each(['overlay', 'tmpfs', 'none', 'cgroup2'])('names no tag of a share: %s', (source) => {
    expect(causes(`microvm\nmount: /sysroot/x: special device ${source} does not exist.\n`)).not.toContain(
      'guest-fs-special',
    )
  })
  it('with the tag of a share does', () => {
    expect(causes('microvm\nmount: /mnt: special device overlay-share does not exist.\n')).toContain(
      'guest-fs-special',
    )
  })
  it('of an overlay is explained by the layer that the kernel names', () => {
    const found = diagnose(
      "mount: /sysroot/nix/store: special device overlay does not exist.\noverlayfs: failed to resolve '/sysroot/nix/.ro-store': -2\n",
    )
    expect(found.map(({ cause }) => cause)).toEqual(['guest-overlay-layer-missing'])
    expect(found[0]?.what).toContain('/sysroot/nix/.ro-store')
  })
  it('is another matter where the layer is there', () => {
    expect(first("[ 1.2] overlayfs: failed to resolve '/sysroot/lower': -13")?.cause).toBe(
      'guest-overlay-refused',
    )
    expect(first('mount: mounting /dev/vda1 on /mnt-root failed: Invalid argument')?.cause).toBe(
      'guest-root-unmountable',
    )
  })
  it('of an engine for containers is no matter of a guest', () => {
    expect(claims("overlayfs: failed to resolve '/var/lib/docker/overlay2/l/A': -2\n")).toEqual([])
  })
})

describe('a passed-through device without a group', () => {
  const error = 'Error booting VM: VmBoot(DeviceManager(VfioCreate(InvalidPath)))\n'
  const command = (path: string) =>
    `cloud-hypervisor --kernel k --cmdline root=/dev/vda1 --device path=${path}\n`
  it('is not certainly a wrong path', () => {
    for (const text of [error, command('/sys/bus/usb/devices/1-2') + error]) {
      expect(first(text)).toMatchObject({ cause: 'vfio-path-wrong', confidence: 'likely' })
      expect(first(text)?.why).toContain('IOMMU switched off')
    }
  })
  it('has no wrong path where it is written as that of a PCI device', () => {
    for (const path of ['/sys/bus/pci/devices/0000:06:00.0', '/sys/bus/pci/drivers/vfio-pci/0000:06:00.0/']) {
      expect(first(command(path) + error)).toMatchObject({
        cause: 'vfio-no-iommu-group',
        confidence: 'likely',
      })
    }
  })
})

describe('a processor that did not come up', () => {
  it('is judged by its architecture', () => {
    expect(first('[ 0.04] psci: failed to boot CPU1 (-1)\n')?.cause).toBe('guest-arm-cpus-missing')
    expect(first('smpboot: do_boot_cpu failed(-1) to wakeup CPU#1\n')?.cause).toBe('guest-cpus-missing')
  })
})

describe('a lockup', () => {
  const lockup = '[ 28.6] watchdog: BUG: soft lockup - CPU#2 stuck for 26s! [kworker/0:1]\n'
  it('in the driver of a device is told as that', () => {
    expect(causes(`${lockup}[ 28.6] RIP: 0010:virtblk_done+0x19/0x180\n`)[0]).toBe('guest-driver-waits')
  })
  it('elsewhere is not', () => {
    expect(causes(`${lockup}[ 28.6] RIP: 0010:_raw_spin_lock+0x19/0x20\n`)).toEqual(['guest-cpu-stalled'])
  })
  it('is not assumed of an oops in a driver', () => {
    expect(
      causes(
        '[ 2.6] BUG: kernel NULL pointer dereference, address: 08\n[ 2.6] RIP: 0010:virtqueue_get_buf+0x1/0x2\n',
      ),
    ).not.toContain('guest-driver-waits')
  })
})

describe('a signal in a frame of a debugger', () => {
  const frame = (number: number, name = 'emulate_default_handler') =>
    `#3  0x00007fa9d7602333 in signal_hook::low_level::signal_details::${name} (signal=${number}) at src/x.rs:183\n`
  it('is the one that ended the program', () => {
    expect(first(frame(31))?.cause).toBe('seccomp-violation')
    expect(first(frame(31, 'restore_default'))?.cause).toBe('seccomp-violation')
    expect(first(frame(11))?.cause).toBe('segfault')
  })
  it('is none where it was only handled', () => {
    expect(causes(frame(28))).toEqual([])
    expect(causes(frame(31, 'handler'))).toEqual([])
  })
  it('tells more than that a core was dumped', () => {
    const found = diagnose(`Process 12 (cloud-hyperviso) of user 0 dumped core.\n${frame(31)}`)
    expect(found.map(({ cause, follows }) => [cause, follows])).toEqual([
      ['seccomp-violation', null],
      ['segfault', 'seccomp-violation'],
    ])
  })
})

describe('words of a runtime around the VM', () => {
  it('without the module of KVM are those of a host without it', () => {
    const words = 'Could not access KVM kernel module: No such file or directory\n'
    expect(first(`docker: OCI runtime create failed: ${words}`)?.cause).toBe('kata-kvm-missing')
    expect(claims(words)).toEqual(['qemu-kvm-missing'])
  })
  it('name an address that is taken as that of the shim', () => {
    const chain = 'Caused by:\n    0: do start\n    1: bind address\n    2: Address in use (os error 98)\n'
    expect(causes(`ERROR: containerd-shim-kata-v2 failed: shim start\n\n${chain}`)).toContain(
      'kata-left-behind',
    )
    expect(causes(`ERROR: my-server failed\n\n${chain}`)).not.toContain('kata-left-behind')
  })
  it.each([
    "modprobe: ERROR: could not insert 'nvidia': Operation not permitted",
    'Error: failed',
    'error[E0658]: attributes on expressions are experimental\n  --> server/src/api.rs:698:17',
    'Unsupported version: 3',
  ])('that are about something else are none of ours: %s', (text) => {
    expect(claims(text)).toEqual([])
  })
  it('is a compiler that is too old, where the sources are ours', () => {
    expect(
      first(
        'error[E0658]: attributes on expressions are experimental\n   --> vmm/src/memory_manager.rs:698:17\n',
      )?.cause,
    ).toBe('build-rust-too-old')
    expect(causes('error[E0308]: mismatched types\n  --> vmm/src/vm.rs:12:5\n')).not.toContain(
      'build-rust-too-old',
    )
  })
  it('are no checksum beside a command', () => {
    expect(
      causes('cloud-hypervisor --kernel k --cmdline root=/dev/vda1 --disk path=/srv/a.img\nError: failed\n'),
    ).not.toContain('checksum-wrong')
  })
})

describe('a file that is added to a VM under Landlock', () => {
  const asked = (rules: string, path: string) =>
    causes(
      `"/x/cloud-hypervisor" "--kernel" "/srv/k" "--cmdline" "root=/dev/vda1" "--landlock" ${rules}\nError running ch-remote command: "/x/ch-remote" "--api-socket=/tmp/s" "add-disk" "path=${path},id=d"\n`,
    )
  it.each([
    ['"--landlock-rules" "path=\\"/srv/a\\",access=rw"', '/srv/b.img'],
    ['"--landlock-rules" "path=/srv/a,access=rw"', '/srv/ab/x.img'],
    ['', '/srv/b.img'],
  ])('is outside of the rules %s: %s', (rules, path) => {
    expect(asked(rules, path)).toContain('landlock-path-outside')
  })
  it.each([
    ['"--landlock-rules" "path=\\"/srv/a\\",access=rw"', '/srv/a/x.img'],
    ['"--landlock-rules" "path=/srv/,access=rw"', '/srv/b.img'],
    ['"--landlock-rules" "path=/,access=r"', '/srv/b.img'],
  ])('is inside of the rules %s: %s', (rules, path) => {
    expect(asked(rules, path)).not.toContain('landlock-path-outside')
  })
  it('is judged by the VM of the command only', () => {
    expect(
      causes(
        'cloud-hypervisor --api-socket /tmp/s --landlock\nch-remote --api-socket /tmp/s add-disk path=/srv/b.img\n',
      ),
    ).not.toContain('landlock-path-outside')
  })
  it('needs no rule without Landlock', () => {
    expect(
      causes(
        'cloud-hypervisor --kernel /srv/k --cmdline root=/dev/vda1 --api-socket /tmp/s\nch-remote --api-socket /tmp/s add-disk path=/srv/b.img\n',
      ),
    ).not.toContain('landlock-path-outside')
  })
})

describe('the usage of another program', () => {
  const refused = (usage: string) =>
    diagnose(
      `error: unexpected argument '--foo' found\n\n${usage}\n\nFor more information, try '--help'.\n`,
    )[0]
  it.each(['Usage: virtiofsd [OPTIONS]', 'USAGE:\n    cargo [OPTIONS]'])(
    'is no refusal of ours: %s',
    (usage) => {
      expect(refused(usage)).toMatchObject({ cause: 'unknown', severity: 'note' })
      expect(refused(usage)?.what).toMatch(/(?:virtiofsd|cargo): unexpected argument '--foo' found/)
      expect(refused(usage)?.why).toContain('does not know that option')
    },
  )
  it('leaves ours as it is', () => {
    expect(refused('Usage: cloud-hypervisor [OPTIONS]')?.cause).toBe('flag-unknown')
  })
})

it('a signal that gdb tells of is no crash of ours where another program is named', () => {
  const found = diagnose(
    'ovs-vswitchd(dpdk_watchdog1): uninitialized mutex\n\nProgram received signal SIGABRT, Aborted.\n',
  )
  expect(found.map(({ cause }) => cause)).not.toContain('aborted')
})

it('of a long message the end is quoted, where its reason stands', () => {
  const text = `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${'x'.repeat(300)}": plugin failed: open /run/netns/y: no such file or directory`
  expect(
    diagnose(`${text}\n`)
      .map(({ why }) => why)
      .join(),
  ).toContain('open /run/netns/y: no such file')
})

describe('firmware that does not load a boot entry', () => {
  const entry = 'BdsDxe: failed to load Boot0001 "UEFI DISK" from PciRoot(0x0)/Pci(0x2,0x0): '
  it.each([
    ['Not Found', 'guest-firmware-no-boot'],
    ['Access Denied', 'firmware-secure-boot-refused'],
    ['Security Violation', 'firmware-secure-boot-refused'],
  ])('%s', (status, cause) => {
    expect(diagnose(`${entry}${status}\n`).map((one) => one.cause)).toEqual([cause])
  })
})

describe('a crash of ours in the code of a device', () => {
  it('names the option of the command that this code serves', () => {
    const [first] = diagnose(
      "cloud-hypervisor --kernel k --fs tag=long,socket=/s\nthread 'vmm' panicked at virtio-devices/src/vhost_user/fs.rs:401:23:\nrange end index 39 out of range for slice of length 36\n",
    )
    expect(first?.cause).toBe('panic-index')
    expect(first?.why).toContain('That file serves --fs, of which the command says: tag=long,socket=/s.')
  })
})

describe('a file that may not be opened (EACCES)', () => {
  const denied = (value: string) =>
    diagnose(
      `Error booting VM: VmBoot(DeviceManager(${value}(Os { code: 13, kind: PermissionDenied, message: "Permission denied" }))))\n`,
    )[0]
  it.each(['CreateVsockBackend(UnixBind', 'Disk(', 'CreateVirtioNet(OpenTap(TapOpen(OpenTun'])(
    'is never certainly a matter of its mode: %s',
    (value) => {
      expect(denied(value)?.confidence).not.toBe('certain')
      expect(denied(value)?.why).toMatch(/Landlock/)
    },
  )
})

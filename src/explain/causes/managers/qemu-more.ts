/** What else QEMU says at its start: accelerators, topology, address bits, drives, ROMs, sound. */
import type { Cause } from '../../cause.ts'

const manual = 'https://www.qemu.org/docs/master/system/invocation.html'

export const qemuMore: readonly Cause[] = [
  {
    id: 'qemu-vfio-container-refused',
    line: [
      /failed to setup container for group (?<group>\d{1,5}): (?<words>.{1,120})/,
      /\bFailed to set (?:group container|iommu for container): (?<words>[A-Z][\w ]{3,40})/,
      /\bNo available IOMMU models\b/,
    ],
    what: 'QEMU could not put the IOMMU group {group|} of a passed-through device under VFIO: {words|see the message}.',
    why: 'The module vfio_iommu_type1 is not loaded, interrupts cannot be remapped on this platform ("Operation not permitted" with a line in dmesg), the firmware reserves memory for the device (RMRR), or the IOMMU is in another mode than VFIO needs.',
    hint: '`sudo dmesg | grep -iE "vfio|iommu|DMAR|AMD-Vi|rmrr"` names the reason; `sudo modprobe vfio_iommu_type1`, and interrupt remapping (x2APIC) in the firmware.',
    reference: 'https://docs.kernel.org/driver-api/vfio.html',
    confidence: 'possible',
  },
  {
    id: 'qemu-cpu-topology',
    line: [
      /\bInvalid CPU topology: (?<words>.{1,160})/,
      /\bcpu topology: sockets \(\d{1,4}\) \* .{1,120}(?:< smp_cpus|!= maxcpus)/i,
      /\bCPU topology doesn't match (?:maximum|numa)/,
    ],
    what: 'The numbers of -smp (or <topology>) contradict each other: {words|sockets, cores and threads are not the number of CPUs}.',
    why: 'sockets × dies × cores × threads must be the number of CPUs (maxcpus, where that is given).',
    hint: 'For 8: `-smp 8,sockets=1,cores=4,threads=2` (libvirt: `<vcpu>8</vcpu>` with `<topology sockets="1" cores="4" threads="2"/>`), or leave the topology out.',
    reference: 'https://www.qemu.org/docs/master/system/invocation.html',
    confidence: 'likely',
  },
  {
    id: 'qemu-accelerator-invalid',
    line: [
      /\binvalid accelerator '?(?<name>\w{2,10})/,
      /\b-?accel (?<name>whpx|hax|hvf|nvmm|xen): .{0,120}(?:failed|Could not|No accelerator)/i,
      /\bWHPX: No accelerator found\b/,
      /failed to initialize (?<name>whpx|hax|hvf): /i,
    ],
    what: 'This QEMU has no accelerator {name|of that kind} for this guest, or it is not usable on this system.',
    why: 'KVM exists on Linux alone, and only in the emulator of the architecture of the host (no kvm in qemu-system-aarch64 on a PC); hvf is that of macOS, whpx of Windows (the feature "Windows Hypervisor Platform" must be on). A build may leave it out.',
    hint: '`qemu-system-x86_64 -accel help` lists them; `-accel tcg` emulates, slowly. Windows (whpx), as administrator: `Enable-WindowsOptionalFeature -Online -FeatureName HypervisorPlatform -All`, then restart; macOS: hvf runs guests of the architecture of the Mac alone.',
    check: 'kvm',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-drive-index-taken',
    line: [
      /\bdrive with bus=\d{1,3}, unit=\d{1,3} \(index=(?<index>\d{1,3})\) exists\b/,
      /\bmachine type does not support if=(?<bus>\w{2,10})\b/,
      /\b(?:qemu\S{0,30}|kvm): .{0,200}\bDuplicate (?:device )?ID '(?<id>[^']{1,60})'/,
    ],
    what: 'Two drives or devices of QEMU have the same place or id ({index|see the line}), or the machine has no bus of that kind.',
    why: '-hda, -cdrom and -drive count together: -hda is index 0, -cdrom index 2. virt and microvm have no IDE, which is the default of -drive.',
    hint: 'Give each its own index= or id=, or add disks by `-drive file=FILE,if=virtio`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-sound-remark',
    severity: 'note',
    line: [
      /\baudio: (?:Could not (?:init|create)|Failed to create voice)\b/,
      /\bpulseaudio: (?:pa_context_connect|set_sink_input|Reason:)/,
      /^ALSA lib \S{1,80}:/,
    ],
    what: 'QEMU cannot play sound: a remark, the VM runs without.',
    why: 'No sound server or card is there for this user (ssh, a service, root).',
    hint: 'Leave the sound device out, or `-audiodev none,id=a0`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-vfio-device-refused',
    line: [
      /\bfailed getting region info for VGA region\b/,
      /\berror getting device from group (?<group>\d{1,5}): (?<words>[A-Z][\w /]{3,40})/,
    ],
    what: 'QEMU could not take over a passed-through device of the IOMMU group {group|that the line names}.',
    why: 'The group has a device that a driver of the host still uses, another VM has it, or the device does not answer after a reset. "VGA region" comes from x-vga=on with a card or kernel that gives no access to it.',
    hint: '`lspci -nnk` shows "Kernel driver in use: vfio-pci" for each device of the group, or it must be bound; look at `sudo dmesg | grep -i vfio`; leave x-vga=on out with UEFI firmware.',
    reference: 'https://docs.kernel.org/driver-api/vfio.html',
    confidence: 'likely',
  },
]

/** What drivers of a guest say of memory and processors that are added, of consoles, clocks and passed-through cards. */
import { type Cause, doc } from '../cause.ts'

const hotplug = doc('hotplug.md')

export const guestDevices: readonly Cause[] = [
  {
    id: 'guest-balloon-short',
    severity: 'note',
    line: [/virtio_balloon virtio\d+: Out of puff/],
    what: 'The guest could not give as much memory back to the host as the balloon asks for: it uses it itself.',
    why: 'The balloon takes only memory that the guest can spare; the driver tries again.',
    hint: 'Ask for less (`ch-remote resize --balloon SIZE`), or give the guest more memory; deflate_on_oom=on lets it take memory back when it is short.',
    reference: doc('balloon.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-memory-hotplug-failed',
    line: [
      /virtio_mem virtio\d+: .{0,80}(?:fail|error|cannot|could not|unable|invalid|not (?:supported|possible)|exceed).{0,60}/i,
      /virtio_mem: probe (?:of \S{1,20} )?failed.{0,40}/,
      /acpi PNP0C80:\d+: .{0,60}(?:add_memory failed|error|cannot)/i,
      /acpi_memory_enable_device\(\) error/,
      /add_memory failed|Memory hotplug (?:is )?(?:disabled|not supported)/i,
    ],
    what: 'The kernel of the guest did not take memory that was added to it ({said|see the message}).',
    why: '{errno|} It lacks CONFIG_MEMORY_HOTPLUG (for virtio-mem CONFIG_VIRTIO_MEM), has no free memory for the tables of the new one, or the size is no multiple of a block (128 MiB). In the guest memory that arrives may have to be put online.',
    hint: 'See `grep -E "MEMORY_HOTPLUG|VIRTIO_MEM|ACPI_HOTPLUG_MEMORY" /boot/config-$(uname -r)` in the guest, add in steps of 128 MiB, and `cat /sys/devices/system/memory/auto_online_blocks` (online).',
    reference: hotplug,
    confidence: 'likely',
  },
  {
    id: 'guest-cpu-online-failed',
    line: [
      /\/sys\/devices\/system\/cpu\/cpu(?<cpu>\d+)\/online: (?:Invalid argument|No such file|Permission denied|Input\/output error)/,
      /ACPI: .{0,40}(?:Unable to map lapic|Invalid processor)/,
    ],
    what: 'The guest could not switch the processor {cpu|that was added} on.',
    why: 'A vCPU that was added lies idle until it is put online. No such file: the guest has not seen it (no ACPI, or a kernel without CONFIG_HOTPLUG_CPU). Invalid argument or I/O error: its kernel does not know that number (nr_cpus=, maxcpus=), or KVM did not start it. cpu0 cannot be taken offline.',
    hint: 'Compare `ch-remote info` (boot=, max=) with `lscpu` and `dmesg | tail` in the guest; `for c in /sys/devices/system/cpu/cpu*/online; do echo 1 | sudo tee $c; done` puts them online.',
    reference: hotplug,
    confidence: 'possible',
  },
  {
    id: 'guest-pci-hotplug',
    line: [
      /pciehp: Slot\(\S{1,12}\): (?<words>(?=.{0,60}(?:[Ff]ail|[Ee]rror|[Cc]annot|[Nn]ot present|No (?:link|adapter)|[Tt]imeout)).{1,80})/,
      /acpiphp\S{0,12}: .{0,80}(?:fail|error|no slots?)/i,
    ],
    needs: ({ says }) => says(/virtio|cloud-?hypervisor|ch-remote|hotplug|\bguest\b|\bVM\b|kata/i),
    what: 'The PCI hotplug of the guest reports on a slot: {words|see the message}.',
    why: 'In Cloud Hypervisor devices come and go by ACPI (acpiphp), not by PCIe slots (pciehp); without CONFIG_HOTPLUG_PCI_ACPI the guest does not notice them. "Card not present" alone is no error.',
    hint: 'See whether the device is there (`lspci`); else `echo 1 | sudo tee /sys/bus/pci/rescan`, and a kernel with HOTPLUG_PCI_ACPI.',
    reference: hotplug,
    confidence: 'possible',
  },
  {
    id: 'guest-login-terminal',
    line: [
      /agetty\S{0,8}: \/dev\/(?<tty>\w{2,12}): (?<words>.{1,60})/,
      /getty: \/dev\/(?<tty>\w{2,12}): (?<words>not a tty|No such (?:file|device).{0,20})/,
      /Job dev-(?<tty>tty(?:S|AMA)\d|hvc\d)\.device\/start timed out/,
    ],
    what: 'The guest could not start a login on {tty|its console}: {words|the device is not there}.',
    why: 'The login (getty) is set for a console that this VM does not have: hvc0 is --console, ttyS0 (arm64: ttyAMA0) is --serial, and one that is "off" has no device. The guest itself runs, and can be reached over the network.',
    hint: 'Name the console that the VM has on the kernel command line (`console=ttyS0` with `--serial tty --console off`), and enable its login: `systemctl enable serial-getty@ttyS0`.',
    reference: doc('logging.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-clock-device',
    severity: 'note',
    line: [
      /rtc_cmos\S{0,12}.{0,40}unable to read/,
      /hctosys: unable to (?:open|read) (?:the )?(?:rtc|hardware clock)/,
      /crng init done \(waited/,
      /Failed to start Load\/Save (?:OS )?Random Seed/,
    ],
    what: 'The guest did not get its time or random numbers from a device at its start: mostly harmless, only slow.',
    why: 'Cloud Hypervisor has a simple clock (CMOS, on arm64 PL031), and random numbers by --rng (virtio-rng, on by default), for which the kernel needs CONFIG_HW_RANDOM_VIRTIO.',
    hint: 'Use a time service in the guest; keep the default --rng, and a kernel with HW_RANDOM_VIRTIO.',
    reference: doc('device_model.md'),
    confidence: 'possible',
  },
  {
    id: 'windows-no-driver',
    line: [
      /(?:couldn't|could not) find any drives|To get a storage driver|no (?:device )?drivers? (?:were|was) found/i,
      /Ethernet Controller.{0,60}(?:yellow|no driver|unknown)|no network adapter in Device Manager/i,
    ],
    needs: ({ says }) => says(/windows/i),
    what: 'Windows does not see the disk or the network card: its virtio drivers are missing.',
    why: 'All devices of Cloud Hypervisor are virtio, and Windows brings no drivers for them: viostor (disk) and NetKVM (network) come from the virtio-win ISO. There is no screen and no CDROM for the set-up in the VM.',
    hint: 'Install Windows with the virtio-win drivers on another machine (QEMU) first, switch EMS on, then start that image with `--firmware CLOUDHV.fd --cpus boot=2,kvm_hyperv=on`; add NetKVM there or with pnputil over the SAC console.',
    reference: doc('windows.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-arm-interrupts',
    line: [
      /vgic: .{0,40}(?:no GICv3|GICv2 only)|kvm .{0,40}GICv3 not (?:available|supported)|Unable to parse MADT|no GICv3 host/i,
    ],
    what: 'The board (arm64) has no interrupt controller GICv3 that KVM can give to guests.',
    why: 'Cloud Hypervisor needs GICv3 with ITS. Boards with GICv2 (Raspberry Pi 4 and others) have none.',
    hint: 'See `sudo dmesg | grep -i gic`; use a host with GICv3 (servers, newer boards).',
    reference: doc('arm64.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-x2apic-note',
    severity: 'note',
    line: [/IRQ remapping doesn't support X2APIC mode|x2apic: (?:disabled|.{0,40}not supported)/],
    what: 'The guest has no interrupt remapping and goes on without x2APIC mode: harmless.',
    why: 'A kernel prints it on every machine whose (virtual) IOMMU does not remap interrupts. It matters only with more than 255 vCPUs.',
    hint: 'Nothing need be done.',
    reference: doc('device_model.md'),
    confidence: 'likely',
  },
]

/** Lines in which nothing of Cloud Hypervisor failed, and from which people conclude that something did. */
import { type Cause, doc } from '../cause.ts'

/** A network card of Wi-Fi under its usual names. */
const wifi = '(?<parent>(?:wlan\\d|wl[psxo]\\w{1,14}))'

/** Programs that measure, and how people call what they measured. */
const measures =
  /\b(?:iperf3?|netperf|fio|sysbench|dd|iops|throughput|bandwidth|seq(?:uential)?[ .-]?(?:read|write)|rand(?:om)?[ .-]?(?:read|write))\b/i

export const observed: readonly Cause[] = [
  {
    id: 'measured-network',
    severity: 'note',
    line: [/\b(?<speed>\d+(?:\.\d+)? [KMG]?bits\/sec)/],
    needs: ({ says }) => says(measures),
    what: 'The text measures the speed of the network ({speed|see the line}); it holds no error.',
    why: 'To and from the guest go different ways (receive and transmit queues, checksums and segmentation of TAP and guest), so that one direction alone can be slow. A release, the offload features that the TAP was given, one queue for many vCPUs, MTU, vhost and the rules of a bridge are what differs in practice; the text does not tell which.',
    hint: 'Compare the newest release, both directions (`iperf3 -R`), `ethtool -k` of the TAP and in the guest, `--net …,num_queues=` (two for each vCPU), and offload_tso=off, offload_csum=off one by one.',
    reference: doc('performance_metrics.md'),
    confidence: 'possible',
  },
  {
    id: 'wifi-parent',
    severity: 'warning',
    line: [
      new RegExp(`\\bmac(?:vtap|vlan)\\w{0,10}@${wifi}\\b`),
      new RegExp(`\\bip link add\\b.{0,40}\\blink "?${wifi}"?.{0,80}\\bmac(?:vtap|vlan)\\b`),
      new RegExp(
        `\\bip link set (?:dev )?"?${wifi}"? master\\b|\\bbrctl addif \\S{1,20} (?:wlan\\d|wl[ps]\\w)`,
      ),
    ],
    what: 'The interface below is Wi-Fi ({parent|wl…}): a guest with a MAC address of its own gets nothing through it.',
    why: 'An access point (802.11) takes frames only from the address of the station that logged in. A macvtap or a bridge sends those of the guest with another MAC, and they are dropped.',
    hint: 'Use a wired interface for macvtap and bridges; over Wi-Fi give the guest a TAP of its own with routing and NAT.',
    reference: doc('macvtap-bridge.md'),
    confidence: 'likely',
  },
  {
    id: 'unit-activating',
    severity: 'warning',
    line: [/^\s*Active: activating \((?:start|auto-restart)\)/],
    needs: ({ says }) => says(/cloud-?hypervisor|microvm|virtchd|\bchv?[-@]/i),
    what: 'The unit is still "activating": systemd waits for a sign that it is ready. The VM itself may run.',
    why: 'With Type=notify a unit counts as started when READY=1 comes, which here the guest sends over vsock; without it systemd ends the unit after TimeoutStartSec= and starts it again. An auto-restart means that it ended before.',
    hint: 'Read `journalctl -u UNIT -b` and the console of the guest. Give the guest a vsock CID and its notification, or drop Type=notify, or raise TimeoutStartSec=.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html',
    confidence: 'possible',
  },
  {
    id: 'firmware-is-data',
    severity: 'note',
    line: [/^(?<file>\S{0,200}CLOUDHV\S{0,20}\.fd): data$/],
    what: '`file` calls {file|the firmware} "data", which is right: it is a raw firmware image, no ELF file.',
    why: 'CLOUDHV.fd is such an image, and Cloud Hypervisor takes it since release 20; older ones want an ELF file. A build of EDK2 makes more files: CLOUDHV.fd is the one to boot, not CLOUDHV_CODE.fd.',
    hint: 'Give CLOUDHV.fd with `--firmware` (`--kernel` in older releases).',
    reference: doc('uefi.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-without-uefi',
    severity: 'note',
    line: [/^efi: UEFI not found\.?$/],
    what: 'The kernel of the guest (arm64) was started without firmware, by a device tree: harmless.',
    why: 'It looks for UEFI first. With --kernel Cloud Hypervisor starts a kernel directly, so there is none.',
    hint: 'Nothing need be done: firmware (`--firmware CLOUDHV_EFI.fd`) is another way to boot, not what is missing.',
    reference: doc('README.md#custom-kernel-and-disk-image'),
  },
  {
    id: 'qcow2-lazy-refcounts',
    severity: 'note',
    line: [/^\s*lazy refcounts: false/],
    needs: ({ says }) => says(/^\s*lazy refcounts: true/),
    what: 'The qcow2 image lost its flag "lazy refcounts"; nothing failed.',
    why: 'Cloud Hypervisor does not use lazy refcounts, and clears that flag in the header when it opens the image for writing. The data are not touched.',
    hint: 'Nothing need be done. Use a raw image if the header must stay as it is.',
    reference: doc('README.md#disk-image'),
    confidence: 'possible',
  },
  {
    id: 'guest-sgx-node',
    severity: 'note',
    line: [/sgx: .{0,20}Unable to map EPC section to online node/],
    what: 'The kernel of the guest found no NUMA node for its SGX memory (EPC) and takes node 0: a harmless warning.',
    why: 'The tables of the VM name a node for an EPC section only where --numa has one (sgx_epc_sections=). "Firmware Bug" is how the kernel words any such gap; enclaves work.',
    hint: 'Nothing need be done on a guest with one node.',
    reference: 'https://docs.kernel.org/arch/x86/sgx.html',
    confidence: 'likely',
  },
  {
    id: 'guest-write-zeroes',
    line: [/\bI\/O error, dev vd[a-z].{0,60}\((?<operation>WRITE_ZEROES|DISCARD)\)/],
    // A failing storage refuses other requests, too, and the VMM says with which errno.
    needs: ({ says }) => !says(/I\/O error, dev vd[a-z].{0,60}\((?:READ|WRITE)\)|Request failed: /),
    what: 'Only {operation|WRITE_ZEROES} requests of the guest fail, not its reads and writes: the disk is not damaged.',
    why: 'The VMM offers the guest to discard and to write zeroes (from release 51 on), and the file system or back-end of the host cannot do it; the AIO back-end, which is used where io_uring is off on the host, is one that does not.',
    hint: 'Use a newer release, `sparse=off` for that disk, or allow io_uring (`sysctl kernel.io_uring_disabled`). The guest falls back to ordinary writes.',
    reference: doc('README.md#disk-image'),
    confidence: 'likely',
  },
  {
    id: 'guest-only-loopback',
    line: [/^lo$/],
    needs: ({ says }) =>
      says(/\/sys\/class\/net|ip (?:-\w+ )?(?:link|addr?)/) &&
      says(/virt|kata|\bclh\b|cloud-?hypervisor|guest/i) &&
      !says(/^(?:\d+: )?(?:eth|en[ospx])\w*:?/),
    what: 'The guest has no network card at all, only lo (loopback): this is no matter of routes, names or a firewall.',
    why: 'The VM was not given the card, or the guest did not see it: no driver for virtio-net, or a card that is added while it runs (hotplug, as Kata does it), which a guest on arm64 without UEFI is never told of. Which, the text does not say.',
    hint: 'Compare the devices of the VM (`ch-remote --api-socket FILE info`) with `lspci` and `dmesg | grep virtio` in the guest.',
    reference: doc('hotplug.md'),
    confidence: 'possible',
  },
  {
    id: 'guest-powered-off',
    severity: 'warning',
    line: [/\breboot: (?:Power down|System halted)/],
    needs: ({ says }) => says(/\bkata\b|kata-agent|agent ttrpc|VmExit::Shutdown/i),
    what: 'The guest switched itself off (power down): the VMM did not end it.',
    why: 'Its init ended or asked for it (also after the power button): with an agent as init, because something in its start failed, such as a console that is not there. What waits for the guest then only sees that it is gone.',
    hint: 'Read what the guest prints before that line. console= of its kernel must fit: ttyS0 on x86, ttyAMA0 on arm64 (with --serial), hvc0 (with --console).',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'guest-gpu-irq',
    line: [/NVRM: Can't find an IRQ/],
    what: 'The driver of a passed-through NVIDIA card got no interrupt in the guest.',
    why: 'The driver asks for a legacy interrupt (INTx) or MSI, and the VM gives that card none. Its advice about a BIOS is for real machines and leads nowhere in a VM.',
    hint: 'Have the driver use MSI (`NVreg_EnableMSI=1` of the module nvidia), compare a newer driver and a newer release, and see `lspci -vv` in the guest.',
    reference: doc('vfio.md'),
    confidence: 'possible',
  },
  {
    id: 'device-same-card',
    severity: 'note',
    line: [
      /--device .{0,20}path=\S{0,80}[\da-f]{2}:[\da-f]{2}\.0\/? .{0,20}path=\S{0,80}[\da-f]{2}:[\da-f]{2}\.1\b/,
    ],
    what: 'The text holds a part of a command and no error: several functions of a card are passed through.',
    why: 'Functions of one card mostly belong to one IOMMU group, which VFIO opens once for all of them; very old releases failed with two devices of a group. All devices of a group must be bound to vfio-pci.',
    hint: 'Use a newer release, bind all functions of the group to vfio-pci (`ls -l /sys/bus/pci/devices/ADDRESS/iommu_group/devices`), and give the whole output of Cloud Hypervisor.',
    reference: doc('vfio.md'),
    confidence: 'possible',
  },
]

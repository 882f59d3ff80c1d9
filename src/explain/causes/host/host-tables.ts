/** What tables of the host show beside a VM that does not start: IOMMU groups, drivers, huge pages, shared memory, cgroups. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const vfio = doc('vfio.md')
const groupLine = /^IOMMU Group (?<group>\d{1,4}):? {1,8}(?<device>[\da-f:.]{4,12}) /i
const isBridge = /\[06\d\d\]|PCI bridge|Host bridge|ISA bridge/
const aboutVfio = /vfio|pass-?through|--device |hostpci|hostdev|iommu_groups/i

/** Whether two lines of a list name different devices, no bridges, of one group. */
const isShared = ({ text, before = '' }: Evidence): boolean => {
  const [one, other] = [groupLine.exec(before)?.groups, groupLine.exec(text)?.groups]
  const slot = (device = ''): string => device.replace(/\.\d$/, '')
  return (
    one !== undefined &&
    other !== undefined &&
    one.group === other.group &&
    slot(one.device) !== slot(other.device) &&
    !isBridge.test(before) &&
    !isBridge.test(text)
  )
}

/** How a number of huge pages is asked for. */
const asksHugepages = (number: string): RegExp =>
  new RegExp(
    `\\becho ["']?${number}\\b["']? ?[>|].{0,80}nr_hugepages|nr_hugepages ?= ?${number}\\b|\\bhugepages=${number}\\b`,
  )

export const hostTables: readonly Cause[] = [
  {
    id: 'iommu-not-requested',
    line: [/^DMAR: Host address width \d+/],
    needs: ({ says }) =>
      says(/\/proc\/cmdline|iommu_groups|GRUB_CMDLINE/) &&
      !says(
        /intel_iommu=on|DMAR: IOMMU enabled|Adding to iommu group|Directed I\/O|DMAR: Intel|\/iommu_groups\/\d/,
      ),
    what: 'The IOMMU is on in the BIOS (the kernel finds its table, DMAR), and the kernel of the host does not use it.',
    why: 'Many kernels need to be told: intel_iommu=on is not on the kernel command line, so there are no IOMMU groups and nothing can be passed through.',
    hint: 'Add `intel_iommu=on iommu=pt` to GRUB_CMDLINE_LINUX_DEFAULT in /etc/default/grub, `sudo update-grub` (Fedora: `sudo grubby --update-kernel=ALL --args="intel_iommu=on iommu=pt"`; Proxmox with systemd-boot: /etc/kernel/cmdline and `proxmox-boot-tool refresh`), restart; `ls /sys/kernel/iommu_groups` then lists groups.',
    check: 'vfio',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'iommu-off-in-firmware',
    line: [/^DMAR: IOMMU enabled/],
    needs: ({ says }) =>
      says(/iommu_groups|grep.{0,40}(?:dmar|iommu)/i) &&
      !says(
        /DMAR: (?:DRHD|Host address|dmar\d|Intel)|ACPI: DMAR|DMAR-IR|Adding to iommu group|Directed I\/O|IOMMU Group \d|\/iommu_groups\/\d/,
      ),
    what: 'The kernel was told to use the IOMMU (intel_iommu=on), and finds none: VT-d is off in the firmware (BIOS) of the host.',
    why: '"DMAR: IOMMU enabled" only repeats the option. With VT-d on, lines on the table (ACPI: DMAR, DRHD base) and on groups follow; a VM as host needs a virtual IOMMU.',
    hint: 'Switch on "Intel VT-d" (often below Chipset, System Agent or Advanced, beside VT-x, which is another switch) in the BIOS set-up, switch the machine off and on; then `sudo dmesg | grep -e DMAR -e "iommu group"`.',
    check: 'vfio',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'iommu-group-shared',
    severity: 'warning',
    line: [groupLine],
    needs: (evidence) => evidence.says(aboutVfio) && isShared(evidence),
    what: 'Devices that do not belong together share the IOMMU group {group|of the list} ({device|see the list} and others): they can be passed through only all together.',
    why: 'The root port or switch above them does not keep them apart (no ACS), so the kernel puts all into one group; while one of them is used by the host, VFIO refuses the group.',
    hint: 'Bind all of the group but bridges to vfio-pci, if the host can do without them; else put the card into another slot (one of the CPU, not of the chipset), switch ACS on in the BIOS or update it. The kernel option pcie_acs_override needs a patched kernel and gives up the isolation.',
    check: 'vfio',
    reference: 'https://docs.kernel.org/driver-api/vfio.html',
    confidence: 'likely',
  },
  {
    id: 'vfio-driver-of-host-first',
    line: [
      /^Kernel driver in use: (?<driver>nvidia|nouveau|amdgpu|radeon|i915|xe|snd_hda_intel|xhci_hcd|nvme|ahci|igb|ixgbe|i40e|ice|e1000e|r8169|mlx5_core|mpt3sas|megaraid_sas|snd_hda_codec_hdmi)$/,
    ],
    needs: ({ says }) =>
      says(/vfio-pci[ .]{1,3}ids=|^vfio-pci$|driver_override/) && !says(/Kernel driver in use: vfio-pci/),
    what: 'The driver of the host ({driver|see the line}) has the device, and not vfio-pci: so it cannot be passed through yet, although it was meant for vfio-pci.',
    why: 'That driver was loaded before vfio-pci (often from the initramfs), the initramfs was not made anew after the file in /etc/modprobe.d was written, or ids= names other numbers than `lspci -nn` shows.',
    hint: 'Add `softdep {driver|DRIVER} pre: vfio-pci` to /etc/modprobe.d/vfio.conf, compare ids= with `lspci -nn`, put vfio-pci into the initramfs and make it anew (`sudo update-initramfs -u -k all`, `sudo dracut -f`, `sudo mkinitcpio -P`), restart; "Kernel driver in use" must then read vfio-pci. Without a restart: `sudo driverctl set-override ADDRESS vfio-pci`.',
    check: 'vfio',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'hugepages-fewer-than-asked',
    line: [/^HugePages_Total: +(?<have>\d{1,6})$/, /^(?<have>\d{1,6})$/],
    needs: ({ text, before = '', says }) => {
      const have = /(\d+)$/.exec(text)?.[1] ?? ''
      return (
        // Which of two numbers was there first, is known only of the kernel command line and of what tee printed.
        (/^HugePages/.test(text)
          ? says(/\bhugepages=\d+\b/)
          : have !== '0' && /(?:cat|head) .{0,80}nr_hugepages/.test(before)) &&
        says(asksHugepages('\\d+')) &&
        !says(asksHugepages(have))
      )
    },
    what: 'The host reserved fewer huge pages than it was asked for: {have|see the number}.',
    why: 'Each needs a free stretch of memory in one piece (1 GiB for the large ones). After some time of running memory is scattered, or there is not enough of it at all; the kernel gives what it finds and reports no error.',
    hint: 'Reserve them at the boot: `hugepagesz=1G hugepages=N default_hugepagesz=1G` on the kernel command line of the host. For 2 MiB pages try first `echo 3 | sudo tee /proc/sys/vm/drop_caches`, `echo 1 | sudo tee /proc/sys/vm/compact_memory`, then set the number again.',
    check: 'memory',
    reference: 'https://docs.kernel.org/admin-guide/mm/hugetlbpage.html',
    confidence: 'likely',
  },
  {
    id: 'container-shm-small',
    severity: 'warning',
    line: [/^(?:shm|tmpfs) {1,20}(?:64(?:\.0)?Mi?B?|65536) .{0,60} \/dev\/shm$/],
    needs: ({ says }) =>
      says(/docker|podman|kubectl|cloud-?hypervisor|shared=on|SIGBUS|Bus error|qemu|No space left/i),
    what: '/dev/shm has 64 MB only, the default of a container: memory of a guest that lies in it (shared=on) does not fit.',
    why: 'Writing beyond it ends the program by SIGBUS ("Bus error") or with "No space left on device", although the host has memory.',
    hint: 'Start the container with `--shm-size=8g` (or `--ipc=host`), in Compose `shm_size:`; in Kubernetes mount an emptyDir with medium: Memory at /dev/shm and count it to the memory limit.',
    check: 'memory',
    reference: 'https://docs.docker.com/reference/cli/docker/container/run/',
    confidence: 'likely',
  },
  {
    id: 'cgroup-v1-path-on-v2',
    line: [
      /\/sys\/fs\/cgroup\/(?:cpu|cpu,cpuacct|cpuset|memory|pids|blkio|devices|hugetlb|freezer|net_cls)\/\S{0,160}.{0,20}(?:No such file or directory|not found)/i,
      /\b(?:cpu\.cfs_quota_us|memory\.limit_in_bytes|cpuset\.mems|devices\.(?:allow|deny))\b.{0,40}No such file or directory/,
      /cgroup mountpoint does not exist/,
    ],
    needs: ({ says, text }) =>
      !/mountpoint/.test(text) ? !says(/cgroup mountpoint does not exist/) : says(/cgroup2fs/),
    what: 'A program looks for the cgroup files of version 1, and this host has version 2 (or not that controller).',
    why: 'Distributions since about 2021 mount one tree (cgroup2) without a directory for each controller; the files have other names there: cpu.max for cpu.cfs_quota_us, memory.max for memory.limit_in_bytes.',
    hint: '`stat -fc %T /sys/fs/cgroup`: cgroup2fs is version 2. Update that program (container runtime, libvirt, jailer) or tell it the version (Firecracker jailer `--cgroup-version 2`); the last resort is `systemd.unified_cgroup_hierarchy=0` on the kernel command line, which systemd 258 no longer knows.',
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html',
    confidence: 'likely',
  },
  {
    id: 'unit-start-limit',
    line: [
      /Start request repeated too quickly/,
      /Failed with result 'start-limit-hit'/,
      /Failed to start .{1,120}/,
    ],
    // What the program printed says more.
    needs: ({ says, text }) =>
      says(/Start request repeated too quickly|start-limit-hit/) &&
      says(/Failed to start|Scheduled restart job|Failed with result|start-limit-hit/) &&
      (!/Failed to start/.test(text) || /^Failed to start [^:]{1,120}$/.test(text)) &&
      !says(
        /(?:^|[\s:[])(?:error|fatal|panicked|cannot|can't|could not|unable)\b|denied|no such file|not found|status=\d{3}/i,
      ),
    what: 'systemd does not start the unit any more: it ended too often in a short time (start-limit-hit). Why it ended stands at the first of these ends, not here.',
    why: 'With Restart= it was started five times within ten seconds (StartLimitBurst=, StartLimitIntervalSec=), and ended at once each time.',
    hint: 'Read what the program printed: `journalctl -u UNIT -b -n 100`, or run the ExecStart= line by hand as that user. When that is mended: `sudo systemctl reset-failed UNIT && sudo systemctl start UNIT`; RestartSec=5 keeps the limit from being hit.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html',
    confidence: 'likely',
  },
]

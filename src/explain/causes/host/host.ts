/** What the kernel, the shell and the build tools of the host say. */
import { type Cause, doc } from '../../cause.ts'

const vfio = doc('vfio.md')
const tun = 'https://docs.kernel.org/networking/tuntap.html'

export const host: readonly Cause[] = [
  {
    id: 'vmm-segfault',
    line: [
      /\bsegfault at .{1,160} in (?:cloud-hyperviso|ch-remote)|^cloud-hyperviso\w*\[\d+\]: segfault at /,
      /\b(?:vcpu\d+|vmm|_(?:disk|net|fs|vsock|console|rng)\d\w*|http-server)\[\d+\]: segfault at (?<address>\w+)/,
      /\b(?:cloud-hyperviso\w*|vcpu\d+)\[\d+\] general protection/,
    ],
    what: 'Cloud Hypervisor crashed (a segmentation fault, says the kernel of the host).',
    why: 'Rust programs do not do that by themselves: faulty memory of the host, a C library that does not fit, memory of the guest that went away, or a defect. vcpuN is a thread of the VMM, not of the guest; an instruction pointer (ip) of 0 is a jump to nowhere. Where it comes right at the start, core scheduling (--cpus core_scheduling=, on by default in newer releases) is a part that can be switched off.',
    hint: 'Try the static binary of the newest release, and `--cpus boot=N,core_scheduling=off` where it is known; if that crashes too, report it upstream with the line of the kernel.',
    check: 'cloud-hypervisor',
    reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
    confidence: 'possible',
  },
  {
    id: 'vmm-invalid-opcode',
    line: [/\b(?:cloud-hyperviso\w*|ch-remote|vcpu\d+)\[\d+\] trap invalid opcode/],
    what: 'Cloud Hypervisor was ended over an instruction that this processor does not have, or that marks a failed assumption.',
    why: 'It was built for a newer processor (RUSTFLAGS with target-cpu=native), or it aborted on purpose.',
    hint: 'Use a release binary: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    reference: doc('README.md#use-pre-built-binaries'),
    confidence: 'possible',
  },
  {
    id: 'host-split-lock',
    severity: 'warning',
    line: [
      /split lock detection: #(?:AC|DB): (?:vcpu\d+|cloud-hyperviso\w*|CPU \d+\/KVM|qemu[\w-]{1,14}|kvm)\/\d+ took a (?:split|bus)_lock trap/,
    ],
    what: 'The guest runs instructions that the kernel of the host slows down (split locks).',
    why: 'A program in the guest (often Windows or a game) locks memory across two cache lines; the host delays each of them, and the guest becomes slow.',
    hint: 'On the host: `sudo sysctl kernel.split_lock_mitigate=0`, or split_lock_detect=off on its kernel command line.',
    reference: 'https://docs.kernel.org/arch/x86/buslock.html',
    confidence: 'likely',
  },
  {
    id: 'host-tsc-unstable',
    severity: 'note',
    line: [/kvm: SMP vm created on host with unstable TSC/],
    what: 'The clocks of the CPUs of this host do not agree: the guest should not use the TSC as its clock.',
    why: 'The host is a virtual machine itself, or its firmware leaves the counters apart. Guests with kvm-clock are not touched by it.',
    hint: 'Nothing need be done.',
    reference: 'https://docs.kernel.org/virt/kvm/x86/timekeeping.html',
  },
  {
    id: 'vfio-dma-fault',
    severity: 'warning',
    line: [/DMAR: (?:\[DMA \w+|DRHD: handling fault status)/, /AMD-Vi: Event logged \[IO_PAGE_FAULT/],
    what: 'The IOMMU of the host refused an access of a passed-through device to memory.',
    why: 'The device used an address that is not mapped for it: its driver in the guest was reset or crashed, the device kept running after its VM ended, or the firmware reserves an area for it (RMRR).',
    hint: 'See which device the line names; reset it (`echo 1 | sudo tee /sys/bus/pci/devices/ADDRESS/reset`) and try a newer kernel.',
    reference: vfio,
    confidence: 'possible',
  },
  {
    id: 'vfio-host-holds',
    line: [
      /vfio-pci \S{7,14}: BAR \d+: can't reserve/,
      /vfio-pci \S{7,14}: (?!PCIe Bus Error|.{0,20}\bAER\b).{0,60}(?:failed|error|timed out|not ready)/i,
    ],
    what: 'The host could not hand a device to vfio-pci completely, or the device does not answer.',
    why: 'Something on the host still uses its memory (the console of the boot on a graphics card: efifb, simplefb), or the device cannot be reset.',
    hint: 'Keep the host from using it from the start: vfio-pci.ids= on its kernel command line, and for the first graphics card `video=efifb:off` (or initcall_blacklist=sysfb_init).',
    reference: vfio,
    confidence: 'possible',
  },
  {
    id: 'vfio-bind-refused',
    line: [
      /(?:echo|tee|printf): .{0,60}write error: (?:No such device|Device or resource busy|Invalid argument|File exists)/,
    ],
    needs: ({ says }) => says(/vfio|driver_override|\/sys\/bus\/pci/),
    what: 'The kernel refused to bind a device to vfio-pci or to take it from its driver.',
    why: 'No such device: the address or the numbers (vendor and device) are wrong, or the device has no IOMMU group. Busy: another driver still has it. File exists: it is registered already, which is harmless.',
    hint: 'See `lspci -nnk -s ADDRESS`; unbind it from its driver first, then write vfio-pci to driver_override and its address to drivers_probe.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'tun-not-usable',
    line: [
      /\/dev\/net\/tun['"]?: (?<words>[Pp]ermission denied|[Nn]o such (?:file or directory|device)|[Oo]peration not permitted)/,
      /modprobe: FATAL: Module (?:tun|macvtap|vhost_net) not found/,
    ],
    needs: ({ says }) => !says(/openvpn|qemu-system|wireguard|tailscaled/i),
    what: '/dev/net/tun, through which every TAP is made, cannot be used here ({words|its module is missing}).',
    why: 'Its module is not loaded or not there for the running kernel (after an update the host was not restarted), or the container or service may not have the device.',
    hint: '`sudo modprobe tun`; after an update of the kernel restart the host; a container needs `--device /dev/net/tun`.',
    check: 'tun',
    reference: tun,
    confidence: 'likely',
  },
  {
    id: 'build-rust-too-old',
    line: [
      /(?:package|crate) `\S{2,60}(?: v[\d.]+)?` .{0,60}(?:requires|cannot be built because it requires) rustc [\d.]+/,
      /rustc [\d.]+ is not supported by the following packages?/,
      /feature `[\w-]{2,40}` is required/,
      // The compiler meets syntax or a function that it does not have, or has only for trying.
      /^error\[E0658\]: /,
      /^error: (?:removing an expression is not supported in this position|edition 20\d\d is unstable|let chains are only allowed)/,
    ],
    needs: ({ says }) =>
      says(
        /cloud-hypervisor|\bvmm\b|ch-remote|(?:virtio-devices|hypervisor|vm-migration|arch|block|devices|net_util|pci)\/src\/\S{1,80}\.rs:\d/,
      ),
    what: 'Cloud Hypervisor cannot be built: the Rust compiler is too old for these sources.',
    why: 'Each release names the oldest compiler (rust-version in Cargo.toml); distributions ship older ones. A state between releases may use what that compiler calls experimental as well: a defect of the sources.',
    hint: 'Install a newer toolchain with rustup (`rustup update stable`), take a newer state of the sources, or use a release binary: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    reference: doc('building.md'),
    confidence: 'likely',
  },
  {
    id: 'tool-missing',
    line: [
      /(?:^|[ :])(?<tool>setcap|getcap|mkdosfs|mkfs\.vfat|mcopy|genisoimage|xorriso|cloud-localds|qemu-img|virtiofsd|swtpm|brctl|dnsmasq|rustup|cargo): (?:command )?not found$/,
      /^Command '(?<tool>setcap|mkdosfs|mcopy|genisoimage|cloud-localds|qemu-img|brctl|swtpm)' not found/,
    ],
    what: 'The tool {tool|that was called} is not installed, or not in the PATH of that user.',
    why: 'Tools such as setcap lie in /sbin, which is not in the PATH of ordinary users on some systems; others come with packages of their own (libcap2-bin, dosfstools, mtools, genisoimage, cloud-image-utils, qemu-utils, bridge-utils).',
    hint: 'Install its package, or call it with its path; `chv-doctor check` says which tools are missing for what it does itself.',
    reference: doc('README.md'),
    confidence: 'likely',
  },
]

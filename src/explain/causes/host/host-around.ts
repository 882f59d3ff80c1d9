/** What a host says beside its VMs that is easily taken for something else: old calls of virtiofsd, stalls, objects of another C library. */
import { type Cause, doc } from '../../cause.ts'

const virtiofs = 'https://gitlab.com/virtio-fs/virtiofsd/-/blob/main/README.md'

export const hostAround: readonly Cause[] = [
  {
    id: 'virtiofsd-call-of-old',
    patterns: [
      [/error: unexpected argument '(?<argument>-[^']+)' found/],
      [/error: Found argument '(?<argument>-[^']+)' which wasn't expected/],
    ],
    line: [/^error: (?:unexpected argument|Found argument) '(?<argument>-[^']{1,60})'/],
    needs: ({ says, text }) =>
      says(/\bvirtiofsd\b.{0,200} (?:-f\b|-o ?\w|--\w)/) &&
      !says(/cloud-hypervisor .{0,20}--/) &&
      !/--api-socket/.test(text),
    what: 'virtiofsd does not know the argument {argument|that it was given}.',
    why: 'The command is for the old virtiofsd in C, which came with QEMU up to 7 (-f, -o source=…, -o cache=…); the one in Rust has other options, and its releases differ.',
    hint: 'In Rust: `virtiofsd --socket-path=FILE --shared-dir=DIR --cache=never --sandbox=chroot` (source= is --shared-dir, -f is always so, xattr is --xattr); `virtiofsd --help` lists them.',
    reference: virtiofs,
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-not-in-path',
    line: [
      /(?:^|[ :])virtiofsd: (?:command )?not found$/,
      /(?:exec|executable|find|spawn|start|run)\S* .{0,40}virtiofsd\b.{0,40}(?:No such file or directory|not found)/i,
    ],
    needs: ({ text, says }) => !/sock/i.test(text) && !says(/\bkata\b/i),
    what: 'virtiofsd is not in the PATH, or not installed: it is a program for services and lies in another directory.',
    why: 'Debian 12, Ubuntu 24.04 and Fedora have it as /usr/libexec/virtiofsd (package virtiofsd), Arch as /usr/lib/virtiofsd; up to Ubuntu 22.04 there was only that of QEMU, in /usr/lib/qemu.',
    hint: '`sudo apt-get install virtiofsd` (Fedora: `sudo dnf install virtiofsd`), then call it with its path: `/usr/libexec/virtiofsd --socket-path=FILE --shared-dir=DIR`; `dpkg -L virtiofsd` or `rpm -ql virtiofsd` lists where it is.',
    reference: virtiofs,
    confidence: 'likely',
  },
  {
    id: 'host-stall-under-vm',
    line: [/\brcu(?:_\w{1,20})?:? .{0,40}(?:self-)?detected (?:expedited )?stalls?\b/],
    needs: ({ says }) =>
      says(/\bComm: (?:CPU \d+\/KVM|qemu[\w-]{1,12}|vcpu\d{1,3}|cloud-hyperviso\w{0,2}|kvm-\w{1,10})\b/),
    what: 'The kernel of the host reports a CPU that did not get on for many seconds (an RCU stall) while it ran a VM.',
    why: 'The thread that the line "Comm:" names is a vCPU or the VMM: it held that CPU inside the kernel (KVM). Known reasons are a defect of that kernel, nested virtualisation, memory of the guest that is swapped or compacted, and a host that is itself a VM of a busy one.',
    hint: 'Read the call trace below it; update the kernel of the host, give the guests together no more vCPUs than the host has CPUs, keep memory free (`free -h`), and look at steal time (st in `vmstat 1`) where the host is a VM.',
    check: 'host-kernel',
    reference: 'https://docs.kernel.org/RCU/stallwarn.html',
    confidence: 'likely',
  },
  {
    id: 'musl-link-of-glibc-objects',
    line: [
      /undefined reference to [`'"‘]__(?<symbol>\w{2,30}_chk|isoc23_\w{2,20}|memcpy_chk|longjmp_chk|fdelt_chk)\b/,
    ],
    needs: ({ text, says }) => says(/musl/) || /isoc23/.test(text),
    what: 'Objects in C of this build were compiled with the headers of another C library than it is linked with: __{symbol|…} is missing.',
    why: 'Functions ending in _chk (fortified) are of glibc, and musl has none: the C compiler of this machine compiled for a musl target. Those beginning with __isoc23_ came with glibc 2.38: a library that was built on a newer system is linked on an older one.',
    hint: 'For musl: install musl-tools and name the compiler: `CC_x86_64_unknown_linux_musl=musl-gcc cargo build --target x86_64-unknown-linux-musl`, after `cargo clean`. For __isoc23_: build that library on this system, or all of it on the newer one.',
    reference: doc('building.md'),
    confidence: 'likely',
  },
  {
    id: 'nix-build-kvm-closed',
    line: [
      /Could not access KVM kernel module: (?:Permission denied|Operation not permitted|No such file or directory)/,
      /\/dev\/kvm['"’]?: .{0,20}(?:Permission denied|No such file or directory)/,
    ],
    needs: ({ says }) =>
      says(/builder for '\/nix\/store|building '\/nix\/store|\/nix\/store\/\S{1,120}\.drv/),
    what: 'A build of Nix that starts a VM did not get /dev/kvm: builds run as users of their own (nixbld), in a sandbox.',
    why: '/dev/kvm is in the sandbox only where the daemon has the feature kvm; the users nixbld1 … may open it only if its mode or group permits that (NixOS opens it to all, other distributions to the group kvm).',
    hint: 'Add `system-features = nixos-test benchmark big-parallel kvm` to /etc/nix/nix.conf, let the users in: a rule of udev KERNEL=="kvm", MODE="0666" or `sudo usermod -aG kvm nixbld1` for each, then restart nix-daemon.',
    check: 'kvm',
    reference: 'https://nix.dev/manual/nix/latest/command-ref/conf-file',
    confidence: 'likely',
  },
  {
    id: 'iommu-none-found',
    line: [/^iommu: Default domain type: /],
    needs: ({ says }) =>
      says(/\/sys\/kernel\/iommu_groups/) &&
      says(/dmesg .{0,20}grep/) &&
      !says(/AMD-Vi|DMAR|arm-smmu|Adding to iommu group|IOMMU Group \d|\/iommu_groups\/\d|^\d+(?:\s+\d+)+$/),
    what: 'The kernel of the host found no IOMMU: these lines name only its defaults, no hardware (AMD-Vi, DMAR) and no group.',
    why: 'The IOMMU is off in the firmware (BIOS), or this machine is a VM without a virtual one. On AMD the kernel uses it as soon as the BIOS offers it; amd_iommu=on means nothing.',
    hint: 'Switch on "IOMMU" (AMD: below AMD CBS, NBIO or Advanced; often "Auto" means off) or "VT-d" (Intel) and SVM or VT-x in the BIOS set-up; then `sudo dmesg | grep -iE "AMD-Vi|DMAR|iommu group"` and `ls /sys/kernel/iommu_groups`.',
    check: 'vfio',
    reference: doc('vfio.md'),
    confidence: 'likely',
  },
]

/** What follows from what on a host: why KVM is missing, what holds a device, and what stops a build. */
import { kvmClosed } from './causes/host/kvm-closed.ts'
import { kvmWhere } from './causes/host/kvm-where.ts'
import { isCause, type Rule } from './follow-up-rule.ts'

/** Ids of causes that say on what machine KVM is missing or closed. */
const whereKvmIs: ReadonlySet<string> = new Set([...kvmWhere, ...kvmClosed].map(({ id }) => id))

export const hostRules: readonly Rule[] = [
  // The tables of the host tell why.
  {
    first: isCause(
      'iommu-group-shared',
      'iommu-not-requested',
      'iommu-off-in-firmware',
      'vfio-driver-of-host-first',
    ),
    later: isCause(
      'vfio-failed',
      'vfio-group-not-viable',
      'vfio-no-group-for-device',
      'vfio-bind-refused',
      'pci-bind-failed',
    ),
    anyOrder: true,
  },
  {
    first: isCause('vfio-no-group-for-device'),
    later: isCause('pci-bind-failed', 'vfio-bind-refused'),
    anyOrder: true,
  },
  {
    first: isCause('nix-build-kvm-closed'),
    later: isCause('nix-builder-failed', 'qemu-kvm-denied', 'qemu-kvm-missing', 'qemu-accelerator-invalid'),
    anyOrder: true,
  },
  {
    first: isCause('musl-link-of-glibc-objects'),
    later: isCause('build-link-failed', 'build-failed'),
    anyOrder: true,
  },
  { first: isCause('kvm-owner-unmapped'), later: isCause('kvm-denied'), anyOrder: true },
  {
    first: isCause('edk2-submodule-missing', 'cross-tool-missing'),
    later: isCause('build-edk2-failed'),
    anyOrder: true,
  },
  { first: isCause('rust-lint-denied', 'lint-failed'), later: isCause('build-failed'), anyOrder: true },
  {
    first: isCause('container-other-architecture', 'cargo-not-in-path', 'cross-tool-missing'),
    later: isCause('container-build-step-failed', 'container-command-missing'),
    anyOrder: true,
  },
  { first: isCause('binary-is-error-page'), later: isCause('binary-wrong-architecture'), anyOrder: true },
  { first: isCause('container-shm-small'), later: isCause('hugepages-exhausted'), anyOrder: true },
  // The surroundings tell why KVM is not there.
  {
    first: (found) => whereKvmIs.has(found.diagnosis.cause),
    later: isCause(
      'kvm-missing',
      'kvm-not-offered',
      'kvm-flag-absent',
      'kvm-denied',
      'container-no-kvm',
      'container-device-not-on-host',
      'kvm-off-in-firmware',
      'libvirt-kvm-unusable',
      'qemu-kvm-missing',
      'android-emulator-needs-kvm',
    ),
    anyOrder: true,
  },
  {
    first: isCause('kvm-nested-off'),
    later: isCause('kvm-missing', 'kvm-not-offered', 'kvm-in-vm-without-nesting'),
    anyOrder: true,
  },
  {
    first: isCause('other-vmm-out-of-memory', 'out-of-memory-killed', 'out-of-memory-in-cgroup'),
    later: isCause('unit-oom-killed'),
    anyOrder: true,
  },
]

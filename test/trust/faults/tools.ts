/** Faults of the programs that the doctor and the guest need. */
import type { Fault } from './fault.ts'

const goss = ['goss'] as const
const garbage = 'head -c 5000 /dev/urandom'

export const toolFaults: readonly Fault[] = [
  {
    id: 'qemu-utils-purged',
    check: 'qemu-utils',
    plant: 'apt-get purge -qq --yes qemu-utils',
    mends: true,
    peers: goss,
  },
  {
    id: 'qemu-utils-removed',
    check: 'qemu-utils',
    plant: 'apt-get remove -qq --yes qemu-utils',
    mends: true,
    peers: goss,
  },
  {
    id: 'qemu-utils-file-gone',
    check: 'qemu-utils',
    plant: 'rm /usr/bin/qemu-img',
    mends: true,
    peers: goss,
  },
  {
    id: 'qemu-utils-not-executable',
    check: 'qemu-utils',
    plant: 'chmod -x /usr/bin/qemu-img',
    mends: true,
    peers: goss,
  },
  {
    id: 'qemu-utils-garbage',
    check: 'qemu-utils',
    plant: `${garbage} > /usr/bin/qemu-img`,
    mends: true,
    peers: goss,
  },
  {
    id: 'qemu-utils-cut-short',
    check: 'qemu-utils',
    plant: 'truncate -s 40000 /usr/bin/qemu-img',
    mends: true,
    peers: goss,
  },
  {
    id: 'qemu-utils-library-gone',
    check: 'qemu-utils',
    plant: 'rm "$(ldd /usr/bin/qemu-img | awk \'/liburing/ { print $3 }\')"',
    mends: false,
    peers: goss,
  },
  {
    id: 'qemu-utils-broken-in-front',
    check: 'qemu-utils',
    plant: "printf '#!/bin/sh\\nexit 7\\n' | program /usr/local/bin/qemu-img",
    mends: false,
    peers: goss,
  },
  {
    id: 'qemu-utils-other-architecture',
    check: 'qemu-utils',
    // e_machine of AArch64.
    plant: "printf '\\xb7\\x00' | dd of=/usr/bin/qemu-img bs=1 seek=18 conv=notrunc status=none",
    mends: true,
    peers: goss,
  },
  {
    id: 'dosfstools-purged',
    check: 'dosfstools',
    plant: 'apt-get purge -qq --yes dosfstools',
    mends: true,
    peers: goss,
  },
  {
    id: 'dosfstools-files-gone',
    check: 'dosfstools',
    plant: 'rm /sbin/mkdosfs /sbin/mkfs.fat /sbin/mkfs.vfat',
    mends: true,
    peers: goss,
  },
  {
    id: 'dosfstools-garbage',
    check: 'dosfstools',
    plant: `${garbage} > /sbin/mkfs.fat`,
    mends: true,
    peers: goss,
  },
  { id: 'mtools-purged', check: 'mtools', plant: 'apt-get purge -qq --yes mtools', mends: true, peers: goss },
  {
    id: 'mtools-file-gone',
    check: 'mtools',
    plant: 'rm /usr/bin/mcopy /usr/bin/mtools',
    mends: true,
    peers: goss,
  },
  {
    id: 'mtools-crashes',
    check: 'mtools',
    plant: "printf '#!/bin/sh\\nkill -SEGV $$\\n' | program /usr/bin/mtools",
    mends: true,
    peers: goss,
  },
  { id: 'iproute2-file-gone', check: 'iproute2', plant: 'rm /bin/ip /sbin/ip', mends: true, peers: goss },
  {
    id: 'iproute2-broken',
    check: 'iproute2',
    plant: "printf '#!/bin/sh\\necho broken >&2; exit 1\\n' | program /bin/ip",
    mends: true,
    peers: goss,
  },
  {
    id: 'libcap-purged',
    check: 'libcap',
    ready: 'set_key net_admin_capability always',
    plant: 'rm /sbin/setcap',
    mends: true,
    peers: goss,
  },
  {
    id: 'libelf-dev-gone',
    check: 'libelf-dev',
    ready:
      'set_key boot kernel; set_key kernel_build true; set_key ignore "{ kernel-image: not built here, kernel-build-tools: not here, boot-probe: no kernel, disk-space: small }"',
    plant: 'apt-get purge -qq --yes libelf-dev',
    mends: true,
    peers: goss,
  },
  {
    id: 'kernel-build-tools-gone',
    check: 'kernel-build-tools',
    ready:
      'set_key boot kernel; set_key kernel_build true; set_key ignore "{ kernel-image: not built here, boot-probe: no kernel, disk-space: small }"',
    plant: 'apt-get purge -qq --yes flex bison bc',
    mends: true,
    peers: goss,
  },
]

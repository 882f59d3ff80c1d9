/** What Debian's packages are called elsewhere. */
import type { PackageManager } from './os-release.ts'

/** Where a name differs from Debian's. */
const names: Readonly<Record<string, Readonly<Partial<Record<PackageManager, readonly string[]>>>>> = {
  'qemu-utils': { dnf: ['qemu-img'], zypper: ['qemu-tools'], pacman: ['qemu-img'], apk: ['qemu-img'] },
  iproute2: { dnf: ['iproute'] },
  'libcap2-bin': { dnf: ['libcap'], zypper: ['libcap-progs'], pacman: ['libcap'], apk: ['libcap-utils'] },
  procps: { dnf: ['procps-ng'], pacman: ['procps-ng'] },
  perl: { dnf: ['perl-interpreter'] },
  gpg: { dnf: ['gnupg2'], zypper: ['gpg2'], pacman: ['gnupg'], apk: ['gnupg'] },
  gpgv: { dnf: ['gnupg2'], zypper: ['gpg2'], pacman: ['gnupg'], apk: ['gpgv'] },
  'libelf-dev': {
    dnf: ['elfutils-libelf-devel'],
    zypper: ['libelf-devel'],
    pacman: ['libelf'],
    apk: ['elfutils-dev'],
  },
  'libssl-dev': {
    dnf: ['openssl-devel'],
    zypper: ['libopenssl-devel'],
    pacman: ['openssl'],
    apk: ['openssl-dev'],
  },
  'libc6-dev': {
    dnf: ['glibc-devel'],
    zypper: ['glibc-devel'],
    pacman: ['glibc'],
    apk: ['musl-dev', 'linux-headers'],
  },
}

/** The names of Debian packages under another package manager. */
export const namesFor = (manager: PackageManager, packages: readonly string[]): readonly string[] => [
  ...new Set(packages.flatMap((name) => names[name]?.[manager] ?? [name])),
]

/** How each package manager installs, and what Debian's packages are called elsewhere. */
import type { RunStep } from '../../src/contract/step.ts'
import type { PackageManager } from '../../src/host/os-release.ts'
import type { Argv } from '../../src/util/argv.ts'

/** Where a name differs from Debian's. */
const names: Readonly<Record<string, Readonly<Partial<Record<PackageManager, readonly string[]>>>>> = {
  'qemu-utils': { dnf: ['qemu-img'], zypper: ['qemu-tools'], pacman: ['qemu-img'], apk: ['qemu-img'] },
  iproute2: { dnf: ['iproute'] },
  'libcap2-bin': { dnf: ['libcap'], zypper: ['libcap-progs'], pacman: ['libcap'], apk: ['libcap-utils'] },
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
export const namesFor = (manager: PackageManager, packages: readonly string[]): readonly string[] =>
  packages.flatMap((name) => names[name]?.[manager] ?? [name])

/** apt without questions: waits for another apt and keeps changed configuration files. */
const apt = (...words: string[]): Argv => [
  'env',
  'DEBIAN_FRONTEND=noninteractive',
  'apt-get',
  '--yes',
  '-o',
  'DPkg::Lock::Timeout=300',
  ...words,
]

const install: Record<PackageManager, (packages: readonly string[], again: boolean) => Argv> = {
  apt: (packages, again) =>
    apt(
      'install',
      // Without it apt does nothing for a package that it takes for installed, however broken its files are.
      ...(again ? ['--reinstall'] : []),
      '--no-install-recommends',
      '-o',
      'Dpkg::Options::=--force-confold',
      ...packages,
    ),
  dnf: (packages) => ['dnf', 'install', '--assumeyes', '--setopt=install_weak_deps=False', ...packages],
  zypper: (packages) => ['zypper', '--non-interactive', 'install', '--no-recommends', ...packages],
  pacman: (packages) => ['pacman', '--sync', '--noconfirm', '--needed', ...packages],
  apk: (packages) => ['apk', 'add', ...packages],
}

export interface PackageSurvey {
  readonly manager: PackageManager | null
  /** dpkg was cut off in the middle of its work. */
  readonly interrupted: boolean
  /** The lists of packages do not know all of them. */
  readonly stale: boolean
  /** One of them is there already, with files that are missing or broken. */
  readonly damaged: boolean
  /** Bytes to download; null when the lists do not tell. */
  readonly bytes: number | null
}

const step = (argv: Argv, why: string, bytes: number | null = null): RunStep => ({
  kind: 'run',
  argv,
  root: true,
  why,
  critical: true,
  ...(bytes === null ? {} : { bytes }),
})

/**
 * Steps that install Debian-named packages. They have no undo: other software may rely on the
 * packages by then, and an unused tool does no harm.
 */
export const installSteps = (
  packages: readonly string[],
  survey: PackageSurvey & { manager: PackageManager },
): RunStep[] => {
  const wanted = namesFor(survey.manager, packages)
  return [
    ...(survey.interrupted
      ? [
          step(
            ['env', 'DEBIAN_FRONTEND=noninteractive', 'dpkg', '--force-confold', '--configure', '-a'],
            'finish the installation that was cut off',
          ),
        ]
      : []),
    ...(survey.stale ? [step(apt('update'), 'fetch the current lists of packages')] : []),
    step(
      install[survey.manager](wanted, survey.damaged),
      `install ${wanted.join(', ')}${survey.damaged ? ' again' : ''}`,
      survey.bytes,
    ),
  ]
}

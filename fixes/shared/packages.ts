/** How each package manager installs. */
import type { RunStep } from '../../src/contract/step.ts'
import type { PackageManager } from '../../src/host/os-release.ts'
import { namesFor } from '../../src/host/package-names.ts'
import type { Argv } from '../../src/util/argv.ts'

/** How long to wait for another package manager, where it can be said; dnf waits for ever. */
const lockSeconds = '300'

/** apt without questions: waits for another apt and keeps changed configuration files. */
const apt = (...words: string[]): Argv => [
  'env',
  'DEBIAN_FRONTEND=noninteractive',
  'apt-get',
  '--yes',
  '-o',
  `DPkg::Lock::Timeout=${lockSeconds}`,
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
  zypper: (packages) => [
    'env',
    `ZYPP_LOCK_TIMEOUT=${lockSeconds}`,
    ...['zypper', '--non-interactive', 'install', '--no-recommends', ...packages],
  ],
  // It has no way to wait for another one.
  pacman: (packages) => ['pacman', '--sync', '--noconfirm', '--needed', ...packages],
  apk: (packages) => ['apk', 'add', '--wait', lockSeconds, ...packages],
}

/** How the lists of packages are fetched, where an installation does not do it by itself. */
const refresh: Readonly<Partial<Record<PackageManager, Argv>>> = {
  apt: apt('update'),
  pacman: ['pacman', '--sync', '--refresh', '--noconfirm'],
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
  const lists = refresh[survey.manager]
  return [
    ...(survey.interrupted
      ? [
          step(
            ['env', 'DEBIAN_FRONTEND=noninteractive', 'dpkg', '--force-confold', '--configure', '-a'],
            'finish the installation that was cut off',
          ),
        ]
      : []),
    ...(survey.stale && lists ? [step(lists, 'fetch the current lists of packages')] : []),
    step(
      install[survey.manager](wanted, survey.damaged),
      `install ${wanted.join(', ')}${survey.damaged ? ' again' : ''}`,
      survey.bytes,
    ),
  ]
}

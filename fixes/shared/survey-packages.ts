/** What a package installation will have to do here. Reads only. */
import type { Host } from '../../src/host/host.ts'
import { findManager } from '../../src/host/os-release.ts'
import { namesFor } from '../../src/host/package-names.ts'
import { packageState } from '../../src/host/packages.ts'
import type { PackageSurvey } from './packages.ts'

/** The sum of the sizes that `apt-get --print-uris` prints: 'URL' FILE SIZE HASH, one a line. */
export const downloadSize = (uris: string): number =>
  uris.split('\n').reduce((sum, line) => sum + Number(/^'[^']*' \S+ (\d+) /.exec(line)?.[1] ?? 0), 0)

/** Whether a package manager runs: by its processes, because its lock cannot be seen on every file system. */
const isAtWork = async (host: Host): Promise<boolean> => {
  const pids = (await host.list('/proc'))?.filter((name) => /^\d+$/.test(name)) ?? []
  const names = await Promise.all(pids.map((pid) => host.readText(`/proc/${pid}/comm`).catch(() => null)))
  return names.some((name) => ['dpkg', 'apt', 'apt-get'].includes(name?.trim() ?? ''))
}

/** What is asked for is missing or does not run: a package that dpkg has all the same is damaged. */
const isDamaged = async (host: Host, packages: readonly string[]): Promise<boolean> => {
  const states = await Promise.all(packages.map((name) => packageState(host, name)))
  return states.some((state) => state !== null && state !== 'absent' && state !== 'config-files')
}

/**
 * pacman installs from the lists that it fetched before. A partial update is not supported: they are fetched only
 * where there are none at all.
 */
const surveyPacman = async (host: Host, packages: readonly string[]): Promise<PackageSurvey> => {
  const [lists, sizes] = await Promise.all([
    host.list('/var/lib/pacman/sync'),
    host.run(['pacman', '--sync', '--print', '--print-format', '%s', ...namesFor('pacman', packages)]),
  ])
  return {
    manager: 'pacman',
    interrupted: false,
    stale: !(lists ?? []).some((name) => name.endsWith('.db')),
    damaged: false,
    bytes: sizes.code === 0 ? sizes.stdout.split('\n').reduce((sum, size) => sum + Number(size), 0) : null,
  }
}

export const surveyPackages = async (host: Host, packages: readonly string[]): Promise<PackageSurvey> => {
  const manager = await findManager(host)
  if (manager === 'pacman') return surveyPacman(host, packages)
  if (manager !== 'apt') return { manager, interrupted: false, stale: false, damaged: false, bytes: null }
  // dpkg keeps a numbered file here for each step that it has not finished; its tmp.i means nothing.
  // apt refuses to work by the same rule (debSystem::CheckUpdates).
  const damaged = await isDamaged(host, packages)
  const again = damaged ? ['--reinstall'] : []
  const [pending, uris] = await Promise.all([
    host.list('/var/lib/dpkg/updates'),
    host.run(['apt-get', 'install', ...again, '--print-uris', '-qq', '--no-install-recommends', ...packages]),
  ])
  const known = uris.code === 0
  const unfinished = pending?.some((name) => /^\d+$/.test(name)) ?? false
  return {
    manager,
    // A dpkg at work has unfinished steps, too; apt waits for its lock, `dpkg --configure` does not.
    interrupted: unfinished && !(await isAtWork(host)),
    stale: !known,
    damaged,
    bytes: known ? downloadSize(uris.stdout) : null,
  }
}

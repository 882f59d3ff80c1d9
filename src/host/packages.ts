/** What the package database says; it explains a missing command, it never proves a present one. */
import type { Host } from './host.ts'

/**
 * - `installed`: `install ok installed`, the only state in which the files are there;
 * - `config-files`: removed, its configuration left behind, easily taken for installed;
 * - `absent`: not known to dpkg;
 * - anything else is dpkg's own word (`half-installed`, `unpacked`, …);
 * - null: this host has no dpkg.
 */
export type PackageState = string | null

/** The state of one package in the text of /var/lib/dpkg/status. */
export const parseDpkgState = (status: string, name: string): string => {
  const at = status.startsWith(`Package: ${name}\n`) ? 0 : status.indexOf(`\nPackage: ${name}\n`) + 1
  if (at === 0 && !status.startsWith(`Package: ${name}\n`)) return 'absent'
  const stanza = status.slice(at, status.indexOf('\n\n', at) >>> 0)
  const words = /^Status: (.*)$/m.exec(stanza)?.[1]?.trim().split(' ') ?? []
  if (words.join(' ') === 'install ok installed' || words.join(' ') === 'hold ok installed')
    return 'installed'
  return words[2] === 'not-installed'
    ? 'absent'
    : words[2] === 'installed'
      ? words.join(' ')
      : (words[2] ?? 'absent')
}

export const packageState = async (host: Host, name: string): Promise<PackageState> => {
  const status = await host.readText('/var/lib/dpkg/status')
  return status === null ? null : parseDpkgState(status, name)
}

/** Whether apt could install a package here, as far as its lists say. */
export const aptOffers = async (host: Host, name: string): Promise<boolean> => {
  if ((await host.which('apt-cache')) === null) return false
  const { stdout } = await host.run(['apt-cache', 'policy', name])
  return /^ *Candidate: (?!\(none\))\S/m.test(stdout)
}

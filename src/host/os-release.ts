/** Which distribution this is, and with what it installs packages. */
import type { Host } from './host.ts'

/** Parses os-release(5): KEY=value lines, values optionally quoted. */
export const parseOsRelease = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const match = /^([A-Z0-9_]+)=(.*)$/.exec(line.trim())
      if (!match?.[1]) return []
      const raw = match[2] ?? ''
      const quoted = /^(["'])(.*)\1$/.exec(raw)
      return [[match[1], (quoted?.[2] ?? raw).replace(/\\(["'$`\\])/g, '$1')]]
    }),
  )

/** Package managers that the doctor can drive, in the order in which they are looked for. */
const managers = ['apt', 'dnf', 'zypper', 'pacman', 'apk'] as const
export type PackageManager = (typeof managers)[number]

const programs: Record<PackageManager, string> = {
  apt: 'apt-get',
  dnf: 'dnf',
  zypper: 'zypper',
  pacman: 'pacman',
  apk: 'apk',
}

/** The package manager of the host, or null. */
export const findManager = async (host: Host): Promise<PackageManager | null> => {
  const found = await Promise.all(
    managers.map(async (name) => ((await host.which(programs[name])) ? name : null)),
  )
  return found.find((name) => name !== null) ?? null
}

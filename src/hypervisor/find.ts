/** Where the Cloud Hypervisor binary is. */
import type { Config } from '../config/keys.ts'
import type { FileInfo } from '../host/files.ts'
import type { Host } from '../host/host.ts'

export interface Binary {
  readonly path: string
  /** The file behind all symbolic links: capabilities belong to it. */
  readonly real: string
  readonly executable: boolean
  readonly type: FileInfo['type']
}

/**
 * Usual places of a build or an installation by hand. The first two are in every PATH, where only
 * executable files count: a downloaded one that lacks the mode is seen here.
 */
const usualPlaces = (home: string, arch: string): readonly string[] => [
  '/usr/local/bin/cloud-hypervisor',
  '/usr/bin/cloud-hypervisor',
  '/opt/cloud-hypervisor/bin/cloud-hypervisor',
  `${home}/.local/bin/cloud-hypervisor`,
  `${home}/.cargo/bin/cloud-hypervisor`,
  `${home}/cloud-hypervisor/target/release/cloud-hypervisor`,
  `${home}/cloud-hypervisor/target/${arch}-unknown-linux-musl/release/cloud-hypervisor`,
]

/** Where the doctor installs it. */
export const ownBinary = (config: Config): string => `${config.data_dir}/bin/cloud-hypervisor`

/** Where ch-remote of a binary is expected: releases have both, and it speaks to the API of its own. */
export const remoteBeside = (binary: string): string =>
  `${binary.slice(0, binary.lastIndexOf('/'))}/ch-remote`

/** Whether ch-remote of the release that the fix installs can be had. */
export const canFetchRemote = ({ hypervisor_url, ch_remote_url }: Config): boolean =>
  hypervisor_url === null || ch_remote_url !== null

const describe = async (host: Host, path: string): Promise<Binary | null> => {
  const info = await host.stat(path)
  if (info === null) return null
  const [real, executable] = await Promise.all([host.realPath(path), host.canAccess(path, 'execute')])
  return real ? { path, real, executable: executable && info.type === 'file', type: info.type } : null
}

/**
 * The configured path; or the configured name: the one that the doctor installed (it did so because
 * the one in PATH would not do), in PATH, and in the usual places. A file that is there but cannot be
 * executed is returned as such, not passed over in silence.
 */
export const findHypervisor = async (host: Host, config: Config): Promise<Binary | null> => {
  const name = config.hypervisor
  const places = name.startsWith('/')
    ? [name]
    : [
        ownBinary(config),
        await host.which(name),
        await host.which(`${name}-static`),
        ...usualPlaces(host.user.home, host.arch),
      ]
  let broken: Binary | null = null
  // In order: a place that cannot be read matters only when none before it has a binary.
  for (const place of places) {
    const binary = place === null ? null : await describe(host, place)
    if (binary?.executable) return binary
    broken ??= binary
  }
  return broken
}

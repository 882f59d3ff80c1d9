/** Where the Cloud Hypervisor binary is. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'

export interface Binary {
  readonly path: string
  /** The file behind all symbolic links: capabilities belong to it. */
  readonly real: string
  readonly executable: boolean
  readonly type: string
}

/** Usual places of a build or an installation by hand, below the home folder or absolute. */
const usualPlaces = (home: string, arch: string): readonly string[] => [
  '/opt/cloud-hypervisor/bin/cloud-hypervisor',
  `${home}/.local/bin/cloud-hypervisor`,
  `${home}/.cargo/bin/cloud-hypervisor`,
  `${home}/cloud-hypervisor/target/release/cloud-hypervisor`,
  `${home}/cloud-hypervisor/target/${arch}-unknown-linux-musl/release/cloud-hypervisor`,
]

/** Where the doctor installs it. */
export const ownBinary = (config: Config): string => `${config.data_dir}/bin/cloud-hypervisor`

/**
 * The configured path; or the configured name in PATH, where the doctor puts it, and in the usual
 * places. A file that is there but cannot be executed is returned as such, not passed over in silence.
 */
export const findHypervisor = async (host: Host, config: Config): Promise<Binary | null> => {
  const fixed = config.hypervisor.startsWith('/')
  const places = fixed
    ? [config.hypervisor]
    : [
        await host.which(config.hypervisor),
        await host.which(`${config.hypervisor}-static`),
        ownBinary(config),
        ...usualPlaces(host.user.home, host.arch),
      ].filter((place) => place !== null)
  const described = await Promise.all(
    places.map(async (path) => {
      const [info, real, executable] = await Promise.all([
        host.stat(path),
        host.realPath(path),
        host.canAccess(path, 'execute'),
      ])
      return info && real
        ? { path, real, executable: executable && info.type === 'file', type: info.type }
        : null
    }),
  )
  const found = described.filter((binary) => binary !== null)
  return found.find((binary) => binary.executable) ?? found[0] ?? null
}

/** The files that set the network of the guest up at boot: the desired ones, and the state of this host. */

import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { mtuAtBoot, readOutlet } from '../network/mtu.ts'
import type { Argv } from '../util/argv.ts'
import { Undetermined } from '../util/errors.ts'
import { enabledLink } from './enabled-unit.ts'
import { type InitInfo, type NetworkManager, readBoot } from './manager.ts'
import { programAt, type Routing, readRouting } from './routing.ts'
import type { PersistentFile, TapAtBoot } from './tap-file.ts'
import { nameProblem, tapCommands, tapFiles } from './tap-files.ts'
import { renderUnit } from './unit.ts'

export interface Persistence {
  readonly manager: NetworkManager
  readonly files: readonly PersistentFile[]
  /** The unit that systemd starts at boot; null where no command has to run. */
  readonly unit: string | null
}

/** Services that flush firewall rules when they start, or add their own. */
const firewalls = ['nftables', 'iptables', 'netfilter-persistent', 'ufw', 'firewalld', 'docker']

const sysctlFile = (sysctls: Routing['sysctls']): PersistentFile[] =>
  Object.keys(sysctls).length === 0
    ? []
    : [
        {
          // Distributions use 10 to 50.
          path: '/etc/sysctl.d/60-chv-doctor.conf',
          mode: 0o644,
          makes: 'forwarding',
          why: 'the kernel forwards from boot on',
          content: [
            '# Written by chv-doctor for `persist_network: true`; `chv-doctor undo` removes it.',
            ...Object.entries(sysctls).map(([key, value]) => `${key} = ${value}`),
            '',
          ].join('\n'),
        },
      ]

/**
 * @param ip the absolute path of ip, for hosts where a unit creates the TAP
 * @returns the files, or why there can be none: the end of a sentence
 */
export const desiredFiles = (
  config: Config,
  { manager, systemd }: InitInfo,
  tapAtBoot: TapAtBoot,
  routing: Routing,
  ip: string,
): Persistence | { readonly problem: string } => {
  if (manager === null)
    return { problem: 'neither systemd-networkd, NetworkManager nor ifupdown runs the network here' }
  const odd = nameProblem(manager, config)
  if (odd) return { problem: odd }
  const [make, ...rest] = manager === 'unit' ? tapCommands(config, tapAtBoot) : []
  const absolute = ([, ...args]: Argv): Argv => [ip, ...args]
  // An existing TAP is no failure; without one the following commands fail.
  const tap: readonly Argv[] = make ? [[`-${ip}`, ...make.slice(1)], ...rest.map(absolute)] : []
  const start = [...tap, ...routing.start]
  if (start.length > 0 && !systemd)
    return { problem: 'the rules of the firewall need systemd to be made again at boot' }
  const unit = start.length > 0 ? `chv-doctor-${config.tap}.service` : null
  const files = [...tapFiles(manager, config, tapAtBoot), ...sysctlFile(routing.sysctls)]
  if (!unit) return { manager, files, unit }
  const makes =
    routing.start.length === 0 ? config.tap : tap.length === 0 ? 'the rules' : `${config.tap}, the rules`
  const services = firewalls.map((name) => `${name}.service`)
  return {
    manager,
    unit,
    files: [
      ...files,
      {
        path: `/etc/systemd/system/${unit}`,
        mode: 0o644,
        makes,
        why: `systemd makes ${makes} at boot`,
        content: renderUnit({
          description: `Network of the Cloud Hypervisor guest on ${config.tap}`,
          after: ['network-pre.target', ...services],
          // Restarting these flushes every rule.
          partOf: routing.start.length > 0 ? ['nftables.service', 'firewalld.service'] : [],
          start,
          stop: routing.stop,
        }),
      },
    ],
  }
}

export interface PersistenceState {
  readonly manager: NetworkManager
  readonly files: readonly (PersistentFile & { readonly isThere: boolean })[]
  readonly unit: string | null
  /** Whether systemd starts the unit; true without one. */
  readonly enabled: boolean
}

/** Whether a file has the desired content; one that only root may read is compared by size and mode. */
const isThere = async (host: Host, { path, content, mode }: PersistentFile): Promise<boolean> => {
  try {
    return (await host.readText(path)) === content
  } catch (error) {
    if (!(error instanceof Undetermined)) throw error
    const info = await host.stat(path)
    return info?.size === Buffer.byteLength(content) && info.mode === mode
  }
}

/** @returns the desired files with their state, or why there can be none: the end of a sentence */
export const readPersistence = async (
  host: Host,
  config: Config,
): Promise<PersistenceState | { readonly problem: string }> => {
  if ((await host.stat('/etc/NIXOS')) !== null)
    return {
      problem:
        'NixOS makes /etc from configuration.nix, which takes these instead: networking.interfaces, networking.nat, systemd.network',
    }
  const [boot, routing, ip, outlet] = await Promise.all([
    readBoot(host),
    readRouting(host, config),
    programAt(host, 'ip'),
    readOutlet(host, config),
  ])
  const owner = { name: host.user.name, uid: host.user.uid }
  const tap = { owner, mtu: mtuAtBoot(config, outlet) }
  const desired = desiredFiles(config, boot, tap, routing, ip)
  if ('problem' in desired) return desired
  const unitFile = `/etc/systemd/system/${desired.unit}`
  const readState = async (file: PersistentFile) =>
    // Without root the desired content is unknown, so that only existence counts.
    file.path === unitFile && !routing.complete ? (await host.stat(file.path)) !== null : isThere(host, file)
  const files = await Promise.all(
    desired.files.map(async (file) => ({ ...file, isThere: await readState(file) })),
  )
  const enabled = desired.unit === null || (await host.linkTarget(enabledLink(desired.unit))) !== null
  return { ...desired, files, enabled }
}

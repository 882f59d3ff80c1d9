/** All that makes the network of the guest again at boot: what it would take, and what is there. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import type { Argv } from '../util/argv.ts'
import { Undetermined } from '../util/errors.ts'
import { type InitInfo, type NetworkManager, readBoot } from './manager.ts'
import { programAt, type Routing, readRouting } from './routing.ts'
import { type LastingFile, type Owner, tapCommands, tapFiles, whyNot } from './tap-files.ts'
import { renderUnit } from './unit.ts'

export interface Persistence {
  readonly manager: NetworkManager
  readonly files: readonly LastingFile[]
  /** The unit that systemd has to start at boot; null where no command has to run. */
  readonly unit: string | null
}

/** Programs of the host that take rules away when they start, or decide about them. */
const firewalls = ['nftables', 'iptables', 'netfilter-persistent', 'ufw', 'firewalld', 'docker']

const sysctlFile = (sysctls: Routing['sysctls']): LastingFile[] =>
  Object.keys(sysctls).length === 0
    ? []
    : [
        {
          // Behind the 10 to 50 that distributions use.
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
 * @param ip the absolute path of ip, for hosts where a unit makes the TAP
 * @returns the files that would make it all again, or why there can be none: the end of a sentence
 */
export const desiredFiles = (
  config: Config,
  { manager, systemd }: InitInfo,
  owner: Owner,
  routing: Routing,
  ip: string,
): Persistence | { readonly problem: string } => {
  if (manager === null)
    return { problem: 'neither systemd-networkd, NetworkManager nor ifupdown runs the network here' }
  const odd = whyNot(manager, config)
  if (odd) return { problem: odd }
  const [make, ...rest] = manager === 'unit' ? tapCommands(config, owner) : []
  const absolute = ([, ...args]: Argv): Argv => [ip, ...args]
  // A TAP that is there already is no reason to stop; what comes after needs it, and says so.
  const tap: readonly Argv[] = make ? [[`-${ip}`, ...make.slice(1)], ...rest.map(absolute)] : []
  const start = [...tap, ...routing.start]
  if (start.length > 0 && !systemd)
    return { problem: 'the rules of the firewall need systemd to be made again at boot' }
  const unit = start.length > 0 ? `chv-doctor-${config.tap}.service` : null
  const files = [...tapFiles(manager, config, owner), ...sysctlFile(routing.sysctls)]
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
          // Starting these anew flushes every rule, ours too.
          partOf: routing.start.length > 0 ? ['nftables.service', 'firewalld.service'] : [],
          start,
          stop: routing.stop,
        }),
      },
    ],
  }
}

export interface LastingState {
  readonly manager: NetworkManager
  readonly files: readonly (LastingFile & { readonly isThere: boolean })[]
  readonly unit: string | null
  /** Whether systemd starts the unit; true without one. */
  readonly enabled: boolean
}

/** Whether a file says that; one that only root may read is told by its size and mode. */
const isThere = async (host: Host, { path, content, mode }: LastingFile): Promise<boolean> => {
  try {
    return (await host.readText(path)) === content
  } catch (error) {
    if (!(error instanceof Undetermined)) throw error
    const info = await host.stat(path)
    return info?.size === Buffer.byteLength(content) && info.mode === mode
  }
}

/** The link that `systemctl enable` makes. */
export const enabledLink = (unit: string): string => `/etc/systemd/system/multi-user.target.wants/${unit}`

/** @returns what is wanted at boot with what is there, or why there can be nothing */
export const readPersistence = async (
  host: Host,
  config: Config,
): Promise<LastingState | { readonly problem: string }> => {
  const [boot, routing, ip] = await Promise.all([
    readBoot(host),
    readRouting(host, config),
    programAt(host, 'ip'),
  ])
  const owner = { name: host.user.name, uid: host.user.uid }
  const wanted = desiredFiles(config, boot, owner, routing, ip)
  if ('problem' in wanted) return wanted
  const unitFile = `/etc/systemd/system/${wanted.unit}`
  const look = async (file: LastingFile) =>
    // What it should say is not known without root; that it is there is.
    file.path === unitFile && !routing.complete ? (await host.stat(file.path)) !== null : isThere(host, file)
  const files = await Promise.all(wanted.files.map(async (file) => ({ ...file, isThere: await look(file) })))
  const enabled = wanted.unit === null || (await host.linkTarget(enabledLink(wanted.unit))) !== null
  return { ...wanted, files, enabled }
}

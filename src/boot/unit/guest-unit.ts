/** The systemd unit that runs a guest: its command, with limits and protections that Cloud Hypervisor works under. */
import type { Config } from '../../config/keys.ts'
import type { Host } from '../../host/host.ts'
import { findInterface } from '../../host/interfaces.ts'
import { guestName, unitRuntimeDirectory, unitSocket } from '../../hypervisor/api-socket.ts'
import { bootCommand, findBoot } from '../../hypervisor/boot-command.ts'
import { isOwner, readTapUser } from '../../hypervisor/tap-access.ts'
import { quoteForUnit, quoteProgram } from '../../persist/unit.ts'
import { needsSeed } from '../../seed/need.ts'
import type { Argv } from '../../util/argv.ts'
import { hasHidden } from '../../util/printable.ts'
import { valuesOf, withArguments } from '../arguments.ts'
import { limitLines } from './limits.ts'
import { pathLines, pathsOf } from './paths.ts'
import { powerButton } from './power-button.ts'
import { sandboxLines } from './sandbox.ts'

export interface GuestUnit {
  readonly name: string
  /** Where an administrator's units are (systemd.unit(5)). */
  readonly path: string
  readonly content: string
  /** What to know about it: whole sentences. */
  readonly notes: readonly string[]
}

/** Why there can be no unit: the end of a sentence. */
export interface NoUnit {
  readonly problem: string
}

/** Whether the TAP is another user's, so that a file capability of the binary attaches to it. */
const needsCapability = async (host: Host, config: Config): Promise<boolean> => {
  if (config.network === 'none') return false
  if (config.net_admin_capability === 'always') return true
  const tap = await findInterface(host, config.tap)
  if (tap === null) return false
  const user = await readTapUser(host, config, tap)
  return !(isOwner(tap, user) && user.inGroup)
}

/** A name that needs no quotes, or the number. */
const userWord = ({ name, uid }: Host['user']): string =>
  /^[a-z_][a-z0-9_-]{0,30}$/.test(name) ? name : String(uid)

const commandLine = (key: string, [program, ...args]: Argv): string =>
  `${key}=${[quoteProgram(program), ...args.map(quoteForUnit)].join(' ')}`

/** Everything that may make the network of the guest at boot. */
const after = ({ network, tap }: Config): readonly string[] =>
  network === 'none'
    ? []
    : [
        `After=network.target systemd-networkd.service NetworkManager.service networking.service${/^[\w.-]+$/.test(tap) ? ` chv-doctor-${tap}.service` : ''}`,
      ]

/** Why what the unit starts could be exchanged by another account: the end of a sentence. */
const faultIn = async (host: Host, programs: readonly string[]): Promise<string | null> => {
  for (const program of programs) {
    const fault = await host.pathFault(program)
    if (fault !== null) return `${program} is not trusted: ${fault}`
  }
  return null
}

/**
 * @param extra flags of Cloud Hypervisor, as behind `--`
 * @returns the unit, or why there can be none
 * @throws UsageError when `extra` does not start with a flag
 */
export const guestUnit = async (
  host: Host,
  config: Config,
  extra: readonly string[] = [],
): Promise<GuestUnit | NoUnit> => {
  const found = await findBoot(host, config)
  if (!found) return { problem: 'Cloud Hypervisor was not found, or cannot be executed' }
  const plain = withArguments(bootCommand({ ...found, seed: await needsSeed(host, config) }, config), extra)
  if (valuesOf(plain, '--api-socket').length > 0)
    return { problem: 'the unit has an API socket of its own; leave --api-socket out' }
  const socket = unitSocket(config)
  const command = withArguments(plain, ['--api-socket', `path=${socket}`])
  const odd = command.find((word) => hasHidden(word))
  if (odd !== undefined) return { problem: `${JSON.stringify(odd)} has control characters` }
  const button = await powerButton(host, found.binary, socket)
  const programs = [found.binary, ...(button ? [button.program] : [])]
  const fault = await faultIn(host, programs)
  if (fault !== null) return { problem: fault }
  const privileged = await needsCapability(host, config)
  const used = [...pathsOf(command), ...programs.map((path) => ({ path, writable: false }))]
  const name = `chv-doctor-${guestName(config)}.service`
  const content = [
    '# Written by chv-doctor; `chv-doctor boot --unit` prints it, `chv-doctor undo` removes it.',
    '',
    '[Unit]',
    `Description=Cloud Hypervisor guest ${config.guest} of ${userWord(host.user)}`,
    'Documentation=https://www.cloudhypervisor.org/docs/',
    ...after(config),
    // Its network may come late; a guest that cannot start is not tried for ever.
    'StartLimitIntervalSec=10min',
    'StartLimitBurst=10',
    '',
    '[Service]',
    'Type=exec',
    `User=${userWord(host.user)}`,
    `RuntimeDirectory=${unitRuntimeDirectory(config)}`,
    'RuntimeDirectoryMode=0700',
    commandLine('ExecStart', command),
    ...(button ? [commandLine('ExecStop', button.argv)] : []),
    'Restart=on-failure',
    'RestartSec=5s',
    'TimeoutStopSec=90s',
    'KillMode=mixed',
    '',
    ...limitLines(command, config),
    '',
    ...sandboxLines(config, privileged),
    ...(await pathLines(host, used)),
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
  const notes = [
    ...(button
      ? []
      : [
          'Neither ch-remote nor curl is installed: stopping the unit cuts the power of the guest. `chv-doctor fix cloud-hypervisor` installs ch-remote.',
        ]),
    ...(privileged
      ? [
          `${config.tap} does not belong to ${userWord(host.user)}: the guest keeps cap_net_admin, and lacks the protections that would take it away.`,
        ]
      : []),
  ]
  return { name, path: `/etc/systemd/system/${name}`, content, notes }
}

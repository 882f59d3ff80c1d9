/** The command line that starts the guest, right for the version of Cloud Hypervisor that is here. */
import type { Config } from './config/keys.ts'
import type { Argv } from './contract.ts'
import type { Host } from './host/host.ts'
import { findHypervisor } from './hypervisor/find.ts'
import { parseVersion, supports } from './hypervisor/version.ts'
import { exactSize } from './units.ts'

export interface Boot {
  readonly binary: string
  /** Semver; null when it could not be told, which is treated as a current one. */
  readonly version: string | null
}

const disks = (config: Config, typed: boolean): readonly string[] => {
  const raw = typed ? ',image_type=raw' : ''
  // One flag with several values is understood by every release; repeating the flag is not.
  return ['--disk', `path=${config.disk}${raw}`, `path=${config.seed}${raw},readonly=on`]
}

const payload = (config: Config): readonly string[] =>
  config.boot === 'firmware'
    ? ['--firmware', config.firmware]
    : [
        '--kernel',
        config.kernel,
        ...(config.initramfs === null ? [] : ['--initramfs', config.initramfs]),
        '--cmdline',
        config.cmdline,
      ]

/** Firmware and boot loader speak on the serial port only; a kernel speaks where its command line says. */
const consoles = (config: Config): readonly string[] =>
  config.boot === 'firmware' || /\bconsole=tty(S|AMA)0\b/.test(config.cmdline)
    ? ['--serial', 'tty', '--console', 'off']
    : ['--console', 'tty', '--serial', 'off']

/** Without ip= and mask=: they are the host's side, and ignored on a TAP that exists. */
const net = (config: Config): readonly string[] =>
  config.network === 'none'
    ? []
    : [
        '--net',
        `tap=${config.tap},mac=${config.guest_mac}${config.queues > 2 ? `,num_queues=${config.queues}` : ''}`,
      ]

/** @returns the command as data; paths are absolute */
export const bootCommand = ({ binary, version }: Boot, config: Config): Argv => [
  binary,
  ...payload(config),
  ...disks(config, version === null || supports.imageType(version)),
  '--cpus',
  `boot=${config.cpus}`,
  '--memory',
  `size=${exactSize(config.memory)}${config.hugepages ? ',hugepages=on' : ''}`,
  ...net(config),
  ...consoles(config),
]

/** The command for this host, or null without a binary. */
export const bootCommandOn = async (host: Host, config: Config): Promise<Argv | null> => {
  const binary = await findHypervisor(host, config)
  if (!binary?.executable) return null
  const { stdout } = await host.run([binary.path, '--version'])
  return bootCommand({ binary: binary.path, version: parseVersion(stdout) }, config)
}

/** Builds the command line that starts the guest with the installed version of Cloud Hypervisor. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { pciDirectory } from '../host/pci.ts'
import type { Argv } from '../util/argv.ts'
import { exactSize } from '../util/units.ts'
import { findHypervisor } from './find.ts'
import { parseVersion, supports } from './version.ts'

export interface Vmm {
  readonly binary: string
  /** Semver; null when unknown, which is treated as the newest. */
  readonly version: string | null
  /** Whether the seed is attached; true when not given. */
  readonly seed?: boolean
}

/** @param readOnly whether nothing, not even a modification time, may change on the disk */
const disks = (config: Config, typed: boolean, seed: boolean, readOnly: boolean): readonly string[] => {
  const raw = typed ? ',image_type=raw' : ''
  // Every release accepts one flag with several values; not every one a repeated flag.
  return [
    '--disk',
    `path=${config.disk}${raw}${readOnly ? ',readonly=on' : ''}`,
    ...(seed ? [`path=${config.seed}${raw},readonly=on`] : []),
  ]
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

/** Firmware and boot loader use the serial port only; a kernel uses the console of its command line. */
const consoles = (config: Config): readonly string[] =>
  config.boot === 'firmware' || /\bconsole=tty(S|AMA)0\b/.test(config.cmdline)
    ? ['--serial', 'tty', '--console', 'off']
    : ['--console', 'tty', '--serial', 'off']

/** Without ip= and mask=, which set the address of the TAP and are ignored where it exists. */
const net = (config: Config): readonly string[] =>
  config.network === 'none'
    ? []
    : [
        '--net',
        `tap=${config.tap},mac=${config.guest_mac}${config.num_queues > 2 ? `,num_queues=${config.num_queues}` : ''}`,
      ]

/** Without hugepage_size= Cloud Hypervisor asks the file system at /dev/hugepages, which need not be there. */
const hugepages = ({ hugepages, hugepage_size }: Config): string =>
  hugepages ? `,hugepages=on,hugepage_size=${hugepage_size}` : ''

/** The machine without payload and consoles: the parts that depend on resources of this host. */
const machine = ({ version, seed = true }: Vmm, config: Config, readOnly = false): readonly string[] => [
  ...disks(config, version === null || supports.imageType(version), seed, readOnly),
  '--cpus',
  `boot=${config.cpus}`,
  '--memory',
  `size=${exactSize(config.memory)}${hugepages(config)}`,
  ...net(config),
]

/** Not in the trial: to take a device resets it, and lasts seconds. */
const passedThrough = ({ devices }: Config): readonly string[] =>
  devices.length === 0 ? [] : ['--device', ...devices.map((address) => `path=${pciDirectory(address)}`)]

/** @returns the command as data; paths are absolute */
export const bootCommand = (boot: Vmm, config: Config): Argv => [
  boot.binary,
  ...payload(config),
  ...machine(boot, config),
  ...passedThrough(config),
  ...consoles(config),
]

/**
 * The same machine with a kernel of ours, which writes to a file. The disk is attached read-only: Cloud
 * Hypervisor probes a writable one with fallocate, which changes its modification time.
 */
export const probeCommand = (boot: Vmm, config: Config, kernel: string, serial: string): Argv => [
  boot.binary,
  '--kernel',
  kernel,
  ...machine(boot, config, true),
  '--serial',
  `file=${serial}`,
  '--console',
  'off',
]

/** @returns the binary of this host and its version, or null when none can be executed */
export const findBoot = async (host: Host, config: Config): Promise<Vmm | null> => {
  const binary = await findHypervisor(host, config)
  if (!binary?.executable) return null
  const { stdout } = await host.run([binary.path, '--version'])
  return { binary: binary.path, version: parseVersion(stdout) }
}

/** @returns the command for this host, or null without a binary */
export const bootCommandOn = async (host: Host, config: Config): Promise<Argv | null> => {
  const boot = await findBoot(host, config)
  return boot && bootCommand(boot, config)
}

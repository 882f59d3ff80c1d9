/** What a command line says about the host: values for the explanations, and the configuration that it amounts to. */
import { resolve } from 'node:path'
import type { Config } from '../config/keys.ts'
import { prefixOfNetmask } from '../util/address.ts'
import { parseSize } from '../util/units.ts'
import { type CommandLine, devices, flagValue, plain } from './reading/command-line.ts'

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

/** @returns values that `{name|…}` in an explanation may stand for; those that would be ambiguous are left out */
export const valuesOf = (command: CommandLine): Readonly<Record<string, string>> => {
  const kernel = flagValue(command, 'kernel')
  const firmware = flagValue(command, 'firmware')
  const memory = devices(command, 'memory')[0]?.size
  const values = {
    disk: only(devices(command, 'disk'))?.path,
    tap: only(devices(command, 'net'))?.tap,
    kernel,
    firmware,
    payload: firmware ? `firmware (${firmware})` : kernel ? `kernel (${kernel})` : undefined,
    memory: memory && `(${memory})`,
  }
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, plain(value)]] : [])),
  )
}

type Changes = { -readonly [Key in keyof Config]?: Config[Key] }

/**
 * Checks look at what is configured; an error is about what was started. This turns the one into the
 * other, so that the TAP, disk or firmware of the command is read and not the configured one. The program is
 * not taken over: checks start it, and nothing that a text names is ever started.
 * @param home for a ~ that the shell replaced
 * @param directory where relative paths start
 */
export const configOf = (command: CommandLine, config: Config, home: string, directory: string): Config => {
  const path = (value: string) => resolve(directory, plain(value).replace(/^~(?=\/)/, home))
  const changes: Changes = {}
  const firmware = flagValue(command, 'firmware')
  const kernel = flagValue(command, 'kernel')
  // Firmware may be given to --kernel, too; without a command line for it, it is no kernel.
  const loaded = firmware ?? (flagValue(command, 'cmdline') === null ? kernel : null)
  if (loaded) Object.assign(changes, { boot: 'firmware', firmware: path(loaded) })
  else if (kernel) Object.assign(changes, { boot: 'kernel', kernel: path(kernel) })
  const [disk, seed] = devices(command, 'disk').flatMap(({ path: file }) => (file ? [file] : []))
  if (disk) changes.disk = path(disk)
  if (seed) changes.seed = path(seed)
  const net = devices(command, 'net')[0]
  if (net?.tap) Object.assign(changes, { network: 'tap', tap: net.tap })
  if (net?.mac) changes.guest_mac = net.mac.toLowerCase()
  if (net?.num_queues) changes.num_queues = Number(net.num_queues)
  const prefix = net?.mask ? prefixOfNetmask(net.mask) : null
  if (net?.ip && prefix !== null) changes.gateway_address = `${net.ip}/${prefix}`
  const memory = devices(command, 'memory')[0]
  const size = memory?.size ? parseSize(memory.size) : null
  if (size) changes.memory = size
  if (memory?.hugepages === 'on') changes.hugepages = true
  return { ...config, ...changes }
}

/** A path that means the same file whatever directory it is read in. */
const isFixed = (path: string | null | undefined): boolean => /^(?:\/|~\/)/.test(path ?? '')

/**
 * @returns the keys of the configuration whose object the text itself names. A relative path belongs to a
 *   directory, and perhaps a machine, that the text does not tell.
 */
export const namedIn = (
  command: CommandLine | null,
  values: Readonly<Record<string, string>>,
): ReadonlySet<keyof Config> => {
  const named = new Set<keyof Config>()
  if (isFixed(values.disk)) named.add('disk')
  if (values.tap) named.add('tap')
  if (!command) return named
  const [disk, seed] = devices(command, 'disk').flatMap(({ path: file }) => (file ? [file] : []))
  if (isFixed(disk)) named.add('disk')
  if (isFixed(seed)) named.add('seed')
  if (isFixed(flagValue(command, 'firmware'))) named.add('firmware')
  if (isFixed(flagValue(command, 'kernel'))) named.add('kernel').add('firmware')
  if (devices(command, 'net').some(({ tap }) => tap)) named.add('tap')
  if (devices(command, 'memory').some(({ size }) => size)) named.add('memory')
  return named
}

/** The same for what the error itself names: releases from 52 on name the disk. */
export const withValues = (
  config: Config,
  values: Readonly<Record<string, string>>,
  home: string,
  directory: string,
): Config => ({
  ...config,
  ...(values.disk ? { disk: resolve(directory, values.disk.replace(/^~(?=\/)/, home)) } : {}),
  ...(values.tap ? { tap: values.tap, network: 'tap' as const } : {}),
})

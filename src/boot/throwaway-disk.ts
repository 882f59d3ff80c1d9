/**
 * Gives a verified boot a disk of its own, so that a guest that is cut off in the middle of its first boot
 * leaves the user's disk as it was.
 */
import { dirname } from 'node:path'
import type { Config } from '../config/keys.ts'
import { type CopyResult, copySparse, createOverlay, type Tool } from '../host/disk-copy.ts'
import type { Host } from '../host/host.ts'
import { makePrivateDirectoryIn } from '../host/private-directory.ts'
import { supports } from '../hypervisor/version.ts'
import type { Argv } from '../util/argv.ts'
import { DoctorError, exit, Interrupted } from '../util/errors.ts'
import { humanBytes } from '../util/units.ts'
import { valuesOf } from './arguments.ts'

export interface ThrowawayDisk {
  readonly kind: 'overlay' | 'copy'
  /** The boot command with this disk in the place of the user's. */
  readonly command: Argv
  /** Removes it. */
  remove(): Promise<void>
}

/** What the first boot of a usual cloud image writes at the most: growing its root, installing packages. */
const writeRoom = 2 ** 30

const isDisk = (value: string, disk: string): boolean =>
  value === `path=${disk}` || value.startsWith(`path=${disk},`)

/** @returns the paths of the other disks that the guest can write to */
export const otherDisks = (command: Argv, disk: string): readonly string[] =>
  valuesOf(command, '--disk')
    .filter((value) => !isDisk(value, disk) && !/(^|,)readonly=(on|true)(,|$)/.test(value))
    .flatMap((value) => /(?:^|,)path=([^,]+)/.exec(value)?.[1] ?? [])

/**
 * Puts a throw-away disk into a boot command.
 * @param disk the path of the user's disk
 * @param path of the throw-away disk
 */
export const withThrowaway = (
  command: Argv,
  disk: string,
  path: string,
  kind: ThrowawayDisk['kind'],
): Argv => {
  const replace = (word: string): string =>
    !isDisk(word, disk)
      ? word
      : kind === 'overlay'
        ? `path=${path},image_type=qcow2,backing_files=on`
        : `path=${path}${word.slice(`path=${disk}`.length)}`
  const [binary, ...words] = command
  return [binary, ...words.map(replace)]
}

const cannot = (disk: string, reason: string): DoctorError =>
  new DoctorError(
    exit.failed,
    `--verify boots a throw-away overlay or copy of ${disk}, ${reason}; --on-disk boots the disk itself.`,
  )

const requireRoom = (disk: string, place: string, free: number, needed: number) => {
  if (free < needed)
    throw cannot(
      disk,
      `which needs ${humanBytes(needed)} in ${place}, where ${humanBytes(free)} are free: make room`,
    )
}

/**
 * An overlay needs a release that reads one correctly, and qemu-img. Under Landlock Cloud Hypervisor may
 * open only the disks of its command, not what they refer to, so a copy is made.
 */
const overlayTool = async (host: Host, command: Argv, version: string | null): Promise<string | null> =>
  version === null || !supports.overlay(version) || command.includes('--landlock')
    ? null
    : host.which('qemu-img')

/**
 * Creates an overlay or a copy of the disk in a private directory beside it, or in /var/tmp where none can be
 * made there. It vanishes with this process, however that ends.
 * @param version of Cloud Hypervisor, semver; null when unknown
 * @param signal ends the copying
 * @returns null where there is no disk: Cloud Hypervisor reports that
 * @throws DoctorError (exit 1) when there is no room for it or it cannot be made
 * @throws Interrupted after a signal
 */
export const makeThrowawayDisk = async (
  host: Host,
  config: Config,
  command: Argv,
  version: string | null,
  signal: AbortSignal,
): Promise<ThrowawayDisk | null> => {
  const { disk } = config
  const info = await host.stat(disk)
  if (info === null) return null
  const isDevice = info.type === 'block-device'
  const [qemuImg, cp] = await Promise.all([overlayTool(host, command, version), host.which('cp')])
  if (qemuImg === null && isDevice)
    throw cannot(disk, 'which cannot be made of a block device without an overlay')
  const directory = await makePrivateDirectoryIn(
    [...(isDevice ? [] : [dirname(await realPathOf(host, disk))]), '/var/tmp'],
    host.user.uid,
  )
  const place = dirname(directory.path)
  const path = `${directory.path}/${qemuImg === null ? 'copy.raw' : 'overlay.qcow2'}`
  const tool: Tool = { disk, path, signal }
  try {
    const free = await host.freeBytes(place)
    let result: CopyResult
    if (qemuImg !== null) {
      requireRoom(disk, place, free, writeRoom)
      result = await createOverlay(qemuImg, tool)
    } else if (cp === null) throw cannot(disk, 'which takes cp')
    else result = await copySparse(cp, tool, (bytes) => requireRoom(disk, place, free, bytes + writeRoom))
    if (signal.aborted) throw new Interrupted()
    if (result.error !== null) throw cannot(disk, `which cannot be made (${result.error})`)
  } catch (error) {
    await directory.remove()
    throw error
  }
  const kind = qemuImg === null ? 'copy' : 'overlay'
  return { kind, command: withThrowaway(command, disk, path, kind), remove: directory.remove }
}

const realPathOf = async (host: Host, path: string): Promise<string> => (await host.realPath(path)) ?? path

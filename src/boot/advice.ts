/**
 * Notes on a boot command for the installed release of Cloud Hypervisor. The sources are the release notes
 * of the versions that a rule names.
 */
import type { Config } from '../config/keys.ts'
import { displayVersion, isVulnerable, supports } from '../hypervisor/version.ts'
import type { Argv } from '../util/argv.ts'
import { isOlder } from '../util/release.ts'
import { valuesOf } from './arguments.ts'

interface Subject {
  /** Semver. */
  readonly version: string
  readonly command: Argv
  readonly config: Config
}

/** @returns a sentence, or null where the rule does not apply */
type Rule = (subject: Subject) => string | null

const hasOption = (value: string, key: string): boolean => new RegExp(`(^|,)${key}=`).test(value)
const diskPath = (value: string): string => /(?:^|,)path=([^,]*)/.exec(value)?.[1] ?? value

const rules: readonly Rule[] = [
  ({ version }) =>
    isVulnerable(version)
      ? `${displayVersion(version)} has a known vulnerability, CVE-2026-45782: a guest can make its virtio disk use freed memory of the host. Trust the guest, or use 51.2 or newer.`
      : null,
  // GHSA-jmr4-g2hv-mjj6, fixed in 50.1 by image_type=.
  ({ version }) =>
    supports.imageType(version)
      ? null
      : `${displayVersion(version)} detects the type of a disk by its content: a guest that writes a qcow2 header to its raw disk can read files of this host at the next start (GHSA-jmr4-g2hv-mjj6). Use 50.1 or newer for guests that you do not trust.`,
  ({ version, command }) => {
    if (!supports.imageType(version)) return null
    const untyped = valuesOf(command, '--disk').find(
      (disk) => hasOption(disk, 'path') && !hasOption(disk, 'image_type'),
    )
    if (untyped === undefined) return null
    const deprecated = !isOlder(version, '52.0.0') ? ', and detection is deprecated' : ''
    return `The disk ${diskPath(untyped)} has no image_type=: a raw disk whose type is detected refuses writes to its first sector, where the partition table is${deprecated}. Add image_type=raw.`
  },
  ({ version, command }) => {
    if (supports.imageType(version)) return null
    const typed = valuesOf(command, '--disk').find((disk) => hasOption(disk, 'image_type'))
    return typed === undefined
      ? null
      : `${displayVersion(version)} refuses image_type= in ${diskPath(typed)}; 50.1 and newer accept it.`
  },
  ({ command, config }) => {
    const addressed = valuesOf(command, '--net').find(
      (net) => hasOption(net, 'ip') && new RegExp(`(^|,)tap=${config.tap}(,|$)`).test(net),
    )
    return addressed === undefined
      ? null
      : `ip= and mask= in --net set the address of the TAP on the host; they are ignored because ${config.tap} exists.`
  },
  ({ version, command }) => {
    const mtu = valuesOf(command, '--net').some((net) => hasOption(net, 'mtu') || hasOption(net, 'host_mac'))
    return mtu
      ? 'mtu= and host_mac= in --net change the TAP, which needs cap_net_admin on the binary, or root.'
      : !isOlder(version, '47.0.0') &&
          isOlder(version, '49.0.0') &&
          valuesOf(command, '--net').some(
            (net) => !hasOption(net, 'tap') && !hasOption(net, 'fd') && !hasOption(net, 'ip'),
          )
        ? 'A TAP of --net without ip= gets 192.168.249.1/24 in this release; from 49.0 on it gets no address.'
        : null
  },
  ({ version, command }) =>
    !isOlder(version, '53.0.0') &&
    valuesOf(command, '--platform').some(
      (value) => hasOption(value, 'serial_number') || hasOption(value, 'uuid'),
    )
      ? 'serial_number= and uuid= in --platform are deprecated from 53.0 on: write system_serial_number= and system_uuid=.'
      : null,
  ({ command }) =>
    command.includes('--firmware') && (command.includes('--cmdline') || command.includes('--initramfs'))
      ? '--cmdline and --initramfs are ignored with --firmware: the boot loader on the disk decides.'
      : null,
]

/**
 * @param version semver; null when unknown
 * @returns sentences, the most serious first; none for an unknown version
 */
export const adviceOn = (version: string | null, command: Argv, config: Config): readonly string[] =>
  version === null ? [] : rules.flatMap((rule) => rule({ version, command, config }) ?? [])

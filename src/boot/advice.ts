/**
 * What is worth knowing about a command and the release that is to carry it out, before it bites.
 * Sources are the release notes of the versions named (facts that hold for a range of releases).
 */
import satisfies from 'semver/functions/satisfies.js'
import type { Config } from '../config/keys.ts'
import { displayVersion, isVulnerable, supports } from '../hypervisor/version.ts'
import type { Argv } from '../util/argv.ts'
import { valuesOf } from './arguments.ts'

interface Subject {
  /** Semver. */
  readonly version: string
  readonly command: Argv
  readonly config: Config
}

/** Says a sentence, or null where it does not apply. */
type Rule = (subject: Subject) => string | null

const has = (value: string, key: string): boolean => new RegExp(`(^|,)${key}=`).test(value)
const pathIn = (value: string): string => /(?:^|,)path=([^,]*)/.exec(value)?.[1] ?? value

const rules: readonly Rule[] = [
  ({ version }) =>
    isVulnerable(version)
      ? `${displayVersion(version)} has a known vulnerability, CVE-2026-45782: a guest can make its virtio disk use freed memory of the host. Trust the guest, or use 51.2 or newer.`
      : null,
  // GHSA-jmr4-g2hv-mjj6, fixed in 50.1 by image_type=.
  ({ version }) =>
    supports.imageType(version)
      ? null
      : `${displayVersion(version)} guesses the type of a disk: a guest that writes a qcow2 header onto its raw disk can read files of this host at the next start (GHSA-jmr4-g2hv-mjj6). Use 50.1 or newer for guests that you do not trust.`,
  ({ version, command }) => {
    if (!supports.imageType(version)) return null
    const guessed = valuesOf(command, '--disk').find((disk) => has(disk, 'path') && !has(disk, 'image_type'))
    if (guessed === undefined) return null
    const deprecated = satisfies(version, '>=52.0.0') ? ', and guessing is deprecated' : ''
    return `The disk ${pathIn(guessed)} has no image_type=: a raw disk whose type is guessed refuses writes to its first sector, where the partition table is${deprecated}. Add image_type=raw.`
  },
  ({ version, command }) => {
    if (supports.imageType(version)) return null
    const typed = valuesOf(command, '--disk').find((disk) => has(disk, 'image_type'))
    return typed === undefined
      ? null
      : `${displayVersion(version)} does not know image_type= and will refuse ${pathIn(typed)}; 50.1 and newer do.`
  },
  ({ command, config }) => {
    const addressed = valuesOf(command, '--net').find(
      (net) => has(net, 'ip') && new RegExp(`(^|,)tap=${config.tap}(,|$)`).test(net),
    )
    return addressed === undefined
      ? null
      : `ip= and mask= in --net are the address of the host's side, and are ignored for a TAP that exists, as ${config.tap} does.`
  },
  ({ version, command }) => {
    const mtu = valuesOf(command, '--net').some((net) => has(net, 'mtu') || has(net, 'host_mac'))
    return mtu
      ? 'mtu= and host_mac= in --net change the TAP: that needs cap_net_admin on the binary, or root.'
      : satisfies(version, '>=47.0.0 <49.0.0') &&
          valuesOf(command, '--net').some((net) => !has(net, 'tap') && !has(net, 'fd') && !has(net, 'ip'))
        ? 'A --net without ip= gets 192.168.249.1/24 on the host in this release; from 49.0 on it gets no address.'
        : null
  },
  ({ version, command }) =>
    satisfies(version, '>=53.0.0') &&
    valuesOf(command, '--platform').some((value) => has(value, 'serial_number') || has(value, 'uuid'))
      ? 'serial_number= and uuid= in --platform are deprecated from 53.0 on: write system_serial_number= and system_uuid=.'
      : null,
  ({ command }) =>
    command.includes('--firmware') && (command.includes('--cmdline') || command.includes('--initramfs'))
      ? '--cmdline and --initramfs are ignored with --firmware: the boot loader on the disk decides.'
      : null,
]

/** @returns sentences, the most serious first; none for a version that cannot be told */
export const adviceOn = (version: string | null, command: Argv, config: Config): readonly string[] =>
  version === null ? [] : rules.flatMap((rule) => rule({ version, command, config }) ?? [])

/** Which doubts about a command are worth reading beside what else the text tells. */

import { type Line, numbersOf } from '../diagnosis.ts'
import type { CommandLine } from '../reading/command-line.ts'

const aboutNetwork = /^(?:net-|seed-not-read-again$)/

/**
 * Doubts that hold for most commands which people use with success. They explain something only where the
 * text tells of their subject; beside another symptom they would send a person the wrong way.
 */
const subjects: readonly (readonly [RegExp, RegExp])[] = [
  [
    aboutNetwork,
    /\b(?:network|networking|ping|ssh|dhcp|internet|dns|nameserver|unreachable|resolv\w*|no route|ip addr|ip route|eth\d|en[ps]\d\w*|wget|curl|apt(?:-get)?)\b/i,
  ],
  [
    /^disk-type-not-said$/,
    /\b(?:sector [0-7]|growpart|resize2fs|GPT|partition(?:s| table)?|EXT4-fs|I\/O error|guessed|autodetect\w*)\b/i,
  ],
  [/^hugepages-too-few$/, /SIGBUS|\b[Bb]us error|[Hh]uge ?[Pp]age|nr_hugepages|\b135\b|\bkilled\b/],
  [/^no-seed$/, /\b(?:login|log in|password|cloud-init|datasource)\b/i],
  [/^path-fleeting$/, /\b(?:after (?:a )?reboot|No such file)\b/i],
]

/** What only a guest writes that is seen: then nothing is wrong with where it writes to. */
const guestOutput =
  /\bLinux version \d|^\[ {0,5}\d\.\d{6}\]|^Booting (?:via|with) |^Found PCI device vendor=|\blogin: ?$|^(?:GRUB|BdsDxe|EFI stub)\b|^\[ {0,2}OK {0,2}\] |^UEFI Interactive Shell/

const isOfGuest = ({ text }: Line): boolean => guestOutput.test(text)

/** A command line that the kernel has all the same: of an image that brings its own, or built in. */
const hasRoot = /\broot=|login: ?$|systemd\[1\]|Run \/(?:init|sbin)/

const aboutView = /^(?:console-|kernel-no-cmdline$)/

/** @returns the lines that belong to no command */
export const besideCommands = (lines: readonly Line[], commands: readonly CommandLine[]): readonly Line[] => {
  const used = numbersOf(commands)
  return lines.filter(({ number, text }) => !used.has(number) && /\w{3}/.test(text))
}

/**
 * @param beside what stands beside the commands
 * @param isExplained whether an error was recognised
 * @returns whether a doubt is worth reading there
 */
export const isRelevant = (id: string, beside: readonly Line[], isExplained: boolean): boolean => {
  if (aboutView.test(id)) return !beside.some(isOfGuest)
  if (id === 'kernel-no-root') return beside.some(isOfGuest) && !beside.some(({ text }) => hasRoot.test(text))
  const subject = subjects.find(([ids]) => ids.test(id))?.[1]
  if (subject === undefined || beside.length === 0) return true
  // A network that did not come up lacks more than what failed first.
  if (isExplained && !/^hugepages/.test(id)) return aboutNetwork.test(id)
  return beside.some(({ text }) => subject.test(text))
}

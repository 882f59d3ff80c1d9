/** Reads the command with which Cloud Hypervisor was started, where it was pasted or logged along. */

import type { Line } from './diagnosis.ts'
import { shellWords } from './shell-words.ts'

/** The options of one device: `path=FILE,readonly=on`. */
export type Options = Readonly<Record<string, string>>

export interface CommandLine {
  readonly binary: string
  /** By flag, without its dashes; each with the values that follow it. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly lines: readonly Line[]
}

const program = /^(?:\S*\/)?cloud-hypervisor(?:-static|-v[\d.]+)?(?:-aarch64|-x86_64)?$/

/** What may stand in front of the program on a line: a prompt, a key of a unit, a wrapper with its flags. */
const start =
  /(?:^|[\s=$#>"'`+])((?:[~./$][^\s"'`]*\/)?cloud-hypervisor(?:-static)?(?:-aarch64)?)\s+(?:--?[a-z]|\\$)/

/** Splits at commas outside of brackets and quotation marks, as Cloud Hypervisor's option parser does. */
const optionsOf = (value: string): Options => {
  const options: Record<string, string> = {}
  for (const part of value.match(/(?:[^,[\]"]|\[[^\]]*\]|"[^"]*")+/g) ?? []) {
    const at = part.indexOf('=')
    if (at > 0) options[part.slice(0, at).trim()] = part.slice(at + 1).trim()
  }
  return options
}

const parse = (text: string, lines: readonly Line[]): CommandLine | null => {
  const words = shellWords(text)
  const at = words.findIndex((word) => program.test(word.replaceAll('\0', '')))
  const binary = words[at]
  if (at < 0 || binary === undefined) return null
  const flags = new Map<string, string[]>()
  let current: string[] | null = null
  for (const word of words.slice(at + 1)) {
    const flag = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(word)
    if (flag?.[1]) {
      current = flags.get(flag[1]) ?? []
      flags.set(flag[1], current)
      // No shell replaces a ~ behind "--flag=".
      if (flag[2] !== undefined) current.push(flag[2].replace(/^~/, '\0~'))
    } else current?.push(word)
  }
  return flags.size === 0 ? null : { binary, flags, lines }
}

/** @returns the commands in the order of the text; a backslash at the end of a line continues it */
export const findCommands = (lines: readonly Line[]): readonly CommandLine[] => {
  const found: CommandLine[] = []
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at]
    const match = first && start.exec(first.text)
    // What clap prints of the usage is no command.
    if (!first || !match || first.text.startsWith('Usage: ')) continue
    const used = [first]
    let text = first.text.slice(match.index + match[0].indexOf(match[1] ?? ''))
    while (/\\\s*$/.test(text) && at + 1 < lines.length && used.length < 60) {
      const next = lines[++at]
      if (!next) break
      used.push(next)
      text = `${text.replace(/\\\s*$/, ' ')}${next.text.replace(/^> ?/, '')}`
    }
    const command = parse(text, used)
    if (command) found.push(command)
  }
  return found
}

/** The options of every device that a flag lists: one flag may have several values, and may be repeated. */
export const devices = ({ flags }: CommandLine, flag: string): readonly Options[] =>
  (flags.get(flag) ?? []).map(optionsOf)

/** The single value of a flag, or null. */
export const flagValue = ({ flags }: CommandLine, flag: string): string | null => flags.get(flag)?.[0] ?? null

/** A path or name as it was meant: what a shell would have made of a ~ is left to the reader. */
export const plain = (value: string): string => value.replaceAll('\0', '')

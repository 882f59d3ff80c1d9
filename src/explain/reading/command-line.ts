/** Reads the command with which Cloud Hypervisor was started, where it was pasted or logged along. */

import type { Line } from '../diagnosis.ts'
import { shellWords } from './shell-words.ts'

/** The options of one device: `path=FILE,readonly=on`. */
export type Options = Readonly<Record<string, string>>

export interface CommandLine {
  readonly binary: string
  /** By flag, without its dashes; each with the values that follow it. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly lines: readonly Line[]
  /** Lines behind it that begin with a flag: the shell took them for another command. */
  readonly stray: readonly Line[]
}

/** Release binaries and copies of them: cloud-hypervisor-static-aarch64, cloud-hypervisor-v48. */
const name = String.raw`cloud-hypervisor(?:-(?:static|aarch64|x86_64|musl|gnu|main|master|release|debug|dev|v?\d[\w.]{0,12})){0,3}`

/** What people call it: only the syntax of the options shows then that it is this program. */
const alias = '(?:chv|clh|ch|vmm)'

const program = new RegExp(`^(?:\\S{0,400}/)?(?:${name}|${alias})$`)
const programByName = new RegExp(`^(?:\\S{0,400}/)?${name}$`)

/** Options in the form that no other monitor has. */
const ourSyntax =
  /--(?:cpus[ =]["']?boot=\d|memory[ =]["']?size=\d|disk[ =]["']?path=|net[ =]["']?(?:tap|mac|fd)=)/

/** What may stand in front of the program on a line: a prompt, a key of a unit, a wrapper with its flags. */
const start = new RegExp(
  String.raw`(?:^|[\s=$#>"'\x60+\[])((?:[\w~.$/{}@+-]{0,300}/)?(?:${name}|${alias}))(?:["'],?|)\s+["']?(?:--?[a-z]|\\$)`,
)

/** A line that may start it under another name. */
const byAlias = new RegExp(String.raw`(?:^|[\s/=$#>"'])${alias}["']?\s+["']?(?:--[a-z]|\\$)`)

/** A list of strings, as in JSON and in the Debug form of Rust: its commas are no part of the words. */
const isList = /cloud-hypervisor[\w.-]{0,40}["'],\s*["']--/

/** One word of a list of YAML. */
const item = /^\s*- (?:"([^"]*)"|'([^']*)'|(.*))$/

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
  return flags.size === 0 ? null : { binary, flags, lines, stray: [] }
}

/** A command as a list of YAML, one word a line. */
const listed = (lines: readonly Line[], at: number): CommandLine | null => {
  const head = item.exec(lines[at]?.text ?? '')
  if (!head || !program.test(head[1] ?? head[2] ?? head[3] ?? '')) return null
  const used: Line[] = []
  const words: string[] = []
  for (let next = lines[at]; next && used.length < 120; next = lines[at + used.length]) {
    const [, double, single, bare] = item.exec(next.text) ?? []
    const word = double ?? single ?? bare
    if (word === undefined) break
    used.push(next)
    words.push(`'${word.replaceAll("'", "'\\''")}'`)
  }
  return parse(words.join(' '), used)
}

/** Lines with a flag and nothing in front of it, right behind a command of several lines. */
const strayBehind = (lines: readonly Line[], from: number, used: readonly Line[]): readonly Line[] => {
  if (used.length < 2) return []
  const stray: Line[] = []
  for (let line = lines[from]; line && /^\s*--[a-z]/.test(line.text); line = lines[from + stray.length]) {
    stray.push(line)
  }
  return stray
}

/** Words in quotation marks, each flag too. */
const quoted = / ["']--[a-z-]{2,40}["'] ["']/
const quotedFlag = /^\s{0,16}["']--[a-z-]{2,40}["'] ["']/

/** @returns the commands in the order of the text; a backslash at the end of a line continues it */
export const findCommands = (lines: readonly Line[]): readonly CommandLine[] => {
  const found: CommandLine[] = []
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at]
    if (!first || !(first.text.includes('cloud-hypervisor') || byAlias.test(first.text))) continue
    const list = listed(lines, at)
    if (list) {
      found.push(list)
      at += list.lines.length - 1
      continue
    }
    const match = start.exec(
      isList.test(first.text) ? first.text.replace(/(["']),\s*(?=["'])/g, '$1 ') : first.text,
    )
    // What clap prints of the usage is no command, nor what is said of a line of a file.
    if (!match || /^Usage: |^\/\S{1,200}:\d{1,6}: /.test(first.text)) continue
    const used = [first]
    let text = match.input.slice(match.index + match[0].indexOf(match[1] ?? ''))
    // A quotation mark that was opened before the program's name.
    if (/["']$/.test(match.input.slice(0, match.index + match[0].indexOf(match[1] ?? '')))) {
      text = text.replace(/^([^"'\s]{1,460})["']/, '$1')
    }
    while (/\\\s*$/.test(text) && at + 1 < lines.length && used.length < 60) {
      const next = lines[++at]
      if (!next) break
      used.push(next)
      text = `${text.replace(/\\\s*$/, ' ')}${next.text.replace(/^> ?/, '')}`
    }
    // A test that prints its command as a list of words, broken where a line was full.
    while (quoted.test(text) && quotedFlag.test(lines[at + 1]?.text ?? '') && used.length < 60) {
      const next = lines[++at]
      if (!next) break
      used.push(next)
      text = `${text} ${next.text}`
    }
    if (!programByName.test(match[1] ?? '') && !ourSyntax.test(text)) continue
    const command = parse(text, used)
    if (command) found.push({ ...command, stray: strayBehind(lines, at + 1, used) })
  }
  return found
}

/** Flags at the start of a line, without the program in front of them. */
const flagsAlone =
  /^[ \t]{0,16}(?:[-*] )?--(?:serial|console|cmdline|kernel|firmware|disk|net|memory|cpus|fs|initramfs)[ =]/
/** As only Cloud Hypervisor takes them; docker, virt-install and others have flags of these names, too. */
const ourModes = /--(?:serial|console)[ =](?:tty|off|null|pty|(?:file|socket)=\S{1,400})(?= |$)/

/** @returns the first part of a command that was quoted without the program, where it is certainly one of ours */
export const partOfCommand = (lines: readonly Line[]): CommandLine | null => {
  const line = lines.find(({ text }) => flagsAlone.test(text) && ourModes.test(text))
  return line ? parse(`cloud-hypervisor ${line.text.trim().replace(/^[-*] /, '')}`, [line]) : null
}

/** The options of every device that a flag lists: one flag may have several values, and may be repeated. */
export const devices = ({ flags }: CommandLine, flag: string): readonly Options[] =>
  (flags.get(flag) ?? []).map(optionsOf)

/** The single value of a flag, or null. */
export const flagValue = ({ flags }: CommandLine, flag: string): string | null => flags.get(flag)?.[0] ?? null

/** A path or name as it was meant: what a shell would have made of a ~ is left to the reader. */
export const plain = (value: string): string => value.replaceAll('\0', '')

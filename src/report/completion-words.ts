/** What can be completed on a command line, from the same table as its help. */
import { type Command, commands } from '../cli/commands.ts'
import type { Flag } from '../cli/flags.ts'

/** What a value may be: one of some words, a file, or anything. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly isList: boolean }
  | { readonly kind: 'file' }
  | { readonly kind: 'any' }

export interface CompletedFlag {
  /** `--format`, `-v`: every spelling. */
  readonly names: readonly string[]
  readonly about: string
  /** Null: it takes no value. */
  readonly values: Values | null
}

export interface CompletedCommand {
  readonly name: string
  readonly about: string
  readonly flags: readonly CompletedFlag[]
  readonly operands: readonly string[]
  /** Whether an operand may be a file. */
  readonly takesFiles: boolean
}

/** The words of this installation, checks of the user included. */
export interface Vocabulary {
  readonly checks: readonly string[]
  readonly fixes: readonly string[]
  readonly groups: readonly string[]
  readonly keys: readonly string[]
}

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

const words = (list: readonly string[], isList = false): Values => ({ kind: 'words', words: list, isList })

const valuesOf = (flag: Flag, vocabulary: Vocabulary): Values | null => {
  if (flag.type === 'boolean') return null
  if (flag.choices) return words(flag.choices)
  switch (flag.value) {
    case 'ID':
      return words(vocabulary.checks, true)
    case 'GROUP':
      return words(vocabulary.groups, true)
    case 'KEY=VALUE':
      return words(vocabulary.keys.map((key) => `${key}=`))
    case 'FILE':
    case '[FORMAT=]FILE':
      return { kind: 'file' }
    default:
      return { kind: 'any' }
  }
}

const operandsOf = (name: string, { checks, fixes }: Vocabulary): readonly string[] => {
  switch (name) {
    case 'check':
      return checks
    case 'fix':
      return [...checks, ...fixes]
    case 'explain':
      return [...checks, ...fixes, 'network']
    case 'list':
      return ['checks', 'fixes', 'artifacts', 'causes']
    case 'help':
      return Object.keys(commands).filter(Boolean)
    case 'completion':
      return shells
    default:
      return []
  }
}

/** @returns the bare command (its name is empty) and every other one */
export const completedCommands = (vocabulary: Vocabulary): readonly CompletedCommand[] =>
  Object.entries(commands as Readonly<Record<string, Command>>).map(([name, { about, flags }]) => ({
    name,
    about,
    flags: Object.entries(flags).map(([flag, spec]) => ({
      names: [
        `--${flag}`,
        ...(spec.short ? [`-${spec.short}`] : []),
        ...(spec.aliases ?? []).map((one) => `--${one}`),
      ],
      about: spec.about,
      values: valuesOf(spec, vocabulary),
    })),
    operands: operandsOf(name, vocabulary),
    takesFiles: name === 'explain' || name === 'report',
  }))

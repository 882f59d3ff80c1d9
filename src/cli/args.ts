/** Parses the command line by the table of commands. */
import { parseArgs } from 'node:util'
import { UsageError } from '../util/errors.ts'
import { nearest, suggestion } from '../util/suggest.ts'
import { type Command, type CommandName, commands } from './commands.ts'
import type { Flag } from './flags.ts'

export interface Invocation {
  readonly command: CommandName
  readonly operands: readonly string[]
  /** What follows `--`, for a command that passes it on. */
  readonly rest: readonly string[]
  readonly has: (flag: string) => boolean
  readonly text: (flag: string) => string | null
  /** Values of a repeatable flag; commas separate them too, except in `--set`. */
  readonly list: (flag: string) => readonly string[]
  /** Whether the result is printed as JSON: `--format json`, or `--json` for short. */
  readonly json: boolean
  /** One sentence for each former name of a flag in use. */
  readonly deprecations: readonly string[]
}

type Token = Extract<NonNullable<ReturnType<typeof parseArgs>['tokens']>[number], { kind: 'option' }>

const isCommand = (word: string): word is CommandName => Object.hasOwn(commands, word)

const where = (command: CommandName) => (command === '' ? 'chv-doctor' : `chv-doctor ${command}`)

/** Names and short names of the flags of all commands that take a value: one means the same in each. */
const takingValue: ReadonlySet<string> = new Set(
  Object.values(commands as Readonly<Record<string, Command>>).flatMap(({ flags }) =>
    Object.entries(flags).flatMap(([name, { type, short, aliases = [], formerly }]) =>
      type === 'boolean'
        ? []
        : [name, ...aliases, ...(formerly === undefined ? [] : [formerly])]
            .map((known) => `--${known}`)
            .concat(short === undefined ? [] : [`-${short}`]),
    ),
  ),
)

/** Where the command stands, behind flags that are written before it; -1: there is none. */
const commandPlace = (argv: readonly string[]): number => {
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (word === '--') return -1
    if (!word.startsWith('-') || word === '-') return index
    if (takingValue.has(word)) index++
  }
  return -1
}

/** @throws UsageError with the nearest command for a word that is none */
export const commandNamed = (word: string): CommandName => {
  if (isCommand(word)) return word
  const names = Object.keys(commands).filter(Boolean)
  throw new UsageError(
    `There is no command "${word}"${suggestion(word, names) || `; the commands are ${names.join(', ')}.`}`,
  )
}

/** Every accepted name of a flag with the present one. */
const namesOf = (flags: Command['flags']): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(flags).flatMap(([name, { aliases = [], formerly }]) =>
      [name, ...aliases, ...(formerly === undefined ? [] : [formerly])].map(
        (known) => [known, name] as const,
      ),
    ),
  )

const tokensOf = (args: readonly string[], flags: Command['flags'], names: ReadonlyMap<string, string>) => {
  const options = [...names].map(([known, name]) => {
    const flag = flags[name]
    const type = flag?.type === 'boolean' ? ('boolean' as const) : ('string' as const)
    return [known, { type, multiple: true, ...(flag?.short && known === name ? { short: flag.short } : {}) }]
  })
  return parseArgs({
    args: [...args],
    options: Object.fromEntries(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens
}

const unknownFlag = (word: CommandName, rawName: string, names: ReadonlyMap<string, string>): UsageError => {
  const best = nearest(
    rawName,
    [...names.keys()].map((name) => `--${name}`),
  )
  const guess = best === null ? '' : `; did you mean "--${names.get(best.slice(2))}"?`
  const command: Command = commands[word]
  const other = command.rest ? `; ${command.rest[0]} come after --.` : `; see \`${where(word)} --help\`.`
  return new UsageError(`${where(word)} has no flag ${rawName}${guess || other}`)
}

/** "a, b or c" */
const alternatives = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** @throws UsageError where the value does not fit the flag */
const checkValue = ({ rawName, value }: Token, flag: Flag) => {
  if (flag.type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} takes no value.`)
  if (flag.type !== 'boolean' && !value)
    throw new UsageError(`${rawName} needs a value: ${rawName} ${flag.value}.`)
  if (flag.choices && !flag.choices.includes(value ?? ''))
    throw new UsageError(
      `${rawName} is "${value}"${suggestion(value ?? '', flag.choices) || `; give ${alternatives(flag.choices)}.`}`,
    )
}

/** The values of the flags of one command, by their present names. */
const collectFlags = (word: CommandName, tokens: readonly Token[], names: ReadonlyMap<string, string>) => {
  const flags: Command['flags'] = commands[word].flags
  const values = new Map<string, string[]>()
  const spelt = new Map<string, string>()
  const deprecations = new Set<string>()
  for (const token of tokens) {
    const name = names.get(token.name)
    const flag = name === undefined ? undefined : flags[name]
    if (name === undefined || flag === undefined) throw unknownFlag(word, token.rawName, names)
    checkValue(token, flag)
    if (token.name === flag.formerly) deprecations.add(`${token.rawName} is now called --${name}.`)
    const [target, value] = flag.means ?? [name, token.value ?? '']
    const earlier = spelt.get(target)
    if (flags[target]?.type === 'string' && earlier !== undefined) {
      const isSame = values.get(target)?.[0] === value
      if (earlier === token.rawName && !flag.means) throw new UsageError(`${token.rawName} is given twice.`)
      if (!isSame)
        throw new UsageError(`${earlier} and ${token.rawName} exclude each other: give one of them.`)
      continue
    }
    spelt.set(target, token.rawName)
    values.set(target, [...(values.get(target) ?? []), value])
  }
  return { values, deprecations: [...deprecations] }
}

const splitAtCommas = (value: string) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

/** @throws UsageError that names the flag or word and the nearest one that exists */
export const parseCommandLine = (argv: readonly string[]): Invocation => {
  const place = commandPlace(argv)
  const word = place < 0 ? '' : commandNamed(argv[place] ?? '')
  const command: Command = commands[word]
  const names = namesOf(command.flags)
  const args = place < 0 ? argv : argv.filter((_, index) => index !== place)
  const tokens = tokensOf(args, command.flags, names)
  const end = tokens.findIndex(({ kind }) => kind === 'option-terminator')
  const words = tokens.flatMap((token, index) =>
    token.kind === 'positional'
      ? [{ value: token.value, isRest: end >= 0 && index > end && !!command.rest }]
      : [],
  )
  const operands = words.filter(({ isRest }) => !isRest).map(({ value }) => value)
  const options = tokens.filter((token): token is Token => token.kind === 'option')
  const { values, deprecations } = collectFlags(word, options, names)
  if (operands.length > command.operands)
    throw new UsageError(
      `${where(word)} does not take "${operands[command.operands]}"; ${command.rest ? `${command.rest[0]} come after --` : `see \`${where(word)} --help\``}.`,
    )
  return {
    command: word,
    operands,
    rest: words.filter(({ isRest }) => isRest).map(({ value }) => value),
    has: (flag) => values.has(flag),
    text: (flag) => values.get(flag)?.[0] ?? null,
    list: (flag) =>
      (values.get(flag) ?? []).flatMap((value) => (flag === 'set' ? [value] : splitAtCommas(value))),
    json: values.get('format')?.[0] === 'json',
    deprecations,
  }
}

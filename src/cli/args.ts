/** The command line as data: which commands there are, which flags each takes, and what went wrong. */
import { parseArgs } from 'node:util'
import { UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'

type FlagType = 'boolean' | 'string' | 'list'

export interface Flag {
  readonly type: FlagType
  readonly short?: string
  /** What the value is called in the help. */
  readonly value?: string
  readonly about: string
}

const common = {
  config: { type: 'string', value: 'FILE', about: 'use this configuration file' },
  set: { type: 'list', value: 'KEY=VALUE', about: 'set a configuration key for this run (repeatable)' },
  guest: { type: 'string', value: 'N', about: 'which of several guests (default 1)' },
  offline: { type: 'boolean', about: 'do not use the network' },
  timeout: { type: 'string', value: 'SECONDS', about: 'how long one check may take' },
  help: { type: 'boolean', short: 'h', about: 'show this help' },
  version: { type: 'boolean', short: 'V', about: 'show the version' },
} as const satisfies Record<string, Flag>

const selection = {
  only: { type: 'list', value: 'ID', about: 'only these checks, and what they need' },
  skip: { type: 'list', value: 'ID', about: 'all but these checks' },
  tag: { type: 'list', value: 'GROUP', about: 'only checks of these groups' },
} as const satisfies Record<string, Flag>

const previews = {
  yes: { type: 'boolean', short: 'y', about: 'do not ask' },
  'dry-run': { type: 'boolean', about: 'show what would be done, change nothing' },
  script: { type: 'boolean', about: 'print a bash script that does the same' },
  json: { type: 'boolean', about: 'print the plan as JSON' },
} as const satisfies Record<string, Flag>

export interface Command {
  readonly usage: string
  readonly about: string
  readonly flags: Readonly<Record<string, Flag>>
  /** What its operand is called, and what it may be. */
  readonly what?: readonly [name: string, about: string]
  /** How many operands it takes at the most. */
  readonly operands: number
  /** What may follow `--`, for the help; without it, words there are operands like any other. */
  readonly rest?: string
}

export const commands = {
  '': {
    usage: 'chv-doctor',
    about: 'check, then offer what can be repaired (on a terminal; elsewhere the same as check)',
    flags: { ...common, strict: { type: 'boolean', about: 'treat warnings as a reason to exit with 4' } },
    operands: 0,
  },
  check: {
    usage: 'chv-doctor check [ID…]',
    about: 'look at the host, change nothing',
    flags: {
      ...selection,
      format: { type: 'string', value: 'FORMAT', about: 'text (default) or json' },
      output: { type: 'string', value: 'FILE', about: 'write the report to a file' },
      strict: { type: 'boolean', about: 'exit with 4 when there are warnings' },
      'facts-out': { type: 'string', value: 'FILE', about: 'record what was seen, without names and keys' },
      facts: { type: 'string', value: 'FILE', about: 'judge recorded facts instead of this host' },
      ...common,
    },
    operands: 100,
  },
  fix: {
    usage: 'chv-doctor fix [ID…]',
    about: 'show what would be repaired, ask, do it, check',
    flags: { ...previews, ...common },
    operands: 100,
  },
  undo: {
    usage: 'chv-doctor undo',
    about: 'take back what fix changed, newest first',
    flags: { ...previews, ...common },
    operands: 0,
  },
  boot: {
    usage: 'chv-doctor boot [-- ARG…]',
    about: 'start the guest here, or prove that it comes up',
    flags: {
      print: { type: 'boolean', about: 'print the command, start nothing' },
      verify: { type: 'boolean', about: 'boot headless, wait until it answers, power off' },
      limit: { type: 'string', value: 'SECONDS', about: 'how long --verify waits (default 300)' },
      format: { type: 'string', value: 'FORMAT', about: 'of --verify: text (default) or json' },
      skip: { type: 'list', value: 'ID', about: 'start although this check fails' },
      ...common,
    },
    operands: 0,
    rest: 'flags of Cloud Hypervisor, as in -- --cpus boot=4',
  },
  explain: {
    usage: 'chv-doctor explain [WHAT]',
    about: 'what an error, a check, or the network says',
    what: ['WHAT', 'a file, - (standard input), a check, a fix, network'],
    flags: {
      format: { type: 'string', value: 'FORMAT', about: 'text (default) or json' },
      'no-check': { type: 'boolean', about: 'it is of another machine: leave this one alone' },
      ...common,
    },
    operands: 1,
  },
  list: {
    usage: 'chv-doctor list [KIND]',
    what: ['KIND', 'checks, fixes or artifacts'],
    about: 'list checks, fixes or artifacts (what can be fetched)',
    flags: {
      json: { type: 'boolean', about: 'as JSON' },
      urls: { type: 'boolean', about: 'of artifacts: only what would be fetched' },
      ...common,
    },
    operands: 1,
  },
  init: {
    usage: 'chv-doctor init',
    about: 'write a commented chv-doctor.yaml here',
    flags: { print: { type: 'boolean', about: 'print it instead' }, ...common },
    operands: 0,
  },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof commands

export interface Invocation {
  readonly command: CommandName
  readonly operands: readonly string[]
  /** What follows `--`, for a command that passes it on. */
  readonly rest: readonly string[]
  readonly has: (flag: string) => boolean
  readonly text: (flag: string) => string | null
  /** Values of a repeatable flag; commas separate them too, except in `--set`. */
  readonly list: (flag: string) => readonly string[]
}

const isCommand = (word: string): word is CommandName => word in commands

const where = (command: CommandName) => (command === '' ? 'chv-doctor' : `chv-doctor ${command}`)

/** @throws UsageError that names the flag or word and the nearest one that exists */
export const parseCommandLine = (argv: readonly string[]): Invocation => {
  const first = argv[0]
  const word = first !== undefined && !first.startsWith('-') ? first : ''
  if (!isCommand(word)) {
    const names = Object.keys(commands).filter(Boolean)
    throw new UsageError(
      `There is no command "${word}"${suggestion(word, names) || `; the commands are ${names.join(', ')}.`}`,
    )
  }
  const flags: Readonly<Record<string, Flag>> = commands[word].flags
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      {
        type: flag.type === 'boolean' ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(flag.short ? { short: flag.short } : {}),
      },
    ]),
  )
  const { tokens } = parseArgs({
    args: argv.slice(word === '' ? 0 : 1),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const command: Command = commands[word]
  const operands: string[] = []
  const rest: string[] = []
  let ended = false
  const values = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind === 'option-terminator') ended = true
    if (token.kind === 'positional') (ended && command.rest ? rest : operands).push(token.value)
    if (token.kind !== 'option') continue
    const flag = flags[token.name]
    if (!flag) {
      const guess = suggestion(
        token.rawName,
        Object.keys(flags).map((name) => `--${name}`),
      )
      throw new UsageError(
        `${where(word)} has no flag ${token.rawName}${guess || (command.rest ? `; flags of Cloud Hypervisor come after --.` : `; see \`${where(word)} --help\`.`)}`,
      )
    }
    if (flag.type === 'boolean' && token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value.`)
    if (flag.type !== 'boolean' && !token.value) {
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${flag.value}.`)
    }
    if (flag.type === 'string' && values.has(token.name))
      throw new UsageError(`${token.rawName} is given twice.`)
    values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? ''])
  }
  if (operands.length > commands[word].operands) {
    throw new UsageError(
      `${where(word)} does not take "${operands[commands[word].operands]}"; see \`${where(word)} --help\`.`,
    )
  }
  return {
    command: word,
    operands,
    rest,
    has: (flag) => values.has(flag),
    text: (flag) => values.get(flag)?.[0] ?? null,
    list: (flag) =>
      (values.get(flag) ?? []).flatMap((value) =>
        flag === 'set'
          ? [value]
          : value
              .split(',')
              .map((part) => part.trim())
              .filter(Boolean),
      ),
  }
}

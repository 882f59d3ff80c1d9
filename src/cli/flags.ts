/** The flags that several commands share. */

type FlagType = 'boolean' | 'string' | 'list'

export interface Flag {
  readonly type: FlagType
  readonly short?: string
  /** The placeholder of the value in the help. */
  readonly value?: string
  /** The values that it takes; any when absent. */
  readonly choices?: readonly string[]
  readonly about: string
  /** Other names, which mean the same. */
  readonly aliases?: readonly string[]
  /** A name from before a renaming: accepted, with a note that gives the present one. */
  readonly formerly?: string
  /** The flag and value that this one is short for. */
  readonly means?: readonly [flag: string, value: string]
}

export const common = {
  config: { type: 'string', value: 'FILE', about: 'use this configuration file' },
  set: { type: 'list', value: 'KEY=VALUE', about: 'set a configuration key for this run (repeatable)' },
  guest: { type: 'string', value: 'N', about: 'which of several guests (default 1)' },
  offline: { type: 'boolean', about: 'do not use the network' },
  timeout: { type: 'string', value: 'SECONDS', about: 'how long one check may take' },
  debug: { type: 'boolean', about: 'show each question to the host, on standard error' },
  'no-color': { type: 'boolean', about: 'no colours, as with NO_COLOR' },
  'no-input': { type: 'boolean', about: 'ask nothing, as off a terminal' },
  help: { type: 'boolean', short: 'h', about: 'show this help' },
  version: { type: 'boolean', short: 'V', about: 'show the version' },
} as const satisfies Record<string, Flag>

export const selection = {
  only: { type: 'list', value: 'ID', about: 'only these checks, and what they need' },
  skip: { type: 'list', value: 'ID', about: 'all but these checks' },
  group: { type: 'list', value: 'GROUP', about: 'only checks of these groups', aliases: ['tag'] },
} as const satisfies Record<string, Flag>

/** Flags of every command that prints data. */
export const output = {
  format: { type: 'string', value: 'FORMAT', choices: ['text', 'json'], about: 'text (default) or json' },
  json: { type: 'boolean', about: 'the same as --format json', means: ['format', 'json'] },
} as const satisfies Record<string, Flag>

/** Of commands that judge the host. */
export const profile = {
  profile: {
    type: 'string',
    value: 'NAME',
    choices: ['default', 'production'],
    about: 'production: warn of what is unsafe between guests',
  },
} as const satisfies Record<string, Flag>

/** How much of a report as text is shown. */
export const detail = {
  verbose: { type: 'boolean', short: 'v', about: 'show every check, with what was expected' },
  quiet: { type: 'boolean', short: 'q', about: 'show only what failed' },
} as const satisfies Record<string, Flag>

/** The forms of a merge; docs/merge.md shows them. */
export const mergeFormats = ['text', 'markdown', 'json', 'html'] as const

/** The forms of a report; docs/ci.md says what each is for. */
export const reportFormats = [
  'text',
  'json',
  'junit',
  'tap',
  'prometheus',
  'nagios',
  'github',
  'markdown',
  'sarif',
] as const

export const previews = {
  yes: { type: 'boolean', short: 'y', about: 'do not ask' },
  'dry-run': { type: 'boolean', about: 'show what would be done, change nothing' },
  script: { type: 'boolean', about: 'print a bash script that does the same' },
  ...output,
} as const satisfies Record<string, Flag>

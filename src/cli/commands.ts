/** The command line as data: the commands, and the flags of each. */

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

const common = {
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

const selection = {
  only: { type: 'list', value: 'ID', about: 'only these checks, and what they need' },
  skip: { type: 'list', value: 'ID', about: 'all but these checks' },
  group: { type: 'list', value: 'GROUP', about: 'only checks of these groups', aliases: ['tag'] },
} as const satisfies Record<string, Flag>

/** Flags of every command that prints data. */
const output = {
  format: { type: 'string', value: 'FORMAT', choices: ['text', 'json'], about: 'text (default) or json' },
  json: { type: 'boolean', about: 'the same as --format json', means: ['format', 'json'] },
} as const satisfies Record<string, Flag>

/** How much of a report as text is shown. */
const detail = {
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

const previews = {
  yes: { type: 'boolean', short: 'y', about: 'do not ask' },
  'dry-run': { type: 'boolean', about: 'show what would be done, change nothing' },
  script: { type: 'boolean', about: 'print a bash script that does the same' },
  ...output,
} as const satisfies Record<string, Flag>

export interface Command {
  readonly usage: string
  readonly about: string
  /** The document about it, below docs/. */
  readonly page?: string
  /** What people type most, and what it does. */
  readonly examples: readonly (readonly [command: string, about: string])[]
  readonly flags: Readonly<Record<string, Flag>>
  /** The placeholder of its operand, and what that may be. */
  readonly what?: readonly [name: string, about: string]
  /** The maximum number of operands. */
  readonly operands: number
  /** What may follow `--`, for the help; without it, words there are operands like any other. */
  readonly rest?: string
}

export const commands = {
  '': {
    usage: 'chv-doctor',
    about: 'check, then offer what can be repaired (on a terminal; elsewhere the same as check)',
    examples: [
      ['chv-doctor', 'check this host, then offer the repairs'],
      ['chv-doctor check -v', 'every check, with what was expected'],
      ['chv-doctor fix --dry-run', 'the repairs with all their commands, to read'],
      ['chv-doctor boot', 'start the guest on this terminal'],
      ['chv-doctor explain boot.log', 'what an error of Cloud Hypervisor means here'],
    ],
    flags: {
      ...detail,
      strict: { type: 'boolean', about: 'exit with 4 when there are warnings' },
      format: { ...output.format, about: 'text (default) or json, which only checks' },
      json: output.json,
      ...common,
    },
    operands: 0,
  },
  check: {
    usage: 'chv-doctor check [ID…]',
    page: 'ci.md',
    about: 'check the host, change nothing',
    examples: [
      ['chv-doctor check', 'the answer on one screen'],
      ['chv-doctor check -v kvm tun', 'these checks, with all that they found'],
      ['chv-doctor check --strict --output junit=report.xml', 'in CI: also fail on warnings'],
      ['chv-doctor check -q', 'nothing when all is well: for cron'],
    ],
    flags: {
      ...selection,
      ...detail,
      format: {
        type: 'string',
        value: 'FORMAT',
        choices: reportFormats,
        about: 'text, json, junit, sarif and more (docs/ci.md)',
      },
      json: output.json,
      output: {
        type: 'list',
        value: '[FORMAT=]FILE',
        about: 'write the report to a file (repeatable)',
      },
      strict: { type: 'boolean', about: 'exit with 4 when there are warnings' },
      require: { type: 'list', value: 'ID', about: 'fail when this check was skipped or is unknown' },
      baseline: { type: 'string', value: 'FILE', about: 'fail only on what is not in this file' },
      'update-baseline': { type: 'boolean', about: 'write what is found now to the file of --baseline' },
      wait: { type: 'string', value: 'SECONDS', about: 'check again until all is well, so long at most' },
      'facts-out': { type: 'string', value: 'FILE', about: 'record the facts, without names and keys' },
      'facts-in': {
        type: 'string',
        value: 'FILE',
        about: 'judge recorded facts instead of this host',
        aliases: ['facts'],
      },
      ...common,
    },
    operands: 100,
  },
  fix: {
    usage: 'chv-doctor fix [ID…]',
    about: 'show a plan, ask, apply it, check again',
    examples: [
      ['chv-doctor fix', 'ask which of the repairs to make'],
      ['chv-doctor fix --dry-run', 'show all their commands, change nothing'],
      ['chv-doctor fix --yes qemu-utils', 'repair one finding without a question'],
      ['chv-doctor fix --script > repair.sh', 'the same as a bash script'],
    ],
    flags: { ...previews, ...detail, ...common },
    operands: 100,
  },
  undo: {
    usage: 'chv-doctor undo',
    about: 'undo what fix changed, newest first',
    examples: [
      ['chv-doctor undo --dry-run', 'show what would be undone'],
      ['chv-doctor undo', 'undo it, after a question'],
    ],
    flags: { ...previews, ...common },
    operands: 0,
  },
  boot: {
    usage: 'chv-doctor boot [-- ARG…]',
    page: 'boot.md',
    about: 'start the guest here, or prove that it comes up',
    examples: [
      ['chv-doctor boot', 'start the guest on this terminal'],
      ['chv-doctor boot --print', 'print the command, to paste'],
      ['chv-doctor boot --verify', 'prove without a terminal that it comes up'],
      ['chv-doctor boot -- --cpus boot=4', 'with flags of Cloud Hypervisor'],
    ],
    flags: {
      print: { type: 'boolean', about: 'print the command, start nothing' },
      verify: { type: 'boolean', about: 'boot headless, wait until it answers, power off' },
      'on-disk': { type: 'boolean', about: 'let --verify boot the disk itself' },
      'boot-timeout': {
        type: 'string',
        value: 'SECONDS',
        about: 'how long --verify waits (default 300)',
        formerly: 'limit',
      },
      ...output,
      skip: { type: 'list', value: 'ID', about: 'start although this check fails' },
      ...common,
    },
    operands: 0,
    rest: 'flags of Cloud Hypervisor, as in -- --cpus boot=4',
  },
  explain: {
    usage: 'chv-doctor explain [WHAT]',
    page: 'explain.md',
    about: 'explain an error, a check or the network',
    examples: [
      ['chv-doctor explain boot.log', 'what happened, why, and what to do here'],
      ['cloud-hypervisor … 2>&1 | chv-doctor explain -', 'the same of what it prints'],
      ['chv-doctor explain kvm', 'the page of a check'],
      ['chv-doctor explain network', 'the way of the guest into the internet'],
    ],
    what: ['WHAT', 'a file, - (standard input), an id, network'],
    flags: {
      ...output,
      'no-host-checks': {
        type: 'boolean',
        about: 'do not check this host: the output is from another',
        formerly: 'no-check',
      },
      'report-case': {
        type: 'boolean',
        about: 'print output and explanation as a test case',
      },
      ...common,
    },
    operands: 1,
  },
  report: {
    usage: 'chv-doctor report',
    page: 'merge.md',
    about: 'write a file for a bug report, or merge reports',
    examples: [
      ['chv-doctor report', 'one file for a bug report, without names and keys'],
      ['chv-doctor report --merge --output html=hosts.html *.json', 'many hosts on one page'],
    ],
    flags: {
      log: { type: 'string', value: 'FILE', about: 'the log of a boot (default: the last one kept)' },
      yes: previews.yes,
      merge: { type: 'boolean', about: 'put the JSON reports FILE… on one page' },
      since: { type: 'string', value: 'FILE', about: 'a former merge (JSON): say what changed' },
      format: {
        type: 'string',
        value: 'FORMAT',
        choices: mergeFormats,
        about: 'of --merge: text (default), markdown, json or html',
      },
      json: output.json,
      output: { type: 'list', value: '[FORMAT=]FILE', about: 'write to this file (--merge: repeatable)' },
      ...common,
    },
    what: ['FILE…', 'of --merge: what `check --format json` wrote'],
    operands: 100_000,
  },
  list: {
    usage: 'chv-doctor list [KIND]',
    page: 'artifacts.md',
    what: ['KIND', 'checks, fixes, artifacts or causes'],
    about: 'list checks, fixes, artifacts or causes',
    examples: [
      ['chv-doctor list', 'all checks and fixes'],
      ['chv-doctor list artifacts', 'what can be fetched, and how it is verified'],
    ],
    flags: {
      ...output,
      urls: { type: 'boolean', about: 'of artifacts: only what would be fetched' },
      ...common,
    },
    operands: 1,
  },
  init: {
    usage: 'chv-doctor init',
    page: 'config.md',
    about: 'write a commented chv-doctor.yaml here',
    examples: [
      ['chv-doctor init', 'every key with its default, commented out'],
      ['chv-doctor init --print > /etc/chv-doctor/chv-doctor.yaml', 'for all users'],
    ],
    flags: { print: { type: 'boolean', about: 'print it instead' }, ...common },
    operands: 0,
  },
  completion: {
    usage: 'chv-doctor completion SHELL',
    what: ['SHELL', 'bash, zsh or fish'],
    about: 'print the completion for a shell',
    examples: [
      ['eval "$(chv-doctor completion bash)"', 'in ~/.bashrc'],
      ['source <(chv-doctor completion zsh)', 'in ~/.zshrc, behind compinit'],
      ['chv-doctor completion fish | source', 'in ~/.config/fish/config.fish'],
    ],
    flags: common,
    operands: 1,
  },
  help: {
    usage: 'chv-doctor help [COMMAND]',
    what: ['COMMAND', 'one of the commands'],
    about: 'show the help of a command',
    examples: [['chv-doctor help check', 'the flags of check']],
    flags: { help: common.help, version: common.version },
    operands: 1,
  },
  version: {
    usage: 'chv-doctor version',
    about: 'show the version',
    examples: [['chv-doctor version', 'the same as --version']],
    flags: { help: common.help, version: common.version },
    operands: 0,
  },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof commands

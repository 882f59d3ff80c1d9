/** The command line as data: the commands, and the flags of each. */
import {
  common,
  detail,
  type Flag,
  mergeFormats,
  output,
  previews,
  profile,
  reportFormats,
  selection,
} from './flags.ts'

export interface Command {
  readonly usage: string
  readonly about: string
  /** The document about it, below docs/. */
  readonly page?: string
  readonly flags: Readonly<Record<string, Flag>>
  /** The placeholder of its operand, and what that may be. */
  readonly what?: readonly [name: string, about: string]
  /** The maximum number of operands. */
  readonly operands: number
  /** What may follow `--` (a plural), and an example; without it, words there are operands like any other. */
  readonly rest?: readonly [what: string, example: string]
}

export const commands = {
  '': {
    usage: 'chv-doctor',
    about: 'check, then offer what can be repaired (on a terminal; elsewhere the same as check)',
    flags: {
      ...detail,
      ...profile,
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
      ...profile,
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
    flags: { ...previews, ...detail, ...common },
    operands: 100,
  },
  undo: {
    usage: 'chv-doctor undo',
    about: 'undo what fix changed, newest first',
    flags: { ...previews, ...common },
    operands: 0,
  },
  boot: {
    usage: 'chv-doctor boot [-- ARG…]',
    page: 'boot.md',
    about: 'start the guest here, or prove that it comes up',
    flags: {
      print: { type: 'boolean', about: 'print the command, start nothing' },
      unit: { type: 'boolean', about: 'print a systemd unit that runs the guest' },
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
    rest: ['flags of Cloud Hypervisor', '--cpus boot=4'],
  },
  ssh: {
    usage: 'chv-doctor ssh [-- CMD…]',
    page: 'guests.md',
    about: 'log in to the running guest with its key',
    flags: {
      wait: { type: 'string', value: 'SECONDS', about: 'wait for its ssh server, so long at most' },
      ...common,
    },
    operands: 0,
    rest: ['words of a command for the guest', 'df -h /'],
  },
  stop: {
    usage: 'chv-doctor stop',
    page: 'guests.md',
    about: 'press the power button of the running guest',
    flags: {
      wait: { type: 'string', value: 'SECONDS', about: 'how long it may take (default 60)' },
      force: { type: 'boolean', about: 'then end it, which is a power cut for the guest' },
      ...common,
    },
    operands: 0,
  },
  explain: {
    usage: 'chv-doctor explain [WHAT]',
    page: 'explain.md',
    about: 'explain an error, a check or the network',
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
    flags: {
      ...output,
      urls: { type: 'boolean', about: 'of artifacts: only what would be fetched' },
      ...common,
    },
    operands: 1,
  },
  update: {
    usage: 'chv-doctor update',
    page: 'install.md',
    about: 'ask whether there are newer releases',
    flags: {
      catalogue: { type: 'boolean', about: 'fetch the signed catalogue of catalogue_url instead' },
      ...output,
      ...common,
    },
    operands: 0,
  },
  init: {
    usage: 'chv-doctor init',
    page: 'config.md',
    about: 'write a commented chv-doctor.yaml here',
    flags: { print: { type: 'boolean', about: 'print it instead' }, ...common },
    operands: 0,
  },
  completion: {
    usage: 'chv-doctor completion SHELL',
    what: ['SHELL', 'bash, zsh or fish'],
    about: 'print the completion for a shell',
    flags: common,
    operands: 1,
  },
  help: {
    usage: 'chv-doctor help [COMMAND]',
    what: ['COMMAND', 'one of the commands'],
    about: 'show the help of a command',
    flags: { help: common.help, version: common.version },
    operands: 1,
  },
  version: {
    usage: 'chv-doctor version',
    about: 'show the version',
    flags: { help: common.help, version: common.version },
    operands: 0,
  },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof commands

/** The manual pages, in mdoc(7), from the same table as the help. */
import { asciiText } from '../../src/cli/ascii.ts'
import { type Command, type CommandName, commands } from '../../src/cli/commands.ts'
import { type Example, examples } from '../../src/cli/examples.ts'
import type { Flag } from '../../src/cli/flags.ts'

/** When the pages were last looked over, which mdoc asks for. */
const date = 'November 26, 2026'

/** A line of text: no character of it is read as roff. */
const text = (line: string): string =>
  asciiText(line)
    .replaceAll('\\', '\\e')
    .replaceAll('--', '\\-\\-')
    .replaceAll('`', '\\(ga')
    .replaceAll("'", '\\(aq')
    .replaceAll('"', '\\(dq')
    .replace(/^(?=\.)/, '\\&')

/** Words of a command line, where a hyphen is a minus. */
const literal = (line: string): string => text(line).replaceAll(/(?<!\\)-/g, '\\-')

/** Each sentence on a line of its own, as mdoc has them. */
const sentences = (prose: string): string[] => prose.split(/(?<=\.) /).map(text)

const flagItem = ([name, { short, value, about }]: [string, Flag]): string[] => [
  `.It ${short ? `Fl ${short} , ` : ''}Fl \\-${name}${value ? ` Ar ${literal(value)}` : ''}`,
  ...sentences(`${about.charAt(0).toUpperCase()}${about.slice(1)}.`),
]

const list = (items: readonly string[]): string[] => ['.Bl -tag -width Ds', ...items, '.El']

const exampleLines = (all: readonly Example[]): string[] =>
  all.flatMap(([command, about]) => [
    `${text(`${about.charAt(0).toUpperCase()}${about.slice(1)}`)}:`,
    `.Dl $ ${literal(command)}`,
    '.Pp',
  ])

const withoutLastBreak = (lines: readonly string[]): readonly string[] =>
  lines.at(-1) === '.Pp' ? lines.slice(0, -1) : lines

const head = (name: string, about: string): string[] => [
  `.Dd ${date}`,
  `.Dt ${name.toUpperCase()} 1`,
  '.Os',
  '.Sh NAME',
  `.Nm ${name}`,
  `.Nd ${text(about)}`,
]

const page = (lines: readonly string[]): string => `${lines.join('\n')}\n`

const exitStatus = [
  '.Sh EXIT STATUS',
  ...list(
    (
      [
        ['0', 'The host is healthy; warnings are allowed.'],
        ['1', 'A check failed.'],
        ['2', 'The command line or the configuration is wrong.'],
        ['3', 'Something could not be determined, and nothing failed.'],
        ['4', 'There are warnings, under --strict.'],
        ['5', 'A fix failed, was refused or did not help.'],
        ['70', 'A defect of chv-doctor.'],
        ['130', 'It was interrupted.'],
        ['255', 'ssh did not log in.'],
      ] as const
    ).flatMap(([code, meaning]) => [`.It ${code}`, text(meaning)]),
  ),
]

const environment = [
  '.Sh ENVIRONMENT',
  ...list([
    '.It Ev CHV_DOCTOR_ Ns Ar KEY',
    'Sets a key of the configuration.',
    '.It Ev CHV_DOCTOR_CONFIG',
    'Names the configuration file.',
    '.It Ev NO_COLOR , FORCE_COLOR , COLUMNS',
    'Colours off, colours on, and the columns that text is laid out in.',
    '.It Ev CI',
    'Nothing is asked where it is set.',
  ]),
  '.Sh FILES',
  ...list([
    '.It Pa ~/.config/chv-doctor/chv-doctor.yaml , /etc/chv-doctor/chv-doctor.yaml',
    'The configuration; a',
    '.Pa chv-doctor.yaml',
    'in the working directory comes first.',
    '.It Pa ~/.local/share/chv-doctor',
    'What was fetched and made.',
    '.It Pa ~/.local/state/chv-doctor',
    'The journal of changes, and logs.',
  ]),
]

const named = (Object.entries(commands) as [CommandName, Command][]).filter(([name]) => name !== '')

const program = (): string => {
  const bare: Command = commands['']
  return page([
    ...head('chv-doctor', 'check and repair a host for Cloud Hypervisor'),
    '.Sh SYNOPSIS',
    '.Nm',
    '.Op Ar command',
    '.Op Ar flag ...',
    '.Sh DESCRIPTION',
    'Takes a Linux host from nothing to a booted Cloud Hypervisor guest with a',
    'working network, and explains at any time why it would not.',
    'Without a command it checks, then offers the repairs on a terminal;',
    'elsewhere it only checks.',
    '.Pp',
    'The commands, each of which has a page of its own, such as chv-doctor-check(1):',
    ...list(named.flatMap(([name, { about }]) => [`.It Cm ${name}`, ...sentences(`${about}.`)])),
    '.Pp',
    'The flags of the bare command:',
    ...list(Object.entries(bare.flags).flatMap(flagItem)),
    ...environment,
    ...exitStatus,
    '.Sh EXAMPLES',
    ...withoutLastBreak(exampleLines(examples[''])),
  ])
}

const commandPage = (name: CommandName, command: Command): string => {
  const { what, rest, about, flags, usage } = command
  return page([
    ...head(`chv-doctor-${name}`, about),
    '.Sh SYNOPSIS',
    `.Nm chv-doctor ${name}`,
    ...(what
      ? [usage.includes('[') ? `.Op Ar ${text(what[0])}` : `.Ar ${text(what[0])}`]
      : usage.includes('ID')
        ? ['.Op Ar ID ...']
        : []),
    '.Op Ar flag ...',
    ...(rest ? ['.Op Fl \\- Ar ARG ...'] : []),
    '.Sh DESCRIPTION',
    ...sentences(`Its purpose: ${about}.`),
    ...(what ? ['.Pp', `.Ar ${text(what[0])}`, `is ${text(what[1])}.`] : []),
    ...(rest ? ['.Pp', 'Behind', '.Fl \\-', `stand ${text(`${rest[0]}, as in -- ${rest[1]}`)}.`] : []),
    '.Pp',
    'The flags, which may stand before the command, too:',
    ...list(Object.entries(flags).flatMap(flagItem)),
    ...exitStatus,
    '.Sh EXAMPLES',
    ...withoutLastBreak(exampleLines(examples[name])),
  ])
}

/** @returns the path of each page in the repository, with its content */
export const manPages = (): Readonly<Record<string, string>> => ({
  'docs/man/chv-doctor.1': program(),
  ...Object.fromEntries(
    named.map(([name, command]) => [`docs/man/chv-doctor-${name}.1`, commandPage(name, command)]),
  ),
})

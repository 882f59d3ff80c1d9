import { padTo } from '../util/text-width.ts'
import { type Command, type CommandName, commands } from './commands.ts'
import { type Example, examples } from './examples.ts'

const exitCodes = `Exit codes: 0 healthy, 1 a check failed, 2 usage or configuration, 3 something
could not be determined, 4 warnings under --strict, 5 a fix failed or was
refused, 70 a defect of chv-doctor, 130 interrupted.`

const row = (left: string, right: string) => `  ${padTo(left, 26)} ${right}`

/** "-h, --help", "    --config FILE" */
const flagRows = (command: Command) =>
  Object.entries(command.flags).map(([name, flag]) =>
    row(
      `${flag.short ? `-${flag.short}, ` : '    '}--${name}${flag.value ? ` ${flag.value}` : ''}`,
      flag.about,
    ),
  )

const maxExampleColumns = 40

/** Commands to type, with what they do beside them, or below where they are long. */
const exampleRows = (all: readonly Example[]): string[] => {
  const fitting = all.filter(([command]) => command.length <= maxExampleColumns)
  const columns = Math.max(0, ...fitting.map(([command]) => command.length))
  return all.flatMap(([command, about]) =>
    command.length <= columns
      ? [`  ${padTo(command, columns)}  ${about}`]
      : [`  ${command}`, `  ${' '.repeat(columns)}  ${about}`],
  )
}

/**
 * The help of the program, or of one command: what people type first, then every flag.
 * @param docs the directory of the documentation on this host, or null
 */
export const helpText = (name: CommandName, docs: string | null): string => {
  const command: Command = commands[name]
  const documentation =
    docs === null ? [] : ['Documentation:', `  ${docs}/${command.page ?? 'README.md'}`, '']
  if (name !== '')
    return [
      `Usage: ${command.usage.replace(' [-- ', ' [flags] [-- ')}${command.rest ? '' : ' [flags]'}`,
      '',
      ...exampleRows(examples[name]),
      '',
      `What it does: ${command.about}.`,
      '',
      ...(command.what ? [row(`    ${command.what[0]}`, command.what[1])] : []),
      ...flagRows(command),
      ...(command.rest ? [row('    -- ARG…', `${command.rest[0]}, as in -- ${command.rest[1]}`)] : []),
      '',
      ...documentation,
    ].join('\n')
  return [
    'Usage: chv-doctor [command] [flags]',
    '',
    'Takes a Linux host from nothing to a booted Cloud Hypervisor guest with a',
    'working network, and explains at any time why it would not.',
    '',
    ...exampleRows(examples[name]),
    '',
    row('(no command)', 'check, then offer the repairs (asks first)'),
    ...Object.entries(commands)
      .filter(([key]) => key !== '')
      .map(([, { usage, about }]) => row(usage.replace('chv-doctor ', ''), about)),
    '',
    ...flagRows(command),
    '',
    'Each command has its own --help; `chv-doctor explain ID` is the page of a check.',
    exitCodes,
    '',
    ...documentation,
  ].join('\n')
}

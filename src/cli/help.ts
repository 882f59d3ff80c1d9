import { type Command, type CommandName, commands } from './commands.ts'

const exitCodes = `Exit codes: 0 healthy, 1 a check failed, 2 usage or configuration, 3 something
could not be determined, 4 warnings under --strict, 5 a fix failed or was
refused, 70 a defect of chv-doctor, 130 interrupted.`

const row = (left: string, right: string) => `  ${left.padEnd(24)} ${right}`

const flagRows = (command: Command) =>
  Object.entries(command.flags).map(([name, flag]) =>
    row(
      `${flag.short ? `-${flag.short}, ` : '    '}--${name}${flag.value ? ` ${flag.value}` : ''}`,
      flag.about,
    ),
  )

/** The help of the program, or of one command. */
export const helpText = (name: CommandName): string => {
  const command: Command = commands[name]
  if (name !== '')
    return [
      `Usage: ${command.usage.replace(' [-- ', ' [flags] [-- ')}${command.rest ? '' : ' [flags]'}`,
      '',
      `  ${command.about}`,
      '',
      ...(command.what ? [row(`    ${command.what[0]}`, command.what[1])] : []),
      ...flagRows(command),
      ...(command.rest ? [row('    -- ARG…', command.rest)] : []),
      '',
    ].join('\n')
  return [
    'Usage: chv-doctor [command] [flags]',
    '',
    'Takes a Linux host from nothing to a booted Cloud Hypervisor guest with a',
    'working network, and explains at any time why it would not.',
    '',
    row('(no command)', 'check, then offer the repairs (asks first)'),
    ...Object.entries(commands)
      .filter(([key]) => key !== '')
      .map(([, { usage, about }]) => row(usage.replace('chv-doctor ', ''), about)),
    '',
    ...flagRows(command),
    '',
    'Each command has its own --help.',
    exitCodes,
    '',
  ].join('\n')
}

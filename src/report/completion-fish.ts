/** Completion for fish (complete(1) of fish). */
import type { CompletedCommand, CompletedFlag } from './completion-words.ts'

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`

const flagLine = (condition: string, { names, about, values }: CompletedFlag): string => {
  const spelt = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  const takes =
    values === null
      ? ''
      : values.kind === 'file'
        ? ' -r -F'
        : values.kind === 'words'
          ? ` -x -a ${quoted(values.isList ? `(__chv_doctor_list ${values.words.join(' ')})` : values.words.join(' '))}`
          : ' -x'
  return `complete -c chv-doctor ${condition} ${spelt.join(' ')}${takes} -d ${quoted(about)}`
}

const commandLines = ({ name, about, flags, operands, takesFiles }: CompletedCommand): string[] => {
  const condition =
    name === '' ? '-n __fish_use_subcommand' : `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`
  return [
    ...(name === ''
      ? []
      : [`complete -c chv-doctor -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`]),
    ...flags.map((flag) => flagLine(condition, flag)),
    ...(operands.length > 0 ? [`complete -c chv-doctor ${condition} -a ${quoted(operands.join(' '))}`] : []),
    ...(takesFiles ? [`complete -c chv-doctor ${condition} -F`] : []),
  ]
}

/** @returns a script to source */
export const fishCompletion = (all: readonly CompletedCommand[]): string =>
  [
    '# fish completion of chv-doctor: chv-doctor completion fish | source',
    '# The last of several values with commas between them.',
    'function __chv_doctor_list',
    "    set -l before (commandline -ct | string replace -r '^--[^=]+=' '' | string replace -r '[^,]*$' '')",
    '    for word in $argv; echo "$before$word"; end',
    'end',
    'complete -c chv-doctor -f',
    ...all.flatMap(commandLines),
    '',
  ].join('\n')

/** Completion for zsh, by its function _arguments (zshcompsys(1)). */
import type { CompletedCommand, CompletedFlag, Values } from './completion-words.ts'

/** In single quotes; brackets and colons have a meaning to _arguments. */
const described = (text: string): string => text.replaceAll(/[[\]:\\]/g, '\\$&').replaceAll("'", `'\\''`)

const action = (values: Values): string => {
  if (values.kind === 'file') return ':file:_files'
  if (values.kind === 'any') return ':value: '
  const list = values.words.map((word) => word.replaceAll(':', '\\:')).join(' ')
  if (values.isList) return `:id:_values -s , id ${list}`
  return values.words.some((word) => word.endsWith('=')) ? `:key:compadd -S "" -- ${list}` : `:word:(${list})`
}

const specs = ({ names, about, values }: CompletedFlag): string[] =>
  names.map((name) => {
    const takes = values !== null && name.startsWith('--') ? '=' : ''
    return `'*${name}${takes}[${described(about)}]${values === null ? '' : action(values)}'`
  })

const operandSpec = ({ operands, takesFiles }: CompletedCommand): string[] => {
  if (takesFiles)
    return [`'*:what:_alternative "ids\\:id\\:(${operands.join(' ')})" "files\\:file\\:_files"'`]
  return operands.length > 0 ? [`'*:id:(${operands.join(' ')})'`] : []
}

const commandCase = (command: CompletedCommand): string =>
  `    ${command.name}) _arguments -S ${[...command.flags.flatMap(specs), ...operandSpec(command)].join(' ')} ;;`

/** @returns a script to source, or a file _chv-doctor in fpath */
export const zshCompletion = (all: readonly CompletedCommand[]): string => {
  const named = all.filter(({ name }) => name !== '')
  const bare = all.find(({ name }) => name === '')
  return `#compdef chv-doctor
# zsh completion of chv-doctor: source <(chv-doctor completion zsh) behind compinit in ~/.zshrc
_chv_doctor() {
  local context state state_descr line curcontext=$curcontext
  typeset -A opt_args
  local -a commands=(${named.map(({ name, about }) => `'${name}:${described(about)}'`).join(' ')})
  _arguments -C -S -A '-*' ${(bare?.flags ?? []).flatMap(specs).join(' ')} '1:command:->command' '*::argument:->argument'
  case $state in
  command) _describe -t commands command commands ;;
  argument)
    case $line[1] in
${named.map(commandCase).join('\n')}
    esac ;;
  esac
}
if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then _chv_doctor "$@"; else compdef _chv_doctor chv-doctor; fi
`
}

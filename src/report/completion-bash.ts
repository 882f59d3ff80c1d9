/** Completion for bash: programmable completion without the package bash-completion. */
import type { CompletedCommand, CompletedFlag, Values } from './completion-words.ts'

const action = (values: Values): string => {
  if (values.kind === 'file') return '__chv_doctor_files'
  if (values.kind === 'any') return ':'
  return `${values.isList ? '__chv_doctor_list' : '__chv_doctor_words'} "${values.words.join(' ')}"`
}

const flagCase = ({ names, values }: CompletedFlag): string[] =>
  values === null ? [] : [`      ${names.join('|')}) ${action(values)}; return ;;`]

const commandCase = ({ name, flags, operands, takesFiles }: CompletedCommand): string => `    "${name}")
      case $flag in
${flags.flatMap(flagCase).join('\n')}
      esac
      case $cur in
      -*) __chv_doctor_words "${flags.flatMap(({ names }) => names).join(' ')}" ;;
      *) __chv_doctor_words "${operands.join(' ')}"${takesFiles ? '; __chv_doctor_files' : ''} ;;
      esac ;;`

/** @returns a script to source */
export const bashCompletion = (all: readonly CompletedCommand[]): string => {
  const names = all.map(({ name }) => name).filter(Boolean)
  return `# bash completion of chv-doctor: eval "$(chv-doctor completion bash)" in ~/.bashrc
__chv_doctor_words() { COMPREPLY+=($(compgen -W "$1" -- "$cur")); [[ \${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null; }
# The last of several values with commas between them.
__chv_doctor_list() {
  local last=\${cur##*,}
  COMPREPLY+=($(compgen -P "\${cur%"$last"}" -W "$1" -- "$last"))
}
__chv_doctor_files() { compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$cur")); }
_chv_doctor() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} flag='' command='' i
  COMPREPLY=()
  # bash takes "=" for a word of its own.
  if [[ $cur == = ]]; then cur=''; flag=\${COMP_WORDS[COMP_CWORD-1]}
  elif [[ \${COMP_WORDS[COMP_CWORD-1]} == = ]]; then flag=\${COMP_WORDS[COMP_CWORD-2]}
  else flag=\${COMP_WORDS[COMP_CWORD-1]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in ${names.join('|')}) command=\${COMP_WORDS[i]}; break ;; esac
  done
  if [[ -z $command && $cur != -* && $flag != -* ]]; then __chv_doctor_words "${names.join(' ')}"; return; fi
  case $command in
${all.map(commandCase).join('\n')}
  esac
}
complete -F _chv_doctor chv-doctor
`
}

/** Arguments of the user's own for Cloud Hypervisor, put into the command that was composed. */
import type { Argv } from '../util/argv.ts'
import { UsageError } from '../util/errors.ts'

/** A flag with the values that follow it. */
type Option = readonly [flag: string, ...values: string[]]

const isFlag = (word: string): boolean => /^-(-[a-z]|[a-zA-Z])/.test(word)

/** "--flag=value" is one word to clap as well; apart they can be compared. */
const apart = (word: string): readonly string[] => {
  const found = /^(--[a-z0-9-]+)=(.*)$/s.exec(word)
  return found ? [found[1] ?? '', found[2] ?? ''] : [word]
}

/** Splits words at their flags. @throws UsageError when they do not start with one */
const optionsIn = (words: readonly string[]): Option[] => {
  const options: [string, ...string[]][] = []
  for (const word of words.flatMap(apart)) {
    if (isFlag(word)) options.push([word])
    else if (options.length > 0) options.at(-1)?.push(word)
    else
      throw new UsageError(
        `After -- come flags of Cloud Hypervisor, such as --cpus boot=4; "${word}" is none.`,
      )
  }
  return options
}

/** Each of these describes one more device: the guest gets ours and the user's. */
const more = new Set(['--disk', '--net'])

const payload = new Set(['--firmware', '--kernel'])

/** Whether the user's flags make one of ours void. */
const replaces = (given: ReadonlySet<string>, flag: string): boolean => {
  if (more.has(flag)) return false
  if (given.has(flag)) return true
  // From 48.0 on firmware and kernel exclude each other; a command line goes with its kernel.
  if (payload.has(flag)) return [...payload].some((other) => given.has(other))
  return flag === '--cmdline' && given.has('--firmware')
}

/**
 * Further disks and network devices are added to ours, in one flag, which every release understands;
 * any other flag takes the place of ours.
 * @param extra what the user wrote after `--`
 * @throws UsageError when it does not start with a flag
 */
export const withArguments = (command: Argv, extra: readonly string[]): Argv => {
  if (extra.length === 0) return command
  const [binary, ...words] = command
  const theirs = optionsIn(extra)
  const given = new Set(theirs.map(([flag]) => flag))
  const joined = new Set<Option>()
  const ours = optionsIn(words)
    .filter(([flag]) => !replaces(given, flag))
    .map((option): Option => {
      if (!more.has(option[0])) return option
      const added = theirs.filter(([flag]) => flag === option[0])
      for (const one of added) joined.add(one)
      return [...option, ...added.flatMap(([, ...values]) => values)]
    })
  return [binary, ...ours.flat(), ...theirs.filter((option) => !joined.has(option)).flat()]
}

/** The values of a flag in a command. */
export const valuesOf = (command: Argv, flag: string): readonly string[] =>
  optionsIn(command.slice(1))
    .filter(([name]) => name === flag)
    .flatMap(([, ...values]) => values)

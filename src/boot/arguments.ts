/** Merges the user's arguments for Cloud Hypervisor into the boot command. */
import type { Argv } from '../util/argv.ts'
import { UsageError } from '../util/errors.ts'

/** A flag with the values that follow it. */
export type Option = readonly [flag: string, ...values: string[]]

const isFlag = (word: string): boolean => /^-(-[a-z]|[a-zA-Z])/.test(word)

/** Splits "--flag=value", which clap accepts as well, so that flags can be compared. */
const splitAssignment = (word: string): readonly string[] => {
  const found = /^(--[a-z0-9-]+)=(.*)$/s.exec(word)
  return found ? [found[1] ?? '', found[2] ?? ''] : [word]
}

/**
 * Groups words by flag.
 * @throws UsageError when they do not start with a flag
 */
export const optionsIn = (words: readonly string[]): Option[] => {
  const options: [string, ...string[]][] = []
  for (const word of words.flatMap(splitAssignment)) {
    if (isFlag(word)) options.push([word])
    else if (options.length > 0) options.at(-1)?.push(word)
    else
      throw new UsageError(
        `After -- flags of Cloud Hypervisor are expected, such as --cpus boot=4; "${word}" is not a flag.`,
      )
  }
  return options
}

/** Flags that add devices: the guest gets those of both commands. */
const deviceFlags = new Set(['--disk', '--net', '--device'])

const payloadFlags = new Set(['--firmware', '--kernel'])

/** Whether the user's flags take the place of this one. */
const overrides = (given: ReadonlySet<string>, flag: string): boolean => {
  if (deviceFlags.has(flag)) return false
  if (given.has(flag)) return true
  // Since 48.0 firmware and kernel exclude each other, and a command line needs a kernel.
  if (payloadFlags.has(flag)) return [...payloadFlags].some((other) => given.has(other))
  return flag === '--cmdline' && given.has('--firmware')
}

/**
 * Adds disks, network devices and devices of the host to those of the command, in one flag, which every release accepts; any
 * other flag replaces the one of the command.
 * @param extra what the user wrote after `--`
 * @throws UsageError when it does not start with a flag
 */
export const withArguments = (command: Argv, extra: readonly string[]): Argv => {
  if (extra.length === 0) return command
  const [binary, ...words] = command
  const added = optionsIn(extra)
  const given = new Set(added.map(([flag]) => flag))
  const merged = new Set<Option>()
  const own = optionsIn(words)
    .filter(([flag]) => !overrides(given, flag))
    .map((option): Option => {
      if (!deviceFlags.has(option[0])) return option
      const same = added.filter(([flag]) => flag === option[0])
      for (const one of same) merged.add(one)
      return [...option, ...same.flatMap(([, ...values]) => values)]
    })
  return [binary, ...own.flat(), ...added.filter((option) => !merged.has(option)).flat()]
}

/** @returns the values of a flag in a command */
export const valuesOf = (command: Argv, flag: string): readonly string[] =>
  optionsIn(command.slice(1))
    .filter(([name]) => name === flag)
    .flatMap(([, ...values]) => values)

import type { Invocation } from '../cli/args.ts'
import { UsageError } from '../util/errors.ts'

/** @throws UsageError when more than one of these flags is given */
export const exclude = (call: Pick<Invocation, 'has'>, ...flags: readonly string[]): void => {
  const [one, other] = flags.filter((flag) => call.has(flag))
  if (other !== undefined)
    throw new UsageError(`--${one} and --${other} exclude each other: give one of them.`)
}

/** The rules of consent that `fix` and `undo` share. */
import { DoctorError, exit, UsageError } from '../util/errors.ts'
import type { Context } from './context.ts'

/** @throws UsageError when more than one of --yes and the previews is given */
export const exclusiveFlags = ({ call }: Pick<Context, 'call'>): void => {
  const given = [
    ...['yes', 'dry-run', 'script'].filter((flag) => call.has(flag)),
    ...(call.json ? ['json'] : []),
  ]
  if (given.length > 1)
    throw new UsageError(`--${given[0]} and --${given[1]} exclude each other: give one of them.`)
}

/**
 * @param preview what --dry-run would show
 * @throws DoctorError (exit 5) without consent where no question can be asked
 */
export const requireConsent = (
  { terminal, call }: Pick<Context, 'terminal' | 'call'>,
  preview: string,
): void => {
  if (terminal.interactive || call.has('yes')) return
  throw new DoctorError(
    exit.fixFailed,
    `No question can be asked (no terminal, or CI is set): give --yes to agree, or --dry-run to see ${preview}.`,
  )
}

/** Consent to what a configuration file of the working directory may start or weaken. */
import type { Output } from '../cli/output.ts'
import type { Terminal } from '../cli/terminal.ts'
import { type Guarded, guardedText } from '../config/guarded.ts'
import { UsageError } from '../util/errors.ts'

export interface Asking {
  readonly terminal: Terminal
  readonly out: Output
  readonly signal: AbortSignal
  /** `$XDG_STATE_HOME/chv-doctor`. */
  readonly stateDir: string
  readonly uid: number
}

/**
 * Asks once for each content of the file, and remembers the answer; `--config FILE` needs no answer.
 * @throws UsageError where the user cannot be asked, or does not agree
 */
export const requireConfigConsent = async (
  guarded: Guarded,
  { terminal, out, signal, stateDir, uid }: Asking,
): Promise<void> => {
  const { hasConsent, rememberConsent } = await import('../files/consents.ts')
  if (await hasConsent(stateDir, uid, guarded)) return
  const { path } = guarded
  const remedy = `read it, then give --config ${path} to use it`
  if (!terminal.interactive) {
    const names = guarded.keys.map(({ name }) => name).join(', ')
    throw new UsageError(
      `${path} was found in the working directory and sets ${names}, which needs your consent: ${remedy}.`,
    )
  }
  out.say(`${path} was found in the working directory. It sets:`)
  for (const key of guarded.keys) out.say(`  ${guardedText(key)}`)
  const { confirm } = await import('../cli/prompt.ts')
  if (!(await confirm('Use this file, now and as long as it does not change?', signal)))
    throw new UsageError(`${path} is not used without your consent: ${remedy}.`)
  await rememberConsent(stateDir, guarded)
}

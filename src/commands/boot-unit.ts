/** `chv-doctor boot --unit`: prints a systemd unit that runs the guest. */
import { guestUnit } from '../boot/unit/guest-unit.ts'
import { pageFor } from '../report/layout.ts'
import { DoctorError, exit } from '../util/errors.ts'
import { type Context, withHost } from './context.ts'

/**
 * @returns the exit code
 * @throws DoctorError (exit 1) when there can be no unit
 */
export const printUnit = async (context: Context): Promise<number> => {
  const { config, call, out, look } = context
  const unit = await withHost(context, (host) => guestUnit(host, config, call.rest))
  if ('problem' in unit)
    throw new DoctorError(exit.failed, `There can be no unit for this guest: ${unit.problem}.`)
  const say = (text: string) => out.say(pageFor(look).lines(text).join('\n'))
  for (const note of unit.notes) say(`Note: ${note}`)
  out.result(unit.content)
  return exit.healthy
}

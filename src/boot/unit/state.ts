/** Whether the unit that the configuration asks for is installed. */
import type { Config } from '../../config/keys.ts'
import type { Host } from '../../host/host.ts'
import { enabledLink } from '../../persist/enabled-unit.ts'
import { type GuestUnit, guestUnit, type NoUnit } from './guest-unit.ts'

export interface UnitState extends GuestUnit {
  readonly file: 'missing' | 'other' | 'same'
  /** Whether systemd starts it at boot. */
  readonly enabled: boolean
}

/** @returns the unit with its state, or why there can be none: the end of a sentence */
export const readUnitState = async (host: Host, config: Config): Promise<UnitState | NoUnit> => {
  // sd_booted(3)
  if ((await host.stat('/run/systemd/system')) === null) return { problem: 'systemd does not run this host' }
  const unit = await guestUnit(host, config)
  if ('problem' in unit) return unit
  const [text, link] = await Promise.all([host.readText(unit.path), host.linkTarget(enabledLink(unit.name))])
  const file = text === null ? 'missing' : text === unit.content ? 'same' : 'other'
  return { ...unit, file, enabled: link !== null }
}

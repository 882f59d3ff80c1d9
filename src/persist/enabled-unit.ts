/** A unit of systemd that starts at boot: how it is seen, and the step that makes it so. */
import type { Step } from '../contract/step.ts'

/** @returns the link that `systemctl enable` creates */
export const enabledLink = (unit: string): string => `/etc/systemd/system/multi-user.target.wants/${unit}`

/**
 * The step that enables a unit. Its undo stops the unit as well: the file of the unit goes next.
 * @param why what the unit does at boot, as an infinitive
 */
export const enableUnit = (unit: string, why: string): Step => ({
  kind: 'run',
  argv: ['systemctl', 'enable', unit],
  root: true,
  why,
  undo: [['systemctl', 'disable', '--now', unit]],
  undoWhile: enabledLink(unit),
})

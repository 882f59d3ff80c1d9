/** How the parts of an output look: records of the log, heads of chains, panics, what clap says. */
import type { Line } from './diagnosis.ts'

export interface Entry extends Line {
  readonly level: string | null
}

/** `cloud-hypervisor:   0.004829s: <vmm> WARN:net_util/src/open_tap.rs:88 -- text`; `--log-format` may change the head. */
const record =
  /^(?:[\w.-]+:\s+[\d.]+\S{0,2}s: )?.{0,80}?(?:<([^<>]*)> )?\b(ERROR|WARN|INFO|DEBUG|TRACE):(?:\S+:\d+ -- ?)(.*)$/

const topLevelErrors = [
  'Failed to open hypervisor interface (is hypervisor interface available?)',
  'Failed to start the VMM thread',
  'Failed to create Landlock object',
  'Failed to apply Landlock',
  'Failed to join on VMM thread',
  'VMM thread exited with error',
  'Error parsing config',
  'Error parsing restore',
  'Error parsing --api-socket',
  'Error parsing --event-monitor',
  'Error parsing logger format',
  'Error creating VM',
  'Error booting VM',
  'Error restoring VM',
  'Error creating log file',
  'Error running command',
  'Error opening HTTP socket',
] as const

export const isTopLevelError = (text: string) => topLevelErrors.some((head) => text.startsWith(head))

export const numbered = /^\s{0,6}(\d{1,2}): (.*)$/
export const header = /^Error: \S.{0,40}? exited with the following (?:(chain of errors)|error):$/
export const panicked = /^thread '([^']*)'(?: \(\d+\))? panicked at (?:'(.*)', )?(\S+?):?$/s
export const ourPrograms = /^(?:cloud-hypervisor|ch-remote|ch)\b/
/** What clap says where it prints no usage; `error:` alone is anybody's. */
export const clapWords =
  /unexpected argument '-|required arguments were not provided|cannot be used (?:multiple times|with)|invalid value '[^']*' for '--|a value is required for '--|wasn't expected/
export const clapError = /^error: (?!\[|could not compile)\S/

export const asEntry = ({ number, text }: Line): Entry => {
  const [, , level, message] = record.exec(text) ?? []
  return level === undefined || message === undefined
    ? { number, text, level: null }
    : { number, text: message, level }
}

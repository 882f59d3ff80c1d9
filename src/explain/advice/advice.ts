/** What a command line itself gives away, before or beside any error. */
import type { Advice } from '../cause.ts'
import type { Layer, Line } from '../diagnosis.ts'
import { type CommandLine, devices } from '../reading/command-line.ts'
import { bootEntryAdvice, consoleAdvice, firmwareConsoleAdvice } from './console-advice.ts'
import { deviceAdvice } from './device-advice.ts'
import { diskTypeAdvice, imageAdvice, pathAdvice } from './disk-advice.ts'
import { landlockAdvice } from './landlock-advice.ts'
import { memoryAdvice } from './memory-advice.ts'
import { netAdvice } from './net-advice.ts'
import { optionAdvice } from './option-advice.ts'
import { brokenLineAdvice, nothingDoubtful, waitingAdvice } from './shape-advice.ts'
import { situationAdvice } from './situation-advice.ts'

type Rule = (command: CommandLine, lines: readonly Line[]) => readonly Advice[]

type Rules = readonly (readonly [Layer, Rule])[]

/** What keeps a guest from running comes before what keeps it from being seen, and that before the network. */
const first: Rules = [
  ['start', waitingAdvice],
  ['usage', optionAdvice],
  ['confinement', landlockAdvice],
  ['guest', situationAdvice],
  ['device', deviceAdvice],
  ['memory', memoryAdvice],
  ['console', consoleAdvice],
  ['disk', imageAdvice],
]
const last: Rules = [
  ['disk', pathAdvice],
  ['disk', diskTypeAdvice],
]

const rulesFor = (command: CommandLine): Rules => {
  const network = ['network', netAdvice] as const
  const firmware = ['console', firmwareConsoleAdvice] as const
  // With a seed a person came as far as a login; without one the screen is empty.
  const withSeed = devices(command, 'disk').length > 1
  return [...first, ...(withSeed ? [network, firmware] : [firmware, network]), ...last]
}

/**
 * @param lines all lines of the text: what stands beside the command may say how many huge pages there are
 * @returns what is doubtful in a command line, by layer
 */
export const adviceFor = (
  command: CommandLine,
  lines: readonly Line[] = [],
): readonly (Advice & { readonly layer: Layer })[] => {
  // Flags on lines that the shell did not take for this command would be missed by every other rule.
  const broken = brokenLineAdvice(command)
  if (broken.length > 0) return broken.map((advice) => ({ ...advice, layer: 'usage' }))
  return rulesFor(command).flatMap(([layer, rule]) =>
    rule(command, lines).map((advice) => ({ ...advice, layer })),
  )
}

/** @returns what is doubtful in a part of a command: nothing that another part may settle */
export const adviceForPart = (
  part: CommandLine,
  lines: readonly Line[],
): readonly (Advice & { readonly layer: Layer })[] => [
  ...optionAdvice(part).map((advice) => ({ ...advice, layer: 'usage' as const })),
  ...bootEntryAdvice(part, lines).map((advice) => ({ ...advice, layer: 'console' as const })),
]

/** @returns what is to be said of a command where there is nothing else to say */
export const adviceForSilence = (
  command: CommandLine,
  isAlone: boolean,
): readonly (Advice & { readonly layer: Layer })[] =>
  nothingDoubtful(command, isAlone).map((advice) => ({ ...advice, layer: 'start' }))

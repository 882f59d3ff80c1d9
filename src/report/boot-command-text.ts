/** The command that starts a guest, in a form that can be pasted. */

import { quoteWord } from '../util/quote.ts'
import { type Paint, wrapCommand } from './layout.ts'

/** Words of a command with each flag kept beside its first value, so that lines break before flags. */
const flagUnits = (command: readonly string[]): string[] => {
  const units: string[] = []
  for (const [index, word] of command.entries()) {
    const previous = command[index - 1]
    if (previous?.startsWith('--') && !word.startsWith('--')) units.push(`${units.pop()} ${quoteWord(word)}`)
    else units.push(quoteWord(word))
  }
  return units
}

/** A command over several lines that break before flags. */
export const pasteable = (command: readonly string[], width: number, indent: string): string[] =>
  wrapCommand(flagUnits(command), width, indent)

/** The command that starts the guest, with what it is. */
export const renderBootCommand = (
  command: readonly string[],
  { width, paint, say }: { width: number; paint: Paint; say: (text: string) => string },
): string[] => [
  `${paint('strong', 'Start the guest:')} ${say('chv-doctor boot')}, or paste`,
  ...pasteable(command, width, '  '),
]

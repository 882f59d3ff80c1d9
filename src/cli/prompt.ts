/** Asks questions on the terminal; inquirer is used only here and in pick.ts. */
import { Interrupted } from '../util/errors.ts'
import { visibleLine } from '../util/printable.ts'
import { asciiText } from './ascii.ts'
import type { Choice } from './pick.ts'

const unlessCancelled = async <T>(asking: Promise<T>): Promise<T> => {
  try {
    return await asking
  } catch (error) {
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name))
      throw new Interrupted()
    throw error
  }
}

/** How a question is drawn. */
export interface PromptLook {
  readonly color: boolean
  /** Whether the locale has no other characters. */
  readonly ascii: boolean
}

/** Bold and dim (ECMA-48 8.3.117). */
const styled = (color: boolean, on: number) => (text: string) => (color ? `\x1b[${on}m${text}\x1b[22m` : text)

/**
 * @param choices their texts may contain data, which inquirer does not sanitise
 * @param signal ends the question as Ctrl-C does: SIGTERM, or a terminal that was closed
 * @returns the values that were picked, possibly none
 * @throws Interrupted
 */
export const pick = async (
  message: string,
  choices: readonly Choice[],
  { color, ascii }: PromptLook,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const { pickPrompt } = await import('./pick.ts')
  const line = (text: string) => (ascii ? asciiText(visibleLine(text)) : visibleLine(text))
  const printable = choices.map((choice) => ({
    ...choice,
    name: line(choice.name),
    short: line(choice.short),
    description: line(choice.description),
    details: choice.details.map(line),
  }))
  const look = { strong: styled(color, 1), quiet: styled(color, 2), ascii, rows: process.stdout.rows ?? 24 }
  return unlessCancelled(pickPrompt({ message: line(message), choices: printable, ...look }, { signal }))
}

/**
 * @param signal ends the question
 * @returns whether the answer was yes; Enter alone means no
 * @throws Interrupted
 */
export const confirm = async (message: string, signal: AbortSignal): Promise<boolean> => {
  const { default: inquirer } = await import('inquirer')
  const { agreed } = await unlessCancelled(
    inquirer.createPromptModule({ signal })<{ agreed: boolean }>([
      { type: 'confirm', name: 'agreed', message: visibleLine(message), default: false },
    ]),
  )
  return agreed
}

/** Asks questions on the terminal; inquirer is used only here. */
import { Interrupted } from '../util/errors.ts'
import { visibleLine } from '../util/printable.ts'

const unlessCancelled = async <T>(asking: Promise<T>): Promise<T> => {
  try {
    return await asking
  } catch (error) {
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name))
      throw new Interrupted()
    throw error
  }
}

export interface Choice {
  readonly value: string
  readonly name: string
  /** Shown in place of the name once the question is answered. */
  readonly short: string
  /** Shown below the list while the choice is under the cursor. */
  readonly description: string
  readonly checked: boolean
}

/** inquirer does not sanitise what it prints, and these texts contain data. */
const printable = (choice: Choice): Choice => ({
  ...choice,
  name: visibleLine(choice.name),
  short: visibleLine(choice.short),
  description: visibleLine(choice.description),
})

/** @param signal ends the question as Ctrl-C does: SIGTERM, or a terminal that was closed */
const prompter = async (signal: AbortSignal) => {
  const { default: inquirer } = await import('inquirer')
  return inquirer.createPromptModule({ signal })
}

/**
 * @param signal ends the question
 * @returns the values that were picked, possibly none
 * @throws Interrupted
 */
export const pick = async (
  message: string,
  choices: readonly Choice[],
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const prompt = await prompter(signal)
  const { picked } = await unlessCancelled(
    prompt<{ picked: string[] }>([
      {
        type: 'checkbox',
        name: 'picked',
        message: visibleLine(message),
        choices: choices.map(printable),
        pageSize: 12,
        loop: false,
      },
    ]),
  )
  return picked
}

/**
 * @param signal ends the question
 * @returns whether the answer was yes; Enter alone means no
 * @throws Interrupted
 */
export const confirm = async (message: string, signal: AbortSignal): Promise<boolean> => {
  const prompt = await prompter(signal)
  const { agreed } = await unlessCancelled(
    prompt<{ agreed: boolean }>([
      { type: 'confirm', name: 'agreed', message: visibleLine(message), default: false },
    ]),
  )
  return agreed
}

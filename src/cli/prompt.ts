/** Questions to the person at the terminal: inquirer, and only here. */
import { Interrupted } from '../util/errors.ts'
import { visibleLine } from '../util/printable.ts'

const unlessCancelled = async <T>(asking: Promise<T>): Promise<T> => {
  try {
    return await asking
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new Interrupted()
    throw error
  }
}

export interface Choice {
  readonly value: string
  readonly name: string
  /** What stands for it once the question is answered. */
  readonly short: string
  /** Shown below the list while the choice is under the cursor. */
  readonly description: string
  readonly checked: boolean
}

/** inquirer prints what it is given; names and descriptions hold data. */
const printable = (choice: Choice): Choice => ({
  ...choice,
  name: visibleLine(choice.name),
  short: visibleLine(choice.short),
  description: visibleLine(choice.description),
})

/** @returns the values that were picked, possibly none */
export const pick = async (message: string, choices: readonly Choice[]): Promise<readonly string[]> => {
  const { default: inquirer } = await import('inquirer')
  const { picked } = await unlessCancelled(
    inquirer.prompt<{ picked: string[] }>([
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

/** @returns whether the answer was yes; Enter alone means no */
export const confirm = async (message: string): Promise<boolean> => {
  const { default: inquirer } = await import('inquirer')
  const { agreed } = await unlessCancelled(
    inquirer.prompt<{ agreed: boolean }>([
      { type: 'confirm', name: 'agreed', message: visibleLine(message), default: false },
    ]),
  )
  return agreed
}

/** Why a package manager ended badly, from what it printed. */
import { packages, wordsOfManagers } from './causes/builds/packages.ts'
import { interpolate } from './patterns.ts'

/**
 * @param manager the name of its program
 * @param output what it printed
 * @returns what happened and what to do, in a few sentences, or null where the words are not known
 */
export const packageTrouble = (manager: string, output: string): string | null => {
  const lines = output.split(/[\r\n]+/)
  for (const { line: expressions = [], what, hint } of packages) {
    for (const line of lines) {
      const match = expressions.map((expression) => expression.exec(line)).find((one) => one !== null)
      if (match) return interpolate(`${what} ${hint}`, { ...wordsOfManagers[manager], ...match.groups })
    }
  }
  return null
}

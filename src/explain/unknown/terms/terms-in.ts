/** What the words of a line that is not known stand for, whatever its message: knowledge of the part, no guess at the reason. */
import { withWordsOfNames } from '../reasons/camel-case.ts'
import { cloudInitTerms } from './cloud-init.ts'
import { confidentialTerms } from './confidential.ts'
import { containerTerms } from './containers.ts'
import { deviceTerms } from './devices.ts'
import { firmwareTerms } from './firmware.ts'
import { systemTerms } from './host.ts'
import { kernelTerms } from './kernel.ts'
import { networkTerms } from './network.ts'
import { softwareTerms } from './software.ts'
import { storageTerms } from './storage.ts'
import type { Terms } from './term.ts'
import { windowsTerms } from './windows.ts'

/** More would bury the line. */
export const maxTerms = 2

/** Of a longer text both ends are looked at. */
const looked = 1500

/** From the most particular to what many lines name: which words, and what they stand for. */
export const terms: Terms = [
  ...windowsTerms,
  ...confidentialTerms,
  ...deviceTerms,
  ...cloudInitTerms,
  ...firmwareTerms,
  ...storageTerms,
  ...kernelTerms,
  ...containerTerms,
  ...networkTerms,
  ...systemTerms,
  ...softwareTerms,
]

/** @returns what at most so many of the words in a text stand for; empty where it holds none that is known */
export const termsIn = (text: string, limit = maxTerms): string => {
  const words = withWordsOfNames(
    text.length > 2 * looked ? `${text.slice(0, looked)} ${text.slice(-looked)}` : text,
  )
  const found: string[] = []
  for (const [expression, sentence] of terms) {
    if (found.length === limit) break
    if (expression.test(words)) found.push(sentence)
  }
  return found.join(' ')
}

/** Lines beside those that were told whose words stand for something that is known. */
import { doc } from '../../cause.ts'
import { bare, type Diagnosis, type Line, numbersOf, standingAlone } from '../../diagnosis.ts'
import { isAbsent, kernelTime } from '../failure-words.ts'
import { soundsAdverse } from '../likely-line.ts'
import { standsIn } from './stands-in.ts'
import { isOfTrouble, maxTerms, terms } from './terms-in.ts'

/** Of a whole log one word says nothing. */
const maxLines = 60

/** A person picked so few lines out. */
const few = 4

/** Of a longer line its beginning is looked at. */
const maxLooked = 400

/** A row of a table says nothing: a name, and numbers behind it. */
const isRow = (text: string): boolean =>
  /^\s{0,20}[\w./:-]{1,80}(?:\s{1,40}[\d.,]{1,20}\w{0,8}){2,8}(?:\s|$)/.test(text)

/** What a person typed: then the text shows what was tried, and is no log of something that goes well. */
const prompt = /^\s{0,8}(?:\[?[\w.-]{1,40}@[\w.-]{1,60}[^\]#$]{0,80}\]?[#$]|\$) ?[a-z./]/

/** A kernel that starts names all that it knows, and so does a text in which nothing failed. */
const mayTell = ({ text, head }: Line, isTold: boolean): boolean =>
  (isTold && !isRow(text) && !kernelTime.test(head ?? '')) || (soundsAdverse(text) && !isAbsent.test(text))

/**
 * @param told what was said already
 * @param all the lines of the text, without its commands
 * @returns at most two remarks, each on a line and what its words stand for
 */
export const termsBeside = (told: readonly Diagnosis[], all: readonly Line[]): readonly Diagnosis[] => {
  if (all.length > maxLines) return []
  const numbers = numbersOf(told)
  const said = told.map(({ why }) => why).join(' ')
  const isShown = told.length > 0 || all.some(({ text }) => prompt.test(text))
  const lines = all.filter((line) => !numbers.has(line.number) && mayTell(line, isShown))
  const isPickedOut = told.length === 0 && all.length <= few
  const found = terms
    .filter(([, sentence]) => !said.includes(sentence))
    .flatMap((term) => {
      const [expression, sentence] = term
      const among = isPickedOut && isOfTrouble(term) ? all : lines
      const line = among.find(({ text }) => {
        const beginning = text.slice(0, maxLooked)
        return standsIn(expression, beginning, beginning.toLowerCase())
      })
      return line ? [{ line, sentence }] : []
    })
    .slice(0, maxTerms)
  return [...new Set(found.map(({ line }) => line))].map((line) => ({
    cause: 'unknown',
    layer: 'other',
    severity: 'note',
    what: `${told.length === 0 ? 'A line' : 'Another line'} that may matter: ${line.text.trim().slice(0, 160)}`,
    why: found.flatMap((one) => (one.line === line ? [one.sentence] : [])).join(' '),
    hint: 'Whether it has to do with what happened, the text does not tell: compare the order of the lines.',
    ...standingAlone,
    reference: doc('README.md'),
    confidence: 'possible',
    lines: [bare(line)],
  }))
}

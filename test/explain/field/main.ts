/**
 * `npm run score:explain -- [--all] [--without-causes] [FILE…]`: the table, and each case that is not right.
 * --without-causes scores what is said when the causes that answer a case are switched off.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { type FieldCase, scoreCase, tableOf, verdicts } from './score.ts'
import { makeSwitchable, scoreWithoutCauses } from './without.ts'

const committed = new URL('../test/explain/field/', import.meta.url)
const operands = process.argv.slice(2)
const isAll = operands.includes('--all')
const isWithout = operands.includes('--without-causes')
if (isWithout) makeSwitchable()
const named = operands.filter((operand) => !operand.startsWith('--'))
const files =
  named.length > 0
    ? named
    : readdirSync(committed)
        .filter((name) => name.endsWith('.json'))
        .map((name) => new URL(name, committed).pathname)

for (const file of files) {
  const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly FieldCase[]
  const scores = isWithout
    ? cases.map(scoreWithoutCauses).filter((score) => score !== null)
    : cases.map(scoreCase)
  for (const { id, verdict, causes, confidence, missed } of scores) {
    if (verdict === 'right' && !isAll) continue
    const said = causes.length > 0 ? `${causes.join(', ')} (first: ${confidence})` : 'nothing'
    process.stdout.write(
      `${verdict.padEnd(10)} ${id}: ${said}${missed.length > 0 ? `; ${missed.join('; ')}` : ''}\n`,
    )
  }
  const { counts, certain, certainRight } = tableOf(scores)
  process.stdout.write(
    `${file}: ${scores.length} cases: ${verdicts.map((name) => `${counts[name]} ${name}`).join(', ')}; "certain" was right in ${certainRight} of ${certain}\n`,
  )
}

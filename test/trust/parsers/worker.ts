/**
 * Fuzzes in a process of its own, so that one that hangs or eats memory can be ended and named:
 * worker TARGET CASES SEED. A line of progress for each batch, the result as the last line of JSON.
 */
import { fuzz } from './fuzz.ts'
import { targets } from './targets.ts'

const [id, cases, seed] = process.argv.slice(2)
const target = targets.find((candidate) => candidate.id === id)
if (!target) throw new Error(`there is no target ${id}`)
// A stack is the most expensive part of an error, and its first lines say where.
Error.stackTraceLimit = 4
const own = import.meta.url
const result = await fuzz(
  target,
  Number(cases),
  Number(seed),
  (url) => url === own,
  (done) => {
    process.stdout.write(`${done}\n`)
  },
)
process.stdout.write(`${JSON.stringify(result)}\n`)

/**
 * Fuzzes in a process of its own, so that one that hangs or eats memory can be ended and named:
 * worker TARGET CASES SEED FILE. A line of progress for each batch, the result as the last line of JSON;
 * FILE has the input that is being tried.
 */
import { ftruncateSync, openSync, writeSync } from 'node:fs'
import { fuzz } from './fuzz.ts'
import { targets } from './targets.ts'

const [id, cases, seed, file = ''] = process.argv.slice(2)
const target = targets.find((candidate) => candidate.id === id)
if (!target) throw new Error(`there is no target ${id}`)
// A stack is the most expensive part of an error, and its first lines say where.
Error.stackTraceLimit = 4
const own = import.meta.url
const last = openSync(file, 'w')
const result = await fuzz(
  target,
  Number(cases),
  Number(seed),
  (url) => url === own,
  (input, done) => {
    ftruncateSync(last, writeSync(last, input, 0, input.length, 0))
    if (done % 64 === 0) process.stdout.write(`${done}\n`)
  },
)
process.stdout.write(`${JSON.stringify(result)}\n`)

// npm run bench [ROUNDS]: what a start, a check and a merge take, as ratios in one interleaved run.
// npm run bench -- PART: one of these, which are files beside this one. Each writes its tables into docs/performance.md.
import { writePage } from './figures.mjs'
import { benchMerge } from './merge.mjs'
import { benchStart } from './start.mjs'

const parts = ['artifacts', 'crowd', 'explain', 'fix', 'own-checks', 'peers', 'ready']

const part = process.argv[2]
if (parts.includes(part)) await import(`./${part}.mjs`)
else if (part !== undefined && !/^\d+$/.test(part)) {
  process.stderr.write(`usage: npm run bench [-- ROUNDS | PART]; parts: ${parts.join(', ')}\n`)
  process.exit(2)
} else {
  const rounds = Number(part ?? 25)
  benchStart(rounds)
  benchMerge(Math.min(rounds, 9))
}
writePage()

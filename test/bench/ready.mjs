// npm run bench -- ready [ROUNDS]: a check with both its proofs, on a copy of this host that the doctor made ready.
import { spawnSync } from 'node:child_process'
import { record } from './figures.mjs'
import { columnsOf, rowsOf } from './process.mjs'

const rounds = Number(process.argv[3] ?? 15)
const major = process.versions.node.split('.')[0]
const host = new URL('ready-host.ts', import.meta.url).pathname
const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', host, String(rounds)], {
  stdio: ['ignore', 'pipe', 'inherit'],
  encoding: 'utf8',
})
if (status !== 0) throw new Error('the ready host was not measured, see above')
const { why, runs, processes, proofs } = JSON.parse(stdout)
if (why) console.log(`not measured: ${why}`)
else {
  const rows = rowsOf(runs).map((row) => [...row, String(processes[row[0]] ?? 'no strace')])
  const note = `Medians of ${rounds} rounds, as ratios to \`node -e 0\`. The proofs: ${proofs.join(', ')}.`
  record(
    `A check on a ready host, Node.js ${major}`,
    [...columnsOf('whole process'), 'processes'],
    rows,
    note,
    `ready-${major}`,
  )
  for (const row of rows) console.log(row.join('  '))
  console.log(note)
}

// `npm run test:trust [-- SEED [PART…]]`: the measurements with one seed, then the table in docs/trust.md.
// A part that is named alone is measured anew; the others keep their last figures.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { writeTable } from './table.mjs'

const host = (title) => ['test/trust/host.real', '--testNamePattern', title]
/** What vitest runs for it, and where its figures are. */
const parts = {
  faults: host('planted: '),
  kills: host('killed: '),
  power: host('power cut: '),
  together: host('two at once '),
  scarce: host('scarce: '),
  servers: ['test/trust/servers'],
  fuzz: ['test/trust/parsers/fuzz'],
}

const [seed = String(randomInt(2 ** 31)), ...chosen] = process.argv.slice(2)
const unknown = chosen.filter((part) => !(part in parts))
if (!/^\d+$/.test(seed) || unknown.length > 0) {
  process.stderr.write(
    `usage: npm run test:trust -- [SEED [PART…]]; parts: ${Object.keys(parts).join(', ')}\n`,
  )
  process.exit(2)
}
process.stdout.write(`seed ${seed}: \`npm run test:trust -- ${seed}\` makes the same choices again\n`)
const run = (words) =>
  spawnSync('npx', ['vitest', 'run', '--config', 'test/trust/vitest.config.ts', ...words], {
    stdio: 'inherit',
    env: { ...process.env, CHV_DOCTOR_TEST_TRUST: 'full', CHV_DOCTOR_TEST_SEED: seed },
  }).status ?? 1
if (chosen.length === 0) rmSync('.trust', { recursive: true, force: true })
for (const part of chosen) rmSync(`.trust/${part}.json`, { force: true })
const codes = chosen.length === 0 ? [run([])] : chosen.map((part) => run(parts[part]))
process.stdout.write(`${writeTable()}\n`)
process.exitCode = Math.max(...codes)

// `npm run test:trust [-- SEED]`: all measurements with one seed, then the table in docs/trust.md.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { writeTable } from './table.mjs'

const seed = process.argv[2] ?? String(randomInt(2 ** 31))
process.stdout.write(`seed ${seed}: \`npm run test:trust -- ${seed}\` makes the same choices again\n`)
rmSync('dist/trust', { recursive: true, force: true })
const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'test/trust/vitest.config.ts'], {
  stdio: 'inherit',
  env: { ...process.env, CHV_DOCTOR_TEST_TRUST: 'full', CHV_DOCTOR_TEST_SEED: seed },
})
process.stdout.write(`${writeTable()}\n`)
process.exitCode = status ?? 1

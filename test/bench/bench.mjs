// npm run bench -- artifacts: see artifacts.mjs. npm run bench: start-up as ratios to `node -e 0` in one interleaved run, and the processes of a check.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { benchMerge } from './merge.mjs'

if (process.argv[2] === 'artifacts') {
  await import('./artifacts.mjs')
  process.exit()
}

const rounds = Number(process.argv[2] ?? 25)
const cli = new URL('../../dist/cli.js', import.meta.url).pathname
const home = mkdtempSync(`${tmpdir()}/chv-bench-`)
const env = { PATH: process.env.PATH, HOME: home }

const commands = {
  'node -e 0': ['-e', '0'],
  '--version': [cli, '--version'],
  check: [cli, 'check'],
}

const timed = (args) => {
  const start = process.hrtime.bigint()
  spawnSync(process.execPath, args, { env, cwd: home, stdio: 'ignore' })
  return Number(process.hrtime.bigint() - start) / 1e6
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
for (let round = 0; round <= rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const ms = timed(args)
    if (round > 0) times[name].push(ms) // the first round warms the caches
  }
}

const base = times['node -e 0']
console.log(`${rounds} interleaved rounds, medians; in brackets the fastest`)
for (const [name, values] of Object.entries(times)) {
  const ratio = median(values.map((value, index) => value / base[index]))
  // On a machine that others use the fastest round is the one that was disturbed least.
  const fastest = Math.min(...values) / Math.min(...base)
  const ms = median(values).toFixed(1).padStart(7)
  console.log(`${name.padEnd(12)} ${ms} ms  ${ratio.toFixed(2)} x node -e 0  (${fastest.toFixed(2)} x)`)
}

const trace = `${home}/trace`
const strace = spawnSync(
  'strace',
  ['-f', '-qq', '-e', 'trace=execve', '-o', trace, process.execPath, cli, 'check'],
  { env, cwd: home },
)
if (strace.error) console.log('processes of a check: not counted, strace is not here')
else {
  const started = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => / = 0$/.test(line))
  console.log(`processes that a check starts: ${started.length - 1}`)
}
rmSync(home, { recursive: true })
benchMerge(Math.min(rounds, 9))

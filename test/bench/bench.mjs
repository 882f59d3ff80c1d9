// npm run bench: what a start and a check take, as ratios to `node -e 0` in one interleaved run.
// npm run bench -- artifacts | peers: see artifacts.mjs and peers.mjs. Each writes its tables into docs/performance.md.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { record, writePage } from './figures.mjs'
import { benchMerge } from './merge.mjs'
import { interleave, median, ratio } from './process.mjs'

const cli = new URL('../../dist/cli.js', import.meta.url).pathname

/** The processes that a check starts, counted by the kernel; null without strace. */
const processesOf = (argv, options, trace) => {
  const { error } = spawnSync('strace', ['-f', '-qq', '-e', 'trace=execve', '-o', trace, ...argv], options)
  if (error) return null
  const started = readFileSync(trace, 'utf8').split('\n')
  return started.filter((line) => / = 0$/.test(line)).length - 1
}

const benchStart = (rounds) => {
  const home = mkdtempSync(`${tmpdir()}/chv-bench-`)
  const options = { env: { PATH: process.env.PATH, HOME: home }, cwd: home }
  const node = process.execPath
  const commands = {
    'node -e 0': [node, '-e', '0'],
    '--version': [node, cli, '--version'],
    check: [node, cli, 'check'],
  }
  try {
    const runs = interleave(commands, rounds, options)
    const base = runs['node -e 0']
    const rows = Object.entries(runs).map(([name, own]) => [
      `\`${name}\``,
      median(own.map(({ wall }) => wall)).toFixed(0),
      ratio(own, base, 'wall'),
      ratio(own, base, 'cpu'),
      ratio(own, base, 'peak'),
    ])
    const processes = processesOf(commands.check, { ...options, stdio: 'ignore' }, `${home}/trace`)
    const counted =
      processes === null ? 'Processes were not counted: no strace.' : `A check starts ${processes} processes.`
    const columns = ['whole process', 'ms', 'wall', 'processor', 'peak memory']
    record(
      'A start and a check',
      columns,
      rows,
      `Medians of ${rounds} rounds, as ratios to \`node -e 0\`. ${counted}`,
    )
    for (const row of rows) console.log(row.join('  '))
    console.log(counted)
  } finally {
    rmSync(home, { recursive: true })
  }
}

const part = process.argv[2]
if (part === 'artifacts' || part === 'peers') await import(`./${part}.mjs`)
else {
  const rounds = Number(part ?? 25)
  benchStart(rounds)
  benchMerge(Math.min(rounds, 9))
}
writePage()

// npm run bench -- own-checks [ROUNDS]: what each of 200 checks of one's own adds to a check of the host that does
// nothing else: the difference, by their number.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { record } from './figures.mjs'
import { interleave, median } from './process.mjs'

const rounds = Number(process.argv[3] ?? 15)
const count = 200
const cli = new URL('../../dist/cli.js', import.meta.url).pathname

const source = `
const look = (id) => ({
  id, title: 'Nothing is looked at', findings: { none: { found: 'nothing', expected: 'something' } },
  probe: async () => ({}), judge: () => ({ status: 'ok', found: 'nothing' }),
})
export const checks = Array.from({ length: Number(process.env.OWN_CHECKS) }, (_, at) => look(\`own-\${at}\`))
`

const place = mkdtempSync(`${tmpdir()}/chv-bench-own-`)
try {
  writeFileSync(`${place}/own.mjs`, source)
  writeFileSync(`${place}/none.yaml`, '{}\n')
  const configs = { 0: 'none.yaml', 1: 'own.yaml', [count]: 'own.yaml' }
  writeFileSync(`${place}/own.yaml`, `check_files: [${place}/own.mjs]\n`)
  const check = (number, ...more) => [
    'env',
    `OWN_CHECKS=${number}`,
    process.execPath,
    cli,
    'check',
    '--config',
    `${place}/${configs[number]}`,
    // The report has all of them, as a machine would read it.
    '--json',
    ...more,
  ]
  const commands = { none: check(0), one: check(1), [count]: check(count) }
  const runs = interleave(commands, rounds, { env: { PATH: process.env.PATH, HOME: place }, cwd: place })
  const seen = new Set(Object.values(runs).flatMap((own) => own.map(({ code }) => code)))
  if (seen.has(2) || seen.has(70)) throw new Error(`a check ended with ${[...seen].join(', ')}`)
  const perCheck = (quantity) => {
    const differences = runs[count].map((run, index) => run[quantity] - runs.one[index][quantity])
    const least = (name) => Math.min(...runs[name].map((run) => run[quantity]))
    const each = (milliseconds) => (milliseconds / (count - 1)).toFixed(3)
    return `${each(median(differences))} (${each(least(count) - least('one'))})`
  }
  const of = (name, quantity) => median(runs[name].map((run) => run[quantity])).toFixed(0)
  const rows = Object.keys(commands).map((name) => [name, of(name, 'wall'), of(name, 'cpu')])
  const each = [perCheck('wall'), perCheck('cpu')]
  record(
    'Checks of one’s own',
    ['own checks', 'ms', 'processor, ms'],
    [...rows.map((row) => row), ['each of them', ...each]],
    `Medians of ${rounds} rounds; in brackets from the least of each. Loading a file comes with the first.`,
  )
  for (const row of [...rows, ['each', ...each]]) console.log(row.join('  '))
} finally {
  rmSync(place, { recursive: true })
}

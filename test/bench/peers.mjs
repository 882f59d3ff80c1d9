// npm run bench -- peers [ROUNDS]: other doctors on this host in the same run, and what those that look at such hosts
// saw of planted faults (npm run test:trust). What cannot be had here is left out, and the table says so.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { record } from './figures.mjs'
import { peersToCompare } from './peers-to-compare.mjs'
import { interleave, median, ratio } from './process.mjs'

const rounds = Number(process.argv[3] ?? 7)
const cli = new URL('../../dist/cli.js', import.meta.url).pathname
const trust = new URL('../../docs/trust.md', import.meta.url).pathname

/** "2 of 13 / 13 of 13": planted faults in its scope that it and this doctor saw, as docs/trust.md has them. */
const sawOf = (peer) =>
  readFileSync(trust, 'utf8').match(new RegExp(`in the scope of ${peer}: .* \\| (.+) \\|`))?.[1] ??
  'not measured'

/** What is true of this host, so that exit codes can be read. */
const kvmHere = (options) => {
  const { stdout } = spawnSync(process.execPath, [cli, 'check', '--only', 'kvm', '--json'], {
    ...options,
    encoding: 'utf8',
  })
  const kvm = JSON.parse(stdout).results.find(({ id }) => id === 'kvm')
  const hardware = /^flags.*\b(vmx|svm)\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'))
  return `KVM here: ${kvm.found ?? kvm.reason} (${kvm.status}); the processor shows ${hardware ? '' : 'no '}vmx or svm.`
}

const home = mkdtempSync(`${tmpdir()}/chv-bench-`)
try {
  const env = { PATH: `${process.env.PATH}:/usr/sbin:/sbin`, HOME: home, LC_ALL: 'C' }
  const { found, missing, directory } = peersToCompare()
  const all = { 'chv-doctor check': { argv: [process.execPath, cli, 'check'] }, ...found }
  const commands = Object.fromEntries(Object.entries(all).map(([name, { argv }]) => [name, argv]))
  const runs = interleave(commands, rounds, { env, cwd: directory })
  const base = runs['chv-doctor check']
  const rows = Object.entries(runs).map(([name, own]) => [
    name,
    median(own.map(({ wall }) => wall)).toFixed(0),
    ratio(own, base, 'wall'),
    ratio(own, base, 'cpu'),
    [...new Set(own.map(({ code }) => code))].join(', '),
    all[name].trust ? sawOf(all[name].trust) : '',
  ])
  const left = Object.entries(missing).map(([name, why]) => `${name}: ${why}.`)
  const note = [
    `Medians of ${rounds} rounds, as ratios to \`chv-doctor check\` in the same round.`,
    kvmHere({ env, cwd: home }),
    ...(left.length > 0 ? [`Left out: ${left.join(' ')}`] : []),
  ].join(' ')
  const columns = [
    'tool',
    'ms',
    'wall',
    'processor',
    'exit code here',
    'faults in its scope: it saw / chv-doctor',
  ]
  record('Other doctors', columns, rows, note)
  for (const row of rows) console.log(row.join('  '))
  console.log(note)
} finally {
  rmSync(home, { recursive: true })
}

/** A merge of 1,000 reports, as a ratio to a process that reads the same files and parses them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { writeFleet } from '../helpers/fleet.mjs'

const hosts = 1000
const cli = new URL('../../dist/cli.js', import.meta.url).pathname
const read = `const { readFileSync } = require('node:fs')
for (const file of process.argv.slice(1)) JSON.parse(readFileSync(file, 'utf8'))`

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Runs each command once per round, after one that warms the caches. @returns milliseconds by name */
const interleaved = (commands, rounds, place) => {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++)
    for (const [name, args] of Object.entries(commands)) {
      const start = process.hrtime.bigint()
      const env = { PATH: process.env.PATH, HOME: place }
      const { status, stderr } = spawnSync(process.execPath, args, { env, cwd: place, encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      if (round > 0) times[name].push(Number(process.hrtime.bigint() - start) / 1e6)
    }
  return times
}

/** Prints medians of interleaved rounds. */
export const benchMerge = (rounds) => {
  const place = mkdtempSync(`${tmpdir()}/chv-bench-merge-`)
  try {
    const files = writeFleet(place, hosts)
    const page = ['--format', 'html', '--output', `${place}/page.html`]
    const commands = {
      'read and parse': ['-e', read, '--', ...files],
      'report --merge': [cli, 'report', '--merge', ...files, ...page],
    }
    const times = interleaved(commands, rounds, place)
    const base = times['read and parse']
    for (const [name, values] of Object.entries(times)) {
      const ratio = median(values.map((value, index) => value / base[index]))
      const ms = median(values).toFixed(1).padStart(7)
      console.log(
        `${name.padEnd(14)} ${ms} ms  ${ratio.toFixed(2)} x reading and JSON.parse of ${hosts} reports`,
      )
    }
  } finally {
    rmSync(place, { recursive: true })
  }
}

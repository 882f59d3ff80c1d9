/** A merge of 1,000 reports, as a ratio to a process that reads the same files and parses them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { writeFleet } from '../helpers/fleet.mjs'
import { record } from './figures.mjs'
import { columnsOf, interleave, rowsOf } from './process.mjs'

const hosts = 1000
const cli = new URL('../../dist/cli.js', import.meta.url).pathname
const read = `const { readFileSync } = require('node:fs')
for (const file of process.argv.slice(1)) JSON.parse(readFileSync(file, 'utf8'))`

/** Prints and records medians of interleaved rounds. */
export const benchMerge = (rounds) => {
  const place = mkdtempSync(`${tmpdir()}/chv-bench-merge-`)
  try {
    const files = writeFleet(place, hosts)
    const page = ['--format', 'html', '--output', `${place}/page.html`]
    const commands = {
      'read and parse': [process.execPath, '-e', read, '--', ...files],
      'report --merge': [process.execPath, cli, 'report', '--merge', ...files, ...page],
    }
    const runs = interleave(commands, rounds, { env: { PATH: process.env.PATH, HOME: place }, cwd: place })
    const failed = Object.values(runs)
      .flat()
      .find(({ code }) => code !== 0)
    if (failed) throw new Error(`a command ended with ${failed.code}`)
    const rows = rowsOf(runs)
    record(`A merge of ${hosts} reports`, columnsOf('process'), rows, `Medians of ${rounds} rounds.`)
    for (const row of rows) console.log(row.join('  '))
  } finally {
    rmSync(place, { recursive: true })
  }
}

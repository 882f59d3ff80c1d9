/** A start and a check on a host that has nothing, as ratios to `node -e 0`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { record } from './figures.mjs'
import { columnsOf, interleave, processesOf, rowsOf } from './process.mjs'

const cli = new URL('../../dist/cli.js', import.meta.url).pathname
const major = Number(process.versions.node.split('.')[0])

/** Prints and records medians of interleaved rounds; what they are depends on the Node.js that runs this. */
export const benchStart = (rounds) => {
  const home = mkdtempSync(`${tmpdir()}/chv-bench-`)
  const options = { env: { PATH: process.env.PATH, HOME: home }, cwd: home }
  const node = process.execPath
  // Node.js keeps what it compiled where this names a directory, from 22 on.
  const cache = major >= 22 ? ['env', `NODE_COMPILE_CACHE=${home}/compiled`] : null
  const check = [node, cli, 'check']
  const commands = {
    '`node -e 0`': [node, '-e', '0'],
    '`--version`': [node, cli, '--version'],
    '`check`': check,
    ...(cache ? { '`check` with `NODE_COMPILE_CACHE`': [...cache, ...check] } : {}),
  }
  try {
    const rows = rowsOf(interleave(commands, rounds, options))
    const processes = processesOf(check, options)
    const counted =
      processes === null ? 'Processes were not counted: no strace.' : `A check starts ${processes} processes.`
    record(
      `A start and a check, Node.js ${major}`,
      columnsOf('whole process'),
      rows,
      `Medians of ${rounds} rounds, as ratios to \`node -e 0\`. ${counted}`,
      `start-${major}`,
    )
    for (const row of rows) console.log(row.join('  '))
    console.log(counted)
  } finally {
    rmSync(home, { recursive: true })
  }
}

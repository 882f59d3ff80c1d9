// What the benchmarks share: interleaved rounds, medians of the ratios within a round, and the
// product's own code.
import { basename, dirname } from 'node:path'
import { buildSync } from 'esbuild'
import { record } from './figures.mjs'
import { median } from './process.mjs'

const root = new URL('../..', import.meta.url).pathname

/**
 * Times ways to do the same, each once a round, in an order that turns, prints and records their ratios
 * to the first. The first round warms the caches and does not count.
 * @param ways name to async function; `before` runs untimed before each and is told which run this is
 * @returns name to median ratio
 */
export const compare = async (title, rounds, ways, before) => {
  const names = Object.keys(ways)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  let run = 0
  for (let round = 0; round <= rounds; round++) {
    const order = names.map((_, index) => names[(index + round) % names.length])
    for (const name of order) {
      await before?.(run++)
      const start = process.hrtime.bigint()
      await ways[name]()
      if (round > 0) times[name].push(Number(process.hrtime.bigint() - start) / 1e6)
    }
  }
  const [base] = names
  console.log(`\n${title}: ${rounds} interleaved rounds, medians; in brackets the fastest`)
  const width = Math.max(...names.map((name) => name.length))
  const ratios = {}
  const rows = []
  for (const name of names) {
    ratios[name] = median(times[name].map((ms, index) => ms / times[base][index]))
    const ms = median(times[name]).toFixed(1).padStart(9)
    // On a machine that others use the fastest round is the one that was disturbed least.
    const fastest = Math.min(...times[name])
      .toFixed(1)
      .padStart(9)
    console.log(`${name.padEnd(width)} ${ms} ms  ${ratios[name].toFixed(2)} x ${base}  (${fastest} ms)`)
    rows.push([name, ms.trim(), ratios[name].toFixed(2), fastest.trim()])
  }
  const note = `Medians of ${rounds} rounds, as ratios to the first row.`
  record(title[0].toUpperCase() + title.slice(1), ['way', 'ms', 'ratio', 'fastest, ms'], rows, note)
  return ratios
}

/**
 * Writes the product's modules, those that are loaded on use beside it.
 * @param source TypeScript that exports what is needed
 * @throws Error where it names what the product does not have
 */
export const bundle = (source, outfile) =>
  buildSync({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // As the program: what is loaded on use is not parsed before.
    splitting: true,
    outdir: dirname(outfile),
    entryNames: basename(outfile, '.mjs'),
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
    banner: { js: 'const require = process.getBuiltinModule' },
  })

/** The product's modules in this process. @param source as `bundle` takes it */
export const productCode = async (directory, source) => {
  const outfile = `${directory}/product.mjs`
  bundle(source, outfile)
  return import(outfile)
}

/** TypeScript that carries the steps of one fix out as `chv-doctor fix` does, journal and all. */
export const carryOutSource = `
import { applyPlan } from './src/apply/apply.ts'
import { openJournal } from './src/apply/journal.ts'
export const carryOut = async (id, steps, directory) => {
  const signal = new AbortController().signal
  const failures = await applyPlan([{ id, title: id, checks: [], needed: true, steps }], {
    executor: { rootPrefix: [], bash: '/bin/bash', logDir: directory, signal },
    journal: openJournal(directory + '/state'),
    live: false,
    say: () => {},
  })
  if (failures.length > 0) throw new Error(failures[0].message)
}
`

// What the benchmarks share: interleaved rounds, medians of the ratios within a round, and the
// product's own code.
import { buildSync } from 'esbuild'

const root = new URL('../..', import.meta.url).pathname

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/**
 * Times ways to do the same, each once a round, in an order that turns, and prints their ratios to the
 * first. The first round warms the caches and does not count.
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
  for (const name of names) {
    ratios[name] = median(times[name].map((ms, index) => ms / times[base][index]))
    const ms = median(times[name]).toFixed(1).padStart(9)
    // On a machine that others use the fastest round is the one that was disturbed least.
    const fastest = Math.min(...times[name])
      .toFixed(1)
      .padStart(9)
    console.log(`${name.padEnd(width)} ${ms} ms  ${ratios[name].toFixed(2)} x ${base}  (${fastest} ms)`)
  }
  return ratios
}

/** The product's modules in one, for this process. @param source TypeScript that exports what is needed */
export const productCode = async (directory, source) => {
  const outfile = `${directory}/product.mjs`
  buildSync({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
    banner: { js: 'const require = process.getBuiltinModule' },
  })
  return import(outfile)
}

/** TypeScript that carries the steps of one fix out as `chv-doctor fix` does, journal and all. */
export const carryOutSource = `
import { applyPlan } from './src/apply/apply.ts'
import { openJournal } from './src/apply/journal.ts'
export const carryOut = async (id, steps, directory) => {
  const signal = new AbortController().signal
  const failures = await applyPlan([{ id, title: id, checks: [], needed: true, steps }], {
    hands: { rootPrefix: [], bash: '/bin/bash', logDir: directory, signal },
    journal: openJournal(directory + '/state'),
    live: false,
    say: () => {},
  })
  if (failures.length > 0) throw new Error(failures[0].message)
}
`

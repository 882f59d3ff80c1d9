/** Coverage-guided fuzzing of every parser, each in a process of its own that may hang or grow without harm. */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { beforeAll, describe, it } from 'vitest'
import { repository } from '../../helpers/disposable-host.ts'
import { full, record, seed } from '../settings.ts'
import type { FuzzResult } from './fuzz.ts'
import { targets } from './targets.ts'

const cases = full ? Number(process.env.CHV_DOCTOR_TEST_CASES ?? 100_000) : 300
/** All that a parser of texts and headers may need, besides what node itself takes. */
const maxMegabytes = 256
/** How long nothing may happen before a batch counts as hanging, in milliseconds: batches take milliseconds. */
const hangMs = 120_000

const directory = `${repository}/.trust`
const worker = `${directory}/fuzz-worker.mjs`

interface Fuzzed {
  readonly result: FuzzResult | null
  /** Why there is no result. */
  readonly problem: string | null
}

/** Fuzzes one target; a process that is silent for long is ended, and the place named. */
const fuzzInProcess = (id: string): Promise<Fuzzed> =>
  new Promise((resolve) => {
    const file = `${directory}/last-${id.replaceAll(' ', '-')}`
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${maxMegabytes}`, worker, id, String(cases), String(seed), file],
      { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let output = ''
    let errors = ''
    let hung = false
    const give = () => {
      hung = true
      child.kill('SIGKILL')
    }
    let timer = setTimeout(give, hangMs)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      clearTimeout(timer)
      timer = setTimeout(give, hangMs)
      output = (output + text).slice(-200_000)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2000)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      const last = output.trim().split('\n').pop() ?? ''
      if (code === 0) return resolve({ result: JSON.parse(last) as FuzzResult, problem: null })
      const what = hung ? 'hangs' : `ended with ${code}: ${errors}`
      const input = readFileSync(file).toString('base64').slice(0, 4000)
      return resolve({
        result: null,
        problem: `seed ${seed}, after case ${last}: ${what}; the input: ${input}`,
      })
    })
  })

describe(`parsers under fuzzing, ${cases} cases each, seed ${seed}`, () => {
  const results: Record<string, Fuzzed> = {}

  beforeAll(async () => {
    mkdirSync(directory, { recursive: true })
    await build({
      entryPoints: [`${repository}/test/trust/parsers/worker.ts`],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile: worker,
      logLevel: 'warning',
    })
  })

  it.concurrent.for(targets)('$id', { timeout: 7_200_000 }, async ({ id }, { expect }) => {
    const fuzzed = await fuzzInProcess(id)
    results[id] = fuzzed
    record('fuzz', { results })
    expect(fuzzed.problem).toBeNull()
    expect(fuzzed.result?.cases).toBe(cases)
    expect(fuzzed.result?.failures).toEqual([])
  })
})

/**
 * The real Cloud Hypervisor, run into every failure of scenarios.ts. With CHV_DOCTOR_RECORD=1 the
 * outputs are also written to recorded/, where corpus.test.ts reads them without the program.
 */

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'
import { displayVersion, parseVersion } from '../../src/hypervisor/version.ts'
import { whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { makeFiles, type Outcome, produce, removeFiles } from './live.ts'
import { expectedIn, scenarios } from './scenarios.ts'

const binary = process.env.CHV_DOCTOR_TEST_CH
const isRoot = process.getuid?.() === 0
const whyNot = !binary
  ? 'CHV_DOCTOR_TEST_CH names no Cloud Hypervisor'
  : (whyNoDisposableHost ?? (isRoot ? null : 'needs root'))

const cpuFlags = /^flags\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' ') ?? []

/** Ends of processes by signals, as a shell counts them. */
const signals: Readonly<Record<number, string>> = { 6: 'SIGABRT', 7: 'SIGBUS', 31: 'SIGSYS' }

const endingOf = (code: number) => ({ code, signal: signals[code - 128] ?? null })

describe.skipIf(whyNot)(`real failures${because(whyNot)}`, () => {
  const version = displayVersion(
    parseVersion(binary ? spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout : '') ?? '0.0.0',
  )
  const recorded: Record<string, Outcome> = {}
  let files = ''
  beforeAll(() => {
    files = makeFiles(binary ?? '')
  })
  afterAll(() => {
    removeFiles(files)
    if (!process.env.CHV_DOCTOR_RECORD) return
    const sorted = Object.fromEntries(
      scenarios.flatMap(({ name }) => (recorded[name] ? [[name, recorded[name]]] : [])),
    )
    writeFileSync(
      new URL(`recorded/v${version}.json`, import.meta.url),
      `${JSON.stringify(sorted, null, 1)}\n`,
    )
  })

  it.concurrent.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    async (name, scenario) => {
      const outcome = await produce(scenario, files)
      // The longest command line says nothing more than a short one.
      recorded[name] = { ...outcome, stderr: outcome.stderr.replace(/a{200,}/g, 'aaa') }
      const found = diagnose(outcome.stderr, scenario.hangs ? undefined : endingOf(outcome.code))
      const { unlessCpuHas } = scenario
      const canDo = unlessCpuHas !== undefined && cpuFlags.includes(unlessCpuHas)
      const expected = canDo ? null : expectedIn(scenario, version)
      const errors = found.filter(({ severity }) => severity === 'error')
      const told = `exit ${outcome.code}\n${outcome.stderr}`
      if (expected === null) expect(errors, told).toEqual([])
      else if (errors.length > 0) expect(found[0]?.cause, told).toBe(expected)
      else
        expect(
          found.map(({ cause }) => cause),
          told,
        ).toContain(expected)
    },
  )
})

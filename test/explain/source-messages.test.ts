/**
 * What the error types and the records of the log in the sources can print (source-messages.json: chains of
 * 53, Debug texts of 37, errors and warnings of all releases from 0.1 on, with EINVAL and 7 for values).
 * It is not judged here whether an answer is right, but that there is one: how many are left without a cause.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { familyIds } from '../../src/explain/causes/registry.ts'
import { diagnose } from '../../src/explain/diagnose.ts'

const messages = JSON.parse(
  readFileSync(new URL('source-messages.json', import.meta.url), 'utf8'),
) as Readonly<Record<'chains' | 'debug' | 'records', readonly string[]>>

const chain = (levels: string) =>
  `Error: Cloud Hypervisor exited with the following chain of errors:\n${levels
    .split(' › ')
    .map((level, index) => `  ${index}: ${level}\n`)
    .join('')}`

const debug = (text: string) =>
  `Error booting VM: ${text.replaceAll('EINVAL', 'Os { code: 22, kind: InvalidInput, message: "Invalid argument" }')}\n`

const record = (text: string) =>
  `cloud-hypervisor:   1.982375s: <vmm> ${text.replace(' ', ':vmm/src/lib.rs:12 -- ')}\n`

/** How many of a hundred may be left without a cause. */
const most = 7

describe.each([
  ['chains', messages.chains.map(chain)],
  ['debug', messages.debug.map(debug)],
  ['errors', messages.records.filter((one) => one.startsWith('ERROR')).map(record)],
] as const)('%s of the sources', (_, texts) => {
  const answers = texts.map((text) => ({ text, found: diagnose(text) }))
  const unnamed = answers.filter(({ found }) => found.every(({ cause }) => cause === 'unknown'))

  it(`have a cause, but for ${unnamed.length} of ${texts.length}, whose place and errno are told`, () => {
    expect(texts.length).toBeGreaterThan(300)
    expect(answers.filter(({ found }) => found.length === 0).map(({ text }) => text)).toEqual([])
    expect((unnamed.length / texts.length) * 100).toBeLessThan(most)
  })
  it('are never certain where only the place is known', () => {
    const certain = answers.filter(({ found }) =>
      found.some(
        ({ cause, confidence }) => confidence === 'certain' && (cause === 'unknown' || familyIds.has(cause)),
      ),
    )
    expect(certain.map(({ text }) => text)).toEqual([])
  })
})

it('no warning alone is an error that ended something', () => {
  const warnings = messages.records.filter((one) => one.startsWith('WARN')).map(record)
  const wrong = warnings.filter((text) =>
    diagnose(text).some(({ confidence, severity }) => severity === 'error' && confidence === 'certain'),
  )
  expect(wrong).toEqual([])
})

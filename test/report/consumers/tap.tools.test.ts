/** TAP 14, read by tap-parser (node-tap) and, as docs/ci.md says, by prove (Perl), which knows version 13. */
import { writeFileSync } from 'node:fs'
import { type FinalResults, Parser } from 'tap-parser'
import { describe, expect, it } from 'vitest'
import { because, missing } from '../../helpers/needs.ts'
import { scratch } from '../../helpers/scratch.ts'
import { consume } from '../../helpers/test-tools.ts'
import { results } from '../hostile-report.ts'
import { documents } from './documents.ts'

const whyNoProve = missing('prove')

/** What a strict parser finds; every line that is no TAP is an error. */
const parse = (tap: string) => {
  const events = Parser.parse(tap, { strict: true })
  const final = events.find(([name]) => name === 'complete')?.[1] as unknown as FinalResults
  const asserts = events.flatMap(([name, value]) => (name === 'assert' ? [value] : []))
  return { version: events.find(([name]) => name === 'version')?.[1], final, asserts }
}

describe('tap and tap-parser', () => {
  it('agree on the version, the plan and each result', async () => {
    for (const [of, tap] of Object.entries(await documents('tap'))) {
      const { version, final, asserts } = parse(tap)
      const errors = final.failures.filter(({ tapError }) => tapError)
      expect([of, version, errors, final.plan.end]).toEqual([of, 14, [], asserts.length])
    }
  })

  it('agree on the data of a result', async () => {
    const { 'hostile texts': tap = '' } = await documents('tap')
    const [ok, warn, fail, skip, unknown] = parse(tap).asserts
    expect(ok).toMatchObject({ ok: true, name: 'kvm', diag: { message: 'works' }, time: 3.1 })
    expect(warn).toMatchObject({ ok: true, diag: { severity: 'warn', hint: results[1]?.hint } })
    expect(fail).toMatchObject({ ok: false, diag: { code: 'disk-image/missing', path: '/srv/a|b.raw' } })
    expect(skip).toMatchObject({ ok: true, skip: 'blocked by disk-image' })
    expect(unknown).toMatchObject({ ok: false, diag: { severity: 'unknown' } })
  })
})

describe('tap and prove', () => {
  it.skipIf(whyNoProve)(`agree, where the first line says 13${because(whyNoProve)}`, async () => {
    const directory = scratch()
    for (const [of, tap] of Object.entries(await documents('tap'))) {
      writeFileSync(`${directory}/report.tap`, tap)
      const { stdout } = consume('prove', ['--exec', 'sed 1s/14/13/', `${directory}/report.tap`])
      expect(stdout).not.toContain('Parse errors')
      const count = tap.match(/^(not )?ok/gm)?.length ?? 0
      if (count > 0) expect([of, stdout]).toEqual([of, expect.stringContaining(`Tests=${count},`)])
    }
  })
})

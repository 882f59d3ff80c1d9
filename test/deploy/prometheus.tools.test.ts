/** deploy/prometheus/: promtool reads the alert rules, and says when they fire. */
import { describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { absent, consume, promtool } from '../helpers/test-tools.ts'

const whyNot = absent(promtool)

describe('the alert rules', () => {
  it.skipIf(whyNot)(`are rules${because(whyNot)}`, () => {
    const path = `${repository}/deploy/prometheus/chv-doctor.rules.yml`
    expect(consume(promtool, ['check', 'rules', '--lint-fatal', path]).stdout).toContain(
      'SUCCESS: 5 rules found',
    )
  })

  it.skipIf(whyNot)(`fire when they should, and not before${because(whyNot)}`, () => {
    const { stdout, stderr } = consume(promtool, [
      'test',
      'rules',
      `${repository}/test/deploy/prometheus/alerts.yaml`,
    ])
    expect(stderr).toBe('')
    expect(stdout).toContain('SUCCESS')
  })
})

import { describe, expect, it } from 'vitest'
import { because } from '../helpers/needs.ts'
import { noArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { ample } from './patience.ts'
import { onFreshMachine } from './story.ts'

/** Of the tests themselves: such a machine would keep a scenario waiting until its time is up. */
describe.skipIf(whyNoBox !== null)(`a panic of the machine's kernel${because(whyNoBox)}`, () => {
  it('ends the scenario at once, and is what it says', async () => {
    let crashed = 0
    const scenario = onFreshMachine('panic', { artifacts: noArtifacts }, async ({ machine, timeline }) => {
      await timeline.step('crash', () => {
        crashed = performance.now()
        return machine.must('echo c > /proc/sysrq-trigger', 'root')
      })
    })
    await expect(scenario).rejects.toThrow(
      /^the kernel of the machine panicked: .* Kernel panic - not syncing: sysrq triggered crash\n/,
    )
    expect(performance.now() - crashed).toBeLessThan(ample(60) * 1000)
  })
})

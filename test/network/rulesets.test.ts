/** Rules of many origins against what the kernel did with real packets of a guest, on hosts as they were recorded. */
import { describe, expect, it } from 'vitest'
import { scoreOf, truthOf } from '../helpers/kernel-verdicts.ts'
import { kernelVerdictOf, rulesetNames, verdictsOf } from '../helpers/rulesets-lab.ts'

describe('rules of others', () => {
  it.each(rulesetNames())('%s: no verdict contradicts the kernel', async (name) => {
    const { accepted, ...kernel } = kernelVerdictOf(name)
    const truth = { ...truthOf(kernel), ...accepted }
    const { forward, nat, found } = await verdictsOf(name)
    expect(scoreOf(forward, truth.forward), found.forward).not.toBe('wrong')
    expect(scoreOf(nat, truth.nat), found.nat).not.toBe('wrong')
  })

  it('is unsure of few of them', async () => {
    const verdicts = await Promise.all(rulesetNames().map(verdictsOf))
    const unsure = verdicts.filter(({ forward, nat }) => forward === 'warn' || nat === 'warn')
    expect(verdicts.length).toBeGreaterThan(30)
    expect(unsure.length / verdicts.length).toBeLessThan(0.3)
  })
})

/** The recorded verdicts of the kernel, and the recorded hosts, are those of this kernel and these tools. */
import { afterAll, describe, expect, it } from 'vitest'
import { scoreOf, truthOf } from '../helpers/kernel-verdicts.ts'
import { because } from '../helpers/needs.ts'
import {
  forgetObserver,
  kernelVerdictOf,
  observe,
  rulesetNames,
  rulesetsDirectory,
  whyNoPackets,
} from '../helpers/rulesets-lab.ts'

describe.skipIf(whyNoPackets)(`rules of others, and real packets${because(whyNoPackets)}`, () => {
  afterAll(forgetObserver)
  it.each(rulesetNames())('%s', (name) => {
    const { accepted, ...recorded } = kernelVerdictOf(name)
    const { verdicts, recording, ...kernel } = observe(`${rulesetsDirectory}/${name}`)
    expect(Object.keys(recording).length).toBeGreaterThan(0)
    expect(truthOf({ about: '', ...kernel })).toEqual(truthOf(recorded))
    const truth = { ...truthOf(recorded), ...accepted }
    expect(scoreOf(verdicts.forward, truth.forward), verdicts.found.forward).not.toBe('wrong')
    expect(scoreOf(verdicts.nat, truth.nat), verdicts.found.nat).not.toBe('wrong')
  })
})

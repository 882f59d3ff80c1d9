/** What is held: by a VM, or by another doctor that tries it for a moment. */
import { describe, expect, it } from 'vitest'
import { isHeldForLong } from '../../src/hypervisor/in-use.ts'
import { fakeHost } from '../helpers/fake-host.ts'

/** Answers in the order in which they are asked for; the last one stays. */
const answers = (...given: readonly boolean[]) => {
  let asked = 0
  return async () => given[Math.min(asked++, given.length - 1)] === true
}

describe('what was held when it was first looked at', () => {
  it.each([
    ['by a VM', answers(false), answers(true), true],
    ['by a VM, while other doctors look, too', answers(true, false), answers(true), true],
    ['by a doctor that has let go', answers(false), answers(false), false],
    ['by a doctor that lets go in a moment', answers(true), answers(true, true, false), false],
    // Its turn begins between the two questions.
    ['by a doctor that has just begun', answers(false, true), answers(true, false), false],
  ])('is held %s: %#', async (_, isTurnTaken, isHeld, expected) => {
    const host = { ...fakeHost({}), isTurnTaken }
    expect(await isHeldForLong(host, 'vm-tap0', isHeld)).toBe(expected)
  })
})

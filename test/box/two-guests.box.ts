import { describe, expect, it } from 'vitest'
import { realHypervisor } from '../e2e/fixtures.ts'
import { hypervisorNote } from '../e2e/scripts.ts'
import { because } from '../helpers/needs.ts'
import { realArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { bootInTerminal, expectNetwork, inGuest, powerOffGuest, useKernel } from './guest.ts'
import { onFreshMachine, repairInTerminal } from './story.ts'

const why = whyNoBox ?? (realHypervisor === null ? hypervisorNote : null)

describe.skipIf(why)(`two guests${because(why)}`, () => {
  it('run side by side, each with a network of its own', () =>
    onFreshMachine('two-guests', { artifacts: realArtifacts }, async (story) => {
      const { timeline } = story
      await useKernel(story)
      expect(await timeline.step('repair', () => repairInTerminal(story))).toContain('exit code 0')
      expect(
        await timeline.step('repair for the second', () => repairInTerminal(story, '--set guest=2')),
      ).toContain('exit code 0')
      const one = await timeline.step('boot the first', () => bootInTerminal(story, 'first'))
      const two = await timeline.step('boot the second', () =>
        bootInTerminal(story, 'second', '--set guest=2'),
      )
      await timeline.step('network of the first', () => expectNetwork(one))
      await timeline.step('network of the second', () => expectNetwork(two, '192.168.250.1'))
      expect(await inGuest(two, 'ping -c 1 -W 10 192.168.249.2'), 'one guest reaches the other').toBe(0)
      await powerOffGuest(one)
      await powerOffGuest(two)
    }))
})

import { describe, expect, it } from 'vitest'
import { realHypervisor } from '../e2e/fixtures.ts'
import { hypervisorNote } from '../e2e/scripts.ts'
import { realArtifacts, smallArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { bootInTerminal, expectNetwork, powerOffGuest, useKernel, verifyInTerminal } from './guest.ts'
import { takeStock } from './inventory.ts'
import { expectAsBefore, expectMissing, onFreshMachine, repairInTerminal, undoInTerminal } from './story.ts'

/** From nothing to a guest that answers, and back: the promise of the product, once and whole. */
describe.skipIf(whyNoBox !== null)(`a fresh machine, ${whyNoBox ?? hypervisorNote}`, () => {
  it('is checked, repaired, boots a guest, and is taken back', () =>
    onFreshMachine('core', { artifacts: realHypervisor ? realArtifacts : smallArtifacts }, async (story) => {
      const { machine, timeline } = story
      // The guest takes ssh keys only: a person who wants to log in there has one.
      await machine.must("ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519")
      // By a kernel: QEMU as released breaks down in the firmware, see firmware.box.ts.
      if (realHypervisor) await useKernel(story)
      const before = await timeline.step('take stock', () => takeStock(machine))
      await timeline.step('check on the console', async () =>
        expectMissing(await machine.console.run('chv-doctor check'), realHypervisor ? 'kernel' : 'firmware'),
      )
      const repair = await timeline.step('repair in a terminal', () => repairInTerminal(story))
      expect(repair).toContain('exit code 0')
      expect(repair).toContain('Start the guest:')
      if (realHypervisor) {
        expect(repair).toMatch(/^ {2}ok {3}boot-probe/m)
        const verified = await timeline.step('boot --verify', () => verifyInTerminal(story))
        expect(verified).toContain('exit code 0')
        for (const step of ['user logs in by ssh', 'guest reaches host', 'guest resolves a name'])
          expect(verified).toMatch(new RegExp(`^ {2}ok {3}${step} `, 'm'))
        const screen = await timeline.step('boot, log in at the guest', () => bootInTerminal(story, 'boot'))
        await timeline.step('ping, ping through NAT, name', () => expectNetwork(screen))
        await timeline.step('power off the guest', () => powerOffGuest(screen))
      }
      const undo = await timeline.step('undo', () => undoInTerminal(story))
      expect(undo).toContain('exit code 0')
      await timeline.step('compare', () => expectAsBefore(story, before))
    }))
})

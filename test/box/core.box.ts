import { describe, expect, it } from 'vitest'
import { realHypervisor } from '../e2e/fixtures.ts'
import { hypervisorNote } from '../e2e/scripts.ts'
import { because } from '../helpers/needs.ts'
import { realArtifacts, smallArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { expectVerified, makeKey, useKernel, verifyInTerminal } from './guest.ts'
import { takeStock } from './inventory.ts'
import { expectAsBefore, expectMissing, onFreshMachine, repairAsStep, undoInTerminal } from './story.ts'

/** From nothing to a guest that answers, and back: the promise of the product, once and whole. */
describe.skipIf(whyNoBox !== null)(`a fresh machine, ${hypervisorNote}${because(whyNoBox)}`, () => {
  it('is checked, repaired, boots a guest, and is taken back', () =>
    onFreshMachine('core', { artifacts: realHypervisor ? realArtifacts : smallArtifacts }, async (story) => {
      const { machine, timeline } = story
      await makeKey(story)
      // By a kernel: QEMU as released breaks down in the firmware, see firmware.box.ts.
      if (realHypervisor) await useKernel(story)
      const before = await timeline.step('take stock', () => takeStock(machine))
      await timeline.step('check on the console', async () =>
        expectMissing(
          await machine.console.run('chv-doctor check -v'),
          realHypervisor ? 'kernel' : 'firmware',
        ),
      )
      const repair = await repairAsStep(story)
      expect(repair).toContain('Start the guest:')
      if (realHypervisor) {
        expect(repair).toMatch(/^[✓+] proof .*boot-probe/m)
        expectVerified(await timeline.step('boot --verify', () => verifyInTerminal(story)))
      }
      const undo = await timeline.step('undo', () => undoInTerminal(story))
      expect(undo).toContain('exit code 0')
      await timeline.step('compare', () => expectAsBefore(story, before))
    }))
})

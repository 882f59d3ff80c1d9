import { describe, expect, it } from 'vitest'
import { because } from '../helpers/needs.ts'
import { smallArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { takeStock } from './inventory.ts'
import {
  expectAsBefore,
  expectHealthy,
  expectMissing,
  onFreshMachine,
  repairAsStep,
  undoInTerminal,
} from './story.ts'

describe.skipIf(whyNoBox !== null)(`a fresh machine${because(whyNoBox)}`, () => {
  it('is checked on its console, repaired in a terminal, green for a new login, and taken back', () =>
    onFreshMachine('short', { artifacts: smallArtifacts }, async (story) => {
      const { machine, timeline } = story
      const before = await timeline.step('take stock', () => takeStock(machine))
      await timeline.step('check on the console', async () =>
        expectMissing(await machine.console.run('chv-doctor check -v')),
      )
      const repair = await repairAsStep(story)
      expect(repair).toContain('Start the guest:')
      await timeline.step('check after a new login', () => expectHealthy(story))
      const undo = await timeline.step('undo', () => undoInTerminal(story))
      expect(undo).toContain('exit code 0')
      await timeline.step('compare', () => expectAsBefore(story, before))
    }))
})

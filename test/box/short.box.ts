import { describe, expect, it } from 'vitest'
import { smallArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { takeStock } from './inventory.ts'
import { expectAsBefore, failedIn, onFreshMachine, repairInTerminal, undoInTerminal } from './story.ts'

describe.skipIf(whyNoBox !== null)(`a fresh machine${whyNoBox ? ` (${whyNoBox})` : ''}`, () => {
  it('is checked on its console, repaired in a terminal, green for a new login, and taken back', () =>
    onFreshMachine('short', { artifacts: smallArtifacts }, async (story) => {
      const { machine, timeline } = story
      const before = await timeline.step('take stock', () => takeStock(machine))
      const check = await timeline.step('check', () => machine.console.run('chv-doctor check'))
      expect(check.code).toBe(1)
      expect(failedIn(check.output)).toEqual([
        'kvm',
        'qemu-utils',
        'dosfstools',
        'mtools',
        'cloud-hypervisor',
        'firmware',
        'disk-image',
        'cloud-init',
        'tap-device',
      ])
      const repair = await timeline.step('repair', () => repairInTerminal(story))
      expect(repair).toContain('exit code 0')
      expect(repair).toContain('Start the guest:')
      await timeline.step('check after a new login', async () => {
        expect(await machine.must('id -nG')).toMatch(/\bkvm\b/)
        const { code, output } = await machine.ssh('chv-doctor check')
        expect(failedIn(output)).toEqual([])
        expect(code).toBe(0)
      })
      const undo = await timeline.step('undo', () => undoInTerminal(story))
      expect(undo).toContain('exit code 0')
      await timeline.step('compare', () => expectAsBefore(story, before))
    }))
})

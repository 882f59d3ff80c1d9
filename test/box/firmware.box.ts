import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { realHypervisor } from '../e2e/fixtures.ts'
import { hypervisorNote } from '../e2e/scripts.ts'
import { realArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { verifyInTerminal } from './guest.ts'
import { onFreshMachine, repairInTerminal } from './story.ts'

/**
 * QEMU 7.2 aborts when the firmware writes CR8 while KVM waits for an interrupt window: its
 * helper_write_crN calls cpu_interrupt without the lock that this asserts.
 */
const abortingQemu = ((): string | null => {
  const { stdout } = spawnSync('qemu-system-x86_64', ['--version'], { encoding: 'utf8' })
  const version = /version (\d+)\.(\S+)/.exec(stdout ?? '')
  return version?.[1] === '7' ? `QEMU ${version[1]}.${version[2]} aborts in this firmware` : null
})()

describe.skipIf(whyNoBox !== null || abortingQemu !== null || realHypervisor === null)(
  `a boot by firmware, ${whyNoBox ?? abortingQemu ?? hypervisorNote}`,
  () => {
    it('brings the guest up', () =>
      onFreshMachine('firmware', { artifacts: realArtifacts }, async (story) => {
        const repair = await story.timeline.step('repair', () => repairInTerminal(story))
        expect(repair).toContain('exit code 0')
        const verified = await story.timeline.step('boot --verify', () => verifyInTerminal(story))
        expect(verified).toContain('exit code 0')
      }))
  },
)

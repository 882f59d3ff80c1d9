import { describe, expect, it } from 'vitest'
import { realHypervisor } from '../e2e/fixtures.ts'
import { hypervisorNote } from '../e2e/scripts.ts'
import { realArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { verifyInTerminal } from './guest.ts'
import { onFreshMachine, repairInTerminal } from './story.ts'

describe.skipIf(whyNoBox !== null || realHypervisor === null)(
  `direct kernel boot, ${whyNoBox ?? hypervisorNote}`,
  () => {
    it('brings the same guest up without a boot loader', () =>
      onFreshMachine('kernel', { artifacts: realArtifacts }, async (story) => {
        const { machine, timeline } = story
        // As its user takes kernel and initramfs out of the guest's distribution.
        const base = /^image_url: (\S+)\/[^/]+$/m.exec(
          await machine.must('cat ~/.config/chv-doctor/chv-doctor.yaml'),
        )?.[1]
        const fetchAll = `for (const name of ['vmlinuz', 'initrd'])
          fetch('${base}/' + name).then(async (answer) =>
            require('fs').writeFileSync('guest-' + name, Buffer.from(await answer.arrayBuffer())))`
        await machine.must(`node -e "${fetchAll}"`)
        await machine.must(
          `cat >> ~/.config/chv-doctor/chv-doctor.yaml <<'CONFIG'\n${[
            'boot: kernel',
            'kernel: ~/guest-vmlinuz',
            'initramfs: ~/guest-initrd',
            'cmdline: root=LABEL=guest rw console=ttyS0 mitigations=off',
          ].join('\n')}\nCONFIG`,
        )
        const repair = await timeline.step('repair', () => repairInTerminal(story))
        expect(repair).toContain('exit code 0')
        const verified = await timeline.step('boot --verify', () => verifyInTerminal(story))
        expect(verified).toContain('exit code 0')
      }))
  },
)

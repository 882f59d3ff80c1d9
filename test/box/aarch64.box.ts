import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { because } from '../helpers/needs.ts'
import { arm64Artifacts, noArtifacts } from './artifacts.ts'
import { whyNoBox, whyNot } from './build.ts'
import { expectUp, makeKey, useKernel, verifyInTerminal } from './guest.ts'
import { takeStock } from './inventory.ts'
import { architectures, boardWithGicV2 } from './machine.ts'
import { expectAsBefore, expectMissing, onFreshMachine, repairAsStep } from './story.ts'

// Maintainer scripts of arm64 packages run on this host while the root file system is made.
const why =
  whyNoBox ??
  whyNot([architectures.aarch64.emulator, 'arch-test', 'qemu-aarch64-static'], 'prepare-box') ??
  (spawnSync('arch-test', ['arm64']).status === 0
    ? null
    : 'this host runs no arm64 programs: see binfmt_misc')

const hypervisor = process.env.CHV_DOCTOR_TEST_CH_AARCH64 ?? ''
const whyNoGuest = hypervisor === '' ? 'CHV_DOCTOR_TEST_CH_AARCH64 is not set' : null

describe.skipIf(why !== null)(`a machine of the second architecture${because(why)}`, () => {
  it('is checked, and shown what it would get, without a change', () =>
    onFreshMachine('aarch64', { artifacts: noArtifacts, arch: 'aarch64' }, async (story) => {
      const { machine, timeline } = story
      const before = await timeline.step('take stock', () => takeStock(machine))
      await timeline.step('check on the console', async () =>
        expectMissing(await machine.console.run('chv-doctor check -v')),
      )
      // The questions to KVM, asked by somebody who may ask them.
      const kvm = await timeline.step('KVM', () => machine.ssh('chv-doctor check -v kvm tun', 'root'))
      expect(kvm).toMatchObject({ code: 0, output: expect.stringMatching(/^ {2}ok +kvm +API 12/m) })
      const { code, output } = await timeline.step('dry run', () => machine.ssh('chv-doctor fix --dry-run'))
      expect(code).toBe(0)
      // Upstream's names of its release files, and Ubuntu's of its images.
      expect(output).toMatch(/\/cloud-hypervisor-static-aarch64\b/)
      expect(output).toMatch(/\/CLOUDHV_EFI\.fd\b/)
      expect(output).toMatch(/-arm64\.img\b/)
      expect(output).not.toMatch(/x86|amd64/)
      const script = await timeline.step('script', () =>
        machine.must('chv-doctor fix --script | bash -n && chv-doctor fix --script'),
      )
      expect(script).toContain('cloud-hypervisor-static-aarch64')
      await timeline.step('compare', () => expectAsBefore(story, before))
    }))

  it('is no host for Cloud Hypervisor with a GICv2, and is told so', () =>
    onFreshMachine(
      'aarch64-gicv2',
      { artifacts: noArtifacts, arch: 'aarch64', board: boardWithGicV2 },
      async ({ machine, timeline }) => {
        const kvm = await timeline.step('KVM', () => machine.ssh('chv-doctor check -v kvm', 'root'))
        expect(kvm).toMatchObject({
          code: 1,
          output: expect.stringMatching(/^ {2}FAIL +kvm +KVM offers a guest a GICv2 only/m),
        })
      },
    ))

  it.skipIf(whyNoGuest)(`is repaired and boots a Debian guest with network${because(whyNoGuest)}`, () =>
    onFreshMachine(
      'aarch64-guest',
      { artifacts: arm64Artifacts(hypervisor), arch: 'aarch64' },
      async (story) => {
        const { machine, timeline } = story
        await makeKey(story)
        await useKernel(story, 'aarch64')
        const repair = await repairAsStep(story)
        expect(repair).toMatch(/^[✓+] proof .*boot-probe/m)
        const check = await timeline.step('check', () => machine.ssh('chv-doctor check -v'))
        expect(check.output).toMatch(/^ {2}ok +boot-probe +the test guest ran under \d/m)
        // The power button is a key on a GPIO there, and Debian's cloud kernel has no driver for those
        // (CONFIG_KEYBOARD_GPIO): the guest is ended, not powered off, and the exit code is 1.
        expectUp(await timeline.step('boot --verify', () => verifyInTerminal(story)))
      },
    ),
  )
})

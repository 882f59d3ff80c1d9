/** What stops a guest from outside of the configuration, on a kernel that has it in force: AppArmor, SELinux, cgroups of version 2. */
import { describe, expect, it } from 'vitest'
import { whyNoHypervisor } from '../e2e/fixtures.ts'
import { because } from '../helpers/needs.ts'
import { smallArtifacts } from './artifacts.ts'
import { causeOf, resultOf } from './ask.ts'
import { whyNoBox } from './build.ts'
import { expectReady, onFreshMachine, repairAsStep, type Story } from './story.ts'

const program = '/home/sky/.local/share/chv-doctor/bin/cloud-hypervisor'
const guest = '--kernel /home/sky/.local/share/chv-doctor/CLOUDHV.fd --serial tty --console off'

/** Everything is allowed but one device; without `audit` a refusal would leave no record. */
const profile = `profile planted ${program} flags=(attach_disconnected) {
  file,
  network,
  capability,
  unix,
  signal,
  audit deny /dev/kvm rw,
}
`

/** Starts a unit of systemd, whose properties are files of its cgroup. */
const unit = (...properties: readonly string[]) =>
  [
    'systemd-run --quiet --wait --pipe --collect --uid=sky --setenv=HOME=/home/sky',
    ...properties.map((property) => `--property=${property}`),
  ].join(' ')

const underAppArmor = async (story: Story) => {
  const { machine } = story
  await machine.must(`cat > /etc/apparmor.d/planted <<'PROFILE'\n${profile}PROFILE`, 'root')
  await machine.must('apparmor_parser --add /etc/apparmor.d/planted', 'root')
  expect(await resultOf(story, 'boot-probe')).toMatchObject({ status: 'fail' })
  expect(await resultOf(story, 'denials')).toMatchObject({ status: 'skip' })
  // Root may read the records of the kernel.
  expect(await resultOf(story, 'denials', { before: 'env' })).toMatchObject({
    status: 'warn',
    code: 'denials/refused',
    values: { module: 'AppArmor', object: '/dev/kvm', domain: 'planted', action: 'open' },
  })
  const { output } = await machine.ssh(`${program} ${guest}`)
  expect(output).toContain('Permission denied')
  expect(await causeOf(story, output)).toBe('kvm-denied')
  await machine.must('apparmor_parser --remove /etc/apparmor.d/planted', 'root')
  expect(await resultOf(story, 'boot-probe')).toMatchObject({ status: 'ok' })
}

const underCgroups = async (story: Story) => {
  const { machine } = story
  expect(await machine.must('stat -f -c %T /sys/fs/cgroup')).toBe('cgroup2fs\n')
  expect(await resultOf(story, 'limits')).toMatchObject({ status: 'ok' })
  for (const [property, code] of [
    ['MemoryMax=300M', 'limits/cgroup-too-little-memory'],
    ['TasksMax=20', 'limits/cgroup-too-few-tasks'],
  ] as const) {
    expect(await resultOf(story, 'limits', { before: unit(property) })).toMatchObject({
      status: 'fail',
      code,
    })
  }
  expect(await resultOf(story, 'limits', { before: unit('MemoryMax=2G') })).toMatchObject({ status: 'ok' })
  const few = await machine.ssh(`${unit('TasksMax=3')} ${program} ${guest}`, 'root')
  expect(few.output).toContain('Resource temporarily unavailable')
  expect(await causeOf(story, few.output)).toBe('threads-exhausted')
  const memory = '--memory size=256M,prefault=on'
  const swapless = ['MemoryMax=64M', 'MemorySwapMax=0']
  await machine.ssh(`${unit(...swapless)} --unit=planted ${program} ${guest} ${memory}`, 'root')
  const log = await machine.must('journalctl --no-pager --unit=planted', 'root')
  expect(log).toContain('oom-kill')
  expect(await causeOf(story, log)).toBe('out-of-memory-killed')
}

/**
 * The session of sky becomes one that Debian's policy confines. The files of the home are then those of that user, and
 * the read-only disk with the program has no labels of its own. Node.js needs memory that it may write and run.
 */
const confine = [
  'echo sky:user_u:s0 >> /etc/selinux/default/seusers',
  'setsebool allow_execmem on',
  'chcon -R -u user_u /home/sky',
  'umount /opt/product',
  'mount -o ro,context=system_u:object_r:usr_t:s0 LABEL=product /opt/product',
  'setenforce 1',
].join(' && ')

const underSelinux = async (story: Story) => {
  const { machine } = story
  await machine.must(confine, 'root')
  expect(await machine.must('id -Z')).toBe('user_u:user_r:user_t:s0\n')
  expect(await resultOf(story, 'kvm')).toMatchObject({
    status: 'unknown',
    reason: expect.stringContaining('SELinux confines this session (user_u:user_r:user_t:s0)'),
  })
  expect(await resultOf(story, 'denials')).toMatchObject({ status: 'skip' })
  expect(await resultOf(story, 'denials', { before: 'env' })).toMatchObject({
    status: 'warn',
    code: 'denials/refused',
    values: { module: 'SELinux', domain: 'user_u:user_r:user_t:s0' },
    hint: expect.stringContaining('semanage login'),
  })
  const { output } = await machine.ssh(`${program} ${guest}`)
  expect(output).toContain('Permission denied')
  expect(await causeOf(story, output)).toBe('kvm-unavailable-check')
  await machine.must('setenforce 0', 'root')
  expect(await resultOf(story, 'boot-probe')).toMatchObject({ status: 'ok' })
}

describe.skipIf(whyNoBox !== null)(`a machine with modern limits${because(whyNoBox)}`, () => {
  it.skipIf(whyNoHypervisor)(
    `tells what refuses the guest, and goes green without it${because(whyNoHypervisor)}`,
    () =>
      onFreshMachine('confined', { artifacts: smallArtifacts, packages: ['apparmor'] }, async (story) => {
        const { timeline } = story
        await repairAsStep(story)
        await timeline.step('check', () => expectReady(story))
        await timeline.step('AppArmor', () => underAppArmor(story))
        await timeline.step('cgroups', () => underCgroups(story))
      }),
  )
  it.skipIf(whyNoHypervisor)(
    `tells a user whom SELinux confines why there is no KVM${because(whyNoHypervisor)}`,
    () =>
      onFreshMachine(
        'confined-selinux',
        {
          artifacts: smallArtifacts,
          packages: ['selinux-policy-default', 'policycoreutils', 'selinux-utils'],
          kernel: ['security=selinux', 'enforcing=0'],
        },
        async (story) => {
          const { timeline } = story
          await repairAsStep(story)
          await timeline.step('check', () => expectReady(story))
          await timeline.step('SELinux', () => underSelinux(story))
        },
      ),
  )
})

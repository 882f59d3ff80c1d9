/** Several runs, deaths without a word, and what the host decides. */
import { describe, expect, it } from 'vitest'
import { checks } from '../../checks/registry.ts'
import type { Result } from '../../src/contract/report.ts'
import { diagnose } from '../../src/explain/diagnose.ts'
import { rankByHost } from '../../src/explain/rank-by-host.ts'
import { configWith } from '../helpers/config.ts'

const chain = (...levels: string[]) =>
  `Error: Cloud Hypervisor exited with the following chain of errors:\n${levels.map((level, at) => `  ${at}: ${level}\n`).join('')}`
const missingKernel = chain(
  'Error booting VM',
  'The VM could not boot',
  'Cannot open kernel file',
  'No such file or directory (os error 2)',
)
const busyTap = chain(
  'Error booting VM',
  'The VM could not boot',
  'Failed to open taps',
  'Unable to configure tap interface',
  'Device or resource busy (os error 16)',
)
const deniedTap = chain(
  'Error booting VM',
  'The VM could not boot',
  'Failed to open taps',
  'Unable to configure tap interface',
  'Operation not permitted (os error 1)',
)

const causes = (text: string) =>
  diagnose(text).map(({ cause, times }) => (times > 1 ? `${cause} x${times}` : cause))

describe('several runs in one log', () => {
  it('the last first, each cause once', () => {
    expect(causes(missingKernel + busyTap + missingKernel)).toEqual(['kernel-missing x2', 'tap-busy'])
    expect(diagnose(missingKernel + busyTap + missingKernel)[0]?.lines[0]?.number).toBe(12)
  })
  it('a chain behind a Debug line is one failure', () => {
    const debug =
      'cloud-hypervisor:   0.1s: <main> ERROR:src/lib.rs:23 -- Fatal error: VmBoot(VmBoot(KernelFile(Os { code: 2, kind: NotFound, message: "x" })))\n'
    expect(causes(debug + missingKernel)).toEqual(['kernel-missing'])
    expect(diagnose(debug + missingKernel)[0]?.lines).toHaveLength(6)
  })
  it('a Debug line without its chain does not swallow the next failure', () => {
    const debug =
      'cloud-hypervisor:   0.1s: <main> ERROR:src/lib.rs:23 -- Fatal error: VmBoot(VmBoot(KernelFile(Os { code: 2, kind: NotFound, message: "x" })))\n'
    const start =
      'cloud-hypervisor:   0.0s: <main> ERROR:src/lib.rs:23 -- Fatal error: VmBoot(VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapOpen(ConfigureTap(Os { code: 16, kind: ResourceBusy, message: "x" })))))))\n'
    expect(causes(debug + start + busyTap)).toEqual(['tap-busy', 'kernel-missing'])
  })
})

describe('a death', () => {
  it.each([
    [{ code: 135, signal: 'SIGBUS' }, 'hugepages-exhausted'],
    [{ code: 135, signal: null }, 'hugepages-exhausted'],
    [{ code: 159, signal: null }, 'seccomp-violation'],
    [{ code: null, signal: 'SIGSYS' }, 'seccomp-violation'],
    [{ code: null, signal: 'SIGABRT' }, 'aborted'],
    [{ code: 137, signal: null }, 'killed'],
    [{ code: 139, signal: 'SIGSEGV' }, 'segfault'],
  ])('%j without a word', (ending, cause) => {
    expect(diagnose('', ending).map((one) => one.cause)).toEqual([cause])
  })
  it('is no news beside its reason', () => {
    const panic =
      "thread 'vmm' (21) panicked at virtio-devices/src/transport/pci_device.rs:409:37:\ncalled `Result::unwrap()` on an `Err` value: InvalidMaxSize\n"
    expect(causes(`${panic}Aborted (core dumped)`)[0]).toBe('queue-size-invalid')
  })
  it.each([
    { code: 0, signal: null },
    { code: 1, signal: null },
  ])('%j alone says nothing', (ending) => {
    expect(diagnose('', ending)).toEqual([])
  })
})

describe('what nobody knows', () => {
  it('is located, with its errno in plain words', () => {
    const [one] = diagnose(
      chain(
        'Error booting VM',
        'The VM could not boot',
        'Error from device manager',
        'Cannot create virtio-frobnicator device',
        'Quux exceeded (os error 122)',
      ),
    )
    expect(one).toMatchObject({
      cause: 'unknown',
      layer: 'device',
      what: 'Cloud Hypervisor failed while setting up a device: Cannot create virtio-frobnicator device',
      why: expect.stringContaining('the disk quota is used up (EDQUOT)'),
    })
  })
  it('also a level that was pasted alone', () => {
    expect(diagnose('  7: Operation not permitted (os error 1)')[0]).toMatchObject({
      cause: 'unknown',
      why: expect.stringContaining('the kernel did not permit it (EPERM)'),
    })
  })
  it('also a panic of its own', () => {
    const [one] = diagnose("thread 'vmm' panicked at vmm/src/vm.rs:1:2:\nsomething new\n")
    expect(one).toMatchObject({ cause: 'unknown', what: expect.stringContaining('crashed (a panic)') })
  })
})

/** @param code of a finding, in full; for other results the id of the check */
const result = (code: string, status: Result['status'], more: Partial<Result> = {}): Result => ({
  id: code.split('/')[0] ?? '',
  title: code,
  group: 'network',
  status,
  ...(code.includes('/') ? { code } : {}),
  durationMs: 1,
  ...more,
})
const fix = { id: 'create-tap', args: {} } as const
const weighed = (text: string, results: readonly Result[], changes = {}) =>
  rankByHost(diagnose(text), { results, checks, config: configWith(changes), configured: configWith() })

describe('the host decides between readings', () => {
  it.each([
    ['tap-device/missing', 'tap-create-denied'],
    ['tap-device/foreign-owner', 'tap-foreign'],
    ['tap-device/foreign-group', 'tap-foreign'],
  ])('%s', (code, cause) => {
    const [first, ...others] = weighed(deniedTap, [result(code, 'fail', { fix })])
    expect(first).toMatchObject({
      cause,
      confidence: 'certain',
      agrees: true,
      fix,
      repair: ['chv-doctor', 'fix', 'tap-device'],
    })
    expect(others.map(({ confidence }) => confidence)).toEqual(['possible', 'possible'])
  })
  it('names the TAP of the command in the repair', () => {
    const [first] = weighed(deniedTap, [result('tap-device/missing', 'fail', { fix })], {
      tap: 'tap7',
    })
    expect(first?.repair).toEqual(['chv-doctor', 'fix', 'tap-device', '--set', 'tap=tap7'])
  })
  it('does not offer to replace a disk of the user', () => {
    const text = chain(
      'Error booting VM',
      'The VM could not boot',
      'Cannot open disk path',
      'No such file or directory (os error 2)',
    )
    const results = [result('disk-image/missing', 'fail', { fix: { id: 'fetch-image', args: {} } })]
    expect(weighed(text, results)[0]?.repair).toEqual(['chv-doctor', 'fix', 'disk-image'])
    expect(weighed(text, results, { disk: '/srv/mine.raw' })[0]?.repair).toBeNull()
  })
  it('takes another fault of the same object for no evidence', () => {
    const locked = chain('Error booting VM', 'The VM could not boot', 'Failed to lock disk image')
    const [first] = weighed(locked, [result('disk-image/missing', 'fail', { fix })])
    expect(first).toMatchObject({ agrees: null, repair: null })
    expect(first?.confidence).toBe(diagnose(locked)[0]?.confidence)
  })
  it('takes a finding that speaks for one reading as evidence against the other', () => {
    const found = weighed(deniedTap, [result('tap-device/down', 'fail', { fix })])
    expect(found.map(({ agrees }) => agrees)).toEqual([null, false, false])
  })
  it('confirms that the subnet is that of the local network', () => {
    const text = 'cloud-hypervisor --kernel a --serial tty --net tap=t,ip=192.168.1.1,mask=255.255.255.0'
    const code = 'subnet-conflict/in-other-network'
    const doubt = weighed(text, [result(code, 'fail')]).find(({ cause }) => cause === 'net-subnet-of-lan')
    expect(doubt).toMatchObject({ agrees: true, confidence: 'certain' })
  })
  it('leaves the order alone where it could not look', () => {
    const found = weighed(deniedTap, [result('tap-device/not-readable', 'unknown')])
    expect(found.map(({ cause }) => cause)).toEqual([
      'tap-create-denied',
      'tap-foreign',
      'capability-ineffective',
    ])
  })
  it('drops a doubt about the command that it dispels', () => {
    const text =
      'cloud-hypervisor --kernel a --serial tty --disk path=a path=b --net tap=t,mac=12:34:56:78:90:22'
    const before = weighed(text, []).map(({ cause }) => cause)
    const after = weighed(text, [result('cloud-init', 'ok')]).map(({ cause }) => cause)
    expect(before).toContain('net-mac-not-in-seed')
    expect(after).not.toContain('net-mac-not-in-seed')
  })
})

it('shows of several lines of one cause the last one that names a device or file', () => {
  const text = [
    'Gave up waiting for root file system device.  Common problems:',
    'ALERT!  /dev/md0 does not exist.  Dropping to a shell!',
    'Gave up waiting for root device.',
  ].join('\n')
  const found = diagnose(text).find(({ cause }) => cause === 'guest-no-root')
  expect(found?.lines.map(({ number }) => number)).toEqual([2])
  expect(found?.why).toContain('/dev/md0 does not exist')
})

/** First causes before what follows from them, by the order of events; ends by a signal; long texts. */
import { describe, expect, it } from 'vitest'
import { diagnose, diagnoseInSteps, readOutput } from '../../src/explain/diagnose.ts'

const record = (level: string, text: string) =>
  `cloud-hypervisor:   1.204101s: <vmm> ${level}:vmm/src/lib.rs:1 -- ${text}\n`
const told = (text: string) => diagnose(text).map(({ cause, follows }) => [cause, follows])

const sectorZero = record('WARN', 'Attempting to write to sector 0 on a disk without specifying image_type')
const gone =
  'VMM thread exited with error: VmReboot(DeviceManager(CreateVirtioFs(VhostUserConnect(VhostUserProtocol(SocketConnect(Os { code: 111, kind: ConnectionRefused, message: "x" }))))))\n'
const noServer = 'Error running command: Error opening HTTP socket: Connection refused (os error 111)\n'
const storage = record(
  'WARN',
  'Request failed: Request { request_type: In, sector: 9 } Os { code: 5, kind: Other, message: "x" }',
)
const guestError = '[   17.9] I/O error, dev vda, sector 90000 op 0x1:(WRITE)\n'

describe('the first cause stands first', () => {
  it.each([
    [
      'a refused write, and the reboot over it',
      sectorZero + gone,
      ['disk-sector0-refused', 'vhost-user-gone-at-reboot'],
    ],
    [
      'the end of the VMM, and its clients',
      gone + noServer,
      ['vhost-user-gone-at-reboot', 'api-client-no-server'],
    ],
    [
      'the same where the client wrote first',
      noServer + gone,
      ['vhost-user-gone-at-reboot', 'api-client-no-server'],
    ],
    [
      'memory that ran out, and the signal that systemd tells in between',
      [
        'x.service: A process of this unit has been killed by the OOM killer.',
        'x.service: Main process exited, code=killed, status=9/KILL',
        "x.service: Failed with result 'oom-kill'. cloud-hypervisor",
      ]
        .map((line) => `Nov 27 22:00:02 host systemd[1]: ${line}\n`)
        .join(''),
      ['out-of-memory-killed', 'killed'],
    ],
    [
      'the record of the VMM, and what its guest saw',
      storage + guestError,
      ['host-storage-failed', 'guest-disk-errors'],
    ],
    [
      'the same where the guest wrote first',
      guestError + storage,
      ['host-storage-failed', 'guest-disk-errors'],
    ],
    [
      'names that are not resolved, and a package without a list',
      [
        'Err:1 http://deb.example/debian bookworm InRelease',
        "  Temporary failure resolving 'deb.example'",
        "E: Package 'watchdog' has no installation candidate",
      ].join('\n'),
      ['guest-no-names', 'package-unknown'],
    ],
    [
      'a loader that Secure Boot refuses, and the network as the last entry',
      [
        'BdsDxe: failed to load Boot0001 "ubuntu" from HD(1,GPT,0A,0x800,0x1000)/\\EFI\\ubuntu\\shimx64.efi: Access Denied',
        '>>Start PXE over IPv4.',
        'PXE-E16: No valid offer received.',
      ].join('\n'),
      ['firmware-secure-boot-refused', 'firmware-boots-network'],
    ],
    [
      'a record that is known, and an end that is not',
      `${record('ERROR', 'Error programming tap offload: IoctlError(Os { code: 77, kind: Other, message: "x" })')}VMM thread exited with error: Error activating virtio devices: ActivateVirtioDevices(VirtioActivate(BadActivate))\n`,
      ['tap-gone', 'device-activation-failed'],
    ],
    [
      'a failed restore, and the VM that does not run',
      '["Error from API","The VM could not resume","VM is not running"]\nError restoring VM: VmRestore(DeviceManager(Disk(Os { code: 2, kind: NotFound, message: "x" })))\n',
      ['disk-missing', 'api-vm-not-running'],
    ],
  ])('%s', (_, text, [first, second]) => {
    expect(told(text)).toEqual([
      [first, null],
      [second, first],
    ])
  })
  it('a record of an earlier run explains no later one', () => {
    const first = `${record('ERROR', 'net: tx: failed writing to tap: Input/output error (os error 5)')}Error booting VM: VmBoot(KernelMissingPvhHeader)\n`
    const found = told(`${first}Error booting VM: VmBoot(SomethingNew)\n`)
    expect(found[0]).toEqual(['unknown', null])
  })
  it('a restore looks at no file of this host, and offers no download', () => {
    const [one] = diagnose(
      'Error restoring VM: VmRestore(DeviceManager(Disk(Os { code: 2, kind: NotFound, message: "x" })))\n',
    )
    expect(one).toMatchObject({ cause: 'disk-missing', check: null, fix: null })
    expect(`${one?.why} ${one?.hint}`).toContain('config.json')
    expect(one?.hint).not.toContain('chv-doctor fix')
  })
})

describe('what stands beside the words decides', () => {
  const unreadable = 'Error booting VM: VmBoot(KernelLoad(Elf(ReadKernelImage)))\n'
  it.each([
    [
      'hugepages=on',
      `cloud-hypervisor --kernel a --memory size=1G,hugepages=on\n${unreadable}`,
      'payload-memory-missing',
    ],
    ['no huge pages', `cloud-hypervisor --kernel a --memory size=1G\n${unreadable}`, 'payload-unreadable'],
    [
      'firmware that does not fit',
      'Error booting VM: VmBoot(AllocateFirmwareMemory(CreateUserMemoryRegion(CreateUserMemory(Invalid argument (os error 22)))))\n',
      'firmware-memory',
    ],
    [
      'guest memory that does not fit',
      'Error booting VM: VmBoot(MemoryManager(CreateUserMemoryRegion(CreateUserMemory(Invalid argument (os error 22)))))\n',
      'kvm-memory-region-refused',
    ],
    [
      'EACCES without Landlock',
      'cloud-hypervisor --kernel a\nError booting VM: VmBoot(DeviceManager(CreateVsockBackend(UnixBind(Os { code: 13, kind: PermissionDenied, message: "x" }))))\n',
      'vsock-socket-denied',
    ],
    [
      'EACCES with Landlock',
      'cloud-hypervisor --landlock --kernel a\nError booting VM: VmBoot(DeviceManager(CreateVsockBackend(UnixBind(Os { code: 13, kind: PermissionDenied, message: "x" }))))\n',
      'landlock-no-rule',
    ],
  ])('%s', (_, text, cause) => {
    expect(diagnose(text)[0]?.cause).toBe(cause)
  })
  it('ENOMEM of KVM is memory, not the firmware set-up', () => {
    const [one] = diagnose(
      "thread 'vmm' panicked at 'called `Result::unwrap()` on an `Err` value: VmCreate(Cannot allocate memory (os error 12))', vmm/src/vm.rs:706:48\n",
    )
    expect(one?.cause).toBe('kvm-out-of-memory')
    expect(`${one?.why} ${one?.hint}`).not.toMatch(/BIOS|firmware|nested/)
  })
})

describe('foreign texts', () => {
  it.each([
    'operation error EC2: RunInstances, request failed: InsufficientInstanceCapacity',
    'Error creating VM: the quota of the project is used up',
    'Error parsing config: yaml: line 4: mapping values are not allowed',
    'Error running command: exit status 1',
  ])('%s', (text) => {
    expect(diagnose(`${text}\n`).filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

describe('long texts', () => {
  const many = `${record('ERROR', 'something new')}Killed\n[1.0] I/O error, dev vda, sector 5000\n`.repeat(
    100,
  )
  it('are explained alike in steps', async () => {
    const steps = await diagnoseInSteps(readOutput(many), new AbortController().signal)
    expect(steps).toEqual(diagnose(many))
  })
  it('can be interrupted', async () => {
    const controller = new AbortController()
    const work = diagnoseInSteps(readOutput(many), controller.signal)
    controller.abort(new Error('interrupted'))
    await expect(work).rejects.toThrow('interrupted')
  })
})

/** What happened stands before doubts about the command, and what is not proved is not certain. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const command =
  'cloud-hypervisor --kernel vmlinux --cmdline "console=ttyS0 root=/dev/vda1" --serial tty --console off --disk path=a.img --net tap=,mac=\n'
const doubts = (text: string) => diagnose(text).filter(({ severity }) => severity === 'advice')

describe('doubts about a command', () => {
  it('are certain where the command stands alone', () => {
    expect(doubts(command)[0]).toMatchObject({ cause: 'net-mac-random', confidence: 'certain' })
  })
  it.each([
    ['a line of the firmware', 'Booting with PVH Boot Protocol\n', 'unknown', /the firmware of the guest/],
    [
      'a line of the guest',
      '[    0.5] pci 0000:00:01.0: [1af4:1042] type 00 class 0x018000 virtio\n',
      'unknown',
      /the kernel of the guest/,
    ],
    [
      'words of a person',
      'and then the screen stays as it is\n',
      'command-in-order',
      /^The command is in order/,
    ],
  ])('that fit most commands are not told beside %s', (_, line, cause, what) => {
    expect(diagnose(command + line)).toMatchObject([{ cause, what: expect.stringMatching(what) }])
  })
  it('are told, and never certain, beside words about their subject', () => {
    const found = doubts(`${command}ping: connect: Network is unreachable\n`)
    expect(found[0]).toMatchObject({ cause: 'net-mac-random', confidence: 'likely' })
    expect(found.filter(({ confidence }) => confidence === 'certain')).toEqual([])
  })
  it('say nothing of an unseen guest beside what it printed', () => {
    const unseen = 'cloud-hypervisor --kernel vmlinux --disk path=a.img,image_type=raw\n'
    expect(doubts(unseen)[0]).toMatchObject({ cause: 'kernel-no-cmdline' })
    expect(doubts(`${unseen}[    0.000000] Linux version 6.2.0\n`)).toEqual([])
  })
  it.each([
    'the guest was reset after some seconds\n',
    'the VM hangs\n',
    'Call Trace:\n',
    '[   12.0] unusual driver: device stuck, giving up\n',
  ])('do not stand beside the line of an event that is not known: %j', (line) => {
    // A second note may say what the line is about.
    const found = diagnose(command + line)
    expect(found[0]).toMatchObject({ cause: 'unknown', severity: 'note', lines: [{ number: 2 }] })
    expect(found.filter(({ cause }) => cause !== 'unknown')).toEqual([])
  })
  it('are not told beside a guest that stands still', () => {
    const found = diagnose(`${command}[   33.0] rcu: rcu_preempt kthread starved for 5250 jiffies!\n`)
    expect(found.map(({ cause }) => cause)).toEqual(['guest-cpu-stalled'])
  })
  it('take the command line that the kernel repeats for no event', () => {
    const [first] = diagnose(`${command}[    0.0] Kernel command line: console=ttyS0 reboot=k panic=1\n`)
    expect(first?.what).toMatch(/the kernel of the guest, which had started/)
  })
  it('name Windows behind hypervisor-fw, which cannot start it', () => {
    const windows = (firmware: string) =>
      diagnose(
        `cloud-hypervisor --kernel ${firmware} --disk path=win2022.raw --cpus boot=2,kvm_hyperv=on\n`,
      ).map(({ cause }) => cause)
    expect(windows('hypervisor-fw')[0]).toBe('windows-needs-edk2')
    expect(windows('CLOUDHV.fd')).not.toContain('windows-needs-edk2')
  })
})

it('a log without an error tells how far the VM came, and no more', () => {
  const healthy = `cloud-hypervisor:   0.001s: <main> INFO:src/main.rs:700 -- Starting
cloud-hypervisor:   0.104s: <vmm> INFO:vmm/src/vm.rs:2200 -- Booting VM
`
  const code = (words: string) =>
    `cloud-hypervisor:   2.104s: <vcpu0> WARN:devices/src/legacy/debug_port.rs:77 -- [Debug I/O port: ${words}] 0.003336 seconds\n`
  const last = (text: string) => diagnose(text).map(({ cause, severity, what }) => [cause, severity, what])
  const said = (what: string) => [
    ['unknown', 'note', `The text holds no error that chv-doctor knows. The last that it shows is ${what}.`],
  ]
  expect(last(healthy)).toEqual(said('the start of the VM: memory, disks and devices are set up'))
  expect(last(healthy + code('Firmware code 0x1'))).toEqual(
    said('the firmware of the guest, which had started'),
  )
  expect(last(healthy + code('Kernel code 0x40'))).toEqual(said('the kernel of the guest, which had started'))
})

const noRoot = '[    1.5] VFS: Cannot open root device "vda1" or unknown-block(0,0): error -6\n'
const told = (text: string) =>
  diagnose(text).map(({ cause, follows, confidence }) => [cause, follows, confidence])

describe('a guest without its root file system', () => {
  it('is not certain: the kernel does not say why', () => {
    expect(told(noRoot)).toEqual([['guest-no-root', null, 'likely']])
  })
  it.each([
    ['hypervisor-fw-grub', "error: could not set EFI variable `LoaderInfo'.\n"],
    ['hypervisor-fw-shim', 'import_mok_state() failed: Unsupported\n'],
    ['guest-out-of-memory', '[    0.8] Initramfs unpacking failed: write error\n'],
    ['guest-virtio-driver', '[    1.1] virtio_blk virtio1: probe of virtio1 failed with error -2\n'],
  ])('follows from %s, which stands before it', (cause, line) => {
    expect(told(line + noRoot)).toEqual([
      [cause, null, 'likely'],
      ['guest-no-root', cause, 'likely'],
    ])
  })
})

it('the panic of a watchdog follows from the stall', () => {
  expect(
    told(
      '[   28.0] watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [kworker/0:1:20]\n[   28.1] Kernel panic - not syncing: Fatal exception in interrupt\n',
    ),
  ).toEqual([
    ['guest-cpu-stalled', null, 'likely'],
    ['guest-panic-after-oops', 'guest-cpu-stalled', 'likely'],
  ])
})

it('a consequence is never certain', () => {
  const gone =
    'VMM thread exited with error: VmReboot(DeviceManager(CreateVirtioFs(VhostUserConnect(VhostUserProtocol(SocketConnect(Os { code: 111, kind: ConnectionRefused, message: "x" }))))))\n'
  const client = 'Error running command: Error opening HTTP socket: Connection refused (os error 111)\n'
  expect(diagnose(client)[0]).toMatchObject({ cause: 'api-client-no-server', confidence: 'certain' })
  expect(diagnose(gone + client)[1]).toMatchObject({
    cause: 'api-client-no-server',
    follows: 'vhost-user-gone-at-reboot',
    confidence: 'likely',
  })
})

it('a violation of the sandbox follows from the panic whose backtrace was printed', () => {
  const panic =
    "thread 'vmm' panicked at 'attempt to subtract with overflow', vmm/src/device_manager.rs:3999:27\n"
  const violation = '==== seccomp violation ====\n'
  expect(told(violation)).toEqual([['seccomp-violation', null, 'likely']])
  expect(told(`${panic}stack backtrace:\n${violation}`)).toEqual([
    ['panic-arithmetic', null, 'possible'],
    ['seccomp-violation', 'panic-arithmetic', 'likely'],
  ])
})

describe('an error of a client', () => {
  const client = 'Error running command: Error opening HTTP socket: Connection refused (os error 111)\n'
  it('is not certain behind a record that is not known', () => {
    const record = 'cloud-hypervisor: 0.1s: <vmm> ERROR:vmm/src/vm.rs:1 -- The frobnicator is worn\n'
    expect(diagnose(client + record)[0]).toMatchObject({ confidence: 'certain' })
    expect(told(record + client)).toEqual([
      ['api-client-no-server', null, 'likely'],
      ['unknown', null, 'possible'],
    ])
  })
  it('is no part of the panic above it', () => {
    const panic = "thread 'vcpu0' panicked at 'index out of bounds', vmm/src/cpu.rs:1:1\n"
    expect(told(panic + client).map(([cause]) => cause)[0]).toBe('panic-index')
  })
})

describe('a panic on one line', () => {
  it.each([
    ["thread 'vcpu0' panicked at devices/src/legacy/serial.rs:200:9: failed printing to stdout", 'error'],
    // Of a program that is not ours no more is said than that it crashed.
    ["thread 'main' panicked at src/main.rs:4:5: index out of bounds", 'note'],
  ])('%s', (line, severity) => {
    const [found] = diagnose(`${line}\n`)
    expect(found).toMatchObject({ cause: 'unknown', severity })
    expect(found?.what).toContain(line.split(': ').at(-1))
  })
})

describe('a kernel that cannot be read into memory', () => {
  const error = 'Error booting VM: VmBoot(KernelLoad(Elf(ReadKernelImage)))\n'
  it.each([
    ['--memory size=1G', 'payload-unreadable'],
    ['--memory size=1G,hugepages=on', 'payload-memory-missing'],
    ['--memory size=0 --memory-zone id=m,size=1G,file=/dev/shm', 'payload-memory-file-full'],
  ])('%s: %s', (memory, cause) => {
    expect(told(`cloud-hypervisor --kernel k.elf ${memory}\n${error}`)[0]).toEqual([cause, null, 'likely'])
  })
})

describe('a record that a terminal broke', () => {
  const record = (text: string) => `cloud-hypervisor: 0.1s: <vmm> ERROR:vmm/src/vm.rs:1 -- ${text}\n`
  it('is one record, where the rest is small words and a full stop', () => {
    const [found] = diagnose(
      `${record('The frobnicator is not able to go on because it is out of')}paper today.\n`,
    )
    expect(found?.what).toMatch(/out of paper today$/)
    expect(found?.lines.map(({ number }) => number)).toEqual([1, 2])
  })
  it('takes no line that says something of its own', () => {
    expect(diagnose(`${record('Some words here')}Killed\n`).map(({ cause }) => cause)).toContain('killed')
    expect(diagnose(`${record('Some words here')}killed\n`)[0]?.what).not.toMatch(/here killed/)
  })
})

describe('the hint for a VM without a payload', () => {
  const levels = ['The VM could not boot', 'No bootitem provided: neither firmware nor kernel']
  it('names fields where the API answered', () => {
    const [found] = diagnose(JSON.stringify(['Error from API', ...levels]))
    expect(found).toMatchObject({
      cause: 'payload-none',
      hint: expect.stringContaining('"payload": {"firmware"'),
    })
  })
  it('names flags where the program ended', () => {
    const [found] = diagnose(
      `Error: Cloud Hypervisor exited with the following chain of errors:\n  0: Error booting VM\n  1: ${levels[0]}\n  2: ${levels[1]}\n`,
    )
    expect(found).toMatchObject({ cause: 'payload-none', hint: expect.stringContaining('`--firmware FILE`') })
  })
})

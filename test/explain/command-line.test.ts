/** Commands that were pasted: read as a shell reads them, and doubted where a guest would have no network. */
import { describe, expect, it } from 'vitest'
import { configOf } from '../../src/explain/command-values.ts'
import { diagnose } from '../../src/explain/diagnose.ts'
import { cleanLines } from '../../src/explain/reading/clean.ts'
import { devices, findCommands, flagValue } from '../../src/explain/reading/command-line.ts'
import { shellWords } from '../../src/explain/reading/shell-words.ts'
import { configWith } from '../helpers/config.ts'

describe('shellWords', () => {
  it.each([
    ['a  b', ['a', 'b']],
    [`a "b c" 'd "e"' f\\ g`, ['a', 'b c', 'd "e"', 'f g']],
    ['path="a b",readonly=on', ['path=a b,readonly=on']],
    [`"a\\"b" 'a\\b'`, ['a"b', 'a\\b']],
    ['a | b', ['a']],
    ['a && b', ['a']],
    ['a 3<>/dev/tap5', ['a']],
    ['a 2>&1', ['a']],
    ['a 3<>/dev/tap5 b', ['a', 'b']],
    ['a 3<>"/dev/tap $i" --b c', ['a', '--b', 'c']],
    ['a > log 2>&1 b', ['a', 'b']],
    ['a >> log b | c', ['a', 'b']],
    ['a 3<>"unfinished b', ['a']],
    // A word that is to be filled in, a document and a process are no files.
    ['a <FILE> b', ['a']],
    ['a path=<FILE> b', ['a', 'path=']],
    ['a << EOF b', ['a']],
    ['a <(b) c', ['a']],
    ['a # b', ['a']],
    ['a#b', ['a#b']],
    ['"" b', ['', 'b']],
    ['~/a "~/b"', ['~/a', '\0~/b']],
    ['"unfinished', ['unfinished']],
  ])('%s', (text, words) => {
    expect(shellWords(text)).toEqual(words)
  })
})

const commandIn = (text: string) => findCommands(cleanLines(text))[0]

describe('findCommands', () => {
  it.each([
    ['a plain one', 'cloud-hypervisor --kernel a --disk path=b path=c,readonly=on'],
    ['a prompt and sudo', '$ sudo ./cloud-hypervisor --kernel a --disk path=b path=c,readonly=on'],
    ['several lines', 'cloud-hypervisor \\\n\t--kernel a \\\n\t--disk path=b path=c,readonly=on'],
    [
      'a quotation in a mail',
      '> cloud-hypervisor \\\n>   --kernel a \\\n>   --disk path=b path=c,readonly=on',
    ],
    ['equals signs', 'cloud-hypervisor --kernel=a --disk path=b --disk=path=c,readonly=on'],
    ['a unit', 'ExecStart=/usr/bin/cloud-hypervisor --kernel a --disk path=b path=c,readonly=on'],
    [
      'a trace of a shell',
      '+ /opt/ch/cloud-hypervisor-static --kernel a --disk path=b path=c,readonly=on 2>log',
    ],
    [
      'a journal',
      'Nov 23 12:00:00 host vm[12]: cloud-hypervisor --kernel a --disk path=b path=c,readonly=on',
    ],
  ])('%s', (_, text) => {
    const command = commandIn(text)
    expect(command && flagValue(command, 'kernel')).toBe('a')
    expect(command && devices(command, 'disk')).toEqual([{ path: 'b' }, { path: 'c', readonly: 'on' }])
  })
  it.each([
    ['a log', 'cloud-hypervisor:   0.004s: <vmm> WARN:a.rs:1 -- text'],
    ['prose', 'cloud-hypervisor is a program'],
    ['usage', 'Usage: cloud-hypervisor [OPTIONS]'],
    ['a usage of clap', 'Usage: cloud-hypervisor --kernel <kernel>'],
  ])('no command in %s', (_, text) => {
    expect(commandIn(text)).toBeUndefined()
    expect(diagnose(text).filter(({ severity }) => severity !== 'note')).toEqual([])
  })
  it('keeps brackets together', () => {
    const command = commandIn(
      'cloud-hypervisor --net fd=[5,6],mac=12:34:56:78:90:ab --cpus boot=2,affinity=[0@[1,2]]',
    )
    expect(command && devices(command, 'net')[0]).toEqual({ fd: '[5,6]', mac: '12:34:56:78:90:ab' })
  })
})

describe('configOf', () => {
  it('is what the command was started with', () => {
    const command = commandIn(
      '~/ch/cloud-hypervisor --firmware fw/CLOUDHV.fd --disk path=/srv/a.raw path=~/seed.img --net tap=tap7,mac=AA:00:00:00:00:01,ip=10.9.0.1,mask=255.255.0.0,num_queues=4 --memory size=2G,hugepages=on',
    )
    const config = command && configOf(command, configWith(), '/home/sky', '/work')
    expect(config).toMatchObject({
      hypervisor: configWith().hypervisor,
      boot: 'firmware',
      firmware: '/work/fw/CLOUDHV.fd',
      disk: '/srv/a.raw',
      seed: '/home/sky/seed.img',
      tap: 'tap7',
      guest_mac: 'aa:00:00:00:00:01',
      gateway_address: '10.9.0.1/16',
      num_queues: 4,
      memory: 2 ** 31,
      hugepages: true,
    })
  })
  it('leaves what the command does not name', () => {
    const command = commandIn('cloud-hypervisor --kernel vmlinux --cmdline console=ttyS0')
    const config = configWith()
    expect(command && configOf(command, config, '/h', '/w')).toEqual({
      ...config,
      boot: 'kernel',
      kernel: '/w/vmlinux',
    })
  })
})

const walkthrough = (net: string) => `/home/sky/cloud-hypervisor/target/release/cloud-hypervisor \\
\t--kernel /home/sky/vm/hypervisor-fw \\
\t--disk path=/home/sky/vm/focal.raw path=/tmp/ubuntu-cloudinit.img \\
\t--cpus boot=4 \\
\t--memory size=1024M \\
\t--net "${net}"
`

const adviceOn = (text: string) => diagnose(text).map(({ cause }) => cause)

describe('the walkthrough', () => {
  it('without a network: every reason of the command with a TAP', () => {
    const found = adviceOn(
      walkthrough('tap=vm-tap0,mac=12:34:56:78:90:22,ip=192.168.1.129,mask=255.255.255.0'),
    )
    expect(found.filter((cause) => /^(net|seed)-/.test(cause))).toEqual([
      'net-mac-not-in-seed',
      'net-other-subnet',
      'net-ip-ignored',
      'net-subnet-of-lan',
      'net-no-nat',
      'seed-not-read-again',
    ])
    expect(found).toContain('path-fleeting')
  })
  it('without a network: every reason of the command that names nothing', () => {
    const found = adviceOn(walkthrough('tap=,mac=,ip=,mask='))
    expect(found.filter((cause) => /^(net|seed)-/.test(cause))).toEqual([
      'net-mac-random',
      'net-no-host-address',
      'net-no-nat',
      'seed-not-read-again',
    ])
  })
  it('with the right values only what no command can set up', () => {
    const text = walkthrough('tap=vm-tap0,mac=12:34:56:78:90:ab,ip=192.168.249.1,mask=255.255.255.0')
    expect(adviceOn(text).filter((cause) => /^net-/.test(cause))).toEqual(['net-ip-ignored', 'net-no-nat'])
  })
  it('its failing start: the error first, with the TAP of the command, then what the network still lacks', () => {
    const [first, ...rest] = diagnose(
      `${walkthrough('tap=tap7,mac=12:34:56:78:90:22,ip=192.168.1.129,mask=255.255.255.0')}Error booting VM: VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapOpen(ConfigureTap(Os { code: 1, kind: PermissionDenied, message: "Operation not permitted" }))))))\n`,
    )
    expect(first).toMatchObject({
      cause: 'tap-create-denied',
      what: 'Cloud Hypervisor was not permitted to create tap7.',
    })
    expect(rest.map(({ cause }) => cause)).toEqual([
      'tap-foreign',
      'capability-ineffective',
      'net-mac-not-in-seed',
      'net-other-subnet',
      'net-ip-ignored',
      'net-subnet-of-lan',
      'net-no-nat',
      'seed-not-read-again',
    ])
  })
  it('a ~ that no shell replaced', () => {
    expect(adviceOn('cloud-hypervisor --kernel a --serial tty --disk "path=~/d.raw"')).toContain('path-tilde')
    expect(adviceOn('cloud-hypervisor --kernel a --serial tty --disk path=~/d.raw')).not.toContain(
      'path-tilde',
    )
  })
  it('an error elsewhere is not buried under doubts about the network', () => {
    const text = `${walkthrough('tap=,mac=,ip=,mask=')}Error booting VM: VmBoot(KernelFile(Os { code: 2, kind: NotFound, message: "No such file or directory" }))\n`
    expect(adviceOn(text)).toEqual(['kernel-missing'])
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { causeIds, causeOf, isFinal } from '../../src/boot/causes.ts'
import type { Evidence } from '../../src/boot/evidence.ts'
import { guestAddresses } from '../../src/boot/evidence.ts'
import type { GuestReport } from '../../src/boot/inside.ts'
import { configWith } from '../helpers/config.ts'
import { repository } from '../helpers/disposable-host.ts'

const seen = (changes: Partial<Evidence> = {}): Evidence => ({
  config: configWith(),
  arch: 'x86_64',
  expected: ['vmm', 'login', 'cloud-init', 'ping', 'ssh'],
  reached: { vmm: 100 },
  text: 'BdsDxe: starting Boot0001\n',
  otherConsoleText: '',
  shown: 'serial',
  resets: 0,
  ended: false,
  quietMs: 60_000,
  waitedMs: 300_000,
  neighbour: null,
  sshRefused: false,
  login: null,
  inside: null,
  ...changes,
})

const kernel = configWith({ boot: 'kernel' })
const booted = { vmm: 1, firmware: 2, kernel: 3, login: 4 }
const up = { ...booted, 'cloud-init': 5 }
const mac = '12:34:56:78:90:ab'
const expected = [...seen().expected, 'user', 'host', 'name'] as const
const answers = { ...up, ping: 6, ssh: 7 }
const looked: GuestReport = {
  ...{
    user: 'cloud',
    mac: true,
    addresses: ['192.168.249.2'],
    mtu: 1500,
    host: 'yes',
    name: 'no',
    nameServerReachable: 'no',
  },
}
const loggedIn = { kind: 'in', stdout: '' } as const

/** As cloud-init prints it, with the columns of its own table. */
const info = (device: string, isUp: boolean, address: string, hw: string) =>
  `ci-info: |  ${device}  | ${isUp ? 'True ' : 'False'} |       ${address}      |   .   |   .   | ${hw} |\n`

const cases: readonly [id: string, changes: Partial<Evidence>, says?: RegExp][] = [
  [
    'root-device',
    {
      text: 'VFS: Cannot open root device "vda9" or unknown-block(0,0): error -6\nKernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n',
      config: kernel,
    },
    /root=\/dev\/vda1/,
  ],
  [
    'root-device',
    { text: 'ALERT!  LABEL=cloudimg-rootfs does not exist.  Dropping to a shell!\n(initramfs) ' },
  ],
  ['root-device', { text: 'Gave up waiting for root file system device.  Common problems:\n' }],
  ['root-device', { text: 'dracut-initqueue[300]: Warning: Could not boot.\n' }],
  [
    'first-sector',
    { text: '[    9.1] I/O error, dev vda, sector 0 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 2\n' },
  ],
  ['guest-memory', { text: 'Out of memory: Killed process 1 (systemd)\n' }, /1024 MiB/],
  [
    'kernel-panic',
    { text: 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b\n' },
    /Attempted to kill init/,
  ],
  ['emergency', { text: 'You are in emergency mode. After logging in, type "journalctl -xb"\n' }],
  [
    'boot-loader',
    { text: 'GRUB loading.\nerror: no such device: root.\nEntering rescue mode...\ngrub rescue> ' },
  ],
  [
    'wrong-firmware',
    {
      text: "Found EFI partition\nFailed to find bootloader\nPANIC: panicked at 'Unable to boot from any virtio-blk device'\n",
    },
  ],
  [
    'nothing-to-boot',
    { text: 'BdsDxe: failed to load Boot0001 "UEFI Misc Device": Not Found\n\n>>Start PXE over IPv4.\n' },
    /went on to the network/,
  ],
  ['nothing-to-boot', { text: 'UEFI Interactive Shell v2.2\nShell> ' }, /nothing to boot on the disk\./],
  ['nothing-to-boot', { text: '>>Start PXE over IPv4.\n' }],
  ['reset-loop', { resets: 3 }, /reset 3 times/],
  ['switched-off', { ended: true }],
  [
    'wrong-console',
    { text: '', otherConsoleText: 'cloud login: ' },
    /prints on hvc0, but `boot` shows the serial port/,
  ],
  [
    'wrong-console',
    { text: '', otherConsoleText: 'x', shown: 'console', arch: 'aarch64' },
    /prints on ttyAMA0/,
  ],
  ['no-console', { text: '' }, /not even by the firmware/],
  [
    'no-console',
    { text: '', config: configWith({ boot: 'kernel', cmdline: 'root=/dev/vda1' }) },
    /has no console=/,
  ],
  ['no-console', { text: '', config: kernel, shown: 'console' }, /no built-in driver for hvc0/],
  ['no-console', { reached: { vmm: 1, firmware: 2, ping: 3 } }, /answers on the network, but nothing/],
  [
    'no-seed',
    { reached: up, text: 'Cloud-init v. 24.1 finished at Mon. Datasource DataSourceNone.  Up 9 seconds\n' },
  ],
  ['seed-mac-mismatch', { reached: up, text: info('ens3', true, '.', mac) }, /has no address/],
  [
    'mac-mismatch',
    { reached: up, text: info('ens3', true, '192.168.249.2', '12:34:56:78:90:22') },
    /12:34:56:78:90:22/,
  ],
  [
    'other-address',
    { reached: up, text: info('ens3', true, '10.0.2.15', mac.toUpperCase()) },
    /10\.0\.2\.15, and 192\.168\.249\.2/,
  ],
  [
    'cloud-init-error',
    {
      reached: booted,
      text: '[   12.1] cloud-init[500]: 2026-11-23 15:00:00,000 - util.py[WARNING]: Failed to run module locale\n',
    },
    /module locale/,
  ],
  [
    'cloud-init-error',
    {
      reached: booted,
      text: '[FAILED] Failed to start cloud-final.service - Execute cloud user/final scripts.\n',
    },
    /cloud-final/,
  ],
  ['cloud-init-unfinished', { reached: booted }, /no cloud-init/],
  [
    'cloud-init-unfinished',
    { reached: booted, text: "Cloud-init v. 24.1 running 'init'\n" },
    /modules waits/,
  ],
  ['guest-firewall', { reached: up, neighbour: mac }, /does not answer ping/],
  ['address-taken', { reached: up, neighbour: 'aa:aa:aa:aa:aa:aa' }, /aa:aa/],
  ['no-network', { reached: up }, /nothing answers at 192\.168\.249\.2/],
  ['no-ssh', { reached: { ...up, ping: 6 }, sshRefused: true }, /no ssh server runs/],
  ['no-ssh', { reached: { ...up, ping: 6 } }, /its ssh port does not/],
  [
    'address-taken',
    { expected, reached: answers, login: loggedIn, inside: { ...looked, mac: false, addresses: [] } },
    /cloud can log in there, but it has no interface 12:34:56:78:90:ab/,
  ],
  [
    'address-taken',
    { expected, reached: answers, login: loggedIn, inside: { ...looked, addresses: ['10.0.0.7'] } },
    /has 10\.0\.0\.7 there/,
  ],
  [
    'ssh-key',
    {
      expected,
      reached: answers,
      login: { kind: 'denied', said: 'cloud@x: Permission denied (publickey).' },
    },
    /refuses the ssh key of the seed for cloud.*The answer was: "cloud@x: Permission denied \(publickey\)"\./,
  ],
  [
    'ssh-login',
    { expected, reached: answers, login: { kind: 'failed', said: 'Connection closed by 192.168.249.2' } },
    /The answer was: "Connection closed by 192\.168\.249\.2"\./,
  ],
  [
    'ssh-login',
    { expected, reached: answers, login: { kind: 'failed', said: '\x1b[2J\x07not available.' } },
    /The answer was: "not available"\.$/,
  ],
  ['ssh-login', { expected, reached: answers }, /No login has finished/],
  ['ssh-login', { expected, reached: answers, login: loggedIn }, /its shell ran nothing/],
  [
    'ssh-login',
    { expected, reached: answers, login: loggedIn, inside: { ...looked, user: 'root' } },
    /The login is one of root, not of cloud/,
  ],
  [
    'host-unreachable',
    {
      expected,
      reached: { ...answers, user: 8, name: 9 },
      login: loggedIn,
      inside: { ...looked, host: 'no' },
    },
    /ping of this host, 192\.168\.249\.1, gets no reply/,
  ],
  [
    'no-internet',
    { expected, reached: { ...answers, user: 8, host: 9 }, login: loggedIn, inside: looked },
    /none of its name servers, 9\.9\.9\.9, 1\.1\.1\.1\..*masquerade/,
  ],
  [
    'no-internet',
    {
      expected: expected.filter((step) => step !== 'host'),
      config: configWith({ network: 'bridge', guest_address: '192.168.249.2/24' }),
      ...{ reached: { ...answers, user: 8 }, login: loggedIn, inside: looked },
    },
    /The router of the bridge/,
  ],
  [
    'no-dns',
    {
      expected,
      reached: { ...answers, user: 8, host: 9 },
      login: loggedIn,
      inside: { ...looked, nameServerReachable: 'yes' },
    },
    /does not resolve deb\.debian\.org/,
  ],
  [
    'no-login-prompt',
    { reached: { vmm: 1, 'cloud-init': 2, ping: 3, ssh: 4 } },
    /serial-getty|no login prompt/,
  ],
  [
    'waits-for-network',
    {
      text: '[ **  ] A start job is running for Wait for Network to be Configured/Online (1min / 2min)\nA start job is running for Network Online\n',
    },
  ],
  ['slow', { quietMs: 1000 }, /after 300 s/],
  [
    'stuck',
    { reached: { ...booted, login: undefined } as never },
    /has shown no login prompt and has been silent for 60 s/,
  ],
]

describe('causeOf', () => {
  it.each(cases)('%s: %j', (id, changes, says) => {
    const cause = causeOf(seen(changes))
    expect(cause?.id).toBe(id)
    expect(`${cause?.what} ${cause?.why}`).toMatch(says ?? /\S/)
    for (const text of [cause?.what, cause?.why, cause?.hint]) {
      expect(text).toMatch(/\S[.?`)"]$/m)
      expect(text).not.toMatch(/undefined|null|NaN|\p{Cc}/u)
    }
  })

  it('covers every cause', () => {
    expect([...new Set(cases.map(([id]) => id))].sort()).toEqual([...causeIds].sort())
  })

  it('is documented in every cause', () => {
    const page = readFileSync(`${repository}/docs/boot.md`, 'utf8')
    const documented = [...page.slice(page.indexOf('| cause |')).matchAll(/^\| (`[^|]*`) \|/gm)]
      .flatMap(([, ids = '']) => [...ids.matchAll(/`([^`]+)`/g)].map(([, id]) => id ?? ''))
      .sort()
    const others = ['ignores-power-button', 'not-started', 'vmm-failed']
    expect(documented).toEqual([...causeIds, ...others].sort())
  })

  it('is null when all that was expected was reached', () => {
    expect(
      causeOf(seen({ reached: { ...up, ping: 6, ssh: 7 }, text: 'Kernel panic - not syncing' })),
    ).toBeNull()
  })

  it('names what keeps the guest from answering before what is wrong inside', () => {
    const denied = { kind: 'denied', said: 'Permission denied' } as const
    expect(causeOf(seen({ expected, reached: up, login: denied }))?.id).toBe('no-network')
    expect(causeOf(seen({ expected, reached: { ...up, ping: 6 } }))?.id).toBe('no-ssh')
  })

  it('does not blame cloud-init or the network where they are not expected', () => {
    expect(causeOf(seen({ expected: ['vmm', 'login'], reached: booted }))).toBeNull()
  })
})

describe('isFinal', () => {
  it.each(['root-device', 'kernel-panic', 'emergency', 'nothing-to-boot', 'wrong-firmware', 'reset-loop'])(
    '%s ends the wait',
    (id) => {
      // Of several signs the first is the certain one.
      const certain = cases.find((one) => one[0] === id)
      expect(isFinal(seen(certain?.[1]))).toBe(true)
    },
  )
  it.each(['first-sector', 'no-console', 'wrong-console', 'slow', 'stuck', 'no-network', 'cloud-init-error'])(
    '%s does not',
    (id) => {
      for (const [, changes] of cases.filter((one) => one[0] === id))
        expect(isFinal(seen(changes))).toBe(false)
    },
  )
  it('a resume device that is missing, GRUB that waits for a key and PXE before the disk are none', () => {
    for (const text of [
      'Gave up waiting for suspend/resume device\n',
      'error: no suitable video mode found.\nPress any key to continue...\n',
      '>>Start PXE over IPv4.\n',
    ])
      expect(isFinal(seen({ text })), text).toBe(false)
  })
  it('an attempt at PXE before the kernel runs is none once it runs', () => {
    expect(isFinal(seen({ reached: booted, text: '>>Start PXE over IPv4.\nLinux version 6.1\n' }))).toBe(
      false,
    )
  })
})

it('guestAddresses reads the table of cloud-init', () => {
  const text = `ci-info: +--------+------+---------------+---------------+--------+-------------------+
ci-info: | Device |  Up  |    Address    |      Mask     | Scope  |     Hw-Address    |
ci-info: +--------+------+---------------+---------------+--------+-------------------+
ci-info: |  ens3  | True | 192.168.249.2 | 255.255.255.0 | global | 12:34:56:78:90:ab |
ci-info: |  ens3  | True | fe80::1034:56ff:fe78:90ab/64 |       .       |  link  | 12:34:56:78:90:ab |
ci-info: |   lo   | True |   127.0.0.1   |   255.0.0.0   |  host  |         .         |
`
  expect(guestAddresses(text)).toEqual([
    { device: 'ens3', up: true, address: '192.168.249.2', mac },
    { device: 'ens3', up: true, address: null, mac },
    { device: 'lo', up: true, address: '127.0.0.1', mac: null },
  ])
})

/** Doubts about a command by itself, or by what the text shows was done with the VM. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const start =
  'cloud-hypervisor --kernel vmlinux --cmdline "console=ttyS0 root=/dev/vda1" --serial tty --console off'
const causes = (text: string) => diagnose(text).map(({ cause }) => cause)

describe('an option that a flag does not have', () => {
  it('is named, with the one that is like it', () => {
    const found = diagnose(`${start} --disk path=a.raw,image_type=raw host_user=true,socket=b`)
    const one = found.find(({ cause }) => cause === 'option-of-flag-unknown')
    expect(one?.what).toBe('--disk has no option host_user; vhost_user is one.')
  })
  it.each([
    '--disk path=a.raw,image_type=raw,_disable_io_uring=on,queue_affinity=[0@[1]]',
    '--net tap=t0,mac=2e:1b:37:84:98:b3,num_queues=2,id=n0,pci_segment=1',
    '--memory size=1G,shared=on,thp=off --cpus boot=2,max=4,topology=2:1:1:1',
    '--fs tag=a,socket=b,cache_size=0,dax=on',
  ])('is none in %s', (flags) => {
    expect(causes(`${start} ${flags}`)).not.toContain('option-of-flag-unknown')
  })
})

it('an empty path is named, also beside what a test says of it; an empty tap= is none', () => {
  const failed = 'error="EpollWaitTimeout"\nwait_vm_boot (FAILED)'
  expect(causes(`${start} --disk path=a.raw,image_type=raw path=\n${failed}`)).toContain('option-path-empty')
  expect(causes(`${start} --net tap=,mac=2e:1b:37:84:98:b3`)).not.toContain('option-path-empty')
})

describe('what two commands share', () => {
  const api = 'cloud-hypervisor --api-socket /tmp/ch.sock'
  it.each([
    ['the API socket', `${api}\n${api}`, 'API socket /tmp/ch.sock'],
    [
      'disk and TAP',
      `${start} --disk path=a.raw path=s.img,readonly=on --net tap=t0,mac=2e:1b:37:84:98:b3 &\n${start} --disk path=a.raw path=s.img,readonly=on --net tap=t0 &`,
      'disk a.raw, TAP t0',
    ],
  ])('is named: %s', (_, text, things) => {
    const found = diagnose(text).find(({ cause }) => cause === 'commands-share')
    expect(found?.what).toContain(`the same ${things}:`)
    expect(found?.confidence).toBe('possible')
  })
  it.each([
    ['nothing', `${start} --disk path=a.raw --net tap=t0\n${start} --disk path=b.raw --net tap=t1`],
    [
      'a disk that is read alone',
      `${start} --disk path=a.raw,readonly=on\n${start} --disk path=a.raw,readonly=on`,
    ],
    ['what is tried again after an error', `${api}\nError: no\n${api}`],
    ['one command alone', api],
  ])('is not %s', (_, text) => {
    expect(causes(text)).not.toContain('commands-share')
  })
})

describe('a debug build', () => {
  const debug = start.replace('cloud-hypervisor', 'target/debug/cloud-hypervisor')
  it('is named beside a measurement', () => {
    expect(causes(`${debug}\n[  5]   0.00-10.00  sec  9.25 GBytes  7.94 Gbits/sec`)).toContain('debug-build')
  })
  it('explains no error', () => {
    expect(causes(`${debug}\n[    1.0] Kernel panic - not syncing: x`)).not.toContain('debug-build')
  })
})

describe('a field of a request that the API does not know', () => {
  const net = (name: string) =>
    `"net":[{"${name}":[19],"iommu":false,"mac":"2e:1b:37:84:98:b3","num_queues":2}]`
  it('is named, with the one that is like it', () => {
    expect(diagnose(net('fd'))).toMatchObject([
      {
        cause: 'request-field-unknown',
        what: 'The part "net" has a field "fd" that the API does not know; "fds" is one.',
        lines: [{ number: 1 }],
      },
    ])
  })
  it.each([
    ['that it does know', net('fds')],
    ['of a later release', net('announcements')],
    ['of another program', '"net":[{"fd":[19],"address":"x","bridge":"y"}]'],
    ['behind more parts than a person writes', `${`${net('fds')}\n`.repeat(60)}${net('fd')}`],
    ['of a value below', '"memory":{"size":1,"shared":true,"zones":[{"id":"a","sized":1}]}'],
  ])('is none: one %s', (_, text) => {
    expect(causes(text)).not.toContain('request-field-unknown')
  })
})

describe('a part of a command', () => {
  const entry = 'linux /boot/vmlinuz-7.0.0 root=LABEL=cloudimg-rootfs ro console=hvc0'
  it('tells where the kernel of the image writes to', () => {
    expect(causes(`--serial file=serial.log --console off\n${entry}`)).toEqual(['console-not-shown'])
    expect(causes(`--serial null --console tty\n${entry}`)).toEqual([])
  })
  it('is doubted for no flag that it does not show', () => {
    expect(causes('--serial tty --console off --disk path=a.raw')).toEqual([])
  })
  it('is none of another program', () => {
    expect(causes('--disk path=a.img,bandwidth=9 --console pty,target_type=virtio')).toEqual([])
  })
})

it('the boot entry of an image is read beside a whole command, too', () => {
  const boot =
    'cloud-hypervisor --firmware CLOUDHV.fd --disk path=a.raw,image_type=raw --serial tty --console off'
  const entry = (name: string) => `${boot}\nGRUB_CMDLINE_LINUX="console=${name}"`
  expect(causes(entry('hvc0'))).toContain('console-not-shown')
  expect(causes(entry('ttyS0'))).not.toContain('console-not-shown')
})

describe('two consoles that are both connected', () => {
  const both = (first: string, last: string) =>
    `cloud-hypervisor --kernel vmlinux --cmdline "console=${first} console=${last} root=/dev/vda1" --serial pty --console tty`
  it('name the last one as /dev/console', () => {
    const found = diagnose(both('hvc0', 'ttyS0')).find(({ cause }) => cause === 'consoles-two')
    expect(found?.what).toContain('only the last one named, ttyS0, is /dev/console')
  })
  it('are no doubt where one is named, or one is off', () => {
    expect(causes(both('hvc0', 'hvc0'))).not.toContain('consoles-two')
    expect(causes(start)).not.toContain('consoles-two')
  })
})

describe('memory', () => {
  it('that is added and taken away at once', () => {
    const flags = (balloon: string) => `${start} --memory size=4G,hotplug_size=2G --balloon size=${balloon}`
    expect(causes(flags('2G'))).toContain('balloon-beside-hotplug')
    expect(causes(flags('0'))).not.toContain('balloon-beside-hotplug')
  })
  it('of a balloon that is asked for in bytes', () => {
    const resize = (size: string) => `${start}\nch-remote --api-socket s resize --balloon ${size}`
    expect(causes(resize('4096'))).toContain('balloon-in-bytes')
    expect(causes(resize('4294967296'))).not.toContain('balloon-in-bytes')
    expect(causes(resize('512M'))).not.toContain('balloon-in-bytes')
  })
})

it('connections of vsock do not survive a restore', () => {
  const saved = (flags: string) => `${start} ${flags}\nch-remote --api-socket s snapshot file:///x`
  expect(causes(saved('--vsock cid=3,socket=v'))).toContain('restore-with-vsock')
  expect(causes(saved(''))).not.toContain('restore-with-vsock')
})

it('a migration of a device that has no state to send is doubted', () => {
  const migrated = (flags: string) =>
    `cloud-hypervisor --kernel k --memory size=512M,shared=on ${flags}\nch-remote --api-socket a send-migration destination_url=unix:/tmp/m\n`
  expect(causes(migrated('--user-device socket=/tmp/u'))).toContain('migration-with-device')
  expect(causes(migrated('--device path=/sys/bus/pci/devices/0000:01:00.0'))).toContain(
    'migration-with-device',
  )
  expect(causes(migrated('--disk path=a.raw'))).not.toContain('migration-with-device')
})

it('a descriptor with a translated string leaves the rest of the command', () => {
  const fds =
    'cloud-hypervisor --firmware hypervisor-fw --disk path=a.raw,image_type=raw --net fd=3 3<>$"$tap" --serial tty --console off'
  expect(causes(fds)).not.toContain('console-silent')
})

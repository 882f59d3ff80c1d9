import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/keys.ts'
import { bootCommand, bootCommandOn } from '../../src/hypervisor/boot-command.ts'
import { quoteArgv } from '../../src/util/quote.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const binary = '/opt/ch'
const compose = (changes: Partial<Config> = {}, version: string | null = '53.0.0', arch?: string) =>
  bootCommand({ binary, version }, configWith(changes, arch))

/** What follows a flag, up to the next one. */
const valuesOf = (argv: readonly string[], flag: string) => {
  const rest = argv.slice(argv.indexOf(flag) + 1)
  const end = rest.findIndex((word) => word.startsWith('--'))
  return argv.includes(flag) ? rest.slice(0, end < 0 ? undefined : end) : null
}

describe('bootCommand', () => {
  it('boots the default guest', () => {
    const data = '/home/sky/.local/share/chv-doctor'
    expect(compose()).toEqual([
      binary,
      ...['--firmware', `${data}/CLOUDHV.fd`],
      '--disk',
      `path=${data}/resolute.raw,image_type=raw`,
      `path=${data}/cloud-init.img,image_type=raw,readonly=on`,
      ...['--cpus', 'boot=2'],
      ...['--memory', 'size=1G'],
      ...['--net', 'tap=vm-tap0,mac=12:34:56:78:90:ab'],
      ...['--serial', 'tty', '--console', 'off'],
    ])
  })

  it.each([
    ['36.0.0', false],
    ['49.0.0', false],
    ['50.0.0', false],
    ['50.1.0', true],
    ['50.2.0', true],
    ['51.0.0', true],
    [null, true],
  ])('names the type of both disks where the release knows it: %s', (version, typed) => {
    const disks = valuesOf(compose({}, version), '--disk')
    expect(disks).toHaveLength(2)
    expect(disks?.map((disk) => disk.includes('image_type=raw'))).toEqual([typed, typed])
    expect(disks?.map((disk) => disk.endsWith(',readonly=on'))).toEqual([false, true])
  })

  it.each([
    ['firmware', 'console=hvc0', 'serial'],
    ['kernel', 'console=hvc0 root=/dev/vda1 rw', 'console'],
    ['kernel', 'root=/dev/vda1 console=ttyS0,115200', 'serial'],
    ['kernel', 'root=/dev/vda1 console=ttyAMA0', 'serial'],
    ['kernel', 'root=/dev/vda1 console=ttyS01', 'console'],
  ] as const)('%s with %j speaks on the %s', (boot, cmdline, where) => {
    const argv = compose({ boot, cmdline })
    const other = where === 'serial' ? 'console' : 'serial'
    expect([valuesOf(argv, `--${where}`), valuesOf(argv, `--${other}`)]).toEqual([['tty'], ['off']])
    expect(argv.includes('--cmdline')).toBe(boot === 'kernel')
    expect(argv.includes('--firmware')).toBe(boot === 'firmware')
  })

  it.each([
    [{ network: 'none' }, '--net', null],
    [{ num_queues: 4 }, '--net', ['tap=vm-tap0,mac=12:34:56:78:90:ab,num_queues=4']],
    [{ memory: 1536 * 2 ** 20 }, '--memory', ['size=1536M']],
    [{ memory: 2 ** 31, hugepages: true }, '--memory', ['size=2G,hugepages=on,hugepage_size=2M']],
    [{ hugepages: true, hugepage_size: '1G' }, '--memory', ['size=1G,hugepages=on,hugepage_size=1G']],
    [{ cpus: 8 }, '--cpus', ['boot=8']],
    [{ devices: [] }, '--device', null],
    [
      { devices: ['0000:01:00.0', '0000:02:00.0'] },
      '--device',
      ['path=/sys/bus/pci/devices/0000:01:00.0/', 'path=/sys/bus/pci/devices/0000:02:00.0/'],
    ],
  ] as const)('%j', (changes, flag, values) => expect(valuesOf(compose(changes), flag)).toEqual(values))

  it('starts a kernel directly, with an initramfs where there is one', () => {
    const boot = 'kernel'
    expect(compose({ boot }).slice(1, 5)).toEqual([
      '--kernel',
      '/home/sky/.local/share/chv-doctor/vmlinux',
      '--cmdline',
      'console=hvc0 root=/dev/vda1 rw',
    ])
    const initramfs = '/boot/initrd.img'
    expect(valuesOf(compose({ boot, initramfs }), '--initramfs')).toEqual([initramfs])
    expect(compose({ initramfs })).not.toContain('--initramfs')
    expect(valuesOf(compose({ boot }, '53.0.0', 'aarch64'), '--kernel')?.[0]).toMatch(/\/Image$/)
  })

  it('takes the UEFI firmware of aarch64', () => {
    expect(valuesOf(compose({}, '53.0.0', 'aarch64'), '--firmware')?.[0]).toMatch(/\/CLOUDHV_EFI\.fd$/)
  })
})

it('survives a shell, whatever the words are', () => {
  const awkward = compose({
    boot: 'kernel',
    disk: "/home/sky/it's mine/$HOME/a;b.raw",
    seed: '/srv/`id`/"s"*.img',
    cmdline: 'console=hvc0 root=LABEL=x  init="/bin/sh -c \'a\'" #!',
  })
  const [, ...words] = awkward
  const line = quoteArgv(['printf', '%s\\0', ...words])
  expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words)
})

describe('bootCommandOn', () => {
  const config = configWith({ hypervisor: binary })
  it('asks the binary for its version', async () => {
    const host = fakeHost({
      files: { [binary]: { access: ['execute'] } },
      commands: { [`${binary} --version`]: 'cloud-hypervisor v50.0\n' },
    })
    expect(await bootCommandOn(host, config)).toEqual(bootCommand({ binary, version: '50.0.0' }, config))
  })
  it.each([[null], [{}]])('is null without a binary that runs: %j', async (file) => {
    expect(await bootCommandOn(fakeHost({ files: { [binary]: file } }), config)).toBeNull()
  })
})

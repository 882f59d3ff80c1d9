import { describe, expect, it } from 'vitest'
import { valuesOf, withArguments } from '../../src/boot/arguments.ts'
import { bootCommand } from '../../src/hypervisor/boot-command.ts'
import { UsageError } from '../../src/util/errors.ts'
import { configWith } from '../helpers/config.ts'

const command = bootCommand({ binary: '/opt/ch', version: '53.0.0' }, configWith())
const merged = (...extra: string[]) => withArguments(command, extra)

describe('withArguments', () => {
  it('changes nothing without any', () => expect(merged()).toEqual(command))

  it.each<[string[], string, string[]]>([
    [['--cpus', 'boot=8'], '--cpus', ['boot=8']],
    [['--cpus=boot=8'], '--cpus', ['boot=8']],
    [['--memory', 'size=4G,shared=on'], '--memory', ['size=4G,shared=on']],
    [['--serial', 'null', '--console', 'tty'], '--console', ['tty']],
    [['--rng', 'src=/dev/random'], '--rng', ['src=/dev/random']],
    [['-vv'], '-vv', []],
  ])('%j takes the place of ours', (extra, flag, values) => {
    const result = merged(...extra)
    expect(valuesOf(result, flag)).toEqual(values)
    expect(result.filter((word) => word === flag)).toHaveLength(1)
  })

  it('adds disks and network devices to ours, in one flag', () => {
    const result = merged('--disk', 'path=/a', 'path=/b', '--net', 'tap=t2', '--disk', 'path=/c')
    expect(valuesOf(result, '--disk').map((disk) => disk.split(',')[0])).toEqual([
      ...valuesOf(command, '--disk').map((disk) => disk.split(',')[0]),
      'path=/a',
      'path=/b',
      'path=/c',
    ])
    expect(valuesOf(result, '--net')).toHaveLength(2)
    expect(result.filter((word) => word === '--disk')).toHaveLength(1)
  })

  it('leaves one payload', () => {
    const result = merged('--kernel', '/k', '--cmdline', 'console=ttyS0 quiet')
    expect([
      valuesOf(result, '--firmware'),
      valuesOf(result, '--kernel'),
      valuesOf(result, '--cmdline'),
    ]).toEqual([[], ['/k'], ['console=ttyS0 quiet']])
    const kernel = bootCommand({ binary: '/opt/ch', version: null }, configWith({ boot: 'kernel' }))
    const firmware = withArguments(kernel, ['--firmware', '/f'])
    expect([valuesOf(firmware, '--kernel'), valuesOf(firmware, '--cmdline')]).toEqual([[], []])
    expect(valuesOf(withArguments(kernel, ['--kernel', '/other']), '--cmdline')).toHaveLength(1)
  })

  it('adds a disk where there was none of that kind', () => {
    expect(withArguments(['/opt/ch'], ['--disk', 'path=/a'])).toEqual(['/opt/ch', '--disk', 'path=/a'])
  })

  it('refuses what does not start with a flag', () => {
    expect(() => merged('verify')).toThrow(UsageError)
    expect(() => merged('verify')).toThrow('"verify" is not a flag')
  })
})

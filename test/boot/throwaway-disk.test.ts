import { describe, expect, it } from 'vitest'
import { otherDisks, withThrowaway } from '../../src/boot/throwaway-disk.ts'
import type { Argv } from '../../src/util/argv.ts'

const command: Argv = [
  'cloud-hypervisor',
  '--disk',
  'path=/d/a.raw,image_type=raw,direct=on',
  'path=/d/seed.img,image_type=raw,readonly=on',
  'path=/d/a.raw2,image_type=raw',
  '--serial',
  'tty',
]

describe('withThrowaway', () => {
  it('puts an overlay in the place of the disk, and leaves all else', () => {
    const expected = [...command]
    expected[2] = 'path=/t/o,image_type=qcow2,backing_files=on'
    expect(withThrowaway(command, '/d/a.raw', '/t/o', 'overlay')).toEqual(expected)
  })
  it('keeps the options of the disk for a copy', () => {
    expect(withThrowaway(command, '/d/a.raw', '/t/c', 'copy')[2]).toBe('path=/t/c,image_type=raw,direct=on')
    const old: Argv = ['cloud-hypervisor', '--disk', 'path=/d/a.raw']
    expect(withThrowaway(old, '/d/a.raw', '/t/c', 'copy')).toEqual([
      'cloud-hypervisor',
      '--disk',
      'path=/t/c',
    ])
  })
})

it('otherDisks leaves out the disk itself and what is read-only', () =>
  expect(otherDisks(command, '/d/a.raw')).toEqual(['/d/a.raw2']))

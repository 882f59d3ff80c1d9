import { expect, it } from 'vitest'
import { loadKvm } from '../../fixes/load-kvm.ts'
import { configWith } from '../helpers/config.ts'

it('loads the module of the processor, and gives it back only while it is there', () => {
  expect(loadKvm.plan({ module: 'kvm_amd' }, configWith(), null)).toEqual([
    {
      kind: 'run',
      argv: ['modprobe', 'kvm_amd'],
      root: true,
      why: expect.stringContaining('kvm_amd'),
      undo: [['modprobe', '--remove', 'kvm_amd']],
      undoWhile: '/sys/module/kvm_amd',
    },
  ])
})

import { expect, it } from 'vitest'
import { kernelCommandLine } from './machine.ts'

it('has the kernel of an emulated x86 machine not test its timer', () => {
  expect(kernelCommandLine('x86_64')).toBe('root=/dev/vda console=ttyS0 quiet mitigations=off no_timer_check')
  expect(kernelCommandLine('aarch64')).toBe('root=/dev/vda console=ttyAMA0 quiet mitigations=off')
})

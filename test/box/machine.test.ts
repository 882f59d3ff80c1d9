import { expect, it } from 'vitest'
import { kernelCommandLine } from './machine.ts'

it('has the kernel of an emulated x86 machine not test its timer, and systemd wait for a console', () => {
  const limits = 'systemd.default_timeout_start_sec=90 systemd.default_device_timeout_sec=90'
  expect(kernelCommandLine('x86_64')).toBe(
    `root=/dev/vda console=ttyS0 quiet mitigations=off ${limits} no_timer_check`,
  )
  expect(kernelCommandLine('aarch64')).toBe(`root=/dev/vda console=ttyAMA0 quiet mitigations=off ${limits}`)
})

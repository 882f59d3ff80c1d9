import { describe, expect, it } from 'vitest'
import { packages } from '../../src/explain/causes/builds/packages.ts'
import { diagnose } from '../../src/explain/diagnose.ts'
import { packageTrouble } from '../../src/explain/package-trouble.ts'
import { packageExamples } from './package-examples.ts'

describe.each(packageExamples)('$manager: $cause', ({ manager, cause, text }) => {
  it('is found, alone or as the reason of the rest', () => {
    const found = diagnose(text).filter(({ follows }) => follows === null)
    expect(found.map((one) => one.cause)).toEqual([cause])
  })

  it('is what a fix says', () => {
    const said = packageTrouble(manager === 'apt' ? 'apt-get' : manager, text) ?? ''
    const { hint = '' } = packages.find(({ id }) => id === cause) ?? {}
    expect(said).toContain(hint.slice(0, 20))
    expect(said).not.toMatch(/[{}]/)
    // One package manager is at work: what another would do is no help.
    const others = ['apt-get', 'dnf', 'zypper', 'pacman', 'apk'].filter((name) => !name.startsWith(manager))
    for (const other of others) expect(said).not.toContain(`sudo ${other}`)
  })
})

it.each([
  ['E: Unable to locate package qemu-utils', 'do not name qemu-utils.'],
  ['System management is locked by the application with pid 812 (zypper).', '(process 812)'],
  ['ERROR: Unable to lock database: Resource temporarily unavailable', '(process unknown)'],
])('%s is told with what it names', (line, words) => {
  expect(packageTrouble('apk', `first line\n${line}\nlast line\n`)).toContain(words)
})

it('says nothing about other words', () => {
  expect(
    packageTrouble('apt-get', 'Setting up mtools (4.0.33) ...\nProcessing triggers for man-db ...\n'),
  ).toBeNull()
  expect(packageTrouble('apt-get', '')).toBeNull()
})

/** Messages of Cloud Hypervisor without the record or chain around them, as people quote them. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const first = (text: string) => diagnose(text)[0]
const eio = 'Input/output error (os error 5)'

describe('a message that was pasted alone', () => {
  it.each([
    ['an error is explained as one of ours', 'Default PCI segment assigned to non-zero NUMA node 7'],
    ['with another level behind it', `Failed to set special register: ${eio}`],
    ['of which no more is known', `Failed to get the IOVA range: ${eio}`],
  ])('%s', (_, text) => {
    expect(first(text)).toMatchObject({ severity: 'error' })
    expect(first(text)?.what).toContain('Cloud Hypervisor')
  })
  it('a warning stays one', () => {
    expect(first('Error resetting VFIO device: x')?.severity).not.toBe('error')
  })
  it('is never certain', () => {
    expect(first('Payload configuration is not bootable')?.confidence).not.toBe('certain')
  })
})

it.each([
  ['words that stand in the sources, and go on', 'Failed to create VCPUs for the summer school'],
  ['a head with which others begin, too', 'Error creating VM: the quota of the project is used up'],
])('%s are no message', (_, text) => {
  expect(diagnose(text).some(({ severity }) => severity === 'error')).toBe(false)
})

it('is looked for where a few lines were picked out, not in a long text', () => {
  const text = 'Number of enabled queues lower than min: 1 vs 2'
  const others = Array.from({ length: 80 }, (_, at) => `step ${at} is done`)
  expect(first(text)?.severity).toBeDefined()
  expect(diagnose([...others, text].join('\n')).filter(({ severity }) => severity === 'error')).toEqual([])
})

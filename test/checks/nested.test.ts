import { describe, expect, it } from 'vitest'
import { nested } from '../../checks/nested.ts'
import { conclude } from '../helpers/conclude.ts'

describe('nested', () => {
  it.each([
    ['Intel, on', 'Y\n', null, 'nested/on'],
    ['Intel, off', 'N\n', null, 'ok'],
    ['AMD, on', null, '1\n', 'nested/on'],
    ['AMD, off', null, '0\n', 'ok'],
    ['another', null, null, 'skip'],
  ])('%s', async (_, intel, amd, expected) => {
    const files = {
      '/sys/module/kvm_intel/parameters/nested': intel,
      '/sys/module/kvm_amd/parameters/nested': amd,
    }
    const { code, status } = await conclude(nested, { files })
    expect(code ?? status).toBe(expected)
  })
})

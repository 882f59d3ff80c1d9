import { describe, expect, it } from 'vitest'
import { thp } from '../../checks/thp.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'

const path = '/sys/kernel/mm/transparent_hugepage/enabled'

describe('thp', () => {
  it.each([
    ['always madvise [never]\n', 'thp/never'],
    ['always [madvise] never\n', 'ok'],
    ['[always] madvise never\n', 'ok'],
    [null, 'ok'],
  ])('reads the mode in brackets: %s', async (text, expected) => {
    const { code, status } = await conclude(thp, { files: { [path]: text } })
    expect(code ?? status).toBe(expected)
  })

  it('is not needed with huge pages', () => {
    expect(thp.skipReason?.(configWith({ hugepages: true }))).toContain('huge pages')
    expect(thp.skipReason?.(configWith())).toBeNull()
  })
})

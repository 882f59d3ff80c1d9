import { describe, expect, it } from 'vitest'
import { ksm } from '../../checks/ksm.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'

describe('ksm', () => {
  it.each([
    ['1\n', 'ksm/on'],
    ['0\n', 'ok'],
    ['2\n', 'ok'],
    [null, 'ok'],
  ])('run is %s', async (text, expected) => {
    const { code, status } = await conclude(ksm, { files: { '/sys/kernel/mm/ksm/run': text } })
    expect(code ?? status).toBe(expected)
  })

  it('warns in production', async () => {
    const host = { files: { '/sys/kernel/mm/ksm/run': '1\n' } }
    expect(await conclude(ksm, host, configWith({ profile: 'production' }))).toMatchObject({
      status: 'warn',
      code: 'ksm/on',
    })
  })
})

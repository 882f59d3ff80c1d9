import { describe, expect, it } from 'vitest'
import { ioUring } from '../../checks/io-uring.ts'
import { conclude } from '../helpers/conclude.ts'

const filesOf = (disabled: string | null, seccomp: number, group: string | null = '-1\n') => ({
  '/proc/sys/kernel/io_uring_disabled': disabled,
  '/proc/sys/kernel/io_uring_group': group,
  '/proc/1/status': `Name:\tinit\nSeccomp:\t${seccomp}\n`,
})

describe('io-uring', () => {
  it.each([
    ['allowed', '0\n', 0, 1000, 'ok'],
    ['a kernel without the key', null, 0, 1000, 'ok'],
    ['for nobody', '2\n', 0, 0, 'io-uring/disabled'],
    ['for root alone, as root', '1\n', 0, 0, 'ok'],
    ['for root alone, as another', '1\n', 0, 1000, 'io-uring/disabled'],
    ['in a container', '0\n', 2, 0, 'io-uring/maybe-filtered'],
  ])('%s', async (_, disabled, seccomp, uid, expected) => {
    const { code, status } = await conclude(ioUring, { user: { uid }, files: filesOf(disabled, seccomp) })
    expect(code ?? status).toBe(expected)
  })

  it('knows the group that may', async () => {
    const files = filesOf('1\n', 0, '44\n')
    const member = await conclude(ioUring, { user: { groups: [1000, 44] }, files })
    expect(member).not.toHaveProperty('code')
    expect(await conclude(ioUring, { files })).toMatchObject({ code: 'io-uring/disabled' })
  })

  it('is advice: whatever it finds is ok', async () => {
    expect(await conclude(ioUring, { files: filesOf('2\n', 0) })).toMatchObject({
      status: 'ok',
      ownStatus: 'warn',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { kvmPermissions } from '../../checks/kvm-permissions.ts'
import { conclude } from '../helpers/conclude.ts'

describe('kvm-permissions', () => {
  it.each([
    [0o660, 'ok'],
    [0o664, 'kvm-permissions/for-everybody'],
    [0o666, 'kvm-permissions/for-everybody'],
  ])('mode %o', async (mode, expected) => {
    const host = { files: { '/dev/kvm': { info: { mode } } } }
    const { code, status } = await conclude(kvmPermissions, host)
    expect(code ?? status).toBe(expected)
  })

  it('is skipped where there is none', async () => {
    expect(await conclude(kvmPermissions, { files: { '/dev/kvm': null } })).toMatchObject({ status: 'skip' })
  })
})

import { describe, expect, it } from 'vitest'
import { guestUnit } from '../../checks/guest-unit.ts'
import { conclude, judgeFacts } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'

const config = configWith({ guest_unit: true })
const name = 'chv-doctor-guest-1-00000000.service'
const fix = { id: 'install-guest-unit', args: {} }
const facts = { name, path: `/etc/systemd/system/${name}`, file: 'same', enabled: true } as const

describe('guest-unit', () => {
  it('asks nothing of the host where no unit is wanted', () => {
    expect(guestUnit.skipReason?.(configWith())).toContain('guest_unit: false')
    expect(guestUnit.skipReason?.(config)).toBeNull()
  })

  it('is ok when the unit is there and enabled', () => {
    expect(judgeFacts(guestUnit, facts)).toEqual({ status: 'ok', found: `${name}, enabled` })
  })

  it.each([
    [{ ...facts, file: 'missing', enabled: false } as const, 'missing'],
    [{ ...facts, file: 'other' } as const, 'outdated'],
    [{ ...facts, enabled: false } as const, 'not-enabled'],
  ])('%j: %s', (seen, code) => {
    const verdict = judgeFacts(guestUnit, seen)
    expect(verdict).toMatchObject({ status: 'fail', code: `guest-unit/${code}`, values: { unit: name }, fix })
  })

  it('offers nothing where there can be none', async () => {
    const verdict = await conclude(guestUnit, { files: { '/run/systemd/system': null } }, config)
    expect(verdict).toMatchObject({
      status: 'warn',
      code: 'guest-unit/not-supported',
      values: { reason: 'systemd does not run this host' },
    })
    expect(verdict).not.toHaveProperty('fix')
  })
})

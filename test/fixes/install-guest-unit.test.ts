import { describe, expect, it } from 'vitest'
import { installGuestUnit } from '../../fixes/install-guest-unit.ts'
import type { UnitState } from '../../src/boot/unit/state.ts'
import { configWith } from '../helpers/config.ts'

const name = 'chv-doctor-guest-1-00000000.service'
const path = `/etc/systemd/system/${name}`
const state = (changes: Partial<UnitState> = {}): UnitState => ({
  name,
  path,
  content: '[Unit]\n',
  notes: [],
  file: 'missing',
  enabled: false,
  ...changes,
})
const plan = (survey: Parameters<typeof installGuestUnit.plan>[2]) =>
  installGuestUnit.plan({}, configWith({ guest_unit: true }), survey)

describe('install-guest-unit', () => {
  it('writes as root, then enables; its undo stops the guest first', () => {
    expect(plan(state())).toEqual([
      { kind: 'write', path, content: '[Unit]\n', mode: 0o644, root: true, why: expect.any(String) },
      {
        kind: 'run',
        argv: ['systemctl', 'enable', name],
        root: true,
        why: expect.any(String),
        undo: [['systemctl', 'disable', '--now', name]],
        undoWhile: `/etc/systemd/system/multi-user.target.wants/${name}`,
      },
    ])
  })

  it('lets systemd read a unit that was enabled before', () => {
    const steps = plan(state({ file: 'other', enabled: true }))
    expect(steps).toMatchObject([{ kind: 'write' }, { argv: ['systemctl', 'daemon-reload'], root: true }])
  })

  it('has nothing to do the second time', () => {
    expect(plan(state({ file: 'same', enabled: true }))).toEqual([])
  })

  it('leaves to a person what it cannot do', () => {
    expect(plan({ problem: 'systemd does not run this host' })).toEqual([
      { kind: 'manual', text: 'Only you can do this: systemd does not run this host.' },
    ])
    expect(plan(state({ notes: ['A note.'] })).at(-1)).toEqual({ kind: 'manual', text: 'A note.' })
  })
})

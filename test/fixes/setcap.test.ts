import { describe, expect, it } from 'vitest'
import { setcap } from '../../fixes/setcap.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'

const path = '/srv/my ch'

const planOn = async (table: FakeHost) => {
  const survey = await setcap.survey?.(fakeHost(table), { path }, configWith())
  if (!survey) throw new Error('setcap has a survey')
  return setcap.plan({ path }, configWith(), survey)
}
const getcap = (output: string): FakeHost => ({
  programs: { getcap: '/sbin/getcap' },
  pathFaults: { [path]: null },
  commands: { [`/sbin/getcap ${path}`]: output },
})

describe('setcap', () => {
  it('sets it, as root, and takes it away again', async () => {
    expect(await planOn(getcap(''))).toEqual([
      {
        kind: 'run',
        argv: ['setcap', 'cap_net_admin+ep', path],
        root: true,
        why: expect.any(String),
        undo: [['setcap', '-r', path]],
        undoWhile: path,
      },
    ])
  })

  // What setcap makes of these texts is tested with the real one in test/host/capabilities.real.test.ts.
  it.each([
    ['cap_net_raw=ep', 'cap_net_raw=ep cap_net_admin+ep'],
    ['cap_net_raw=p', 'cap_net_raw=ep cap_net_admin+ep'],
    ['cap_net_raw=i cap_sys_nice=eip', 'cap_net_raw=ei cap_sys_nice=eip cap_net_admin+ep'],
    ['cap_net_admin=p', 'cap_net_admin=ep cap_net_admin+ep'],
  ])('keeps %s', async (before, text) => {
    const [step] = await planOn(getcap(`${path} ${before}\n`))
    expect(step).toMatchObject({ argv: ['setcap', text, path], undo: [['setcap', before, path]] })
  })

  it('is refused for a binary that another account can exchange', async () => {
    const fault = 'every user may write /srv: run `chmod o-w /srv`, or use another path'
    expect(await planOn({ ...getcap(''), pathFaults: { [path]: fault } })).toEqual([
      { kind: 'manual', text: `${path} gets no capability, because ${fault}.` },
    ])
  })

  it('is planned before its package is there', async () => {
    expect(setcap.programs).toEqual({ setcap: 'libcap2-bin' })
    expect(await planOn({ programs: { getcap: null }, pathFaults: { [path]: null } })).toHaveLength(1)
  })
})

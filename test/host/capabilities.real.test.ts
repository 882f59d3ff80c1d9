/** A copy of a small program, a real setcap, and the attribute as the kernel keeps it. */

import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setcap } from '../../fixes/setcap.ts'
import { netAdminInAttribute, netAdminInText } from '../../src/host/capabilities.ts'
import { createHost, type Host } from '../../src/host/host.ts'
import { configWith } from '../helpers/config.ts'
import { sky } from '../helpers/fake-host.ts'
import { because } from '../helpers/needs.ts'

const missing = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0
const why = process.getuid?.() !== 0 ? 'needs root' : missing('setcap') ? 'needs setcap (libcap2-bin)' : null

describe.skipIf(why)(`file capabilities${because(why)}`, () => {
  let directory: string
  let file: string
  let host: Host
  beforeAll(() => {
    directory = mkdtempSync(`${tmpdir()}/chv-doctor-caps-`)
    chmodSync(directory, 0o755)
    file = `${directory}/a program`
    copyFileSync(realpathSync('/bin/cat'), file)
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  const set = (...args: string[]) => execFileSync('setcap', [...args, file], { stdio: 'pipe' })
  /** A host of its own for each look: answers are remembered. */
  const look = async <T>(ask: (host: Host) => Promise<T>): Promise<T> => {
    host = createHost(sky, process.env, 10_000, new AbortController().signal)
    try {
      return await ask(host)
    } finally {
      host.close()
    }
  }
  const attribute = () => look((on) => on.fileCapability(file))
  const getcap = () => look(async (on) => (await setcap.survey?.(on, { path: file }, configWith()))?.before)
  /** Carries out the fix, or its undo, by hand. */
  const plan = async () => {
    const before = (await getcap()) ?? ''
    const [step] = setcap.plan({ path: file }, configWith(), { before, fault: null })
    if (step?.kind !== 'run') throw new Error('setcap plans a command')
    const run = ([program, ...args]: readonly string[]) =>
      execFileSync(program ?? '', args, { stdio: 'pipe' })
    return { apply: () => run(step.argv), undo: () => step.undo?.forEach(run) }
  }

  it.each([
    ['cap_net_admin+ep', { permitted: true, effective: true }],
    ['cap_net_admin+p', { permitted: true, effective: false }],
    ['cap_net_admin+i', { permitted: false, effective: false }],
    ['cap_net_admin,cap_net_raw=ep', { permitted: true, effective: true }],
    ['cap_net_raw=ep', { permitted: false, effective: false }],
    ['=ep', { permitted: true, effective: true }],
  ])('%s: the attribute and getcap say the same', async (text, expected) => {
    set(text)
    expect(netAdminInAttribute((await attribute()) ?? 'not asked')).toEqual(expected)
    expect(netAdminInText((await getcap()) ?? '')).toEqual(expected)
  })

  it('of another user namespace: the kernel ignores it, and so do we', async () => {
    set('-n', '1000', 'cap_net_admin+ep')
    const seen = netAdminInAttribute((await attribute()) ?? 'not asked')
    const status = execFileSync(file, ['/proc/self/status'], { uid: 65534, gid: 65534, encoding: 'utf8' })
    expect(seen).toEqual({ permitted: false, effective: false })
    expect(status).toMatch(/^CapEff:\s*0+$/m)
  })

  it.each([
    ['nothing', null],
    ['another one, effective', 'cap_net_raw=ep'],
    ['another one, only permitted', 'cap_net_raw=p'],
    ['another one, only inheritable', 'cap_net_raw=i'],
    ['its own, not effective', 'cap_net_admin=p'],
    ['several clauses', 'cap_net_raw=ep cap_sys_nice=eip'],
  ])('setcap keeps what was there, and undo restores it: %s', async (_, text) => {
    spawnSync('setcap', ['-r', file])
    if (text) set(text)
    const before = await attribute()
    const textBefore = await getcap()
    const { apply, undo } = await plan()
    apply()
    const after = await getcap()
    expect(netAdminInText(after ?? '')).toEqual({ permitted: true, effective: true })
    for (const name of textBefore?.match(/cap_\w+/g) ?? []) expect(after).toContain(name)
    undo()
    expect(await attribute()).toBe(before)
  })
})

import { describe, expect, it } from 'vitest'
import { causeOf } from '../../src/boot/causes.ts'
import type { Evidence } from '../../src/boot/evidence.ts'
import { milestones } from '../../src/boot/milestones.ts'
import type { Outcome, TimelineEntry } from '../../src/boot/outcome.ts'
import { milestoneLine, milestoneNames, renderOutcome } from '../../src/report/boot-text.ts'
import { configWith } from '../helpers/config.ts'

const reached = (step: TimelineEntry['milestone'], atMs: number): TimelineEntry => ({
  milestone: step,
  state: 'reached',
  atMs,
  tookMs: 1000,
})
const outcome = (timeline: readonly TimelineEntry[], more: Partial<Outcome> = {}): Outcome => ({
  ...{ schema: 'chv-doctor/boot/2', version: '0.1.0', ok: true, command: [], hypervisor: '53.0', timeline },
  ...{
    powerOff: { by: 'power-button', tookMs: 700 },
    cause: null,
    disk: 'on-disk',
    consoleLog: null,
    lastLines: [],
    notes: [],
  },
  ...{ durationMs: 1, exitCode: 0, ...more },
})
const shown = (what: Outcome) => renderOutcome(what, { color: false, width: 80 })
const began = [reached('vmm', 100), reached('ssh', 9000)]

describe('renderOutcome', () => {
  it('has a name of its own for every step, in line with the others', () => {
    const names = [...milestones, 'off' as const].map((step) => milestoneNames[step])
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name.length, name).toBeLessThanOrEqual(21)
    expect(new Set(milestones.map((step) => milestoneLine(step, 9000).length)).size).toBe(1)
  })

  it('shows what was seen from inside', () =>
    expect(
      shown(outcome([...began, reached('user', 16_000), reached('host', 16_000), reached('off', 20_000)])),
    ).toBe(
      `chv-doctor 0.1.0: boot verified under Cloud Hypervisor 53.0

  ok   VMM started               100 ms   +1.0 s
  ok   ssh server answers         9.0 s   +1.0 s
  ok   user logs in by ssh       16.0 s   +1.0 s
  ok   guest reaches host        16.0 s   +1.0 s
  ok   powered off               20.0 s   +1.0 s

The guest came up and answered in 16.0 s.
`,
    ))

  it('shows what was not tried, and why, within 80 columns', () => {
    const untried = (['user', 'host', 'name'] as const).map(
      (step): TimelineEntry => ({ milestone: step, state: 'not-tried', atMs: null, tookMs: null }),
    )
    const note =
      'the inside of the guest was not inspected: the seed has no ssh key for cloud. `ssh-keygen -t ed25519` creates one; then create a new seed: `chv-doctor fix cloud-init`'
    const text = shown(outcome([...began, ...untried], { notes: [note] }))
    expect(text).toMatch(/^ {2}skip user logs in by ssh +not tried$/m)
    expect(text).toMatch(/^Note: the inside of the guest/m)
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('shows why a name was not resolved within 80 columns', () => {
    const inside = {
      ...{
        user: 'cloud',
        mac: true,
        addresses: ['192.168.249.2'],
        host: 'yes',
        name: 'no',
        nameServerReachable: 'no',
      },
    }
    const cause = causeOf({
      ...{ config: configWith(), expected: ['user', 'name'], reached: { login: 1, user: 1, ssh: 1 } },
      ...{ text: 'x', elsewhere: '', login: { kind: 'in', stdout: '' }, inside },
    } as unknown as Evidence)
    const missing: TimelineEntry = { milestone: 'name', state: 'missing', atMs: null, tookMs: null }
    const text = shown(outcome([...began, missing], { ok: false, cause }))
    expect(text).toMatch(/^ {2}FAIL guest resolves a name +not seen$/m)
    expect(text).toContain('The guest has no internet')
    expect(text).toContain('chv-doctor check nat')
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })
})

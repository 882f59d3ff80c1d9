import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { milestonesFor } from '../../src/boot/expected-milestones.ts'
import { type Milestone, milestones } from '../../src/boot/milestones.ts'
import { timelineOf } from '../../src/boot/timeline.ts'
import type { VerifyResult } from '../../src/boot/verify.ts'
import { configWith } from '../helpers/config.ts'
import { repository } from '../helpers/disposable-host.ts'

const { all, required } = milestonesFor(configWith(), true)
const of = (reached: Partial<Record<Milestone, number>>, notTried: readonly Milestone[] = []) => {
  const evidence = { reached, waitedMs: 9000 } as VerifyResult['evidence']
  const powerOff = { by: 'power-button', tookMs: 500 } as const
  const moments = timelineOf(all, required, {
    evidence,
    unexpectedEnd: null,
    powerOff,
    notTried: new Set(notTried),
  })
  return moments.map(({ milestone, state, tookMs }) => `${milestone} ${state} ${tookMs}`)
}

it('has only steps that the schema knows', () => {
  const schema = JSON.parse(readFileSync(`${repository}/docs/boot.schema.json`, 'utf8'))
  expect(schema.properties.timeline.items.properties.milestone.enum).toEqual([...milestones, 'off'])
})

describe('timelineOf', () => {
  const outside = { vmm: 100, firmware: 200, login: 5000, 'cloud-init': 6000, ping: 4000, ssh: 4500 }
  const begin = [
    ...['vmm reached 100', 'firmware reached 100', 'ping reached 3800', 'ssh reached 500'],
    ...['login reached 500', 'cloud-init reached 1000'],
  ]
  it('goes on inside the guest', () =>
    expect(of({ ...outside, user: 7000, host: 7000, name: 7000 })).toEqual([
      ...[...begin, 'user reached 1000', 'host reached 0', 'name reached 0', 'kernel implied null'],
      'off reached 500',
    ]))
  it('tells what was not tried from what was not seen', () => {
    expect(of(outside, ['user', 'host', 'name'])).toEqual([
      ...[...begin, 'kernel implied null'],
      ...['user not-tried null', 'host not-tried null', 'name not-tried null', 'off reached 500'],
    ])
    expect(of({ ...outside, user: 7000 }, ['name']).slice(-3)).toEqual([
      ...['host missing null', 'name not-tried null', 'off reached 500'],
    ])
  })
})

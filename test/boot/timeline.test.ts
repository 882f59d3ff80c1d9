import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Milestone, steps } from '../../src/boot/milestones.ts'
import { timelineOf } from '../../src/boot/timeline.ts'
import { stepsFor, type VerifyResult } from '../../src/boot/verify.ts'
import { configWith } from '../helpers/config.ts'
import { repository } from '../helpers/disposable-host.ts'

const { all, required } = stepsFor(configWith(), true)
const of = (reached: Partial<Record<Milestone, number>>, unasked: readonly Milestone[] = []) => {
  const evidence = { reached, waitedMs: 9000 } as VerifyResult['evidence']
  const powerOff = { by: 'power-button', tookMs: 500 } as const
  const moments = timelineOf(all, required, {
    evidence,
    unexpectedEnd: null,
    powerOff,
    unasked: new Set(unasked),
  })
  return moments.map(({ step, state, tookMs }) => `${step} ${state} ${tookMs}`)
}

it('has only steps that the schema knows', () => {
  const schema = JSON.parse(readFileSync(`${repository}/docs/boot.schema.json`, 'utf8'))
  expect(schema.properties.timeline.items.properties.step.enum).toEqual([...steps, 'off'])
})

describe('timelineOf', () => {
  const outside = { vmm: 100, firmware: 200, login: 5000, 'cloud-init': 6000, ping: 4000, ssh: 4500 }
  const begin = [
    ...['vmm reached 100', 'firmware reached 100', 'ping reached 3800', 'ssh reached 500'],
    ...['login reached 500', 'cloud-init reached 1000'],
  ]
  it('goes on inside the guest', () =>
    expect(of({ ...outside, user: 7000, host: 7000, name: 7000 })).toEqual([
      ...[...begin, 'user reached 1000', 'host reached 0', 'name reached 0', 'kernel passed null'],
      'off reached 500',
    ]))
  it('tells what was not tried from what was not seen', () => {
    expect(of(outside, ['user', 'host', 'name'])).toEqual([
      ...[...begin, 'kernel passed null'],
      ...['user unasked null', 'host unasked null', 'name unasked null', 'off reached 500'],
    ])
    expect(of({ ...outside, user: 7000 }, ['name']).slice(-3)).toEqual([
      ...['host missing null', 'name unasked null', 'off reached 500'],
    ])
  })
})

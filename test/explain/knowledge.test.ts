/** What every entry of the knowledge promises. */
import { describe, expect, it } from 'vitest'
import { checks } from '../../checks/registry.ts'
import { fixes } from '../../fixes/registry.ts'
import { codesOf } from '../../src/engine/validate-policy.ts'
import { adviceFor } from '../../src/explain/advice/advice.ts'
import { knowledge } from '../../src/explain/causes/registry.ts'
import { diagnose } from '../../src/explain/diagnose.ts'
import { compile, interpolate, subjectOf } from '../../src/explain/patterns.ts'
import { cleanLines } from '../../src/explain/reading/clean.ts'
import { findCommands } from '../../src/explain/reading/command-line.ts'
import { aroundExamples, loneExamples } from './around-examples.ts'
import { bootExamples, loneBootExamples } from './boot-examples.ts'
import { buildExamples } from './build-examples.ts'
import { circumstanceExamples } from './circumstance-examples.ts'
import { claimExamples } from './claim-examples.ts'
import { examples } from './examples.ts'
import { familyExamples } from './family-examples.ts'
import { fromSource } from './from-source.ts'
import { guestReports, loneGuestReports } from './guest-reports.ts'
import { hostReports } from './host-reports.ts'
import { hostkvmExamples } from './hostkvm-examples.ts'
import { initExamples } from './init-examples.ts'
import { injected } from './injected.ts'
import { kataExamples } from './kata-examples.ts'
import { layerExamples } from './layer-examples.ts'
import { managerReports } from './manager-reports.ts'
import { netExamples, netHealthy } from './net-examples.ts'
import { networkReports } from './network-reports.ts'
import { packageExamples } from './package-examples.ts'
import { scenarios } from './scenarios.ts'
import { otherDriverExamples, virtExamples } from './virt-examples.ts'
import { vmmReports } from './vmm-reports.ts'
import { writerExamples } from './writer-examples.ts'

const all = knowledge.flatMap(([, causes]) => causes)
const ids = all.map(({ id }) => id)

/** Checks that the design names and that may not be there yet: the program passes over them. */
const designed = ['kernel-image', 'nat']
const codes = checks.flatMap(codesOf)
const checkIds = [...checks.map(({ id }) => id), ...designed]

describe('the knowledge', () => {
  it('has every id once', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })
  it('has an example of every cause, and a cause for every example', () => {
    const named = [
      ...[
        ...injected,
        ...fromSource,
        ...examples,
        ...aroundExamples,
        ...bootExamples,
        ...loneBootExamples,
        ...writerExamples,
        ...hostkvmExamples,
        ...kataExamples,
        ...vmmReports,
        ...buildExamples,
        ...initExamples,
        ...virtExamples,
        ...guestReports,
        ...loneGuestReports,
        ...otherDriverExamples,
        ...netExamples,
        ...networkReports,
        ...loneExamples,
        ...familyExamples,
        ...circumstanceExamples,
        ...layerExamples,
        ...packageExamples,
        ...claimExamples,
        ...hostReports,
        ...managerReports,
      ].map(({ cause }) => cause),
      ...scenarios.flatMap(({ cause }) =>
        cause === null ? [] : typeof cause === 'string' ? [cause] : Object.values(cause),
      ),
    ].filter((cause) => cause !== null)
    for (const cause of named) expect(ids).toContain(cause)
    // Other readings of the same words have the example of the first.
    const own = all.filter(({ alternativeOf }) => alternativeOf === undefined).map(({ id }) => id)
    expect(own.filter((id) => !named.includes(id))).toEqual([])
  })
})

it.each([...loneExamples, ...loneBootExamples])(
  '$cause is found where it stands alone',
  ({ cause, text }) => {
    expect(diagnose(text).map((one) => one.cause)).toEqual([cause])
  },
)

describe.each(all.map((cause) => [cause.id, cause] as const))('%s', (_, cause) => {
  it('says what, why and what to do, without a gap where a value is missing', () => {
    for (const text of [cause.what, cause.why, cause.hint]) {
      const bare = interpolate(text, {})
      expect(bare).toMatch(/^\S.*[.)`]$/)
      expect(bare).not.toMatch(/ {2}|\{|\}| [.,;](?: |$)|\(\)/)
    }
    expect(cause.reference).toMatch(/^https:\/\//)
    // What stands for a second value that is not there would be printed behind the first one.
    expect(`${cause.what} ${cause.why} ${cause.hint}`).not.toMatch(/\}\{\w+\|[^}]/)
  })
  it('names checks and fixes that exist', () => {
    expect([undefined, ...checkIds]).toContain(cause.check)
    expect([undefined, ...Object.keys(fixes)]).toContain(cause.fix?.id)
    for (const code of cause.confirmedBy ?? []) {
      expect(codes, `${code} is no finding of a check`).toContain(code)
      expect(code.split('/')[0], 'only the check of the cause is run').toBe(cause.check)
    }
    expect([undefined, ...ids]).toContain(cause.alternativeOf)
    // `chv-doctor fix ID` takes the id of a check or of a fix.
    for (const [, id = ''] of cause.hint.matchAll(/chv-doctor fix ([\w-]+)/g))
      expect([...checkIds, ...Object.keys(fixes)]).toContain(id)
  })
  it('can be recognised, and not by nothing', () => {
    expect(cause.alternativeOf ?? cause.patterns ?? cause.line ?? cause.signal).toBeDefined()
    for (const pattern of [...(cause.patterns ?? []), ...(cause.line ?? []).map((line) => [line])])
      expect(compile(pattern)(subjectOf(''))).toBeNull()
  })
})

it('doubts about commands are confirmed by findings that exist', () => {
  const lines = [
    'cloud-hypervisor --firmware ~/f --disk path=/tmp/a path=/tmp/b --net tap=t,ip=192.168.1.1,mac=2e:00:00:00:00:01',
    'cloud-hypervisor --kernel CLOUDHV.fd --disk path=a path=b --net tap=,mac=',
  ]
  const advice = lines.flatMap((line) =>
    findCommands(cleanLines(line)).flatMap((command) => adviceFor(command)),
  )
  expect(advice.map(({ id }) => id)).toContain('net-subnet-of-lan')
  for (const { check, confirmedBy = [] } of advice) {
    for (const code of confirmedBy) {
      expect(codes).toContain(code)
      expect(code.split('/')[0]).toBe(check)
    }
  }
})

it.each(netExamples)('$cause is found in $text', ({ cause, text }) => {
  expect(diagnose(text).map((one) => one.cause)).toContain(cause)
})

it.each(netHealthy)('says nothing of the network that works: %s', (text) => {
  expect(diagnose(text).filter(({ cause, severity }) => cause !== 'unknown' && severity !== 'note')).toEqual(
    [],
  )
})

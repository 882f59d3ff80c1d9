/**
 * Recall and precision over recorded outputs of five real releases (recorded/, made by live.test.ts),
 * in every form and wrapping in which they reach people, and over texts that tell of nothing.
 */
import { describe, expect, it } from 'vitest'
import { familyIds, knowledge } from '../../src/explain/causes/registry.ts'
import { diagnose } from '../../src/explain/diagnose.ts'
import { healthy, negatives } from './negatives.ts'
import { samples } from './samples.ts'
import { variants } from './variants.ts'

const layerOf = new Map(knowledge.flatMap(([layer, list]) => list.map(({ id }) => [id, layer] as const)))
const causes = new Map(knowledge.flatMap(([, list]) => list.map((cause) => [cause.id, cause] as const)))

const isError = (id: string) => (causes.get(id)?.severity ?? 'error') === 'error'

/** What is said first; of a warning, whether it is among those that are said. */
const answer = (text: string, cause: string): string | null => {
  const found = diagnose(text).filter(({ severity }) => severity !== 'advice')
  if (!isError(cause) && found.every(({ severity }) => severity !== 'error')) {
    return found.some((one) => one.cause === cause) ? cause : (found[0]?.cause ?? null)
  }
  return found[0]?.cause ?? null
}

/** What a part of the output may be taken for without being wrong: it says less, and nothing false. */
const broader: Readonly<Record<string, readonly string[]>> = {
  // Up to 51 the Debug text tells what the chain words like an unknown option.
  'option-unknown': ['option-syntax'],
  'qcow2-backing-format': ['qcow2-backing-broken'],
  'disk-empty': ['disk-open-failed'],
  'firmware-memory': ['address-space-too-small'],
  'vfio-path-wrong': ['vfio-failed'],
  'disk-read-only-fs': ['disk-open-failed'],
  'tap-netmask-family': ['tap-setting-refused'],
}

/** A family says where, and leaves why to the errno. */
const isFamilyOf = (cause: string, got: string): boolean =>
  familyIds.has(got) && (layerOf.get(got) === layerOf.get(cause) || cause === 'config-refused')

/** The end of a panic without the panic leads to "look further above". */
const isBroader = (cause: string, got: string, text: string): boolean =>
  broader[cause]?.includes(got) === true ||
  isFamilyOf(cause, got) ||
  (got === 'vmm-panic' && !text.includes('panicked at'))

describe.each(variants)('$name', ({ whole, make, name }) => {
  const rows = samples.flatMap((sample) => {
    const text = make(sample.text)
    if (text === null || text.trim() === '') return []
    return [{ ...sample, text, got: answer(text, sample.cause) }]
  })
  const right = rows.filter(({ got, cause }) => got === cause)
  const wrong = rows.filter(
    ({ got, cause, text }) =>
      got !== null && got !== 'unknown' && got !== cause && !isBroader(cause, got, text),
  )
  const silent = rows.filter(({ got }) => got === null || got === 'unknown')
  const list = (some: typeof rows) => some.map(({ label, cause, got }) => `${label}: ${cause}, said ${got}`)

  it(`names ${right.length} of ${rows.length} causes, ${wrong.length} wrong, ${silent.length} not named`, () => {
    expect(rows.length, name).toBeGreaterThan(0)
    expect(list(wrong)).toEqual([])
    if (whole) expect(list(rows.filter(({ got, cause }) => got !== cause))).toEqual([])
  })
})

describe('nothing is claimed of', () => {
  it.each(Object.entries(negatives))('%s', (_, text) => {
    // At most that a line looks like an error, and whose it is.
    expect(
      diagnose(text).filter(({ cause, severity }) => cause !== 'unknown' || severity !== 'note'),
    ).toEqual([])
  })
})

describe('no more than that it holds no error is said of', () => {
  it.each(healthy)('%s', (name) => {
    const found = diagnose(negatives[name] ?? expect.fail(name))
    expect(found.filter(({ what }) => !what.startsWith('The text holds no error'))).toEqual([])
  })
})

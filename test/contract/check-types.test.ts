/** The types of a check: each `@ts-expect-error` is a mistake that must not compile (`npx tsc` proves it). */
import { expect, it } from 'vitest'
import { defineCheck } from '../../src/contract/check.ts'
import { finding } from '../../src/contract/finding.ts'

const findings = {
  missing: finding({ found: 'it is missing', expected: 'a file' }),
  'foreign-owner': finding<{ tap: string; owner: string }>({
    found: ({ tap, owner }) => `${tap} belongs to ${owner}`,
    expected: ({ tap }) => `${tap} belongs to you`,
  }),
}

interface Facts {
  readonly owner: string | null
  readonly optional?: readonly number[]
}

const base = { id: 'demo', title: 'A demonstration', group: 'own', findings } as const
const probe = async (): Promise<Facts> => ({ owner: null })

const demo = defineCheck({
  ...base,
  probe,
  judge: ({ owner }) =>
    owner === null
      ? { status: 'fail', code: 'missing' }
      : { status: 'warn', code: 'foreign-owner', values: { tap: 'vm-tap0', owner } },
})

it('compiles a check whose codes are declared and whose values fit', () => {
  expect(demo.judge({ owner: 'root' }, {} as never)).toMatchObject({ code: 'foreign-owner' })
})

it('refuses misspelt codes, wrong values and facts that are no JSON', () => {
  const judge = () => ({ status: 'ok', found: '' }) as const
  const mistakes = [
    // @ts-expect-error no such code
    defineCheck({ ...base, probe, judge: () => ({ status: 'fail', code: 'mising' }) }),
    // @ts-expect-error the values are missing
    defineCheck({ ...base, probe, judge: () => ({ status: 'fail', code: 'foreign-owner' }) }),
    defineCheck({
      ...base,
      probe,
      // @ts-expect-error a number is no owner
      judge: () => ({ status: 'fail', code: 'foreign-owner', values: { tap: 'vm-tap0', owner: 1 } }),
    }),
    // @ts-expect-error a warning needs a code
    defineCheck({ ...base, probe, judge: () => ({ status: 'warn' }) }),
    // @ts-expect-error JSON keeps no dates
    defineCheck({ ...base, probe: async () => ({ at: new Date() }), judge }),
    // @ts-expect-error JSON keeps no maps
    defineCheck({ ...base, probe: async () => new Map<string, string>(), judge }),
    // @ts-expect-error JSON keeps no functions
    defineCheck({ ...base, probe: async () => ({ f: () => 1 }), judge }),
    // @ts-expect-error JSON keeps no undefined
    defineCheck({ ...base, probe: async () => undefined, judge }),
    // @ts-expect-error needs are checks, not names
    defineCheck({ ...base, needs: ['kvm'], probe, judge }),
    // @ts-expect-error values are JSON
    finding<{ at: Date }>({ found: 'x', expected: 'y' }),
  ]
  expect(mistakes).toHaveLength(10)
})

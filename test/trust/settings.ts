/** How much of the measurements runs: a short form in `npm test`, all of it in `npm run test:trust`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { repository } from '../helpers/disposable-host.ts'
import { randomFrom } from './parsers/random.ts'

export const full = process.env.CHV_DOCTOR_TEST_TRUST === 'full'

/** Names every random choice; a run with the same seed makes the same ones. */
export const seed = Number(process.env.CHV_DOCTOR_TEST_SEED ?? 1)

const directory = `${repository}/.trust`

/** Keeps what was measured for the table in docs/trust.md; the short form measures nothing. */
export const record = (name: string, figures: object): void => {
  if (!full) return
  mkdirSync(directory, { recursive: true })
  const date = new Date().toISOString().slice(0, 10)
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10
  writeFileSync(`${directory}/${name}.json`, `${JSON.stringify({ seed, date, load, ...figures }, null, 1)}\n`)
}

/** All of a list, or in the short form a few that the seed picks, besides those that are always tried. */
export const choose = <T extends { readonly id: string }>(
  all: readonly T[],
  count: number,
  always: readonly string[] = [],
): readonly T[] => {
  if (full) return all
  const random = randomFrom(seed)
  const rest = all.filter(({ id }) => !always.includes(id))
  const picked = Array.from({ length: Math.min(count, rest.length) }, () =>
    rest.splice(random.below(rest.length), 1),
  ).flat()
  return [...all.filter(({ id }) => always.includes(id)), ...picked]
}

/** Every text whose cause is known because it was made or written for it: recorded outputs and examples. */
import { readdirSync, readFileSync } from 'node:fs'
import { aroundExamples } from './around-examples.ts'
import { bootExamples } from './boot-examples.ts'
import { circumstanceExamples } from './circumstance-examples.ts'
import { claimExamples } from './claim-examples.ts'
import { examples } from './examples.ts'
import { familyExamples } from './family-examples.ts'
import { fromSource } from './from-source.ts'
import { guestReports } from './guest-reports.ts'
import { hostkvmExamples } from './hostkvm-examples.ts'
import { initExamples } from './init-examples.ts'
import { injected } from './injected.ts'
import { kataExamples } from './kata-examples.ts'
import { layerExamples } from './layer-examples.ts'
import type { Outcome } from './live.ts'
import { expectedIn, scenarios } from './scenarios.ts'
import { virtExamples } from './virt-examples.ts'
import { writerExamples } from './writer-examples.ts'

export interface Sample {
  readonly label: string
  readonly text: string
  readonly cause: string
}

const directory = new URL('recorded/', import.meta.url)
const releases = readdirSync(directory).map((name) => name.slice(1, -'.json'.length))

const recorded = releases.flatMap((release): Sample[] => {
  const outcomes = JSON.parse(readFileSync(new URL(`v${release}.json`, directory), 'utf8')) as Record<
    string,
    Outcome
  >
  return scenarios.flatMap((scenario) => {
    const cause = expectedIn(scenario, release)
    const text = outcomes[scenario.name]?.stderr
    return cause === null || !text ? [] : [{ label: `v${release} ${scenario.name}`, text, cause }]
  })
})

export const samples: readonly Sample[] = [
  ...recorded,
  ...[
    ...injected,
    ...fromSource,
    ...examples,
    ...aroundExamples,
    ...bootExamples,
    ...writerExamples,
    ...hostkvmExamples,
    ...kataExamples,
    ...initExamples,
    ...virtExamples,
    ...guestReports,
    ...familyExamples,
    ...circumstanceExamples,
    ...layerExamples,
    ...claimExamples,
  ].map(({ cause, text }, index) => ({
    label: `injected ${index} ${cause}`,
    text,
    cause,
  })),
]

import type { Config } from '../../src/config/keys.ts'
import type { Check } from '../../src/contract/check.ts'
import type { Findings } from '../../src/contract/finding.ts'
import { type Conclusion, conclude as concludeFrom } from '../../src/engine/conclude.ts'
import { configWith } from './config.ts'
import { type FakeHost, fakeHost } from './fake-host.ts'

/** What the engine makes of facts that have been JSON in between, as those of a facts file. */
export const judgeFacts = <Facts, F extends Findings>(
  check: Check<string, Facts, F>,
  facts: Facts,
  config: Config = configWith(),
): Conclusion => concludeFrom(check, { facts: JSON.parse(JSON.stringify(facts)) }, config)

/** What a check concludes about a host: status, full code, values and texts. */
export const conclude = async <Facts, F extends Findings>(
  check: Check<string, Facts, F>,
  host: FakeHost,
  config: Config = configWith(),
): Promise<Conclusion> => judgeFacts(check, (await check.probe(fakeHost(host), config)) as Facts, config)

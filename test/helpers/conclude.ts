import type { Config } from '../../src/config/keys.ts'
import type { Check, Verdict } from '../../src/contract/check.ts'
import { configWith } from './config.ts'
import { type FakeHost, fakeHost } from './fake-host.ts'

/** What a check concludes about a host, by way of JSON: facts that do not survive it cannot be recorded. */
export const conclude = async <Facts>(
  check: Check<string, Facts>,
  host: FakeHost,
  config: Config = configWith(),
): Promise<Verdict> =>
  check.judge(JSON.parse(JSON.stringify(await check.probe(fakeHost(host), config))), config)

/** `chv-doctor explain network`: prints the path of the guest to the internet, with the broken hop marked. */

import type { AnyCheck } from '../contract/check.ts'
import { observeHost } from '../engine/observe.ts'
import { loadRegistry } from '../engine/registry.ts'
import type { CheckRun } from '../engine/run-checks.ts'
import { selectChecks } from '../engine/select.ts'
import { checksOnTheWay, networkPath, renderNetworkPath } from '../report/network-path.ts'
import { exit } from '../util/errors.ts'
import { jsonText } from '../util/printable.ts'
import { type Context, withHost } from './context.ts'
import { examine } from './examine.ts'

/** The device of the default route, as the probe of the check that declares it saw it; or null. */
const uplinkIn = ({ observations }: CheckRun, checks: readonly AnyCheck[]): string | null => {
  for (const { id, networkPlace } of checks) {
    const seen = observations[id]
    if (networkPlace?.uplinkIn && seen && 'facts' in seen) return networkPlace.uplinkIn(seen.facts)
  }
  return null
}

/** @returns the exit code, as of a check of the same things */
export const explainNetwork = async (context: Context): Promise<number> => {
  const { call, config, look, out } = context
  if (config.network === 'none') {
    out.result(
      call.json
        ? jsonText({
            schema: 'chv-doctor/network/1',
            version: context.version,
            guest: config.guest,
            network: 'none',
            broken: null,
            hops: [],
          })
        : 'The guest has no network: `network: none`.\n',
    )
    return exit.healthy
  }
  const { checks } = await loadRegistry(config, context.user.uid)
  const only = checksOnTheWay(checks, config).map(({ id }) => id)
  const chosen = selectChecks(checks, { only, skip: [], tags: [] })
  const { run, report } = await withHost(context, (host) =>
    examine(context, chosen, observeHost(host, config), { config, host, all: false }),
  )
  const path = networkPath(report.results, chosen, config, uplinkIn(run, chosen))
  if (call.json) {
    out.result(
      jsonText({
        schema: 'chv-doctor/network/1',
        version: context.version,
        guest: config.guest,
        network: config.network,
        broken: path.broken?.id ?? null,
        hops: path.hops,
      }),
    )
  } else {
    out.text(renderNetworkPath(path, { ...look, guest: config.guest }))
  }
  return report.exitCode
}

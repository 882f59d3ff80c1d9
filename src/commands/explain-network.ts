/** `chv-doctor explain network`: prints the path of the guest to the internet, with the broken hop marked. */

import { observeHost } from '../engine/observe.ts'
import { loadRegistry } from '../engine/registry.ts'
import type { CheckRun } from '../engine/run-checks.ts'
import { selectChecks } from '../engine/select.ts'
import { checksOnTheWay, networkPath, renderNetworkPath } from '../report/network-path.ts'
import { exit } from '../util/errors.ts'
import { jsonText } from '../util/printable.ts'
import { type Context, withHost } from './context.ts'
import { examine } from './examine.ts'

/** What the checks of routing saw of the uplink, or null. */
const uplinkIn = ({ observations }: CheckRun): string | null => {
  const seen = observations['ip-forward']
  const facts = seen && 'facts' in seen ? (seen.facts as { uplink?: { device?: unknown } } | null) : null
  const device = facts?.uplink?.device
  return typeof device === 'string' ? device : null
}

/** @returns the exit code, as of a check of the same things */
export const explainNetwork = async (context: Context): Promise<number> => {
  const { call, config, terminal, out } = context
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
  const known = new Set(checks.map(({ id }) => id))
  const only = checksOnTheWay(config).filter((id) => known.has(id))
  const chosen = selectChecks(checks, { only, skip: [], tags: [] })
  const { run, report } = await withHost(context, (host) =>
    examine(context, chosen, observeHost(host, config), { config, host, all: false }),
  )
  const path = networkPath(report.results, config, uplinkIn(run))
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
    const persistence = report.results.find(({ id }) => id === 'network-persistence') ?? null
    out.result(renderNetworkPath(path, persistence, { ...terminal, guest: config.guest }))
  }
  return report.exitCode
}

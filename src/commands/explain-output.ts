/** `chv-doctor explain FILE`: diagnoses output of Cloud Hypervisor and confirms the causes on this host. */
import type { Config } from '../config/keys.ts'
import type { Result } from '../contract/report.ts'
import { observeHost } from '../engine/observe.ts'
import type { Registry } from '../engine/registry.ts'
import { runChecks } from '../engine/run-checks.ts'
import { selectChecks } from '../engine/select.ts'
import { configOf, namedIn, withValues } from '../explain/command-values.ts'
import { diagnoseInSteps, readOutput } from '../explain/diagnose.ts'
import type { Diagnosis } from '../explain/diagnosis.ts'
import { rankByHost } from '../explain/rank-by-host.ts'
import type { CommandLine } from '../explain/reading/command-line.ts'
import { exit } from '../util/errors.ts'
import { type Context, withHost } from './context.ts'
import { readInput } from './explain-input.ts'

/** The configuration that the output amounts to: its TAP, its disks. What it does not name stays as configured. */
const configFromOutput = (
  context: Context,
  commands: readonly CommandLine[],
  found: readonly Diagnosis[],
): Config => {
  const { home } = context.user
  const directory = process.cwd()
  const command = commands.at(-1)
  const config = command ? configOf(command, context.config, home, directory) : context.config
  const error = found.find(({ severity }) => severity === 'error')
  return error ? withValues(config, error.values, home, directory) : config
}

const runNamedChecks = async (
  context: Context,
  registry: Registry,
  config: Config,
  found: readonly Diagnosis[],
): Promise<readonly Result[]> => {
  const known = new Set(registry.checks.map(({ id }) => id))
  const wanted = [...new Set(found.flatMap(({ check }) => (check && known.has(check) ? [check] : [])))]
  if (wanted.length === 0 || context.call.has('no-host-checks')) return []
  const checks = selectChecks(registry.checks, { only: wanted, skip: [], tags: [] })
  return withHost(context, async (host) => {
    const { results } = await runChecks(checks, observeHost(host, config), config, context.terminal.live)
    return results
  })
}

/** Whether something was understood: an error that is only located is not. */
const exitCode = (found: readonly Diagnosis[]): number => {
  const unknown = found.some(({ cause }) => cause === 'unknown')
  // Doubts about a command explain no line that was not recognised.
  const known = found.some(
    ({ cause, severity }) => cause !== 'unknown' && !(unknown && severity === 'advice'),
  )
  return known ? exit.healthy : exit.undetermined
}

/**
 * @param source a path, or "-" for standard input
 * @returns the exit code: 0 when something was explained, 3 when not
 */
export const explainOutput = async (
  context: Context,
  registry: Registry,
  source: string,
): Promise<number> => {
  const { text, firstLine, bytes } = await readInput(context, source)
  const reading = readOutput(text, firstLine)
  const found = await diagnoseInSteps(reading, context.signal)
  if (context.call.has('report-case')) {
    const { reportCase } = await import('./explain-case.ts')
    reportCase(context, text, found)
    return exit.healthy
  }
  const config = configFromOutput(context, reading.commands, found)
  const results = await runNamedChecks(context, registry, config, found)
  const explanation = {
    version: context.version,
    source,
    bytes,
    firstLine,
    diagnoses: rankByHost(found, {
      named: namedIn(
        reading.commands.at(-1) ?? null,
        found.find(({ severity }) => severity === 'error')?.values ?? {},
      ),
      results,
      checks: registry.checks,
      config,
      configured: context.config,
    }),
    exitCode: exitCode(found),
  }
  if (context.call.json) {
    const { renderExplanationJson } = await import('../report/explain-json.ts')
    context.out.result(renderExplanationJson(explanation))
  } else {
    const { renderExplanation } = await import('../report/explain-text.ts')
    context.out.text(renderExplanation(explanation, context.look))
  }
  return explanation.exitCode
}

/** Runs checks and builds the report; shared by all commands that examine the host. */
import { hostname } from 'node:os'
import type { Invocation } from '../cli/args.ts'
import type { Terminal } from '../cli/terminal.ts'
import { imageName } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { AnyCheck } from '../contract/check.ts'
import { exitCodeOf, type Report, type Result, summarize } from '../contract/report.ts'
import type { Observer } from '../engine/observe.ts'
import { type CheckRun, runChecks } from '../engine/run-checks.ts'
import type { Host } from '../host/host.ts'
import { bootCommandOn } from '../hypervisor/boot-command.ts'
import { clock } from '../util/clock.ts'
import type { Context } from './context.ts'

export interface Examination {
  readonly run: CheckRun
  readonly report: Report
}

/** How the host is looked at, once or again. */
interface LookOptions {
  /** Whether it was looked at before in this run. */
  readonly isRepeated: boolean
  /** Ends the look. */
  readonly signal: AbortSignal
}

/** What a report says of the run itself. */
type Examiner = Pick<Context, 'version' | 'file'> & {
  readonly terminal: Pick<Terminal, 'live'>
  readonly call: Pick<Invocation, 'has'>
}

export type Look = (options: LookOptions) => Promise<Examination>

const bootCommandFor = async (results: readonly Result[], host: Host | null, config: Config) => {
  if (!host || results.some((result) => result.status === 'fail' || result.blockedBy !== undefined))
    return null
  return bootCommandOn(host, config)
}

/**
 * @param host null when recorded facts are judged
 * @param all whether these are all the checks there are; only then a boot command follows
 */
export const examine = async (
  context: Examiner,
  checks: readonly AnyCheck[],
  observer: Observer,
  { config, host, all }: { config: Config; host: Host | null; all: boolean },
): Promise<Examination> => {
  // The time of judging says as little about the recorded host as its duration does.
  const startedAt = host ? new Date().toISOString() : null
  const start = clock()
  const live = await runChecks(checks, observer, config, context.terminal.live)
  // How long judging takes says nothing about the recorded host.
  const run = host ? live : { ...live, results: live.results.map((result) => ({ ...result, durationMs: 0 })) }
  const summary = summarize(run.results)
  const report: Report = {
    schema: 'chv-doctor/report/2',
    version: context.version,
    host: host === null ? null : hostname(),
    startedAt,
    profile: {
      boot: config.boot,
      network: config.network,
      image: imageName(config),
      ...(config.guest > 1 ? { guest: config.guest } : {}),
    },
    configFile: context.file,
    results: run.results,
    summary,
    durationMs: host ? clock() - start : 0,
    exitCode: exitCodeOf(summary, context.call.has('strict')),
    bootCommand: all ? await bootCommandFor(run.results, host, config) : null,
  }
  return { run, report }
}

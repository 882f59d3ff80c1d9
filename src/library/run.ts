/** What the functions of the library do: the same as the commands, without terminal, questions and consent. */
import { setMaxListeners } from 'node:events'
import { examine } from '../commands/examine.ts'
import { loadConfig } from '../config/load.ts'
import type { Report } from '../contract/report.ts'
import { observeHost } from '../engine/observe.ts'
import { downloadOf, makePlan } from '../engine/plan.ts'
import { loadRegistry, type Registry } from '../engine/registry.ts'
import { selectChecks } from '../engine/select.ts'
import { stepGraph } from '../engine/step-graph.ts'
import { createHost, type Host, machineArch } from '../host/host.ts'
import { currentUser } from '../host/user.ts'
import type { Options, Plan } from './types.ts'

/** Inserted by the bundler from package.json. */
declare const VERSION: string

/** The variables that set keys or name a file are for people. */
const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('CHV_DOCTOR_')))

interface Looked {
  readonly report: Report
  readonly host: Host
  readonly registry: Registry
  readonly config: Awaited<ReturnType<typeof loadConfig>>['config']
  readonly signal: AbortSignal
}

/** Runs the checks, and hands what they saw to `use` while the host can still be asked. */
const withReport = async <T>(options: Options, use: (looked: Looked) => Promise<T>): Promise<T> => {
  const { config: values = {}, configFile, only = [], skip = [], strict = false } = options
  const signal = options.signal ? AbortSignal.any([options.signal]) : new AbortController().signal
  // Every command that a check runs adds a listener.
  setMaxListeners(0, signal)
  signal.throwIfAborted()
  const env = withoutSettings(process.env)
  const user = currentUser(env)
  const { config, file } = await loadConfig({
    cwd: process.cwd(),
    home: user.home,
    uid: user.uid,
    arch: machineArch(),
    env,
    file: configFile ?? null,
    search: false,
    sets: [],
    flags: [],
    values,
  })
  const registry = await loadRegistry(config, user.uid)
  const checks = selectChecks(registry.checks, { only, skip, tags: [] })
  const host = createHost(user, env, config.check_timeout * 1000, signal, user.uid === 0 ? [] : null)
  try {
    const all = checks.length === registry.checks.length
    const examiner = {
      version: VERSION,
      file,
      terminal: { live: false as const },
      call: { has: () => strict },
    }
    const { report } = await examine(examiner, checks, observeHost(host, config), { config, host, all })
    const result = await use({ report, host, registry, config, signal })
    signal.throwIfAborted()
    return result
  } finally {
    host.close()
  }
}

export const runCheck = (options: Options): Promise<Report> =>
  withReport(options, async ({ report }) => report)

export const runPlan = (options: Options): Promise<Plan> =>
  withReport(options, async ({ report, host, registry, config, signal }) => {
    const failed = report.results.filter(({ status }) => status === 'fail')
    const { loadCatalogue } = await import('../download/signed-catalogue.ts')
    const { catalogue } = await loadCatalogue(config)
    const fixes = await makePlan(failed, host, config, registry.ownFixes, undefined, catalogue)
    const isOpen = !config.offline && fixes.some((fix) => downloadOf(fix).unknown)
    const sized = isOpen ? await (await import('../download/sizes.ts')).withSizes(fixes, signal) : fixes
    return { schema: 'chv-doctor/plan/1', version: VERSION, fixes: sized, order: stepGraph(sized) }
  })

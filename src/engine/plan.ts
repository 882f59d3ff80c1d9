/** From verdicts to what would be done: fix calls, merged, in the order of the registry, as steps. */
import { type FixCall, fixes } from '../../fixes/registry.ts'
import type { Config } from '../config/keys.ts'
import type { Fix, Step } from '../contract.ts'
import type { Host } from '../host/host.ts'
import type { Result } from '../report/report.ts'

// biome-ignore lint/suspicious/noExplicitAny: each fix has arguments of its own type
export type AnyFix = Fix<string, any, any>

export interface PlannedFix {
  readonly id: string
  readonly title: string
  /** The checks that asked for it. */
  readonly checks: readonly string[]
  /** Whether one of them failed, as opposed to a warning. */
  readonly needed: boolean
  readonly steps: readonly Step[]
}

interface Wanted {
  call: FixCall
  readonly checks: string[]
  needed: boolean
}

const builtIn: Readonly<Record<string, AnyFix>> = fixes

/** One call per fix: equal ones fall together, different ones are merged where the fix can. */
const gather = (
  results: readonly Result[],
  known: Readonly<Record<string, AnyFix>>,
): Map<string, Wanted[]> => {
  const wanted = new Map<string, Wanted[]>()
  for (const { id, fix: call, status } of results) {
    if (!call) continue
    const same = wanted.get(call.id) ?? []
    wanted.set(call.id, same)
    const merge = known[call.id]?.merge
    const twin = same.find((other) => merge || JSON.stringify(other.call.args) === JSON.stringify(call.args))
    if (twin) {
      if (merge) twin.call = { ...twin.call, args: merge(twin.call.args, call.args) } as FixCall
      twin.checks.push(id)
      twin.needed ||= status === 'fail'
    } else same.push({ call, checks: [id], needed: status === 'fail' })
  }
  return wanted
}

/** Adds the packages of programs that the wanted fixes start and the host lacks. */
const addPackages = async (
  wanted: Map<string, Wanted[]>,
  known: Readonly<Record<string, AnyFix>>,
  host: Host,
) => {
  for (const [id, [first]] of [...wanted]) {
    if (!first) continue
    const missing: string[] = []
    for (const [program, name] of Object.entries(known[id]?.programs ?? {})) {
      if ((await host.which(program)) === null) missing.push(name)
    }
    if (missing.length === 0) continue
    const installation = wanted.get('install-packages')?.[0]
    const packages = { packages: missing }
    if (installation) {
      installation.call = {
        id: 'install-packages',
        args: known['install-packages']?.merge?.(installation.call.args, packages),
      }
      installation.needed ||= first.needed
      installation.checks.push(...first.checks.filter((check) => !installation.checks.includes(check)))
    } else {
      wanted.set('install-packages', [
        { call: { id: 'install-packages', args: packages }, checks: [...first.checks], needed: first.needed },
      ])
    }
  }
}

/**
 * @param ownFixes fixes that came with the user's own checks
 * @returns fixes with at least one step; one without steps finds everything as it should be
 */
export const makePlan = async (
  results: readonly Result[],
  host: Host,
  config: Config,
  ownFixes: Readonly<Record<string, AnyFix>>,
): Promise<readonly PlannedFix[]> => {
  const known = { ...builtIn, ...ownFixes }
  const wanted = gather(results, known)
  await addPackages(wanted, known, host)
  const plans = Object.values(known).flatMap((fix) =>
    (wanted.get(fix.id) ?? []).map(async ({ call, checks, needed }) => {
      const survey = (await fix.survey?.(host, call.args, config)) ?? null
      return { id: fix.id, title: fix.title, checks, needed, steps: fix.plan(call.args, config, survey) }
    }),
  )
  return (await Promise.all(plans)).filter((plan) => plan.steps.length > 0)
}

/** Whether the doctor can carry it out, or only a person. */
export const isAutomatic = (fix: PlannedFix): boolean => fix.steps.some((step) => step.kind !== 'manual')

/** Whether a step needs root. */
export const needsRoot = (step: Step): boolean => step.kind === 'run' && step.root

/** Bytes that a fix downloads, as far as they are known, and whether some are not. */
export const downloadOf = (fix: PlannedFix): { bytes: number; unknown: boolean } => {
  let bytes = 0
  let unknown = false
  for (const step of fix.steps) {
    if (step.kind === 'download') {
      bytes += step.bytes ?? 0
      unknown ||= step.bytes === null
    } else if (step.kind === 'run') bytes += step.bytes ?? 0
  }
  return { bytes, unknown }
}

/** How much of a fix `undo` takes back. */
export const undoOf = (fix: PlannedFix): 'yes' | 'partly' | 'no' => {
  const changes = fix.steps.filter((step) => step.kind === 'run' || step.kind === 'publish')
  const lasting = changes.filter((step) => step.kind === 'publish' || step.undo?.length !== 0)
  const reversible = lasting.filter((step) =>
    step.kind === 'publish' ? step.reversible : step.undo !== undefined,
  )
  if (reversible.length === 0) return 'no'
  return reversible.length === lasting.length ? 'yes' : 'partly'
}

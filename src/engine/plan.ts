/** From verdicts to what would be done: fix calls, merged, in the order of the registry, as steps. */
import { installPackages } from '../../fixes/install-packages.ts'
import { fixes } from '../../fixes/registry.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Config } from '../config/keys.ts'
import type { Fix } from '../contract/fix.ts'
import type { FixCall } from '../contract/fix-args.ts'
import type { Result } from '../contract/report.ts'
import type { Step } from '../contract/step.ts'
import type { Host } from '../host/host.ts'
import { DoctorError, exit, messageOf } from '../util/errors.ts'
import { humanMs } from '../util/units.ts'
import {
  type ExtraPrograms,
  type NeededPackages,
  neededPackages,
  nothingFurther,
  stepThatNeeds,
} from './needed-packages.ts'

// biome-ignore lint/suspicious/noExplicitAny: each fix has arguments of its own type
export type AnyFix = Fix<string, any, any>

export interface PlannedFix {
  readonly id: string
  readonly title: string
  /** The checks that asked for it. */
  readonly checks: readonly string[]
  /** Whether one of them failed, as opposed to a warning. */
  readonly needed: boolean
  /** Carried out before all others. */
  readonly runsFirst?: true
  /** Fixes that its steps from one on wait for, where they are in the plan; it is left out where one failed. */
  readonly needs?: readonly { readonly fix: string; readonly step: number }[]
  /** Its steps come after those of all fixes before it, however these ended: it does not say what it uses. */
  readonly comesAfterAll?: true
  readonly steps: readonly Step[]
}

interface Planned {
  readonly plan: PlannedFix
  readonly packages: NeededPackages
}

interface PendingFix {
  call: FixCall
  readonly checks: string[]
  needed: boolean
}

const builtIn: Readonly<Record<string, AnyFix>> = fixes

/** Adds a call: equal ones fall together, different ones are merged where the fix can. */
const addCall = (
  wanted: Map<string, PendingFix[]>,
  call: FixCall,
  checks: readonly string[],
  needed: boolean,
  known: Readonly<Record<string, AnyFix>>,
) => {
  const same = wanted.get(call.id) ?? []
  wanted.set(call.id, same)
  const merge = known[call.id]?.merge
  const twin = same.find((other) => merge || JSON.stringify(other.call.args) === JSON.stringify(call.args))
  if (!twin) {
    same.push({ call, checks: [...checks], needed })
    return
  }
  if (merge) twin.call = { ...twin.call, args: merge(twin.call.args, call.args) } as FixCall
  twin.checks.push(...checks.filter((check) => !twin.checks.includes(check)))
  twin.needed ||= needed
}

const gather = (
  results: readonly Result[],
  known: Readonly<Record<string, AnyFix>>,
): Map<string, PendingFix[]> => {
  const wanted = new Map<string, PendingFix[]>()
  for (const { id, fix: call, status } of results) {
    if (call) addCall(wanted, call, [id], status === 'fail', known)
  }
  return wanted
}

/** @throws DoctorError (exit 5) in one sentence when the survey fails or does not end */
const surveyFor = async (
  fix: AnyFix,
  host: Host,
  call: FixCall,
  config: Config,
  catalogue: Catalogue | undefined,
): Promise<unknown> => {
  if (!fix.survey) return null
  // A survey reads a few files and asks a few programs, each of which may take one check_timeout.
  const limitMs = config.check_timeout * 3000
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the host did not answer within ${humanMs(limitMs)}`)), limitMs)
  })
  try {
    return await Promise.race([fix.survey(host, call.args, config, catalogue), expired])
  } catch (error) {
    if (error instanceof DoctorError) throw error
    throw new DoctorError(exit.fixFailed, `The fix ${fix.id} cannot be planned: ${messageOf(error)}.`, {
      cause: error,
    })
  } finally {
    clearTimeout(timer)
  }
}

/**
 * @param ownFixes fixes that came with the user's own checks
 * @param further for those who carry the steps out with other programs than the doctor
 * @param catalogue the one in force; that of this release when absent
 * @returns fixes in an order in which they can be carried out, each with at least one step; one without steps finds everything as it should be
 */
export const makePlan = async (
  results: readonly Result[],
  host: Host,
  config: Config,
  ownFixes: Readonly<Record<string, AnyFix>>,
  further: ExtraPrograms = nothingFurther,
  catalogue?: Catalogue,
): Promise<readonly PlannedFix[]> => {
  const known: Readonly<Record<string, AnyFix>> = { ...builtIn, ...ownFixes }
  const wanted = gather(results, known)

  const planOf = (fix: AnyFix): Promise<Planned[]> =>
    Promise.all(
      (wanted.get(fix.id) ?? []).map(async ({ call, checks, needed }) => {
        const survey = await surveyFor(fix, host, call, config, catalogue)
        const steps: readonly Step[] = fix.plan(call.args, config, survey, catalogue)
        // What only a person can go on with needs nothing installed.
        const found = steps.some(isDone) ? (fix.packages?.(survey) ?? []) : []
        const isOwn = builtIn[fix.id] !== fix
        const plan: PlannedFix = {
          id: fix.id,
          title: fix.title,
          checks,
          needed,
          ...(fix.runsFirst ? { runsFirst: true } : {}),
          ...(isOwn && !fix.needs && !fix.runsFirst ? { comesAfterAll: true } : {}),
          ...(fix.needs ? { needs: fix.needs.map((other) => ({ fix: other, step: 0 })) } : {}),
          steps,
        }
        return { plan, packages: await neededPackages(steps, fix, found, host, further) }
      }),
    )

  const others = Object.values(known).filter((fix) => fix !== installPackages)
  const planned = (await Promise.all(others.map(planOf))).flat()
  for (const { plan, packages } of planned) {
    if (packages.missing.length === 0) continue
    const call: FixCall = { id: installPackages.id, args: { packages: packages.missing } }
    addCall(wanted, call, plan.checks, plan.needed, known)
  }
  const installation = wanted.get(installPackages.id)?.[0]?.call as
    | Extract<FixCall, { id: 'install-packages' }>
    | undefined
  const afterPackages = ({ plan, packages }: Planned): PlannedFix => {
    const step = stepThatNeeds(installation?.args.packages ?? [], packages)
    const need = { fix: installPackages.id, step: step ?? 0 }
    return step === null ? plan : { ...plan, needs: [...(plan.needs ?? []), need] }
  }
  const plans = [...(await planOf(installPackages)).map(({ plan }) => plan), ...planned.map(afterPackages)]
  const effective = plans.filter((plan) => plan.steps.length > 0)
  return [...effective.filter((plan) => plan.runsFirst), ...effective.filter((plan) => !plan.runsFirst)]
}

/** Whether a step is for the doctor and not for a person. */
const isDone = (step: Step): boolean => step.kind !== 'manual'

/** Whether the doctor can carry it out, or only a person. */
export const isAutomatic = (fix: PlannedFix): boolean => fix.steps.some(isDone)

/** Whether a step needs root. */
export const needsRoot = (step: Step): boolean =>
  (step.kind === 'run' || step.kind === 'write') && step.root === true

/** Bytes that a fix downloads, as far as they are known, and whether some are not. */
export const downloadOf = (fix: PlannedFix): { bytes: number; unknown: boolean } => {
  let bytes = 0
  let unknown = false
  for (const step of fix.steps) {
    if (step.kind === 'download') {
      if (step.here) continue
      bytes += step.bytes ?? 0
      unknown ||= step.bytes === null
    } else if (step.kind === 'run') {
      bytes += step.bytes ?? 0
      // The size of a clone is not known beforehand.
      unknown ||= step.progress === 'git'
    }
  }
  return { bytes, unknown }
}

/** How much of a fix `undo` takes back. */
export const undoOf = (fix: PlannedFix): 'yes' | 'partly' | 'no' => {
  const changes = fix.steps.filter(
    (step) => step.kind !== 'download' && step.kind !== 'manual' && step.kind !== 'verify',
  )
  const lasting = changes.filter((step) => step.kind !== 'run' || step.undo?.length !== 0)
  const reversible = lasting.filter((step) =>
    step.kind === 'run' ? step.undo !== undefined : step.kind === 'write' || step.reversible,
  )
  if (reversible.length === 0) return 'no'
  return reversible.length === lasting.length ? 'yes' : 'partly'
}

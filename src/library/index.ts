/**
 * The package as a library. Importing it does nothing and loads nothing else; nothing here prints, asks or changes
 * the host. docs/library.md shows how it is used.
 */
import type { Report } from '../contract/report.ts'
import type { Ending } from '../explain/diagnose.ts'
import type { Diagnosis } from '../explain/diagnosis.ts'
import type { Options, Plan } from './types.ts'

export type { Config } from '../config/keys.ts'
export type { Check, HopName, Verdict } from '../contract/check.ts'
export type { Finding, Findings } from '../contract/finding.ts'
export type { FixCall } from '../contract/fix-args.ts'
export type { Report, Result, Status } from '../contract/report.ts'
export type { Step } from '../contract/step.ts'
export type { PlannedFix } from '../engine/plan.ts'
export type { Diagnosis } from '../explain/diagnosis.ts'
export type { Host } from '../host/host.ts'
export type { OwnCheck, OwnFix, OwnVerdict } from './own.ts'
export type { Options, Plan, Settings } from './types.ts'

/**
 * Runs the checks on this host, as this process: root is neither asked for nor given up.
 * @returns what `chv-doctor check --format json` prints (docs/report.schema.json)
 * @throws Error with one sentence in `message` for a wrong option or configuration; the reason of `signal`
 */
export const check = async (options: Options = {}): Promise<Report> =>
  (await import('./run.ts')).runCheck(options)

/**
 * Runs the checks and plans what would repair their failures.
 * @returns what `chv-doctor fix --format json` prints (docs/plan.schema.json); nothing is carried out
 * @throws Error as `check` does
 */
export const plan = async (options: Options = {}): Promise<Plan> =>
  (await import('./run.ts')).runPlan(options)

/**
 * Explains output of Cloud Hypervisor. Pure: this host is not looked at.
 * @param output a log, or what was printed on standard error
 * @param ending how the process ended, where that is known
 * @returns what happened, the most important first; empty where nothing is recognised
 */
export const explain = async (output: string, ending?: Ending): Promise<readonly Diagnosis[]> =>
  (await import('../explain/diagnose.ts')).diagnose(output, ending)

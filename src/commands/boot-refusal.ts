import type { Outcome } from '../boot/outcome.ts'
import { renderOutcomeJson } from '../report/outcome-json.ts'
import { DoctorError, exit } from '../util/errors.ts'
import type { Context } from './context.ts'

/**
 * Reports a guest that was not started, as JSON where JSON was requested.
 * @returns the exit code
 * @throws the same error with every other format
 */
export const reportRefusal = (context: Context, error: unknown): number => {
  if (!context.call.json || !(error instanceof DoctorError) || error.exitCode !== exit.failed) throw error
  const outcome: Outcome = {
    schema: 'chv-doctor/boot/2',
    version: context.version,
    ok: false,
    command: [],
    hypervisor: null,
    timeline: [],
    powerOff: null,
    cause: { id: 'not-started', what: error.message, why: '', hint: '`chv-doctor check` says more.' },
    disk: null,
    consoleLog: null,
    lastLines: [],
    notes: [],
    durationMs: 0,
    exitCode: exit.failed,
  }
  context.out.result(renderOutcomeJson(outcome))
  return outcome.exitCode
}

/** Shows checks while they run, by group. */
import type { Live } from '../cli/terminal.ts'
import type { AnyCheck } from '../contract/check.ts'
import type { Result } from '../contract/report.ts'
import { runTasks, type Task } from './tasks.ts'

/** What a line of the running list says besides its mark. */
const remarks: Record<Exclude<Result['status'], 'ok' | 'fail'>, string> = {
  warn: 'warning',
  skip: 'skipped',
  unknown: 'unknown',
}

/**
 * Draws until all results are there.
 * @param resultOf the result of a check that runs
 */
export const showChecks = async (
  checks: readonly AnyCheck[],
  resultOf: (check: AnyCheck) => Promise<Result>,
  live: Live,
): Promise<void> => {
  const task = (check: AnyCheck): Task => ({
    title: check.id,
    run: async (view) => {
      const result = await resultOf(check)
      const { status } = result
      if (status === 'fail') throw new Error(result.found)
      if (status !== 'ok') view.mark(status, `${check.id} (${remarks[status]})`)
    },
  })
  const groups = [...new Set(checks.map((check) => check.group))]
  await runTasks({
    tasks: groups.map((group) => ({
      title: group,
      tasks: checks.filter((check) => check.group === group).map(task),
      concurrent: true,
    })),
    concurrent: true,
    live,
    transient: true,
  })
}

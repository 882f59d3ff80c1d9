/** Explains a failure of Cloud Hypervisor and offers the fix. */
import { causeFrom, describeEnd, errorsIn } from '../boot/failure.ts'
import type { Result } from '../contract/report.ts'
import { loadRegistry } from '../engine/registry.ts'
import type { Diagnosis } from '../explain/diagnosis.ts'
import { openConsoleLog } from '../files/console-log.ts'
import type { ProcessEnd } from '../hypervisor/start.ts'
import { renderCause } from '../report/failure-text.ts'
import { pageFor } from '../report/layout.ts'
import { exit } from '../util/errors.ts'
import { visible } from '../util/printable.ts'
import type { Context } from './context.ts'
import { planFor, repair } from './repair.ts'
import { sayFailure } from './say-failure.ts'

/** Offers the fix of a diagnosis on a terminal. */
const offer = async (context: Context, { check, fix, what }: Diagnosis): Promise<void> => {
  if (!fix || !context.terminal.interactive) return
  const registry = await loadRegistry(context.config, context.user.uid)
  const known = registry.checks.find(({ id }) => id === check)
  const result: Result = {
    id: known?.id ?? fix.id,
    title: known?.title ?? what,
    group: known?.group ?? 'proof',
    status: 'fail',
    found: what,
    fix,
    durationMs: 0,
  }
  const plan = await planFor(context, registry, [result])
  if (plan.length === 0) return
  const { failures } = await repair(context, registry, [result.id], [result], plan)
  for (const failure of failures) sayFailure(context, failure.fix, failure.message)
  if (failures.length === 0) context.out.say(pageFor(context.look).say('Start again: chv-doctor boot'))
}

/** Keeps what it printed for `chv-doctor report`. */
const keepOutput = async ({ stateDir, out, look }: Context, stderr: string): Promise<void> => {
  if (stderr === '') return
  const log = await openConsoleLog(`${stateDir}/log`, 'stderr')
  log.append(visible(stderr))
  const path = await log.keep('')
  await log.discard()
  if (path !== null) out.say(pageFor(look).lines(`Its output is kept in ${path}.`).join('\n'))
}

/**
 * Explains how Cloud Hypervisor ended, on standard error: the console of the guest is on standard output.
 * @returns the exit code: 0 when nothing failed, else 1
 */
export const explainEnd = async (context: Context, ended: ProcessEnd): Promise<number> => {
  const errors = await errorsIn(ended)
  if (ended.code === 0 && errors.length === 0) return exit.healthy
  const page = pageFor(context.look)
  const [first] = errors
  context.out.say('')
  await keepOutput(context, ended.stderr)
  if (!first) {
    const what = `Cloud Hypervisor failed (${describeEnd(ended)}) without a message that chv-doctor can explain.`
    context.out.say(page.lines(what).join('\n'))
    return exit.failed
  }
  context.out.say(renderCause(causeFrom(first), first.reference, page).join('\n'))
  await offer(context, first)
  return exit.failed
}

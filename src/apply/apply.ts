/**
 * Carries a plan out: packages and downloads first and side by side, everything else in order.
 * The only path on which the doctor changes a host; every change is in the journal before it happens.
 */
import { readFile, rm } from 'node:fs/promises'
import type { Live } from '../cli/terminal.ts'
import type { DownloadStep, RunStep, Step } from '../contract/step.ts'
import type { UndoAction } from '../contract/undo.ts'
import type { PlannedFix } from '../engine/plan.ts'
import { runTasks, type Task, type TaskView } from '../engine/tasks.ts'
import { publish, writeOrigin, writeWithBackup } from '../files/write.ts'
import { DoctorError, exit, Interrupted, messageOf } from '../util/errors.ts'
import { humanMs } from '../util/units.ts'
import type { Journal } from './journal.ts'
import { requireKernel } from './require-kernel.ts'
import { writeAsRoot } from './root-files.ts'
import { clearTemporary, type Executor, runCommand } from './run-step.ts'
import { forgetTemporary, recordTemporary } from './temporaries.ts'
import { transferLine } from './transfer.ts'
import { verify } from './verify.ts'

export interface Failure {
  readonly fix: string
  readonly message: string
}

export interface ApplyOptions {
  readonly executor: Executor
  readonly journal: Journal
  /** Draw a live list; otherwise `say` gets one line per step, unless `quiet`. */
  readonly live: Live | false
  readonly quiet?: boolean
  readonly say: (line: string) => void
}

/** @throws DoctorError when the guarded state forbids the step */
export const assertGuard = async (guard: RunStep['guard']): Promise<void> => {
  if (!guard) return
  const text = await readFile(guard.file, 'utf8').catch(() => null)
  if (text?.trim() === guard.is) throw new DoctorError(exit.fixFailed, guard.because)
}

const undoOfRun = (step: RunStep): UndoAction | null =>
  step.undo && step.undo.length > 0
    ? {
        kind: 'run',
        argvs: step.undo,
        root: step.root,
        ...(step.undoWhile === undefined ? {} : { while: step.undoWhile }),
        ...(step.guard === undefined ? {} : { guard: step.guard }),
      }
    : null

const executeStep = async (
  fix: string,
  step: Exclude<Step, { kind: 'manual' }>,
  view: TaskView,
  { executor, journal }: ApplyOptions,
) => {
  if (executor.signal.aborted) throw new Interrupted()
  switch (step.kind) {
    case 'download':
      return fetchFile(step, view, executor)
    case 'write':
      return journaled(journal, fix, step.why, async (record) => {
        const before = async (part: string) => void (await recordTemporary(journal, fix, part, step.root))
        const part = step.root
          ? await writeAsRoot(step, executor, record, before)
          : await writeWithBackup(step.path, step.content, step.mode, record, before)
        if (part !== null) await forgetTemporary(journal, part)
      })
    case 'verify':
      return verify(step)
    case 'publish':
      if (step.kernelFor !== undefined) await requireKernel(step.from, step.kernelFor)
      if (step.origin) await writeOrigin(step.from, step.to, step.origin)
      await (step.reversible
        ? journaled(journal, fix, step.why, (record) => publish(step.from, step.to, record))
        : publish(step.from, step.to, async () => {}))
      return forgetTemporary(journal, step.from)
    case 'run': {
      await assertGuard(step.guard)
      if (step.temporary) {
        await recordTemporary(journal, fix, step.temporary)
        await clearTemporary(step.temporary)
      }
      const undo = undoOfRun(step)
      const id = undo && (await journal.started({ fix, why: step.why, undo }))
      try {
        await runCommand(step, executor, view.output)
      } catch (error) {
        // A command that failed at once changed nothing; one that was cut off may have: it stays open.
        if (id && !(error instanceof Interrupted)) await journal.finished(id, 'void')
        throw error
      }
      if (id) await journal.finished(id, 'done')
    }
  }
}

/** Removes the half-made files of a fix that ended early: they may be what filled the disk. */
const removeTempFiles = async (fix: PlannedFix, journal: Journal) => {
  for (const step of fix.steps) {
    if (step.kind !== 'run' || !step.temporary) continue
    const { temporary } = step
    // A directory stays: the next run goes on with what a clone has fetched.
    await rm(temporary, { force: true }).then(
      () => forgetTemporary(journal, temporary),
      () => {},
    )
  }
}

const fetchFile = async (step: DownloadStep, view: TaskView, executor: Executor) => {
  const { download } = await import('../download/download.ts')
  const start = performance.now()
  return download(step, {
    signal: executor.signal,
    onProgress: (done, total, resumed) =>
      view.output(transferLine({ done, total, resumed, elapsedMs: performance.now() - start })),
    onWait: (pid) => view.output(`process ${pid} is fetching it already; waiting for that`),
  })
}

/** Makes a file, with its way back in the journal before it has its name. */
const journaled = async (
  journal: Journal,
  fix: string,
  why: string,
  make: (record: (undo: UndoAction) => Promise<void>) => Promise<void>,
) => {
  let id: string | null = null
  await make(async (undo) => {
    id = await journal.started({ fix, why, undo })
  })
  if (id) await journal.finished(id, 'done')
}

export const applyPlan = async (
  plan: readonly PlannedFix[],
  options: ApplyOptions,
): Promise<readonly Failure[]> => {
  const failures = new Map<PlannedFix, string>()
  let interrupted = false
  /** Steps that an interruption left no time for. */
  let leftOut = 0

  /** The planner had packages installed for the sake of the same check, and that failed. */
  const lacksPackages = (fix: PlannedFix) =>
    !fix.runsFirst &&
    plan.some(
      (other) =>
        other.runsFirst && failures.has(other) && other.checks.some((check) => fix.checks.includes(check)),
    )

  const task = (fix: PlannedFix, step: Exclude<Step, { kind: 'manual' }>): Task => ({
    title: `${fix.id}: ${step.why}`,
    run: async (view) => {
      if (interrupted) {
        leftOut++
        view.hide()
        return
      }
      if (failures.has(fix) || lacksPackages(fix)) {
        if (!failures.has(fix))
          failures.set(fix, 'left out: the packages that it needs could not be installed')
        view.mark('skip', `${fix.id}, left out: ${step.why}`)
        return
      }
      const start = performance.now()
      if (!options.live && !options.quiet) options.say(`${fix.id}: ${step.why}`)
      let outcome: unknown
      try {
        outcome = await executeStep(fix.id, step, view, options)
      } catch (error) {
        interrupted ||= options.executor.signal.aborted
        failures.set(fix, messageOf(error))
        await removeTempFiles(fix, options.journal)
        if (!options.live && !options.quiet) options.say(`${fix.id}: failed`)
        throw error
      }
      const elapsed = performance.now() - start
      const why = outcome === 'already there' ? `${step.why} (it was here)` : step.why
      // The time first: a narrow terminal cuts the end of a line off.
      view.title(`${fix.id}${elapsed >= 1000 ? `, ${humanMs(elapsed)}` : ''}: ${why}`)
    },
  })

  const automatic = (fix: PlannedFix) => fix.steps.filter((step) => step.kind !== 'manual')
  const packages = plan
    .filter((fix) => fix.runsFirst)
    .flatMap((fix) => automatic(fix).map((step) => task(fix, step)))
  const downloads = plan.flatMap((fix) =>
    automatic(fix).flatMap((step) => (step.kind === 'download' ? [task(fix, step)] : [])),
  )
  const rest = plan
    .filter((fix) => !fix.runsFirst)
    .flatMap((fix) => automatic(fix).flatMap((step) => (step.kind === 'download' ? [] : [task(fix, step)])))
  const stages: Task[] = []
  if (packages.length > 0) stages.push({ title: 'Packages', tasks: packages })
  if (downloads.length > 0) stages.push({ title: 'Downloads', tasks: downloads, concurrent: true })
  await runTasks({ tasks: stages, concurrent: true, live: options.live, transient: false })
  if (rest.length > 0)
    await runTasks({ tasks: rest, concurrent: false, live: options.live, transient: false })
  if (options.executor.signal.aborted) {
    if (leftOut > 0) options.say(`${leftOut} ${leftOut === 1 ? 'step was' : 'steps were'} not begun.`)
    throw new Interrupted()
  }
  return [...failures].map(([fix, message]) => ({ fix: fix.id, message }))
}

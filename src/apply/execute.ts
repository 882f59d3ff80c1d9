/** Carries out one step of a plan; every change is in the journal before it happens. */
import { readFile, rm } from 'node:fs/promises'
import type { RunStep, Step } from '../contract/step.ts'
import type { UndoAction } from '../contract/undo.ts'
import type { PlannedFix } from '../engine/plan.ts'
import type { TaskView } from '../engine/tasks.ts'
import { publish, writeOrigin, writeWithBackup } from '../files/write.ts'
import { DoctorError, exit, Interrupted } from '../util/errors.ts'
import { fetchFile } from './fetch-file.ts'
import type { Journal } from './journal.ts'
import { requireKernel } from './require-kernel.ts'
import { writeAsRoot } from './root-files.ts'
import { clearTemporary, runCommand } from './run-step.ts'
import type { StepContext } from './step-context.ts'
import { forgetTemporary, recordTemporary } from './temporaries.ts'
import { verify } from './verify.ts'

/** A step that the doctor carries out itself. */
export type AutomaticStep = Exclude<Step, { kind: 'manual' }>

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

/** @returns what there is to say about it, or nothing */
export const executeStep = async (
  fix: string,
  step: AutomaticStep,
  view: Pick<TaskView, 'output'>,
  context: StepContext,
): Promise<unknown> => {
  const { executor, journal, made } = context
  if (executor.signal.aborted) throw new Interrupted()
  switch (step.kind) {
    case 'download':
      return fetchFile(fix, step, view, context)
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
      if (step.temporary && made.delete(step.temporary)) return 'made before'
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
export const removeTempFiles = async (fix: PlannedFix, journal: Journal) => {
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

/** Removes what was finished early for a step that was left out. */
export const removeMade = async (made: ReadonlySet<string>, journal: Journal) => {
  for (const path of made) {
    await rm(path, { force: true })
    await forgetTemporary(journal, path)
  }
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

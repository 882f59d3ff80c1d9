/** Carries a download out, and makes the raw disk that may be made while it arrives. */
import type { DownloadStep } from '../contract/step.ts'
import type { TaskView } from '../engine/tasks.ts'
import { threadFile } from '../files/thread-file.ts'
import { clearTemporary } from './run-step.ts'
import type { StepContext } from './step-context.ts'
import { forgetTemporary, recordTemporary } from './temporaries.ts'
import { transferLine } from './transfer.ts'

/** @returns null where nothing is unpacked early: there is no need, or the thread for it is not at hand */
const earlyDisk = async (fix: string, { unpackTo }: DownloadStep, { journal }: StepContext) => {
  if (unpackTo === undefined) return null
  const file = threadFile('unpack-image')
  if (file === null) return null
  const { EarlyDisk } = await import('../unpack/early-disk.ts')
  const disk = new EarlyDisk(unpackTo, file, async () => {
    await recordTemporary(journal, fix, unpackTo)
    await clearTemporary(unpackTo)
  })
  return {
    disk,
    leave: async () => {
      await disk.leave()
      await forgetTemporary(journal, unpackTo)
    },
  }
}

/** A thread is started for what is at least so long: its start takes as long as some 10 MiB. */
const longBytes = 32 * 2 ** 20

/** @returns what there is to say about it, or nothing */
export const fetchFile = async (
  fix: string,
  step: DownloadStep,
  view: Pick<TaskView, 'output'>,
  context: StepContext,
): Promise<unknown> => {
  const { download } = await import('../download/download.ts')
  const early = await earlyDisk(fix, step, context)
  const start = performance.now()
  try {
    const outcome = await download(step, {
      signal: context.executor.signal,
      threadFile: (step.bytes ?? longBytes) < longBytes ? null : threadFile('receive-file'),
      onProgress: (done, total, resumed) =>
        view.output(transferLine({ done, total, resumed, elapsedMs: performance.now() - start })),
      onWait: (pid) => view.output(`process ${pid} is fetching it already; waiting for that`),
      ...(early ? { follower: early.disk } : {}),
    })
    if (early && outcome === 'downloaded' && (await early.disk.finish()))
      context.made.add(step.unpackTo as string)
    else await early?.leave()
    return outcome
  } catch (error) {
    await early?.leave()
    throw error
  }
}

/**
 * Fetches a file in a thread. Each chunk of a network is memory that V8 did not allocate, and for each few megabytes of
 * it V8 marks every object there is: those of the whole program in its own thread, which takes more processor time than
 * the hash (docs/performance.md), and next to none in a thread that only fetches.
 */
import { Worker } from 'node:worker_threads'
import { DoctorError, exit, Interrupted } from '../util/errors.ts'
import type { Failure, Order, Report, Work } from './messages.ts'
import type { DownloadJob, Received } from './receive.ts'

const errorOf = ({ message, exitCode, errno }: Failure): Error => {
  if (exitCode === exit.interrupted) return new Interrupted()
  if (exitCode !== null) return new DoctorError(exitCode, message)
  return Object.assign(new Error(message), errno === null ? {} : { code: errno })
}

/** As `receive`. @param file the program of the thread */
export const receiveInThread = (
  file: URL,
  { patience: { signal, ...patience }, follower, onProgress, ...job }: DownloadJob,
): Promise<Received> =>
  new Promise((resolve, reject) => {
    const work: Work = { ...job, patience, followed: follower !== null }
    const thread = new Worker(file, { workerData: work })
    const order = (word: Order) => thread.postMessage(word)
    const interrupt = () => order('end')
    signal.addEventListener('abort', interrupt)
    if (signal.aborted) interrupt()
    let settle = () => reject(new Error('the thread that fetches has ended'))
    const end = (how: () => void) => {
      settle = how
      // Connections that are kept alive would keep it.
      void thread.terminate()
    }
    const fail = (error: unknown) => end(() => reject(error))
    thread.on('message', (report: Report) => {
      if (report.kind === 'received') return end(() => resolve(report.received))
      if (report.kind === 'failed') return fail(errorOf(report.failure))
      if (report.kind === 'begin') {
        follower?.begin(report.part, report.total).then(() => order('follower is ready'), fail)
        return
      }
      if (report.arrived > 0) follower?.arrived(report.arrived)
      if (report.done > 0) onProgress(report.done, report.total, report.resumed)
    })
    // An exit follows.
    thread.on('error', fail)
    thread.on('exit', () => {
      signal.removeEventListener('abort', interrupt)
      settle()
    })
  })

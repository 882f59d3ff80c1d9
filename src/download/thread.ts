/** The thread that fetches a file: an entry of the bundle, started by in-thread.ts. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { DoctorError, errnoOf, messageOf } from '../util/errors.ts'
import type { Failure, Order, Progress, Report, Work } from './messages.ts'
import { type Follower, receive } from './receive.ts'

const port = parentPort as MessagePort
const { followed, ...work } = workerData as Work
const say = (report: Report) => port.postMessage(report)

const interrupt = new AbortController()
let goOn = () => {}
port.on('message', (order: Order) => {
  if (order === 'end') interrupt.abort()
  else goOn()
})

/** How often it is said what has arrived, in milliseconds: for each chunk it would cost as much as the chunk. */
const sayEveryMs = 50

let progress: Progress = { arrived: 0, done: 0, total: null, resumed: 0 }
let unsaid: NodeJS.Timeout | null = null
const sayProgress = () => {
  if (unsaid === null) return
  clearTimeout(unsaid)
  unsaid = null
  say({ kind: 'progress', ...progress })
}
const note = (changes: Partial<Progress>) => {
  progress = { ...progress, ...changes }
  unsaid ??= setTimeout(sayProgress, sayEveryMs)
}

const follower: Follower = {
  begin: (part, total) => {
    sayProgress()
    progress = { ...progress, arrived: 0 }
    const ready = new Promise<void>((resolve) => {
      goOn = resolve
    })
    say({ kind: 'begin', part, total })
    return ready
  },
  arrived: (bytes) => note({ arrived: bytes }),
}

const failureFrom = (error: unknown): Failure => ({
  message: messageOf(error),
  exitCode: error instanceof DoctorError ? error.exitCode : null,
  errno: errnoOf(error),
})

try {
  const received = await receive({
    ...work,
    patience: { ...work.patience, signal: interrupt.signal },
    follower: followed ? follower : null,
    onProgress: (done, total, resumed) => note({ done, total, resumed }),
  })
  sayProgress()
  say({ kind: 'received', received })
} catch (error) {
  say({ kind: 'failed', failure: failureFrom(error) })
}

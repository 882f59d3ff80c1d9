/** The thread that unpacks an image while this process fetches it: an entry of the bundle, started by early-disk.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Order, Outcome, Work } from './messages.ts'
import { Unpacker } from './unpack.ts'

const work = workerData as Work
const unpacker = new Unpacker(work)

const end = (outcome: Outcome) => {
  parentPort?.postMessage(outcome)
  parentPort?.close()
}

parentPort?.on('message', (order: Order) => {
  try {
    if (order.arrived < work.total) unpacker.advance(order.arrived)
    else end({ whole: unpacker.finish() })
  } catch {
    end({ whole: false })
  }
})

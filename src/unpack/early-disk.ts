/**
 * The raw disk that is made of an image while that arrives, under a temporary name. Nothing of the image is verified
 * by then: only code of ours reads it (qcow2-layout.ts, and the inflate of Node.js), in a thread of its own, and what
 * it writes counts only once the digest of the image is right. Whatever is unusual is left to qemu-img, later.
 */
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Order, Outcome, Work } from './messages.ts'

/** Of the thread, beside its buffers: it holds where the clusters lie that wait for their bytes. */
const resourceLimits = { maxOldGenerationSizeMb: 128 }

interface Running {
  readonly image: FileHandle
  readonly disk: FileHandle
  readonly total: number
  readonly thread: Worker
  /** Resolves when the thread has ended, however. */
  readonly ended: Promise<Outcome>
}

const startThread = (file: URL, work: Work): Pick<Running, 'thread' | 'ended'> => {
  const thread = new Worker(file, { workerData: work, resourceLimits, execArgv: [], env: {} })
  const ended = new Promise<Outcome>((resolve) => {
    let outcome: Outcome = { whole: false }
    thread.on('message', (said: Outcome) => {
      outcome = said
    })
    // Out of memory, or a fault of ours: qemu-img makes the disk then. An exit follows.
    thread.on('error', () => {})
    thread.on('exit', () => resolve(outcome))
  })
  return { thread, ended }
}

/** Whether an open file is the one that has a name now. */
const isSame = async (file: FileHandle, path: string): Promise<boolean> => {
  const [own, named] = await Promise.all([file.stat(), lstat(path).catch(() => null)])
  return named?.ino === own.ino && named.dev === own.dev
}

export class EarlyDisk {
  readonly #path: string
  readonly #threadFile: URL
  readonly #makeReady: () => Promise<void>
  #running: Running | null = null
  #leaving: Promise<void> | null = null

  /**
   * @param path of the disk, for now
   * @param makeReady called before the disk is made: its directory must be there then, and its name free
   */
  constructor(path: string, threadFile: URL, makeReady: () => Promise<void>) {
    this.#path = path
    this.#threadFile = threadFile
    this.#makeReady = makeReady
  }

  /**
   * Begins with a part of an image, or goes on with the same one; another one is left to qemu-img.
   * @param total bytes that it will have, where the server says so
   */
  async begin(part: string, total: number | null): Promise<void> {
    if (this.#leaving) return
    const running = this.#running
    try {
      if (!running) await this.#start(part, total)
      else if (total !== running.total || !(await isSame(running.image, part))) await this.leave()
    } catch {
      // No room, a name that is taken: the conversion will meet it, and say so.
      await this.leave()
    }
  }

  /** @param bytes of the image that are in its part by now */
  arrived(bytes: number): void {
    const order: Order = { arrived: bytes }
    this.#running?.thread.postMessage(order)
  }

  /**
   * Call once the image is verified.
   * @returns whether the disk is complete; otherwise there is none
   */
  async finish(): Promise<boolean> {
    const running = this.#running
    if (!running || this.#leaving) return false
    this.arrived(running.total)
    const { whole } = await running.ended
    // Another process may have taken the name.
    if (!whole || !(await isSame(running.disk, this.#path))) {
      await this.leave()
      return false
    }
    await Promise.all([running.image.close(), running.disk.close()])
    this.#running = null
    return true
  }

  /** Ends it, and removes what there is of the disk, unless that is finished. */
  leave(): Promise<void> {
    this.#leaving ??= this.#remove()
    return this.#leaving
  }

  async #remove() {
    const running = this.#running
    this.#running = null
    if (!running) return
    await running.thread.terminate()
    // Nothing uses the descriptors any more when the thread has ended.
    await running.ended
    if (await isSame(running.disk, this.#path)) await rm(this.#path)
    await Promise.all([running.image.close(), running.disk.close()])
  }

  async #start(part: string, total: number | null) {
    if (total === null) return
    await this.#makeReady()
    const { bavail, bsize } = await statfs(dirname(this.#path))
    // The rest of the image may need the same room.
    const room = bavail * bsize - total
    const image = await open(part, constants.O_RDONLY | constants.O_NOFOLLOW)
    // A link under this name is not followed. The mode is that of qemu-img, before the umask.
    const disk = await open(this.#path, 'wx', 0o644).catch(async (error) => {
      await image.close()
      throw error
    })
    const work: Work = { image: image.fd, disk: disk.fd, total, room }
    const running = { image, disk, total, ...startThread(this.#threadFile, work) }
    this.#running = running
    // What is given up early takes no room until the end; leave() is asked again then, and says what went wrong.
    running.ended.then(({ whole }) => (whole ? undefined : this.leave())).catch(() => {})
  }
}

/**
 * Fetches one file: under a temporary name, hashed while it arrives, verified, synced, then renamed.
 * What stands under the final name is always complete and verified. Two runs that want the same file
 * share one download.
 */
import { createHash } from 'node:crypto'
import { chmod, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DigestAlgorithm } from '../catalogue/integrity.ts'
import type { DownloadStep } from '../contract/step.ts'
import { ensureDirectory } from '../files/directory.ts'
import { tryLock } from '../files/lock.ts'
import { isTrustedFile, ownFile } from '../files/own-file.ts'
import { publish } from '../files/write.ts'
import { errnoOf, Interrupted } from '../util/errors.ts'
import type { Timeouts } from './body.ts'
import { receiveInThread } from './in-thread.ts'
import { bytesOf, dropPart, lockOf, partOf } from './part.ts'
import type { Chunking } from './pieces.ts'
import { type DownloadJob, type Follower, receive } from './receive.ts'
import { failed } from './remote.ts'

export interface DownloadHooks extends Partial<Omit<Timeouts, 'signal'>>, Partial<Chunking> {
  readonly signal: AbortSignal
  /** @param resumed bytes that were there before this run */
  onProgress(done: number, total: number | null, resumed: number): void
  readonly follower?: Follower
  /** How long another process that fetches the same file may receive nothing, in milliseconds. */
  readonly lockStallMs?: number
  /** Another process fetches the same file: its id. */
  onWait?(pid: number): void
  /** The program of a thread that fetches; null or absent where this one does. */
  readonly threadFile?: URL | null
}

const megabyte = 2 ** 20

/**
 * Four connections help where each is held back (by its window on a long way, by the server); where one
 * fills the line they cost nothing (`npm run bench -- artifacts`). At most 32 MiB wait in memory.
 */
const usual: Chunking & Omit<Timeouts, 'signal'> = {
  piece: 8 * megabyte,
  connections: 4,
  // Four times the largest cloud image that is known here.
  maxUnannounced: 8 * 1024 * megabyte,
  stallMs: 30_000,
  retryMs: 1000,
}

/** A server may keep the other process waiting three times 30 s, and a slow disk while it verifies. */
const usualLockStallMs = 10 * 60_000

/** How often a lock of another process is looked at, in milliseconds. */
const lockMs = 200

/** The digest of a finished file; null when there is none, or one that another account could exchange. */
const digestOf = async (path: string, algorithm: DigestAlgorithm): Promise<string | null> => {
  if (!(await isTrustedFile(path))) return null
  const hash = createHash(algorithm)
  try {
    for await (const chunk of bytesOf(path)) hash.update(chunk)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
  return hash.digest('hex')
}

/**
 * Waits until no other process fetches this file.
 * @returns how to release the lock, and whether another process held it
 * @throws DoctorError when the other process receives nothing for `lockStallMs`
 */
const acquireLock = async (path: string, hooks: DownloadHooks) => {
  const { lockStallMs = usualLockStallMs } = hooks
  let size = -1
  let since = performance.now()
  for (let waited = false; ; waited = true) {
    const release = await tryLock(lockOf(path))
    if (typeof release !== 'number') return { release, waited }
    const now = (await ownFile(partOf(path)))?.size ?? 0
    if (now !== size) since = performance.now()
    size = now
    if (performance.now() - since > lockStallMs) {
      throw failed(
        `Process ${release} is fetching ${path} and receives nothing: end it, or remove ${lockOf(path)}, and try again.`,
      )
    }
    hooks.onWait?.(release)
    await sleep(lockMs, undefined, { signal: hooks.signal }).catch(() => {
      throw new Interrupted()
    })
  }
}

/** A file of root has the mode that root gave it. */
const setMode = async (path: string, mode: number) => {
  const { uid, mode: now } = await stat(path)
  if (uid === process.getuid?.() && (now & 0o7777) !== mode) await chmod(path, mode)
}

const settle = async (step: DownloadStep) => {
  const part = partOf(step.path)
  await chmod(part, step.mode)
  await publish(part, step.path, async () => {})
  await dropPart(step.path)
}

interface Expected {
  readonly algorithm: DigestAlgorithm
  readonly digest: string | null
}

const expect = async ({ proof }: DownloadStep, patience: Timeouts): Promise<Expected> => {
  if (proof.by === 'nothing') return { algorithm: 'sha256', digest: null }
  if (proof.by === 'digest') return proof
  const { digestFromSums } = await import('./sums.ts')
  return { algorithm: proof.algorithm, digest: await digestFromSums(proof, patience) }
}

/**
 * @returns whether anything had to be fetched
 * @throws DoctorError (exit 5) in one sentence; nothing is left under the final name then
 */
export const download = async (
  step: DownloadStep,
  hooks: DownloadHooks,
): Promise<'downloaded' | 'already there'> => {
  const { url, path } = step
  const { piece, connections, maxUnannounced, signal, stallMs, retryMs } = { ...usual, ...hooks }
  const patience = { signal, stallMs, retryMs }
  await ensureDirectory(dirname(path))
  const { release, waited } = await acquireLock(path, hooks)
  try {
    for (let again = false; ; again = true) {
      const { algorithm, digest } = await expect(step, patience)
      const there =
        digest === null ? waited && (await isTrustedFile(path)) : (await digestOf(path, algorithm)) === digest
      if (there) {
        await setMode(path, step.mode)
        return 'already there'
      }
      const job: DownloadJob = {
        url,
        path,
        bytes: step.bytes,
        algorithm,
        cut: { piece, connections, maxUnannounced },
        patience,
        follower: hooks.follower ?? null,
        onProgress: hooks.onProgress,
      }
      const arrived = await (hooks.threadFile ? receiveInThread(hooks.threadFile, job) : receive(job))
      // Where nothing says what the file must be, only its arrival shows that it is the one that is there.
      if (digest === null && (await digestOf(path, algorithm)) === arrived.digest) {
        await dropPart(path)
        return 'already there'
      }
      if (digest === null || arrived.digest === digest) {
        await settle(step)
        return 'downloaded'
      }
      await dropPart(path)
      // A moving file and its sums are not replaced in one instant, and what a crash left may be damaged.
      if (!again && (step.proof.by === 'sums' || arrived.resumed)) continue
      throw failed(
        `${url} is not the expected file (${algorithm === 'sha256' ? 'SHA-256' : 'SHA-512'} ${arrived.digest}, expected ${digest}); it was not kept.`,
      )
    }
  } finally {
    await release()
  }
}

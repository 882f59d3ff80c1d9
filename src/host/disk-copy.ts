/** Creates disks that share the content of another one, for a run that must not change it. */
import { stat } from 'node:fs/promises'
import { execCapture, type RunResult } from './exec.ts'
import { describeRunFailure } from './run-failure.ts'

export interface Tool {
  /** The disk; only read. */
  readonly disk: string
  /** The new file, in a private directory. */
  readonly path: string
  readonly signal: AbortSignal
}

export interface CopyResult {
  /** Why there is no new disk; null when there is one. */
  readonly error: string | null
}

/** An overlay is a few hundred KiB. */
const overlayMs = 30_000
/** A slow disk copies 20 GiB in this time. */
const copyMs = 30 * 60_000

const outcomeOf = ({ code, stderr, failure }: RunResult): CopyResult => {
  if (code === 0) return { error: null }
  const error = failure ? describeRunFailure(failure) : stderr.trim().split('\n').at(-1)
  return { error: error || `exit code ${code}` }
}

/**
 * Creates a qcow2 file whose unwritten clusters are those of a raw disk.
 * @param qemuImg the path of qemu-img
 */
export const createOverlay = async (qemuImg: string, { disk, path, signal }: Tool): Promise<CopyResult> =>
  outcomeOf(
    await execCapture(
      [qemuImg, 'create', '-q', '-f', 'qcow2', '-F', 'raw', '-b', disk, path],
      overlayMs,
      signal,
    ),
  )

/**
 * Copies a disk: as a reference to the same blocks where the file system can (reflink), else with holes kept.
 * @param cp the path of cp from GNU coreutils
 * @param requireRoom is given the bytes that a copy without reflink takes, and throws when they are not free
 */
export const copySparse = async (
  cp: string,
  { disk, path, signal }: Tool,
  requireRoom: (bytes: number) => void,
): Promise<CopyResult> => {
  const reflink = await execCapture([cp, '--reflink=always', '--', disk, path], overlayMs, signal)
  if (reflink.code === 0 || signal.aborted) return outcomeOf(reflink)
  const { blocks } = await stat(disk)
  requireRoom(blocks * 512)
  return outcomeOf(
    await execCapture([cp, '--reflink=never', '--sparse=always', '--', disk, path], copyMs, signal),
  )
}

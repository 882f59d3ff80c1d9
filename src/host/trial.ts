/**
 * Runs a command that leaves nothing behind: a private directory with its files, a process group of its
 * own that is killed as a whole, and a limit that holds even when the doctor itself is killed.
 */
import { readFile, writeFile } from 'node:fs/promises'
import type { Argv } from '../util/argv.ts'
import { clock } from '../util/clock.ts'
import { execCapture, type RunResult } from './exec.ts'
import { makePrivateDirectory } from './private-directory.ts'

export interface SandboxedRun {
  /** Made in the directory before the start, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>
  /** The command, once the directory is known. */
  readonly argv: (directory: string) => Argv
  /** A file in the directory that the command writes. */
  readonly watch: string
  readonly limitMs: number
}

export interface TrialResult extends RunResult {
  /** The text of the watched file; empty when there is none. */
  readonly watched: string
  /** From the start of the command to its end. */
  readonly ms: number
}

/**
 * @param env of this process
 * @param uid of the user that the doctor acts for
 * @param which finds a program
 * @throws Undetermined when there is no place for its files
 */
export const runSandboxed = async (
  trial: SandboxedRun,
  env: NodeJS.ProcessEnv,
  uid: number,
  which: (name: string) => Promise<string | null>,
  signal: AbortSignal,
): Promise<TrialResult> => {
  const directory = await makePrivateDirectory(env, uid)
  try {
    for (const [name, bytes] of Object.entries(trial.files))
      await writeFile(`${directory.path}/${name}`, bytes, { flag: 'wx', mode: 0o600 })
    const timeout = await which('timeout')
    // A second guard, for the case that this process is killed and cannot end the trial itself.
    const guard = timeout ? [timeout, '-s', 'KILL', String(Math.ceil(trial.limitMs / 1000) + 1)] : []
    const argv = [...guard, ...trial.argv(directory.path)] as unknown as Argv
    const start = clock()
    const result = await execCapture(argv, trial.limitMs, signal, true)
    const ms = clock() - start
    const watched = await readFile(`${directory.path}/${trial.watch}`, 'utf8').catch(() => '')
    return { ...result, watched, ms }
  } finally {
    await directory.remove()
  }
}

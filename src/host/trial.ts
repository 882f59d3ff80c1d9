/**
 * Runs a command that leaves nothing behind: a private directory with its files, a process group of its
 * own that is killed as a whole, and a limit that holds even when the doctor itself is killed.
 */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { Argv } from '../util/argv.ts'
import { Undetermined } from '../util/errors.ts'
import { execCapture, type RunResult } from './exec.ts'

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

const prefix = 'chv-doctor-trial-'

/** Far beyond every limit; process ids say nothing where containers share a directory. */
const staleMs = 24 * 3600 * 1000

/** Directories of runs that were killed with SIGKILL; those of other users may not be removed, and stay. */
const removeStaleDirs = async (place: string) => {
  const names = (await readdir(place).catch(() => [])).filter((name) => name.startsWith(prefix))
  for (const name of names) {
    const info = await stat(`${place}/${name}`).catch(() => null)
    if (info && Date.now() - info.mtimeMs > staleMs)
      await rm(`${place}/${name}`, { recursive: true }).catch(() => {})
  }
}

/**
 * A private directory: in the user's runtime directory, which is memory and goes with the login, else in the
 * place for temporary files. Under sudo the variable may name the directory of root.
 */
export const makeTempDir = async (env: NodeJS.ProcessEnv): Promise<string> => {
  for (const place of [env.XDG_RUNTIME_DIR, tmpdir()]) {
    if (!place?.startsWith('/')) continue
    await removeStaleDirs(place)
    const directory = await mkdtemp(`${place}/${prefix}`).catch(() => null)
    if (directory !== null) return directory
  }
  throw new Undetermined(`no temporary directory can be made in ${tmpdir()}`)
}

/** Backtraces and logging switched on in the environment would bury the error that is to be read. */
const quiet = ['RUST_BACKTRACE', 'RUST_LIB_BACKTRACE', 'RUST_LOG']

/** @throws Undetermined when there is no place for its files */
export const runSandboxed = async (
  trial: SandboxedRun,
  env: NodeJS.ProcessEnv,
  which: (name: string) => Promise<string | null>,
  signal: AbortSignal,
): Promise<TrialResult> => {
  const directory = await makeTempDir(env)
  try {
    for (const [name, bytes] of Object.entries(trial.files)) await writeFile(`${directory}/${name}`, bytes)
    const timeout = await which('timeout')
    // A second guard, for the case that this process is killed and cannot end the trial itself.
    const guard = timeout ? [timeout, '-s', 'KILL', String(Math.ceil(trial.limitMs / 1000) + 1)] : []
    const unset = quiet.some((name) => env[name] !== undefined)
      ? ['env', ...quiet.flatMap((name) => ['-u', name])]
      : []
    const argv = [...guard, ...unset, ...trial.argv(directory)] as unknown as Argv
    const start = performance.now()
    const result = await execCapture(argv, trial.limitMs, signal, true)
    const ms = performance.now() - start
    const watched = await readFile(`${directory}/${trial.watch}`, 'utf8').catch(() => '')
    return { ...result, watched, ms }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

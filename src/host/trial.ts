/**
 * Runs a command that leaves nothing behind: a private folder with its files, a process group of its
 * own that is killed as a whole, and a limit that holds even when the doctor itself is killed.
 */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { Argv } from '../util/argv.ts'
import { Undetermined } from '../util/errors.ts'
import { type RunResult, runQuietly } from './exec.ts'

export interface Trial {
  /** Made in the folder before the start, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>
  /** The command, once the folder is known. */
  readonly argv: (folder: string) => Argv
  /** A file in the folder that the command writes. */
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

/** Far beyond every limit; process ids say nothing where containers share a folder. */
const staleMs = 24 * 3600 * 1000

/** Folders of runs that were killed with SIGKILL; those of other users may not be removed, and stay. */
const sweep = async (place: string) => {
  const names = (await readdir(place).catch(() => [])).filter((name) => name.startsWith(prefix))
  for (const name of names) {
    const info = await stat(`${place}/${name}`).catch(() => null)
    if (info && Date.now() - info.mtimeMs > staleMs)
      await rm(`${place}/${name}`, { recursive: true }).catch(() => {})
  }
}

/**
 * A private folder: in the user's runtime folder, which is memory and goes with the login, else in the
 * place for temporary files. Under sudo the variable may name the folder of root.
 */
export const privateFolder = async (env: NodeJS.ProcessEnv): Promise<string> => {
  for (const place of [env.XDG_RUNTIME_DIR, tmpdir()]) {
    if (!place?.startsWith('/')) continue
    await sweep(place)
    const folder = await mkdtemp(`${place}/${prefix}`).catch(() => null)
    if (folder !== null) return folder
  }
  throw new Undetermined(`no temporary folder can be made in ${tmpdir()}`)
}

/** Backtraces and logging switched on in the environment would bury the error that is to be read. */
const quiet = ['RUST_BACKTRACE', 'RUST_LIB_BACKTRACE', 'RUST_LOG']

/** @throws Undetermined when there is no place for its files */
export const runTrial = async (
  trial: Trial,
  env: NodeJS.ProcessEnv,
  which: (name: string) => Promise<string | null>,
  signal: AbortSignal,
): Promise<TrialResult> => {
  const folder = await privateFolder(env)
  try {
    for (const [name, bytes] of Object.entries(trial.files)) await writeFile(`${folder}/${name}`, bytes)
    const timeout = await which('timeout')
    // A second guard, for the case that this process is killed and cannot end the trial itself.
    const guard = timeout ? [timeout, '-s', 'KILL', String(Math.ceil(trial.limitMs / 1000) + 1)] : []
    const unset = quiet.some((name) => env[name] !== undefined)
      ? ['env', ...quiet.flatMap((name) => ['-u', name])]
      : []
    const argv = [...guard, ...unset, ...trial.argv(folder)] as unknown as Argv
    const start = performance.now()
    const result = await runQuietly(argv, trial.limitMs, signal, true)
    const ms = performance.now() - start
    const watched = await readFile(`${folder}/${trial.watch}`, 'utf8').catch(() => '')
    return { ...result, watched, ms }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

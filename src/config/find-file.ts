/** Finds the configuration file, and decides whether it counts. */
import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { errnoOf, UsageError } from '../util/errors.ts'
import { readInputFile, UnusableFile } from '../util/input-file.ts'
import { pathFault } from '../util/trusted-path.ts'

type Env = Readonly<Record<string, string | undefined>>

export interface FileSources {
  readonly cwd: string
  readonly home: string
  readonly env: Env
  /** `--config`, or null. */
  readonly file: string | null
  /** False: a file counts only when `file` names it. */
  readonly search?: false
  /** The user that the doctor acts for. */
  readonly uid: number
}

export interface ConfigFile {
  readonly path: string
  readonly text: string
  /** Whether it was found in the working directory only: the user may not know about it. */
  readonly isFromWorkingDirectory: boolean
}

const names = ['chv-doctor.yaml', 'chv-doctor.yml', 'chv-doctor.json']

/** The template has 8 KiB. Finding duplicate keys is quadratic in the YAML library. */
const maxBytes = 64 * 2 ** 10

/** An absolute directory from an XDG variable; the specification says to ignore relative ones. */
export const xdg = (env: Env, variable: string, fallback: string): string => {
  const value = env[variable]
  return value && isAbsolute(value) ? value : fallback
}

/** Whether the directory does not even show if the file exists. */
const isHidden = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    (error) => errnoOf(error) === 'EACCES',
  )

/** @throws UsageError when others than the user and root can change the file */
const assertOwn = async (path: string, uid: number, isNamed: boolean) => {
  const fault = await pathFault(path, uid)
  if (fault !== null)
    throw new UsageError(
      `The configuration file ${path} is not used: ${fault}${isNamed ? '' : ', or give --config FILE'}.`,
    )
}

/** Reads a candidate; null when the search goes on. */
const readCandidate = async (path: string, uid: number, isNamed: boolean): Promise<string | null> => {
  try {
    const text = await readInputFile(path, maxBytes)
    await assertOwn(path, uid, isNamed)
    return text
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    if (!isNamed && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    // A directory that may not be looked into, as after `su`: nothing in it is meant for this user.
    if (!isNamed && error.code === 'EACCES' && (await isHidden(path))) return null
    throw new UsageError(`The configuration file ${path} ${error.because}.`, { cause: error })
  }
}

/**
 * `--config` and CHV_DOCTOR_CONFIG name the file. Else it is searched in the working directory, then in the
 * directories of the user and of the system.
 * @returns null when there is none
 * @throws UsageError for a file that cannot be read, is no regular file, or can be changed by other users
 */
export const findFile = async (from: FileSources): Promise<ConfigFile | null> => {
  const { cwd, home, env, file, uid } = from
  const wanted = file ?? (env.CHV_DOCTOR_CONFIG || null)
  if (wanted !== null) {
    const path = resolve(cwd, wanted)
    const text = await readCandidate(path, uid, true)
    return text === null ? null : { path, text, isFromWorkingDirectory: false }
  }
  if (from.search === false) return null
  const own = [`${xdg(env, 'XDG_CONFIG_HOME', `${home}/.config`)}/chv-doctor`, '/etc/chv-doctor']
  for (const path of [cwd, ...own].flatMap((directory) => names.map((name) => `${directory}/${name}`))) {
    const text = await readCandidate(path, uid, false)
    if (text !== null) return { path, text, isFromWorkingDirectory: !own.includes(dirname(path)) }
  }
  return null
}

/**
 * The configuration of a run: defaults < file < environment < flags. A file is searched in the
 * working directory, the user's and the system's configuration directory; `--config` wins.
 */
import { readFile, stat } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { errnoOf, messageOf, UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'
import { checkConsistency, checkPerGuestKeys } from './agree.ts'
import { type Environment, withDefaults } from './defaults.ts'
import { type Config, type ConfigKey, type ConfigValue, type Key, keys } from './keys.ts'
import { parseValue } from './parse-value.ts'

export interface Loaded {
  readonly config: Config
  /** The configuration file in use, or null. */
  readonly file: string | null
}

export interface Sources {
  readonly cwd: string
  readonly home: string
  readonly arch: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** `--config`, or null. */
  readonly file: string | null
  /** `--set key=value` in the order given. */
  readonly sets: readonly string[]
  /** Values of flags of their own (`--offline`, `--timeout`), as [flag, key, value]. */
  readonly flags: readonly (readonly [flag: string, key: ConfigKey, value: string])[]
}

const names = ['chv-doctor.yaml', 'chv-doctor.yml', 'chv-doctor.json']
const keyNames: readonly string[] = keys.map((key) => key.name)
const byName = new Map<string, Key>(keys.map((key) => [key.name, key]))

/** An absolute directory from an XDG variable; the specification says to ignore relative ones. */
export const xdg = (env: Sources['env'], variable: string, fallback: string): string => {
  const value = env[variable]
  return value && isAbsolute(value) ? value : fallback
}

/** Whether not even the existence of a file can be seen. */
const isHidden = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    (error) => errnoOf(error) === 'EACCES',
  )

const findFile = async (from: Sources): Promise<{ path: string; text: string } | null> => {
  const wanted = from.file ?? (from.env.CHV_DOCTOR_CONFIG || null)
  const directories = [
    from.cwd,
    `${xdg(from.env, 'XDG_CONFIG_HOME', `${from.home}/.config`)}/chv-doctor`,
    '/etc/chv-doctor',
  ]
  const candidates =
    wanted !== null
      ? [resolve(from.cwd, wanted)]
      : directories.flatMap((directory) => names.map((name) => `${directory}/${name}`))
  for (const path of candidates) {
    try {
      return { path, text: await readFile(path, 'utf8') }
    } catch (error) {
      const errno = errnoOf(error)
      if (wanted === null && (errno === 'ENOENT' || errno === 'ENOTDIR')) continue
      // A directory that one may not look into, as after `su`, has nothing that anybody meant.
      if (wanted === null && errno === 'EACCES' && (await isHidden(path))) continue
      const why =
        errno === 'ENOENT'
          ? 'does not exist'
          : errno === 'EISDIR'
            ? 'is a directory'
            : `cannot be read (${errno ?? messageOf(error)})`
      throw new UsageError(`The configuration file ${path} ${why}.`, { cause: error })
    }
  }
  return null
}

const fromFile = async (from: Sources, values: Map<ConfigKey, ConfigValue>): Promise<string | null> => {
  const file = await findFile(from)
  if (!file) return null
  // Loaded only here: most hosts have no configuration file, and a YAML parser costs start-up time.
  const { entriesOf } = await import('./yaml-file.ts')
  for (const [name, raw, line] of entriesOf(file.path, file.text)) {
    const key = byName.get(name)
    if (!key)
      throw new UsageError(
        `${file.path}, line ${line}: unknown key "${name}"${suggestion(name, keyNames) || '; see `chv-doctor init --print`.'}`,
      )
    assignValue(values, key, raw, dirname(file.path), from.home, `${file.path}, line ${line}: ${name}`)
  }
  return file.path
}

const assignValue = (
  values: Map<ConfigKey, ConfigValue>,
  key: Key,
  raw: unknown,
  base: string,
  home: string,
  where: string,
) => {
  const parsed = parseValue(key, raw, { base, home })
  if ('wrong' in parsed)
    throw new UsageError(`${where} ${parsed.wrong}${/[.?]$/.test(parsed.wrong) ? '' : '.'}`)
  values.set(key.name, parsed.value)
}

const prefix = 'CHV_DOCTOR_'

const fromEnvironment = (from: Sources, values: Map<ConfigKey, ConfigValue>) => {
  for (const [variable, raw] of Object.entries(from.env)) {
    // An empty variable is how shells and CI systems write "not set".
    if (raw === '') continue
    // CHV_DOCTOR_TEST_* belongs to the test suite, CHV_DOCTOR_CONFIG is read above.
    if (
      !variable.startsWith(prefix) ||
      variable === `${prefix}CONFIG` ||
      variable.startsWith(`${prefix}TEST_`)
    )
      continue
    const key = byName.get(variable.slice(prefix.length).toLowerCase())
    if (!key || key.kind === 'ignore-map') {
      const known = keyNames.map((name) => prefix + name.toUpperCase())
      throw new UsageError(
        `The environment variable ${variable} is not known${suggestion(variable, known) || '; unset it.'}`,
      )
    }
    assignValue(values, key, raw, from.cwd, from.home, `The environment variable ${variable}`)
  }
}

const fromFlags = (from: Sources, values: Map<ConfigKey, ConfigValue>) => {
  for (const set of from.sets) {
    const at = set.indexOf('=')
    const name = at < 0 ? set : set.slice(0, at)
    const key = byName.get(name)
    if (!key || key.kind === 'ignore-map')
      throw new UsageError(
        `--set ${set}: unknown key "${name}"${suggestion(name, keyNames) || '; see `chv-doctor init --print`.'}`,
      )
    if (at < 0) throw new UsageError(`--set ${set} has no value; write --set ${name}=VALUE.`)
    const raw = set.slice(at + 1)
    assignValue(
      values,
      key,
      raw === 'null' && 'optional' in key ? null : raw,
      from.cwd,
      from.home,
      `--set ${name}`,
    )
  }
  for (const [flag, name, raw] of from.flags) {
    const key = byName.get(name)
    if (key) assignValue(values, key, raw, from.cwd, from.home, flag)
  }
}

/** @throws UsageError that names the file and line, variable or flag, and says what to do */
export const loadConfig = async (from: Sources): Promise<Loaded> => {
  const layers = [
    new Map<ConfigKey, ConfigValue>(),
    new Map<ConfigKey, ConfigValue>(),
    new Map<ConfigKey, ConfigValue>(),
  ] as const
  const file = await fromFile(from, layers[0])
  fromEnvironment(from, layers[1])
  fromFlags(from, layers[2])
  const values = new Map(layers.flatMap((layer) => [...layer]))
  const so: Environment = {
    arch: from.arch,
    home: from.home,
    dataHome: xdg(from.env, 'XDG_DATA_HOME', `${from.home}/.local/share`),
  }
  const config = withDefaults(values, so)
  checkConsistency(config)
  checkPerGuestKeys(config, layers)
  return { config, file }
}

/** The configuration of a run: defaults < file < environment < flags. */
import { dirname } from 'node:path'
import { UsageError } from '../util/errors.ts'
import { checkConsistency, checkPerGuestKeys } from './agree.ts'
import { withDefaults } from './defaults.ts'
import { type ConfigFile, type FileSources, findFile, xdg } from './find-file.ts'
import { type Guarded, guardedIn } from './guarded.ts'
import type { Config, ConfigKey } from './keys.ts'
import { keyNamed, suggestKey } from './names.ts'
import { type Layer, readLayer, type Setting } from './settings.ts'

export interface Loaded {
  readonly config: Config
  /** The configuration file in use, or null. */
  readonly file: string | null
  /** The file, with its keys that need the user's consent; null when none does. */
  readonly guarded: Guarded | null
  /** One sentence for each former name of a key in use. */
  readonly deprecations: readonly string[]
}

export interface Sources extends FileSources {
  readonly arch: string
  /** `--set key=value` in the order given. */
  readonly sets: readonly string[]
  /** Values of flags of their own (`--offline`, `--timeout`), as [flag, key, value]. */
  readonly flags: readonly (readonly [flag: string, key: ConfigKey, value: string])[]
  /** What a program sets that uses the package as a library; undefined counts as not set. */
  readonly values?: Readonly<Record<string, unknown>>
}

const seeTemplate = '; see `chv-doctor init --print`.'

const fromFile = async (file: ConfigFile): Promise<Setting[]> => {
  // Loaded only here: most hosts have no configuration file, and a YAML parser costs start-up time.
  const { entriesOf } = await import('./yaml-file.ts')
  return entriesOf(file.path, file.text).map(([name, raw, line]) => ({
    name,
    raw,
    base: dirname(file.path),
    where: `${file.path}, line ${line}: ${name}`,
    spell: (key) => `"${key}"`,
    inSource: ` in ${file.path}`,
    unknown: () => `${file.path}, line ${line}: unknown key "${name}"${suggestKey(name) || seeTemplate}`,
  }))
}

const prefix = 'CHV_DOCTOR_'

const variableOf = (key: string) => prefix + key.toUpperCase()

/** CHV_DOCTOR_TEST_* belongs to the test suite; CHV_DOCTOR_CONFIG names the file, CHV_DOCTOR_DEBUG is --debug. */
const isSetting = (variable: string) =>
  variable.startsWith(prefix) &&
  !['CONFIG', 'DEBUG'].includes(variable.slice(prefix.length)) &&
  !variable.startsWith(`${prefix}TEST_`)

/** A map with a reason for each check is too long for a variable or a flag. */
const isInFilesOnly = (name: string) => keyNamed(name)?.kind === 'ignore-map'

const fromEnvironment = ({ env, cwd }: Sources): Setting[] =>
  Object.entries(env).flatMap(([variable, raw]) => {
    // An empty variable is how shells and CI systems write "not set".
    if (raw === '' || !isSetting(variable)) return []
    const name = variable.slice(prefix.length).toLowerCase()
    const unknown = () =>
      `The environment variable ${variable} is not known${suggestKey(name, variableOf) || '; unset it.'}`
    if (isInFilesOnly(name)) throw new UsageError(unknown())
    return [
      { name, raw, base: cwd, where: `The environment variable ${variable}`, spell: variableOf, unknown },
    ]
  })

const fromSets = ({ sets, cwd }: Sources): Setting[] =>
  sets.map((set) => {
    const at = set.indexOf('=')
    const name = at < 0 ? set : set.slice(0, at)
    const unknown = () => `--set ${set}: unknown key "${name}"${suggestKey(name) || seeTemplate}`
    const key = keyNamed(name)
    if (key === null || isInFilesOnly(name)) throw new UsageError(unknown())
    if (at < 0) throw new UsageError(`--set ${set} has no value; write --set ${name}=VALUE.`)
    const text = set.slice(at + 1)
    return {
      name,
      raw: text === 'null' && 'optional' in key ? null : text,
      base: cwd,
      where: `--set ${name}`,
      spell: (known) => `--set ${known}`,
      unknown,
    }
  })

const fromFlags = ({ flags, cwd }: Sources): Setting[] =>
  flags.map(([flag, name, raw]) => ({
    name,
    raw,
    base: cwd,
    where: flag,
    spell: () => flag,
    unknown: () => `${flag} sets no key.`,
  }))

const fromValues = ({ values = {}, cwd }: Sources): Setting[] =>
  Object.entries(values)
    .filter(([, raw]) => raw !== undefined)
    .map(([name, raw]) => ({
      name,
      raw,
      base: cwd,
      where: `config.${name}`,
      spell: (known) => `config.${known}`,
      unknown: () => `config: unknown key "${name}"${suggestKey(name) || seeTemplate}`,
    }))

/** @throws UsageError that names the file and line, variable or flag, and says what to do */
export const loadConfig = async (from: Sources): Promise<Loaded> => {
  const file = await findFile(from)
  const layers: readonly [Layer, Layer, Layer] = [
    readLayer(file ? await fromFile(file) : [], from.home),
    readLayer(fromEnvironment(from), from.home),
    readLayer([...fromSets(from), ...fromFlags(from), ...fromValues(from)], from.home),
  ]
  const values = new Map(layers.flatMap((layer) => [...layer.values]))
  const config = withDefaults(values, {
    arch: from.arch,
    home: from.home,
    dataHome: xdg(from.env, 'XDG_DATA_HOME', `${from.home}/.local/share`),
  })
  checkConsistency(config)
  checkPerGuestKeys(
    config,
    layers.map((layer) => layer.values),
  )
  const guarded = file && guardedIn(file, layers[0].values, from.home)
  return {
    config,
    file: file?.path ?? null,
    guarded,
    deprecations: layers.flatMap((layer) => layer.deprecations),
  }
}

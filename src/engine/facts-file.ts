/**
 * Recorded facts: what the probes of one run saw, with the configuration it ran under, so that the
 * same judgement can be made elsewhere. No user name, home directory, host name, password or key.
 */
import { hostname } from 'node:os'
import type { Config } from '../config/keys.ts'
import { configFromRecord, recordedHome } from '../config/recorded.ts'
import { type Confinement, rights } from '../host/confinement.ts'
import type { User } from '../host/user.ts'
import { UsageError } from '../util/errors.ts'
import { isMap, type Json } from '../util/json.ts'
import { jsonText } from '../util/printable.ts'
import type { Observation, Observer } from './observe.ts'

const factsSchema = 'chv-doctor/facts/1'

export interface FactsFile {
  readonly schema: typeof factsSchema
  readonly version: string
  readonly config: Config
  readonly observations: Readonly<Record<string, Observation>>
  /** Absent where nothing depended on it. */
  readonly confinement?: Confinement | null
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const wholeWord = (word: string) => new RegExp(`(?<![A-Za-z0-9_-])${escaped(word)}(?![A-Za-z0-9_-])`, 'g')

/** Replaces what identifies a person or a machine in every string of a value. */
export const redact = (value: Json, user: Pick<User, 'name' | 'home'>, host: string): Json => {
  const rules: (readonly [RegExp, string])[] = []
  if (user.home.length > 1) rules.push([wholeWord(user.home), recordedHome])
  // "root" and "localhost" identify no person, and many facts mean them literally.
  if (user.name !== 'root') rules.push([wholeWord(user.name), 'user'])
  if (host && host !== 'localhost') rules.push([wholeWord(host), 'host'])
  const walk = (part: Json): Json => {
    if (typeof part === 'string')
      return rules.reduce((text, [pattern, by]) => text.replace(pattern, by), part)
    if (Array.isArray(part)) return part.map(walk)
    if (part !== null && typeof part === 'object') {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner as Json)]))
    }
    return part
  }
  return walk(value)
}

/** @returns the text of a facts file */
export const recordFacts = (
  version: string,
  config: Config,
  { observations, confinement }: Pick<FactsFile, 'observations' | 'confinement'>,
  user: User,
): string => {
  // A URL can carry credentials; a password is one.
  const withoutSecrets = {
    ...config,
    guest_password: 'redacted',
    ssh_public_key_file: config.ssh_public_key_file && `${recordedHome}/.ssh/key.pub`,
    catalogue_url: config.catalogue_url && 'https://redacted',
    hypervisor_url: config.hypervisor_url && 'https://redacted',
    ch_remote_url: config.ch_remote_url && 'https://redacted',
    image_url: config.image_url && 'https://redacted',
    firmware_url: config.firmware_url && 'https://redacted',
    kernel_url: config.kernel_url && 'https://redacted',
    kernel_source: 'https://redacted',
  }
  const whole = {
    schema: factsSchema,
    version,
    config: withoutSecrets,
    ...(confinement ? { confinement } : {}),
    observations,
  } as unknown as Json
  return jsonText(redact(whole, user, hostname()))
}

const isObservation = (observations: unknown, id: string): boolean => {
  const one = isMap(observations) ? observations[id] : null
  return isMap(one) && (Object.hasOwn(one, 'facts') || typeof one.error === 'string')
}

const isConfinement = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (isMap(value) &&
    typeof value.container === 'string' &&
    Array.isArray(value.withheld) &&
    value.withheld.every((right) => rights.includes(right)))

/** Around the facts in the Markdown of a bug report: no line of JSON begins with a backtick. */
export const factsFence = { begin: '```json chv-doctor-facts', end: '```' } as const

/** The facts in the file of `chv-doctor report`, or the text itself. */
const withoutReport = (text: string): string => {
  const { begin, end } = factsFence
  const at = text.indexOf(`\n${begin}\n`)
  if (at < 0) return text
  const from = at + begin.length + 2
  const to = text.indexOf(`\n${end}`, from)
  return text.slice(from, to < 0 ? undefined : to)
}

/**
 * @param text a facts file, or a bug report with one in it
 * @throws UsageError when the text is not a facts file of this version
 */
export const parseFacts = (path: string, text: string): FactsFile => {
  let value: unknown
  try {
    value = JSON.parse(withoutReport(text))
  } catch (error) {
    throw new UsageError(
      `--facts-in ${path}: not valid JSON; record one with \`chv-doctor check --facts-out FILE\`.`,
      {
        cause: error,
      },
    )
  }
  if (!isMap(value) || value.schema !== factsSchema || !isMap(value.config) || !isMap(value.observations)) {
    throw new UsageError(
      `--facts-in ${path}: not a facts file of this version ("schema": "${factsSchema}" is missing).`,
    )
  }
  const wrong = Object.keys(value.observations).find((id) => !isObservation(value.observations, id))
  if (wrong !== undefined)
    throw new UsageError(
      `--facts-in ${path}: "${wrong}" in its "observations" has neither "facts" nor an "error" in words.`,
    )
  if (!isConfinement(value.confinement))
    throw new UsageError(
      `--facts-in ${path}: its "confinement" has no "container" in words with a list "withheld" of what it keeps.`,
    )
  const config = configFromRecord(value.config, `--facts-in ${path}`)
  return { ...(value as unknown as FactsFile), config }
}

/** Answers from a record instead of a host. */
export const observeRecord = ({ observations, confinement = null }: FactsFile): Observer => ({
  confinement: async () => confinement,
  observe: async ({ id }) =>
    (Object.hasOwn(observations, id) ? observations[id] : undefined) ?? {
      error: 'the recorded facts do not cover it',
      code: 'not-recorded',
    },
})

/** A record has some 50 KiB. */
const maxBytes = 16 * 2 ** 20

/** @throws UsageError when the file cannot be read or is no facts file */
export const readFacts = async (path: string): Promise<FactsFile> => {
  const { readInputFile, UnusableFile } = await import('../util/input-file.ts')
  try {
    return parseFacts(path, await readInputFile(path, maxBytes))
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    throw new UsageError(`--facts-in ${path} ${error.because}.`, { cause: error })
  }
}

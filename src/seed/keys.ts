/** The ssh keys that a seed gives to the guest's user: the type and the key itself, without the comment. */
import type { Host } from '../host/host.ts'
import { isMap } from '../util/json.ts'
import { readSeedImage, seedText } from './image.ts'
import { parseSeedYamlOrNull } from './yaml.ts'

/** authorized_keys(5). A line with options in front may do something else than log in. */
const keyLine = /^((?:ssh|ecdsa|sk)-[a-z0-9@.-]+ +[A-Za-z0-9+/=]+)(?: |$)/

/** The key in a line of a public key; null for what is none. */
export const keyIn = (line: string): string | null =>
  keyLine.exec(line.trim())?.[1]?.replace(/ +/, ' ') ?? null

const listIn = (value: unknown): readonly unknown[] => {
  const keys = isMap(value) ? value.ssh_authorized_keys : null
  return Array.isArray(keys) ? keys : []
}

/**
 * Of the user itself, and those for the default user of the image, which the user may be.
 * @param text user-data; null where it is none that names users
 */
export const keysFor = (user: string, text: string | null): readonly string[] => {
  if (!text?.startsWith('#cloud-config')) return []
  const data = parseSeedYamlOrNull(text)
  const users = isMap(data) && Array.isArray(data.users) ? (data.users as unknown[]) : []
  const own = users.filter((one) => isMap(one) && one.name === user)
  return [...own.flatMap(listIn), ...listIn(data)].flatMap((line) =>
    typeof line === 'string' ? (keyIn(line) ?? []) : [],
  )
}

/** @returns null when the seed cannot be read */
export const keysInSeed = async (
  host: Host,
  seed: string,
  user: string,
): Promise<readonly string[] | null> => {
  const text = seedText(await readSeedImage(host, seed), 'user-data')
  return text === null ? null : keysFor(user, text)
}

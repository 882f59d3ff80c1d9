/** The ssh keys that a seed gives to the guest's user: the type and the key itself, without the comment. */
import { parse } from 'yaml'
import type { Host } from '../host/host.ts'
import { parseSeedImage } from './image-files.ts'

/** A seed of ours is 1 to 8 MiB; a larger one is not read. */
const maxSeedBytes = 16 * 2 ** 20

/** authorized_keys(5). A line with options in front may do something else than log in. */
const keyLine = /^((?:ssh|ecdsa|sk)-[a-z0-9@.-]+ +[A-Za-z0-9+/=]+)(?: |$)/

/** The key in a line of a public key; null for what is none. */
export const keyIn = (line: string): string | null =>
  keyLine.exec(line.trim())?.[1]?.replace(/ +/, ' ') ?? null

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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
  try {
    // As cloud-init's parser, which is one of YAML 1.1. "error" throws errors and prints no warnings.
    const data: unknown = parse(text, { version: '1.1', logLevel: 'error' })
    const users = isMap(data) && Array.isArray(data.users) ? (data.users as unknown[]) : []
    const own = users.filter((one) => isMap(one) && one.name === user)
    return [...own.flatMap(listIn), ...listIn(data)].flatMap((line) =>
      typeof line === 'string' ? (keyIn(line) ?? []) : [],
    )
  } catch {
    return []
  }
}

/** @returns null when the seed cannot be read */
export const keysInSeed = async (
  host: Host,
  seed: string,
  user: string,
): Promise<readonly string[] | null> => {
  const info = await host.stat(seed)
  if (!info || info.size > maxSeedBytes) return null
  const bytes = await host.readBytes(seed, 0, info.size)
  const data = bytes && parseSeedImage(bytes)?.read('user-data')
  return data ? keysFor(user, new TextDecoder().decode(data)) : null
}

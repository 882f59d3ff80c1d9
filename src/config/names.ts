/** Names of configuration keys, former ones included. */
import { nearest } from '../util/suggest.ts'
import { type Key, keys } from './keys.ts'

const byName = new Map<string, Key>(
  keys.flatMap((key) => [
    [key.name, key] as const,
    ...(key.formerly === undefined ? [] : [[key.formerly, key] as const]),
  ]),
)

/** The key with this name, or with this name before a renaming. */
export const keyNamed = (name: string): Key | null => byName.get(name) ?? null

/**
 * @param spell writes the name as its source does
 * @returns `; did you mean "x"?` with the present name of the key, or an empty string
 */
export const suggestKey = (name: string, spell: (name: string) => string = (known) => known): string => {
  const best = nearest(name, [...byName.keys()])
  const key = best === null ? null : keyNamed(best)
  return key ? `; did you mean "${spell(key.name)}"?` : ''
}

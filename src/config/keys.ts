/**
 * Every configuration key, once. The type of the configuration is derived from this table; so are the
 * loader, the template of `chv-doctor init`, the JSON Schema, the environment variables and docs/config.md.
 */
import { artifactKeys } from './keys/artifacts.ts'
import { guestKeys } from './keys/guest.ts'
import { networkKeys } from './keys/network.ts'
import { runKeys } from './keys/run.ts'
import { seedKeys } from './keys/seed.ts'
import type { Shape, ValueOf } from './kinds.ts'

const shapes = { ...guestKeys, ...artifactKeys, ...seedKeys, ...networkKeys, ...runKeys }

type ShapeTable = typeof shapes

export type ConfigKey = keyof ShapeTable

export type Config = { readonly [Name in ConfigKey]: ValueOf<ShapeTable[Name]> }

export type ConfigValue = Config[ConfigKey]

/** The keys whose default depends on other keys or on the host. */
export type ComputedKey = {
  [Name in ConfigKey]: ShapeTable[Name] extends { readonly computed: true } ? Name : never
}[ConfigKey]

export type Key = Shape & { readonly name: ConfigKey }

/** In the order in which documentation lists them. */
export const keys: readonly Key[] = (Object.keys(shapes) as ConfigKey[]).map((name) => ({
  ...shapes[name],
  name,
}))

import type { Config } from '../../src/config/keys.ts'

/** Why what belongs to the network is left out, or null. */
export const notForNone = (config: Config): string | null =>
  config.network === 'none' ? 'not needed: network is none' : null

/** Why what leads the guest into the internet is left out, or null. */
export const notForIsolated = (config: Config): string | null =>
  notForNone(config) ?? (config.nat ? null : 'not needed: nat is false')

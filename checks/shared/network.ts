import type { Config } from '../../src/config/keys.ts'

/** Why what belongs to the network is left out, or null. */
export const notForNone = (config: Config): string | null =>
  config.network === 'none' ? 'not needed: network is none' : null

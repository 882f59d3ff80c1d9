import type { Config } from '../../src/config/keys.ts'

/** Why what belongs to the network is left out, or null. */
export const notForNone = (config: Config): string | null =>
  config.network === 'none' ? 'not needed: network is none' : null

/** Why what belongs to the host's own side of a routed TAP is left out, or null. */
export const notForRouted = (config: Config): string | null =>
  config.network === 'bridge' ? 'not needed: the bridge connects the guest' : notForNone(config)

/** Why what leads the guest into the internet is left out, or null. */
export const notForIsolated = (config: Config): string | null =>
  notForRouted(config) ?? (config.nat ? null : 'not needed: nat is false')

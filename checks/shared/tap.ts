/** The TAP of the configuration as the network checks see it. */
import type { Config } from '../../src/config/keys.ts'
import type { Host } from '../../src/host/host.ts'
import { type Interface, readInterfaces } from '../../src/host/interfaces.ts'

export const notForNone = (config: Config): string | null =>
  config.network === 'none' ? 'not needed: network is none' : null

/** The interface of that name, or null. */
export const findTap = async (host: Host, config: Config): Promise<Interface | null> =>
  (await readInterfaces(host)).find((candidate) => candidate.name === config.tap) ?? null

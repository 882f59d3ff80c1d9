/** The TAP of the configuration as the network checks see it. */
import type { Config } from '../../src/config/keys.ts'
import type { Host } from '../../src/host/host.ts'
import { type Interface, readInterfaces } from '../../src/host/interfaces.ts'
import { hasNetAdmin, readNetAdmin } from '../../src/host/net-admin.ts'
import { findHypervisor } from '../../src/hypervisor/find.ts'

export const notForNone = (config: Config): string | null =>
  config.network === 'none' ? 'not needed: network is none' : null

/** The interface of that name, or null. */
export const findTap = async (host: Host, config: Config): Promise<Interface | null> =>
  (await readInterfaces(host)).find((candidate) => candidate.name === config.tap) ?? null

/** Whether the hypervisor could use any TAP, whoever owns it. */
export const isPrivileged = async (host: Host, config: Config): Promise<boolean> => {
  if (host.user.uid === 0) return true
  const binary = await findHypervisor(host, config)
  return binary !== null && hasNetAdmin(await readNetAdmin(host, binary.real))
}

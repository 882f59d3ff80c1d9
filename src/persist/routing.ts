/** What lets the guest out of the host, as far as a reboot would take it away. */
import { pair6 } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { Argv } from '../contract.ts'
import type { Host } from '../host/host.ts'

export interface Routing {
  /** Switches of the kernel, as sysctl.d(5) names them. */
  readonly sysctls: Readonly<Record<string, string>>
  /** Commands that make the rules of the firewall, programs absolute. */
  readonly start: readonly Argv[]
  readonly stop: readonly Argv[]
}

const nothing: Routing = { sysctls: {}, start: [], stop: [] }

/** What the guest of this configuration needs; nothing on a bridge. */
export const readRouting = async (_host: Host, config: Config): Promise<Routing> => {
  if (config.network !== 'tap') return nothing
  const sysctls = {
    'net.ipv4.ip_forward': '1',
    ...(pair6(config) ? { 'net.ipv6.conf.all.forwarding': '1' } : {}),
  }
  return { sysctls, start: [], stop: [] }
}

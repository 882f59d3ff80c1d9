/** Finds the program that sets the network of this host up at boot. */
import type { Host } from '../host/host.ts'

/** "unit": none of the known ones, but systemd, which can run a unit instead. */
export type NetworkManager = 'networkd' | 'networkmanager' | 'ifupdown' | 'unit'

export const managerNames: Readonly<Record<NetworkManager, string>> = {
  networkd: 'systemd-networkd',
  networkmanager: 'NetworkManager',
  ifupdown: 'ifupdown',
  unit: 'a systemd unit',
}

const services = ['systemd-networkd.service', 'NetworkManager.service', 'networking.service']

/** sd_booted(3): systemd is what runs this host. */
const bootedBySystemd = async (host: Host): Promise<boolean> =>
  (await host.stat('/run/systemd/system')) !== null

/** @returns the services that run; none where systemd does not answer */
const running = async (host: Host): Promise<ReadonlySet<string>> => {
  const systemctl = await host.which('systemctl')
  if (!systemctl) return new Set()
  // One line for each, also when some do not run (the code is not 0 then).
  const { stdout } = await host.run([systemctl, 'is-active', ...services])
  const states = stdout.split('\n')
  return new Set(services.filter((_, index) => states[index] === 'active'))
}

/** Debian's default /etc/network/interfaces reads what is in interfaces.d; others may not. */
const readsInterfacesD = async (host: Host): Promise<boolean> => {
  const text = (await host.readText('/etc/network/interfaces')) ?? ''
  return /^\s*source(-directory)?\s+\/etc\/network\/interfaces\.d\b/m.test(text)
}

export interface InitInfo {
  /** Null: none of the known ones. */
  readonly manager: NetworkManager | null
  /** Whether systemd starts units at boot. */
  readonly systemd: boolean
}

/** networkd takes precedence: beside another manager it configures only what it has files for. */
export const readBoot = async (host: Host): Promise<InitInfo> => {
  const systemd = await bootedBySystemd(host)
  const on = systemd ? await running(host) : new Set<string>()
  if (on.has('systemd-networkd.service')) return { manager: 'networkd', systemd }
  if (on.has('NetworkManager.service')) return { manager: 'networkmanager', systemd }
  const ifup = (await host.which('ifup')) !== null && (on.has('networking.service') || !systemd)
  if (ifup && (await readsInterfacesD(host))) return { manager: 'ifupdown', systemd }
  return { manager: systemd ? 'unit' : null, systemd }
}

/** The kernel's switches for forwarding IPv4, from /proc/sys; no root needed. */
import type { Host } from '../host/host.ts'

export interface Forwarding {
  /** net.ipv4.ip_forward */
  readonly all: boolean
  /** What an interface that is made next will have. */
  readonly preset: boolean
  /** By interface; the kernel asks the one that a packet comes in by. */
  readonly interfaces: Readonly<Record<string, boolean>>
  /** net.ipv4.conf.all.accept_redirects, which a change of ip_forward sets to its opposite. */
  readonly redirects: boolean
}

const directory = '/proc/sys/net/ipv4/conf'

/** @throws Undetermined when /proc/sys cannot be read */
export const readForwarding = async (host: Host): Promise<Forwarding> => {
  const isOn = async (path: string) => ((await host.readText(path)) ?? '0').trim() !== '0'
  const names = (await host.list(directory)) ?? []
  const own = names.filter((name) => name !== 'all' && name !== 'default')
  const [all, preset, redirects, ...each] = await Promise.all([
    isOn('/proc/sys/net/ipv4/ip_forward'),
    isOn(`${directory}/default/forwarding`),
    isOn(`${directory}/all/accept_redirects`),
    ...own.map((name) => isOn(`${directory}/${name}/forwarding`)),
  ])
  return {
    all: all ?? false,
    preset: preset ?? false,
    redirects: redirects ?? false,
    interfaces: Object.fromEntries(own.map((name, index) => [name, each[index] ?? false])),
  }
}

import { defineCheck } from '../src/contract/check.ts'
import type { DnsAnswer } from '../src/host/dns.ts'
import type { Host } from '../src/host/host.ts'
import { readUplink } from '../src/network/routes.ts'
import { iproute2 } from './iproute2.ts'
import { notForIsolated } from './shared/network.ts'

interface Server {
  readonly address: string
  /** Null: not asked. */
  readonly answer: DnsAnswer | null
}

interface Facts {
  readonly online: boolean
  readonly uplink: string | null
  /** The configured servers, then those of the host that are not configured. */
  readonly guest: readonly Server[]
  readonly host: readonly Server[]
}

/** 127.0.0.53 and its like: in the guest that is the guest itself. */
const isLoopback = (address: string) => address.startsWith('127.') || address === '::1'

/** The name servers of the host itself, behind the stub of systemd-resolved where there is one. */
const hostServers = async (host: Host): Promise<string[]> => {
  const texts = [
    await host.readText('/run/systemd/resolve/resolv.conf'),
    await host.readText('/etc/resolv.conf'),
  ]
  const found = texts.flatMap((text) =>
    [...(text ?? '').matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, address = '']) => address),
  )
  // A scope ("fe80::1%eth0") means nothing elsewhere, and a stub nothing to anybody else.
  return [...new Set(found)].filter((address) => !isLoopback(address) && !address.includes('%')).slice(0, 3)
}

export const guestDns = defineCheck<'guest-dns', Facts>({
  id: 'guest-dns',
  title: 'The name servers of the guest answer',
  group: 'network',
  needs: [iproute2],
  skipReason: notForIsolated,
  probe: async (host, config) => {
    const { device } = await readUplink(host)
    const online = !config.offline && device !== null
    const look = async (address: string): Promise<Server> => ({
      address,
      answer: online && !isLoopback(address) ? await host.askNameServer(address) : null,
    })
    const guest = await Promise.all(config.nameservers.map(look))
    // What this host itself asks is of interest only where the guest needs something better.
    const others = guest.every(({ answer }) => answer === 'answers') ? [] : await hostServers(host)
    const own = await Promise.all(others.filter((one) => !config.nameservers.includes(one)).map(look))
    return { online, uplink: device, guest, host: own }
  },
  judge: ({ online, uplink, guest, host }) => {
    const names = (servers: readonly Server[]) => servers.map(({ address }) => address).join(', ')
    const working = [...guest, ...host].filter(({ answer }) => answer === 'answers')
    const useful = working.length > 0 || online ? working : host
    const hint =
      useful.length > 0
        ? `Set \`nameservers: [${names(useful)}]\`, then make the seed again.`
        : 'Set `nameservers` to servers that the guest can reach, then make the seed again.'
    const stub = guest.find(({ address }) => isLoopback(address))
    if (stub)
      return {
        status: 'fail',
        found: `${stub.address} would be the guest itself`,
        expected: 'addresses of name servers outside of it',
        hint,
      }
    if (guest.length === 0)
      return { status: 'warn', found: 'no name servers are configured', expected: 'at least one', hint }
    if (!online)
      return uplink === null
        ? { status: 'skip', reason: 'not asked: this host has no default route' }
        : { status: 'ok', found: `${names(guest)}, not asked: offline` }
    const silent = guest.filter(({ answer }) => answer !== 'answers')
    if (silent.length === 0) return { status: 'ok', found: `${names(guest)}, asked from this host` }
    const refusing = silent.filter(({ answer }) => answer === 'refuses')
    const found =
      refusing.length > 0 ? `${names(refusing)} will not resolve names` : `no answer from ${names(silent)}`
    if (silent.length < guest.length)
      return { status: 'warn', found, expected: 'every name server answers: the guest waits for each', hint }
    return host.some(({ answer }) => answer === 'answers')
      ? { status: 'fail', found, expected: `name servers that answer, as ${names(working)}`, hint }
      : {
          status: 'warn',
          found,
          expected: 'a name server that answers',
          hint: 'No name server of this host answers either: look at its own connection first.',
        }
  },
})

import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
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

/** The name servers that the hint proposes: those that answer, or that are the host's own. */
type Useful = { readonly useful: readonly string[] }

const setServers = ({ useful }: Useful) =>
  useful.length > 0
    ? `Set \`nameservers: [${useful.join(', ')}]\`, then make the seed again.`
    : 'Set `nameservers` to servers that the guest can reach, then make the seed again.'

/** Servers that do not answer; those that refuse are named alone. */
type Failing = { readonly silent: readonly string[]; readonly refusing: readonly string[] }

const describeFailing = ({ silent, refusing }: Failing) =>
  refusing.length > 0
    ? `${refusing.join(', ')} will not resolve names`
    : `no answer from ${silent.join(', ')}`

const findings = {
  'loopback-address': finding<Useful & { address: string }>({
    found: ({ address }) => `${address} would be the guest itself`,
    expected: 'addresses of name servers outside the guest',
    hint: setServers,
  }),
  none: finding<Useful>({
    found: 'no name servers are configured',
    expected: 'at least one',
    hint: setServers,
  }),
  'some-do-not-answer': finding<Useful & Failing>({
    found: describeFailing,
    expected: 'every name server answers: the guest waits for each',
    hint: setServers,
  }),
  'none-answers': finding<Useful & Failing>({
    found: describeFailing,
    expected: ({ useful }) => `name servers that answer, such as ${useful.join(', ')}`,
    hint: setServers,
  }),
  'none-answers-this-host': finding<Failing>({
    found: describeFailing,
    expected: 'a name server that answers',
    hint: 'No name server of this host answers either: check its own connection first.',
  }),
}

export const guestDns = defineCheck({
  id: 'guest-dns',
  title: 'The name servers of the guest answer',
  group: 'network',
  needs: [iproute2],
  beforeBoot: 'reported',
  networkPlace: { hop: 'name-servers' },
  findings,
  skipReason: notForIsolated,
  probe: async (host, config): Promise<Facts> => {
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
    const addresses = (servers: readonly Server[]) => servers.map(({ address }) => address)
    const answers = ({ answer }: Server) => answer === 'answers'
    const working = [...guest, ...host].filter(answers)
    const useful = addresses(working.length > 0 || online ? working : host)
    const stub = guest.find(({ address }) => isLoopback(address))
    if (stub) return { status: 'fail', code: 'loopback-address', values: { address: stub.address, useful } }
    if (guest.length === 0) return { status: 'warn', code: 'none', values: { useful } }
    const all = addresses(guest).join(', ')
    if (!online)
      return uplink === null
        ? { status: 'skip', reason: 'not asked: this host has no default route' }
        : { status: 'ok', found: `${all}, not asked: offline` }
    const silent = guest.filter((server) => !answers(server))
    if (silent.length === 0) return { status: 'ok', found: `${all}, asked from this host` }
    const refusing = silent.filter(({ answer }) => answer === 'refuses')
    const failing = { silent: addresses(silent), refusing: addresses(refusing) }
    if (silent.length < guest.length)
      return { status: 'warn', code: 'some-do-not-answer', values: { ...failing, useful } }
    return host.some(answers)
      ? { status: 'fail', code: 'none-answers', values: { ...failing, useful } }
      : { status: 'warn', code: 'none-answers-this-host', values: failing }
  },
})

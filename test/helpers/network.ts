/** A host as the network checks see it, from a few words. */
import type { FakeHost } from './fake-host.ts'
import { ipJson, type Link, showAddresses, tapLink } from './interfaces.ts'

interface Raw {
  readonly dst: string
  readonly dev: string
  readonly gateway?: string
  readonly table?: string
}

export interface Network {
  readonly links?: readonly Link[]
  readonly routes?: readonly Raw[]
  /** What the kernel answers about the way to an address; null: unreachable. */
  readonly ways?: Readonly<Record<string, string | null>>
  /** The output of `nft -j list ruleset`; null: only root may see it. */
  readonly ruleset?: string | null
  /** net.ipv4 switches; the default is a host that forwards. */
  readonly forwarding?: Readonly<Record<string, '0' | '1'>>
}

export const uplinkRoute: Raw = { dst: 'default', dev: 'eth0', gateway: '10.0.0.1' }
const noRules = '{"nftables": []}'

const conf = '/proc/sys/net/ipv4/conf'

/** The tables of a fake host with this network; a TAP that is ready and an uplink eth0 unless said otherwise. */
export const networkHost = ({
  links = [
    { name: 'lo' },
    { name: 'eth0', addresses: ['10.0.0.5/24'] },
    tapLink({ addresses: ['192.168.249.1/24'] }),
  ],
  routes = [uplinkRoute, { dst: '10.0.0.0/24', dev: 'eth0' }, { dst: '192.168.249.0/24', dev: 'vm-tap0' }],
  ways = {},
  ruleset = noRules,
  forwarding = {},
}: Network = {}): FakeHost => {
  const switches = {
    ip_forward: '1',
    default: '1',
    lo: '1',
    eth0: '1',
    'vm-tap0': '1',
    redirects: '0',
    ...forwarding,
  }
  const { ip_forward, redirects, ...each } = switches
  const answer = (device: string | null) =>
    device === null
      ? { code: 2, stderr: 'RTNETLINK answers: Network is unreachable\n' }
      : JSON.stringify([{ dev: device }])
  const asked = { '9.9.9.9': 'eth0', '192.168.249.2': 'vm-tap0', ...ways }
  return {
    commands: {
      [showAddresses]: ipJson(...links),
      'ip -j -4 route show table all': JSON.stringify(routes),
      ...Object.fromEntries(
        Object.entries(asked).flatMap(([to, device]) => [
          [`ip -j -4 route get ${to}`, answer(device)],
          [`ip -j -4 route get fibmatch ${to} from 192.168.249.2 iif vm-tap0`, answer(device)],
        ]),
      ),
    },
    rootCommands: ruleset === null ? null : { '/usr/sbin/nft -j list ruleset': ruleset },
    programs: { nft: '/usr/sbin/nft', iptables: null, 'iptables-nft-save': null, 'iptables-save': null },
    files: {
      '/sys/module/nf_tables': { info: { type: 'directory' } },
      '/proc/net/ip_tables_names': null,
      '/run/chv-doctor/vm-tap0': null,
      '/proc/sys/net/ipv4/ip_forward': `${ip_forward}\n`,
      [conf]: { names: ['all', ...Object.keys(each)] },
      [`${conf}/all/accept_redirects`]: `${redirects}\n`,
      ...Object.fromEntries(
        Object.entries(each).map(([name, value]) => [`${conf}/${name}/forwarding`, `${value}\n`]),
      ),
    },
  }
}

/** What nft lists of the filter table of iptables-nft, of which iptables-nft-save prints these lines. */
export const nftBeside = (save: string): string => {
  const where = { family: 'ip', table: 'filter' }
  const hook = { type: 'filter', hook: 'forward', prio: 0, policy: 'drop' }
  const lines = save.split('\n').map((line) => line.split(' '))
  const declared = new Set(
    lines.flatMap(([verb = '', name = '']) =>
      verb.startsWith(':') ? [verb.slice(1)] : verb === '-A' ? [name] : [],
    ),
  )
  return JSON.stringify({
    nftables: [
      ...[...new Set(['FORWARD', ...declared])].map((name) => ({
        chain: { ...where, name, ...(name === 'FORWARD' ? hook : {}) },
      })),
      ...lines
        .filter(([verb]) => verb === '-A')
        .map(([, chain], at) => ({
          rule: { ...where, chain, handle: at + 10, expr: [{ xt: { type: 'match', name: 'conntrack' } }] },
        })),
    ],
  })
}

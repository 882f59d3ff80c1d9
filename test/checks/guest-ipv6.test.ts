import { describe, expect, it } from 'vitest'
import { guestIpv6 } from '../../checks/guest-ipv6.ts'
import { routeIpv6 } from '../../fixes/route-ipv6.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Step } from '../../src/contract.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'

const conf = '/proc/sys/net/ipv6/conf'
const config = configWith({ ipv6: 'masquerade' })
const fix = { id: 'route-ipv6', args: {} }

const ourRule = (prefix: string) => ({
  rule: {
    family: 'ip6',
    table: 'chv_doctor',
    chain: 'nat-vm-tap0',
    comment: 'chv-doctor6 vm-tap0',
    expr: [{ match: { op: '==', left: { payload: {} }, right: { prefix: { addr: prefix, len: 64 } } } }],
  },
})
const ours = [{ table: { family: 'ip6', name: 'chv_doctor' } }, ourRule('fdc4:1d0c:7a3e:1::')]
const dropping = { chain: { family: 'ip6', table: 'filter', name: 'FORWARD', hook: 'forward', policy: 'drop' } }

interface State {
  readonly disabled?: string | null
  readonly forwarding?: string
  /** accept_ra of eth0. */
  readonly accept?: string
  readonly routes?: readonly object[]
  readonly rules?: readonly object[]
  readonly root?: boolean
  readonly marked?: boolean
}
const learned = { dst: 'default', dev: 'eth0', protocol: 'ra' }

const host = ({
  disabled = '0',
  forwarding = '1',
  accept = '2',
  routes = [learned],
  rules = ours,
  root = true,
  marked = false,
}: State = {}): FakeHost => ({
  user: root ? { uid: 0 } : {},
  files: {
    [conf]: { names: ['all', 'default', 'lo', 'eth0', 'br9', 'vm-tap0'] },
    [`${conf}/all/disable_ipv6`]: disabled,
    [`${conf}/all/forwarding`]: forwarding,
    [`${conf}/default/forwarding`]: forwarding,
    [`${conf}/lo/forwarding`]: forwarding,
    [`${conf}/eth0/forwarding`]: forwarding,
    [`${conf}/br9/forwarding`]: '1',
    [`${conf}/eth0/accept_ra`]: accept,
    '/sys/module/nf_tables': {},
    '/run/chv-doctor/vm-tap0-ipv6': marked ? {} : null,
  },
  programs: { nft: '/sbin/nft' },
  commands: { 'ip -j -6 route show': JSON.stringify(routes) },
  ...(root ? { rootCommands: { '/sbin/nft -j list ruleset': JSON.stringify({ nftables: rules }) } } : {}),
})

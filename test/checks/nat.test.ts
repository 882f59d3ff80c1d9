import { describe, expect, it } from 'vitest'
import { nat } from '../../checks/nat.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { conclude, judgeFacts } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import type { FakeHost } from '../helpers/fake-host.ts'
import { networkHost, uplinkRoute } from '../helpers/network.ts'

const fix = { id: 'route-guest', args: {} }
const saddr = (addr: string, len: number) => ({
  match: {
    op: '==',
    left: { payload: { protocol: 'ip', field: 'saddr' } },
    right: { prefix: { addr, len } },
  },
})

/** A table with one chain at postrouting, as nft 1.0.6 prints it. */
const ruleset = (table: string, chain: string, ...rules: { expr: unknown[]; comment?: string }[]) =>
  JSON.stringify({
    nftables: [
      { metainfo: { json_schema_version: 1 } },
      {
        chain: {
          family: 'inet',
          table,
          name: chain,
          handle: 1,
          type: 'nat',
          hook: 'postrouting',
          prio: 100,
          policy: 'accept',
        },
      },
      ...rules.map((rule, index) => ({ rule: { family: 'inet', table, chain, handle: index + 2, ...rule } })),
    ],
  })

const masquerade = { expr: [saddr('192.168.249.0', 24), { masquerade: null }] }

/** A host on which nft also tells how the rules of a chain are written. */
const withTexts = (host: FakeHost, chain: string, ...texts: string[]): FakeHost => ({
  ...host,
  rootCommands: {
    ...host.rootCommands,
    [`/usr/sbin/nft -a -s list chain ${chain}`]: `table x {\n\tchain y { # handle 1\n${texts.map((text, index) => `\t\t${text} # handle ${index + 2}\n`).join('')}\t}\n}\n`,
  },
})

const mine = (ruleset: string, text = 'ip saddr 192.168.249.0/24 masquerade', ways = {}) =>
  withTexts(networkHost({ ruleset, ways }), 'inet mine p', text)

describe('nat', () => {
  it('is ok with a rule that covers the guest, whoever wrote it', async () => {
    expect(await conclude(nat, mine(ruleset('mine', 'p', masquerade)))).toEqual({
      status: 'ok',
      found: '192.168.249.2 is masqueraded on eth0',
    })
  })

  it('tells where it would not hold when the host changes over to another uplink', async () => {
    const onlyCable = {
      expr: [
        { match: { op: '==', left: { meta: { key: 'oifname' } }, right: 'eth0' } },
        { masquerade: null },
      ],
    }
    const routes = [uplinkRoute, { dst: 'default', dev: 'wlan0', gateway: '10.1.0.1' }]
    const on = (rule: { expr: unknown[] }) =>
      conclude(
        nat,
        withTexts(networkHost({ routes, ruleset: ruleset('mine', 'p', rule) }), 'inet mine p', 'masquerade'),
      )
    expect(await on(onlyCable)).toEqual({
      status: 'ok',
      found: '192.168.249.2 is masqueraded on eth0, not on wlan0',
    })
    expect(await on(masquerade)).toEqual({ status: 'ok', found: '192.168.249.2 is masqueraded on eth0' })
  })

  it('fails without one, or with one for others', async () => {
    expect(await conclude(nat, networkHost())).toMatchObject({
      status: 'fail',
      code: 'nat/no-masquerade',
      values: { guest: '192.168.249.2', uplink: 'eth0' },
      fix,
    })
    const others = { expr: [saddr('172.17.0.0', 16), { masquerade: null }] }
    expect(await conclude(nat, networkHost({ ruleset: ruleset('mine', 'p', others) }))).toMatchObject({
      status: 'fail',
      fix,
    })
  })

  it('warns of what it does not understand', async () => {
    const limited = { expr: [{ limit: { rate: 3, per: 'second' } }, { masquerade: null }] }
    expect(
      await conclude(nat, mine(ruleset('mine', 'p', limited), 'limit rate 3/second masquerade')),
    ).toMatchObject({
      status: 'warn',
      code: 'nat/unclear-rule',
      values: { rule: 'limit rate 3/second masquerade', place: 'inet mine p' },
      hint: expect.stringContaining('inet mine p'),
    })
  })

  it('warns of a host that has no way into the internet itself, once the rule is there', async () => {
    const ways = { '9.9.9.9': null }
    expect(await conclude(nat, networkHost({ ways }))).toMatchObject({
      status: 'fail',
      code: 'nat/no-masquerade',
      values: { uplink: null },
    })
    expect(await conclude(nat, mine(ruleset('mine', 'p', masquerade), undefined, ways))).toMatchObject({
      status: 'warn',
      code: 'nat/no-default-route',
    })
  })

  const own = (addr: string, tap: string) => ({
    expr: [saddr(addr, 24), { masquerade: null }],
    comment: `chv-doctor ${tap}`,
  })
  const text = (addr: string, tap: string) => `ip saddr ${addr}/24 masquerade comment "chv-doctor ${tap}"`

  it.each([
    ['the same TAP and another subnet', '10.9.8.0', 'vm-tap0', 'fail'],
    ['another TAP and the same subnet', '192.168.249.0', 'old', 'warn'],
  ])('finds a rule of ours for %s', async (_, addr, tap, status) => {
    const host = networkHost({ ruleset: ruleset('chv_doctor', 'c', own(addr, tap)) })
    expect(await conclude(nat, withTexts(host, 'inet chv_doctor c', text(addr, tap)))).toMatchObject({
      status,
      code: 'nat/outdated-rule',
      values: { rule: text(addr, tap) },
      fix,
    })
  })

  it('leaves the rules for other guests alone', async () => {
    const rules = [own('192.168.249.0', 'vm-tap0'), own('192.168.250.0', 'vm-tap1')]
    const host = networkHost({ ruleset: ruleset('chv_doctor', 'c', ...rules) })
    const texts = [text('192.168.249.0', 'vm-tap0'), text('192.168.250.0', 'vm-tap1')]
    expect(await conclude(nat, withTexts(host, 'inet chv_doctor c', ...texts))).toMatchObject({
      status: 'ok',
    })
  })

  it.each([
    ['no', 'fail'],
    ['unclear', 'warn'],
  ] as const)('knows that nothing masquerades an untracked packet (masked: %s)', (masked, status) => {
    const rule = 'ip saddr 192.168.249.0/24 notrack'
    const facts = { uplink: { device: 'eth0', others: [] }, masked, place: 'ip raw PREROUTING', rule }
    expect(judgeFacts(nat, { ...facts, untracked: true, uncovered: [], stale: [] })).toMatchObject({
      status,
      code: 'nat/not-tracked',
      values: { rule, place: 'ip raw PREROUTING', guest: '192.168.249.2' },
      hint: expect.stringContaining('Restrict that rule'),
    })
  })

  it('is left out where the guest is to have no internet', () => {
    expect(nat.skipReason?.(configWith({ nat: false }))).toBe('not needed: nat is false')
  })

  describe('without sight of the rules', () => {
    const probe = (host: FakeHost) => conclude(nat, host)

    it('is undetermined, with a fix that is safe all the same', async () => {
      const error = await probe(networkHost({ ruleset: null })).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(Undetermined)
      expect(error).toMatchObject({ message: expect.stringContaining('only root can read'), fix })
    })

    it('is left to root where a fix of ours made the rules since this boot', async () => {
      const host = networkHost({ ruleset: null })
      const files = { ...host.files, '/run/chv-doctor/vm-tap0': { info: { type: 'directory' as const } } }
      expect(await probe({ ...host, files })).toEqual({
        status: 'skip',
        reason: 'rules were created since boot; run `sudo chv-doctor check` to verify them',
      })
    })

    it.each([
      ['nft is missing', { programs: { nft: null } }, 'nft is not installed'],
      [
        'nft fails',
        {
          rootCommands: { '/usr/sbin/nft -j list ruleset': { code: 1, stderr: 'Operation not permitted\n' } },
        },
        'nft: Operation not permitted',
      ],
      [
        'nft prints something else',
        { rootCommands: { '/usr/sbin/nft -j list ruleset': 'table inet' } },
        'does not answer in JSON',
      ],
    ])('%s', async (_, changes, message) => {
      const host = networkHost()
      await expect(
        probe({
          ...host,
          ...changes,
          programs: { ...host.programs, ...('programs' in changes ? changes.programs : {}) },
        }),
      ).rejects.toThrow(message)
    })

    it('knows that there are no rules where the kernel has no tables at all', async () => {
      const host = networkHost({ ruleset: null })
      const files = {
        ...host.files,
        '/sys/module/nf_tables': null,
        '/lib/modules/6.1.0-40-amd64/modules.builtin': 'kernel/fs/ext4/ext4.ko\n',
      }
      expect(await probe({ ...host, files })).toMatchObject({
        status: 'fail',
        code: 'nat/no-masquerade',
      })
    })

    it('does not take tables that are built in for none', async () => {
      const host = networkHost({ ruleset: null })
      const files = {
        ...host.files,
        '/sys/module/nf_tables': null,
        '/lib/modules/6.1.0-40-amd64/modules.builtin': 'kernel/net/netfilter/nf_tables.ko\n',
      }
      await expect(probe({ ...host, files })).rejects.toThrow('only root can read')
    })

    it('does not overlook the older iptables', async () => {
      const host = networkHost()
      const legacy = { ...host, files: { ...host.files, '/proc/net/ip_tables_names': '' } }
      const names = (text: string, more = {}) => ({
        ...legacy,
        rootCommands: { ...host.rootCommands, 'cat /proc/net/ip_tables_names': text, ...more },
      })
      expect(await probe(names(''))).toMatchObject({ status: 'fail' })
      // Root itself reads the file.
      expect(await probe({ ...legacy, user: { uid: 0 } })).toMatchObject({ status: 'fail' })
      await expect(
        probe({ ...names('nat\n'), programs: { ...host.programs, 'iptables-legacy-save': null } }),
      ).rejects.toThrow('no iptables-legacy-save')
      const save =
        '# Generated by iptables-save v1.8.9\n*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -s 192.168.249.0/24 -j MASQUERADE\nCOMMIT\n'
      expect(
        await probe({
          ...names('nat\n', { '/usr/sbin/iptables-save': save }),
          programs: {
            ...host.programs,
            'iptables-legacy-save': null,
            'iptables-save': '/usr/sbin/iptables-save',
          },
        }),
      ).toMatchObject({ status: 'ok' })
    })
  })
})

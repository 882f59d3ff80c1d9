import { describe, expect, it } from 'vitest'
import { routeGuest } from '../../fixes/route-guest.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Step } from '../../src/contract/step.ts'
import { configWith } from '../helpers/config.ts'
import { containerMarks } from '../helpers/container.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'
import { networkHost, nftBeside } from '../helpers/network.ts'

const noContainer = { '/proc/2/comm': 'kthreadd' }

const planOn = async (given: FakeHost, changes: Partial<Config> = {}) => {
  const config = configWith(changes)
  const table = { ...given, files: { ...noContainer, ...given.files } }
  const rootPrograms = { ufw: '/usr/sbin/ufw', 'firewall-cmd': '/usr/bin/firewall-cmd' }
  const survey = await routeGuest.survey?.(fakeHost({ rootPrograms, ...table }), {}, config)
  if (!survey) throw new Error('route-guest has a survey')
  return routeGuest.plan({}, config, survey)
}

const commands = (steps: readonly Step[]) =>
  steps.map((step) =>
    step.kind === 'run' ? step.argv.join(' ') : step.kind === 'manual' ? step.text : step.kind,
  )
const undos = (steps: readonly Step[]) =>
  steps.map((step) => (step.kind === 'run' ? step.undo?.map((argv) => argv.join(' ')) : undefined))

const mark = 'mkdir -p /run/chv-doctor/vm-tap0'
const make =
  'nft add table inet chv_doctor; add chain inet chv_doctor nat-vm-tap0 { type nat hook postrouting priority srcnat; }; flush chain inet chv_doctor nat-vm-tap0;'
const rule =
  'add rule inet chv_doctor nat-vm-tap0 ip saddr 192.168.249.0/24 ip daddr != 192.168.249.0/24 masquerade comment "chv-doctor vm-tap0"'

const chain = (family: string, table: string, name: string, base = {}) => ({
  chain: { family, table, name, handle: 1, ...base },
})
const nat = { type: 'nat', hook: 'postrouting', prio: 100, policy: 'accept' }
const forward = { type: 'filter', hook: 'forward', prio: 0, policy: 'drop' }
const masked = [
  chain('inet', 'mine', 'p', nat),
  { rule: { family: 'inet', table: 'mine', chain: 'p', handle: 2, expr: [{ masquerade: null }] } },
]
const json = (...nftables: unknown[]) => JSON.stringify({ nftables })

const off = { ip_forward: '0', default: '0', lo: '0', eth0: '0', 'vm-tap0': '0', redirects: '1' } as const

const container = (mounts: string) => ({
  ...containerMarks,
  '/.dockerenv': '',
  '/proc/self/status': 'NoNewPrivs:\t0\nCapBnd:\t000001ffffffffff\n',
  '/proc/self/uid_map': '         0          0 4294967295\n',
  '/proc/self/mountinfo': mounts,
})

describe('route-guest', () => {
  it('leaves forwarding to those outside of a container that cannot set it', async () => {
    const host = networkHost({ forwarding: off })
    const mount = (options: string) => `30 29 0:5 /sys /proc/sys ${options} - proc proc rw\n`
    const inside = (options: string) =>
      planOn({ ...host, files: { ...host.files, ...container(mount(options)) } }).then(commands)
    expect(await inside('ro,nosuid')).toEqual([
      mark,
      expect.stringContaining('docker run --sysctl'),
      `${make} ${rule}`,
    ])
    expect(await inside('rw')).toContain('sysctl -q -e -w net/ipv4/ip_forward=1')
  })

  it('switches forwarding on and masquerades, and gives all of it back', async () => {
    const steps = await planOn(networkHost({ forwarding: off }))
    expect(commands(steps)).toEqual([mark, 'sysctl -q -e -w net/ipv4/ip_forward=1', `${make} ${rule}`])
    expect(undos(steps)).toEqual([
      ['rmdir /run/chv-doctor/vm-tap0', 'rmdir --ignore-fail-on-non-empty /run/chv-doctor'],
      ['sysctl -q -e -w net/ipv4/ip_forward=0 net/ipv4/conf/all/accept_redirects=1'],
      ['nft add table inet chv_doctor; delete table inet chv_doctor'],
    ])
    for (const step of steps) expect(step).toMatchObject({ root: true, undoWhile: '/run/chv-doctor/vm-tap0' })
  })

  it('puts the switches of single interfaces back, and hardened redirects', async () => {
    const steps = await planOn(
      networkHost({ forwarding: { ...off, lo: '1', redirects: '0' }, ruleset: json(...masked) }),
    )
    expect(undos(steps)[1]).toEqual([
      'sysctl -q -e -w net/ipv4/ip_forward=0 net/ipv4/conf/lo/forwarding=1 net/ipv4/conf/all/accept_redirects=0',
    ])
  })

  it('touches the one interface that is off', async () => {
    const steps = await planOn(networkHost({ forwarding: { eth0: '0' }, ruleset: json(...masked) }))
    expect(commands(steps)).toEqual([mark, 'sysctl -q -e -w net/ipv4/conf/eth0/forwarding=1'])
    expect(undos(steps)[1]).toEqual(['sysctl -q -e -w net/ipv4/conf/eth0/forwarding=0'])
  })

  it('has nothing to do the second time', async () => {
    expect(await planOn(networkHost({ ruleset: json(...masked) }))).toEqual([])
  })

  it('follows the configuration, and refuses a name that rules cannot hold', async () => {
    const host = networkHost()
    const files = { ...host.files, '/run/chv-doctor/t9': { info: { type: 'directory' as const } } }
    const steps = await planOn({ ...host, files }, { tap: 't9', guest_address: '10.9.0.2/30' })
    expect(commands(steps)).toEqual([
      'nft add table inet chv_doctor; add chain inet chv_doctor nat-t9 { type nat hook postrouting priority srcnat; }; flush chain inet chv_doctor nat-t9; add rule inet chv_doctor nat-t9 ip saddr 10.9.0.0/30 ip daddr != 10.9.0.0/30 masquerade comment "chv-doctor t9"',
    ])
    for (const tap of ['a";drop', 'vm*', 'vm+', "a'b"]) {
      const other = { ...host, files: { ...host.files, [`/run/chv-doctor/${tap}`]: null } }
      expect(await planOn(other, { tap })).toEqual([
        { kind: 'manual', text: expect.stringContaining('plain name') },
      ])
    }
  })

  it('makes its own table even where it cannot see the rules, with an undo that spares other guests', async () => {
    const steps = await planOn(networkHost({ ruleset: null }))
    expect(commands(steps)).toEqual([mark, `${make} ${rule}`])
    expect(undos(steps)[1]).toEqual([
      `${make} delete chain inet chv_doctor nat-vm-tap0`,
      expect.stringContaining('grep -q chain || nft delete table'),
    ])
  })

  const listing = (...texts: string[]) =>
    `table x {\n\tchain y { # handle 1\n${texts.map((text, index) => `\t\t${text} # handle ${index + 2}\n`).join('')}\t}\n}\n`

  it('replaces its own rule for another subnet in place, and can put it back', async () => {
    const old = 'ip saddr 10.9.8.0/24 masquerade comment "chv-doctor vm-tap0"'
    const ruleset = json(chain('inet', 'chv_doctor', 'nat-vm-tap0', nat), {
      rule: {
        family: 'inet',
        table: 'chv_doctor',
        chain: 'nat-vm-tap0',
        handle: 2,
        comment: 'chv-doctor vm-tap0',
        expr: [{ masquerade: null }],
      },
    })
    const host = networkHost({ ruleset })
    const rootCommands = {
      ...host.rootCommands,
      '/usr/sbin/nft -a -s list chain inet chv_doctor nat-vm-tap0': listing(old),
    }
    const steps = await planOn({ ...host, rootCommands })
    expect(commands(steps)).toEqual([mark, `${make} ${rule}`])
    expect(undos(steps)[1]).toEqual([`${make} add rule inet chv_doctor nat-vm-tap0 ${old}`])
  })

  it('takes the rules of an earlier TAP away, wherever they are', async () => {
    const text = 'iifname "old" ip saddr 192.168.249.0/24 accept comment "chv-doctor old"'
    const ruleset = json(...masked, chain('inet', 'fw', 'f', { ...forward, policy: 'accept' }), {
      rule: {
        family: 'inet',
        table: 'fw',
        chain: 'f',
        handle: 2,
        comment: 'chv-doctor old',
        expr: [{ accept: null }],
      },
    })
    const host = networkHost({ ruleset })
    const steps = await planOn({
      ...host,
      rootCommands: { ...host.rootCommands, '/usr/sbin/nft -a -s list chain inet fw f': listing(text) },
    })
    expect(commands(steps)).toEqual([mark, 'nft delete rule inet fw f handle 2'])
    expect(undos(steps)[1]).toEqual([`nft insert rule inet fw f ${text}`])
  })

  it('goes to the head of a chain that drops', async () => {
    const steps = await planOn(networkHost({ ruleset: json(...masked, chain('inet', 'fw', 'f', forward)) }))
    expect(commands(steps)[1]).toBe(
      'nft insert rule inet fw f iifname "vm-tap0" ip saddr 192.168.249.0/24 accept comment "chv-doctor vm-tap0"; insert rule inet fw f oifname "vm-tap0" ip daddr 192.168.249.0/24 ct state established,related accept comment "chv-doctor vm-tap0"',
    )
    expect(undos(steps)[1]?.[0]).toMatch(
      /^sh -c nft -a list chain "\$1".* chv-doctor inet fw f chv-doctor vm-tap0$/,
    )
  })

  it('leaves chains before and after forwarding to the user', async () => {
    const early = { ...forward, hook: 'prerouting' }
    expect(
      commands(await planOn(networkHost({ ruleset: json(...masked, chain('ip', 'raw2', 'p', early)) }))),
    ).toEqual([
      'A rule in ip raw2 p drops packets of the guest before or after forwarding: change it yourself.',
    ])
  })

  const withIptables = (save: string): FakeHost => {
    const host = networkHost({ ruleset: json(...masked, ...JSON.parse(nftBeside(save)).nftables) })
    return {
      ...host,
      programs: {
        ...host.programs,
        'iptables-nft': '/usr/sbin/iptables-nft',
        'iptables-nft-save': '/usr/sbin/iptables-nft-save',
      },
      rootCommands: {
        ...host.rootCommands,
        '/usr/sbin/iptables-nft-save': `# Generated by iptables-nft-save v1.8.9 (nf_tables)\n*filter\n${save}COMMIT\n`,
      },
    }
  }
  const accepts = (name: string) => [
    `iptables-nft -t filter -I ${name} -o vm-tap0 -d 192.168.249.0/24 -m conntrack --ctstate RELATED,ESTABLISHED -m comment --comment chv-doctor vm-tap0 -j ACCEPT`,
    `iptables-nft -t filter -I ${name} -i vm-tap0 -s 192.168.249.0/24 -m comment --comment chv-doctor vm-tap0 -j ACCEPT`,
  ]
  const ufw = 'ufw route prepend allow in on vm-tap0 from 192.168.249.0/24 comment chv-doctor vm-tap0'

  it.each([
    ['a bare policy', ':FORWARD DROP [0:0]\n', accepts('FORWARD')],
    [
      'Docker',
      ':FORWARD DROP [0:0]\n:DOCKER-USER - [0:0]\n-A FORWARD -j DOCKER-USER\n',
      accepts('DOCKER-USER'),
    ],
    [
      'Docker and ufw',
      ':FORWARD DROP [0:0]\n:DOCKER-USER - [0:0]\n:ufw-before-forward - [0:0]\n',
      accepts('DOCKER-USER'),
    ],
    ['ufw', ':FORWARD DROP [0:0]\n:ufw-before-forward - [0:0]\n', [ufw]],
    [
      'only what goes out',
      ':FORWARD DROP [0:0]\n-A FORWARD -m state --state ESTABLISHED -j ACCEPT\n',
      accepts('FORWARD').slice(1),
    ],
  ])('goes the way of %s', async (_, save, argvs) => {
    expect(commands(await planOn(withIptables(save)))).toEqual([mark, ...argvs])
  })

  it('uses the older iptables where that is what the host runs', async () => {
    const host = networkHost()
    const save =
      '# Generated by iptables-save v1.8.9\n*filter\n:FORWARD DROP [0:0]\n-A FORWARD -i docker0 -j ACCEPT\nCOMMIT\n'
    const steps = await planOn({
      ...host,
      files: { ...host.files, '/proc/net/ip_tables_names': '' },
      programs: {
        ...host.programs,
        'iptables-legacy': '/usr/sbin/iptables-legacy',
        'iptables-legacy-save': '/usr/sbin/iptables-legacy-save',
      },
      rootCommands: {
        ...host.rootCommands,
        'cat /proc/net/ip_tables_names': 'filter\n',
        '/usr/sbin/iptables-legacy-save': save,
      },
    })
    expect(commands(steps)).toEqual([
      mark,
      'iptables-legacy -t nat -A POSTROUTING -s 192.168.249.0/24 ! -d 192.168.249.0/24 -m comment --comment chv-doctor vm-tap0 -j MASQUERADE',
      ...accepts('FORWARD').map((text) => text.replace('iptables-nft', 'iptables-legacy')),
    ])
    expect(undos(steps)[1]?.[0]).toMatch(/^sh -c .* chv-doctor iptables-legacy POSTROUTING .* -t nat$/)
  })

  const firewalld = json(...masked, chain('inet', 'firewalld', 'filter_FORWARD', forward))
  it.each([
    ['in no zone', { code: 2, stdout: '' }, 'firewall-cmd --zone=trusted --add-interface=vm-tap0'],
    [
      'in another zone',
      'work\n',
      "vm-tap0 is in firewalld's zone work, which does not forward: change that zone yourself.",
    ],
  ])('firewalld, with the TAP %s', async (_, zone, command) => {
    const host = networkHost({ ruleset: firewalld })
    const rootCommands = { ...host.rootCommands, 'firewall-cmd --get-zone-of-interface=vm-tap0': zone }
    expect(commands(await planOn({ ...host, rootCommands })).at(-1)).toBe(command)
  })

  it('adds a rule of its own to what firewalld left behind', async () => {
    const rootPrograms = { 'firewall-cmd': null }
    const steps = await planOn({ ...networkHost({ ruleset: firewalld }), rootPrograms })
    expect(commands(steps).at(-1)).toMatch(
      /^nft insert rule inet firewalld filter_FORWARD iifname "vm-tap0" /,
    )
  })

  it('adds rules of its own to what ufw left behind', async () => {
    const rules = ':FORWARD DROP [0:0]\n:ufw-before-forward - [0:0]\n'
    const host = withIptables(rules)
    expect(commands(await planOn({ ...host, rootPrograms: { ufw: null } }))).toEqual([
      mark,
      ...accepts('FORWARD'),
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { persistNetwork } from '../../fixes/persist-network.ts'
import type { NetworkManager } from '../../src/persist/manager.ts'
import { desiredFiles, type PersistenceState } from '../../src/persist/persistence.ts'
import type { Routing } from '../../src/persist/routing.ts'
import { configWith } from '../helpers/config.ts'

const config = configWith({ persist_network: true })
const tap = { owner: { name: 'sky', uid: 1000 }, mtu: null }
const routing: Routing = {
  sysctls: { 'net.ipv4.ip_forward': '1' },
  start: [['/sbin/nft', 'add rule', 'comment "100%"']],
  stop: [['-/sbin/nft', 'delete rule']],
  complete: true,
}
const none: Routing = { sysctls: {}, start: [], stop: [], complete: true }

const stateWith = (manager: NetworkManager, isThere: boolean, what = routing): PersistenceState => {
  const wanted = desiredFiles(config, { manager, systemd: true }, tap, what, '/sbin/ip')
  if ('problem' in wanted) throw new Error(wanted.problem)
  return { ...wanted, files: wanted.files.map((file) => ({ ...file, isThere })), enabled: isThere }
}
const plan = (survey: Parameters<typeof persistNetwork.plan>[2]) => persistNetwork.plan({}, config, survey)

describe('persist-network', () => {
  it.each(['networkd', 'networkmanager', 'ifupdown', 'unit'] as const)(
    '%s: writes as root, then enables',
    (manager) => {
      const steps = plan(stateWith(manager, false))
      const writes = steps.filter((step) => step.kind === 'write')
      expect(writes.every((step) => step.root)).toBe(true)
      expect(writes.map(({ path }) => path)).toContain('/etc/sysctl.d/60-chv-doctor.conf')
      expect(steps.at(-1)).toMatchObject({
        argv: ['systemctl', 'enable', 'chv-doctor-vm-tap0.service'],
        undo: [['systemctl', 'disable', '--now', 'chv-doctor-vm-tap0.service']],
      })
    },
  )

  it('has NetworkManager forget its file after undo: it makes a TAP that is deleted anew', () => {
    const forgets = (manager: NetworkManager) =>
      plan(stateWith(manager, false)).flatMap((step) => (step.kind === 'write' && step.afterUndo) || [])
    expect(forgets('networkmanager')).toEqual(['nmcli', 'connection', 'reload'])
    expect(forgets('networkd')).toEqual([])
  })

  it('has nothing to do the second time', () => {
    expect(plan(stateWith('networkd', true))).toEqual([])
  })

  it('needs no unit where no command has to run', () => {
    const steps = plan(stateWith('networkd', false, none))
    expect(steps.map((step) => step.kind)).toEqual(['write', 'write'])
  })

  it('lets a unit make the TAP where nobody else would', () => {
    const { files } = stateWith('unit', false)
    const unit = files.at(-1)?.content ?? ''
    expect(unit).toContain('ExecStart=-/sbin/ip tuntap add dev vm-tap0 mode tap user sky\n')
    expect(unit).toContain('ExecStart=/sbin/ip addr replace 192.168.249.1/24 dev vm-tap0\n')
    expect(unit).toContain('ExecStart=/sbin/nft "add rule" "comment \\"100%%\\""\n')
    expect(unit).toContain('ExecStop=-/sbin/nft "delete rule"\n')
    expect(unit).toContain('PartOf=nftables.service')
  })

  it('leaves to a person what it cannot do', () => {
    expect(plan({ problem: 'nothing runs the network here' })).toEqual([
      { kind: 'manual', text: 'Only you can do this: nothing runs the network here.' },
    ])
    const odd = configWith({ tap: 'a$(b)' })
    const boot = { manager: 'networkd', systemd: true } as const
    expect(desiredFiles(odd, boot, tap, none, '/sbin/ip')).toMatchObject({
      problem: expect.stringContaining('a$(b)'),
    })
    const plain = { manager: 'ifupdown', systemd: false } as const
    expect(desiredFiles(config, plain, tap, routing, '/sbin/ip')).toMatchObject({
      problem: expect.stringContaining('need systemd'),
    })
  })
})

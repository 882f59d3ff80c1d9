import { expect, it } from 'vitest'
import { readBoot } from '../../src/persist/manager.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'

const question = '/bin/systemctl is-active systemd-networkd.service NetworkManager.service networking.service'
const debian = 'source /etc/network/interfaces.d/*\n\nauto lo\niface lo inet loopback\n'

/** A host booted by systemd, with these services. */
const host = (answer: string, more: { interfaces?: string | null; ifup?: boolean } = {}): FakeHost => ({
  files: {
    '/run/systemd/system': { info: { type: 'directory' } },
    '/etc/network/interfaces': more.interfaces === undefined ? debian : more.interfaces,
  },
  programs: { systemctl: '/bin/systemctl', ifup: more.ifup ? '/sbin/ifup' : null },
  // systemctl's code is 3 as soon as one of them does not run.
  commands: { [question]: { code: 3, stdout: answer } },
})
const bare = (ifup: boolean): FakeHost => ({
  files: { '/run/systemd/system': null, '/etc/network/interfaces': debian },
  programs: { ifup: ifup ? '/sbin/ifup' : null },
})

it.each<[string, FakeHost, string | null, boolean]>([
  ['a server of Ubuntu', host('active\ninactive\ninactive\n'), 'networkd', true],
  ['a desktop', host('inactive\nactive\ninactive\n', { ifup: true }), 'networkmanager', true],
  ['both', host('active\nactive\ninactive\n'), 'networkd', true],
  ['a server of Debian', host('inactive\ninactive\nactive\n', { ifup: true }), 'ifupdown', true],
  [
    'ifupdown that does not read interfaces.d',
    host('inactive\ninactive\nactive\n', { ifup: true, interfaces: 'auto lo\n' }),
    'unit',
    true,
  ],
  [
    'ifupdown that reads it as a directory',
    host('inactive\ninactive\nactive\n', {
      ifup: true,
      interfaces: ' source-directory /etc/network/interfaces.d\n',
    }),
    'ifupdown',
    true,
  ],
  [
    'ifupdown that is there and does not run',
    host('inactive\ninactive\ninactive\n', { ifup: true }),
    'unit',
    true,
  ],
  ['none of them', host('inactive\ninactive\ninactive\n'), 'unit', true],
  ['a systemctl that does not answer', host(''), 'unit', true],
  ['no systemd, ifupdown', bare(true), 'ifupdown', false],
  ['nothing known', bare(false), null, false],
])('%s', async (_, table, manager, systemd) => {
  expect(await readBoot(fakeHost(table))).toEqual({ manager, systemd })
})

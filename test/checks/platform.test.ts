import { describe, expect, it } from 'vitest'
import { platform } from '../../checks/platform.ts'
import { conclude } from '../helpers/conclude.ts'
import { containerMarks } from '../helpers/container.ts'
import type { FakeHost } from '../helpers/fake-host.ts'

const none = { 'apt-get': null, dnf: null, zypper: null, pacman: null, apk: null }
const debian = {
  '/etc/os-release': 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12"\n',
  ...containerMarks,
}
const host = (changes: FakeHost = {}): FakeHost => ({
  ...changes,
  programs: { ...none, 'apt-get': '/usr/bin/apt-get', ...changes.programs },
  files: { ...debian, ...changes.files },
})

describe('platform', () => {
  it.each<[string, FakeHost, string]>([
    ['the name that the distribution shows', host(), 'Debian GNU/Linux 12, x86_64'],
    [
      'aarch64, and the plain name without a pretty one',
      host({ arch: 'aarch64', files: { '/etc/os-release': 'PRETTY_NAME=""\nNAME=Arch\n' } }),
      'Arch, aarch64',
    ],
    [
      'os-release where a stateless system has it',
      host({ files: { '/etc/os-release': null, '/usr/lib/os-release': 'NAME=Clear\n' } }),
      'Clear, x86_64',
    ],
    [
      'an unknown distribution with a known package manager',
      host({ files: { '/etc/os-release': null, '/usr/lib/os-release': null } }),
      'unknown distribution, x86_64',
    ],
    [
      'a machine made from a container image',
      host({ files: { '/.dockerenv': '', '/proc/2/comm': 'kthreadd\n' } }),
      'Debian GNU/Linux 12, x86_64',
    ],
    ...['/run/.containerenv', '/.dockerenv', '/run/systemd/container'].map(
      (mark): [string, FakeHost, string] => [
        `a container by ${mark}`,
        host({ files: { [mark]: '' } }),
        'Debian GNU/Linux 12, x86_64, in a container',
      ],
    ),
  ])('is content with %s', async (_, table, found) => {
    expect(await conclude(platform, table)).toEqual({ status: 'ok', found })
  })

  it.each<[string, FakeHost, object]>([
    ['riscv64', host({ arch: 'riscv64' }), { status: 'warn', code: 'platform/experimental-architecture' }],
    [
      'NixOS, where no command installs',
      host({ files: { '/etc/os-release': 'ID=nixos\nPRETTY_NAME="NixOS 25.05 (Warbler)"\n' } }),
      { status: 'warn', code: 'platform/nixos', hint: expect.stringContaining('environment.systemPackages') },
    ],
    [
      'another architecture',
      host({ arch: 's390x' }),
      { status: 'fail', code: 'platform/unsupported-architecture', values: { arch: 's390x' } },
    ],
    [
      'another architecture, whatever else is missing',
      host({ arch: 'ia32', programs: none }),
      { status: 'fail', code: 'platform/unsupported-architecture' },
    ],
    [
      'no known package manager',
      host({ programs: none }),
      { status: 'warn', code: 'platform/no-package-manager' },
    ],
  ])('objects to %s', async (_, table, verdict) => {
    expect(await conclude(platform, table)).toMatchObject(verdict)
  })
})

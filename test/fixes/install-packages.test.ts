import { describe, expect, it } from 'vitest'
import { installPackages } from '../../fixes/install-packages.ts'
import { downloadSize, surveyPackages } from '../../fixes/shared/survey-packages.ts'
import type { RunStep, Step } from '../../src/contract/step.ts'
import { namesFor } from '../../src/host/package-names.ts'
import { configWith } from '../helpers/config.ts'
import { noManagers } from '../helpers/dpkg.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'

const uris = `'http://deb.example/pool/m/m4_1.4.19-3_amd64.deb' m4_1.4.19-3_amd64.deb 286836 MD5Sum:3d374c
'http://deb.example/pool/b/bison_3.8.2%2bdfsg-1_amd64.deb' bison_2%3a3.8.2+dfsg-1_amd64.deb 1174528 SHA256:42bf56
`
const ask = 'apt-get install --print-uris -qq --no-install-recommends bison'
const debian = (
  changes: {
    uris?: object | string
    pending?: readonly string[] | null
    running?: string
    status?: string
  } = {},
): FakeHost => ({
  programs: { ...noManagers, 'apt-get': '/usr/bin/apt-get' },
  commands: {
    [ask]: changes.uris ?? uris,
    [ask.replace(' --print', ' --reinstall --print')]: changes.uris ?? uris,
  },
  files: {
    '/var/lib/dpkg/status': changes.status ?? 'Package: m4\nStatus: install ok installed\n\n',
    '/var/lib/dpkg/updates': changes.pending === null ? null : { names: changes.pending ?? [] },
    '/proc': { names: ['1', '99', 'locks'] },
    '/proc/1/comm': 'systemd\n',
    '/proc/99/comm': `${changes.running ?? 'bash'}\n`,
  },
})
const unknown = { code: 100, stderr: 'E: Unable to locate package bison\n' }

const plan = async (host: FakeHost, packages: readonly string[] = ['bison']): Promise<readonly Step[]> =>
  installPackages.plan({ packages }, configWith(), await surveyPackages(fakeHost(host), packages))

const commands = (steps: readonly Step[]) => steps.map((step) => (step as RunStep).argv.join(' '))
const apt = 'env DEBIAN_FRONTEND=noninteractive apt-get --yes -o DPkg::Lock::Timeout=300'
const install = `${apt} install --no-install-recommends -o Dpkg::Options::=--force-confold bison`

describe('install-packages with apt', () => {
  it.each<[string, FakeHost, readonly string[]]>([
    ['installs at once when the lists know the package', debian(), [install]],
    ['fetches the lists when they do not', debian({ uris: unknown }), [`${apt} update`, install]],
    [
      'fetches the lists when apt does not answer',
      debian({ uris: { code: null, failure: { kind: 'timed-out', limitMs: 10_000 } } }),
      [`${apt} update`, install],
    ],
    [
      'finishes first what was cut off',
      debian({ pending: ['0000'] }),
      ['env DEBIAN_FRONTEND=noninteractive dpkg --force-confold --configure -a', install],
    ],
    [
      'finishes, fetches and installs, in this order',
      debian({ uris: unknown, pending: ['tmp.i', '0003'] }),
      ['env DEBIAN_FRONTEND=noninteractive dpkg --force-confold --configure -a', `${apt} update`, install],
    ],
    // A killed doctor leaves its apt at work: apt waits for that, dpkg would refuse.
    ['waits for a dpkg that is still at work', debian({ pending: ['0000'], running: 'apt-get' }), [install]],
    // dpkg leaves this file behind when it is killed; it holds nothing to finish.
    ['takes no notice of tmp.i', debian({ pending: ['tmp.i'] }), [install]],
    // apt does nothing for a package that it takes for installed.
    [
      'installs again what dpkg has, and what does not run all the same',
      debian({ status: 'Package: bison\nStatus: install ok installed\n\n' }),
      [install.replace('install --no', 'install --reinstall --no')],
    ],
    [
      'installs what was removed but for its configuration',
      debian({ status: 'Package: bison\nStatus: deinstall ok config-files\n\n' }),
      [install],
    ],
    ['takes no notice of a missing directory', debian({ pending: null }), [install]],
  ])('%s', async (_, host, expected) => {
    expect(commands(await plan(host))).toEqual(expected)
  })

  it('runs every step as root, not to be interrupted, and not to be undone', async () => {
    for (const step of await plan(debian({ uris: unknown, pending: ['0000'] }))) {
      expect(step).toMatchObject({ kind: 'run', root: true, critical: true, why: expect.stringMatching(/./) })
      expect(step).not.toHaveProperty('undo')
    }
  })

  it('says how much it downloads, and nothing when it does not know', async () => {
    expect(await plan(debian())).toMatchObject([{ bytes: 286836 + 1174528 }])
    expect(await plan(debian({ uris: '' }))).toMatchObject([{ bytes: 0 }])
    for (const step of await plan(debian({ uris: unknown }))) expect(step).not.toHaveProperty('bytes')
  })
})

it('reads sizes from the column they are in, and from no other line', () => {
  expect(downloadSize(uris)).toBe(1461364)
  expect(downloadSize("'http://x/1234 5678 /a.deb' a_1_all.deb 10 SHA256:99\nW: 77 warnings\n")).toBe(10)
  expect(downloadSize('')).toBe(0)
})

describe('install-packages elsewhere', () => {
  // The tables have no commands and no files: nothing but the package manager is asked for.
  it.each([
    ['dnf', 'dnf install --assumeyes --setopt=install_weak_deps=False qemu-img libcap'],
    [
      'zypper',
      'env ZYPP_LOCK_TIMEOUT=300 zypper --non-interactive install --no-recommends qemu-tools libcap-progs',
    ],
    ['apk', 'apk add --wait 300 qemu-img libcap-utils'],
  ])('asks nothing under %s, and uses its names', async (manager, command) => {
    const host = { programs: { ...noManagers, [manager]: `/usr/bin/${manager}` } }
    expect(commands(await plan(host, ['qemu-utils', 'libcap2-bin']))).toEqual([command])
  })

  const pacman = (lists: readonly string[] | null, sizes: object | string): FakeHost => ({
    programs: { ...noManagers, pacman: '/usr/bin/pacman' },
    files: { '/var/lib/pacman/sync': lists === null ? null : { names: lists } },
    commands: { 'pacman --sync --print --print-format %s qemu-img libcap': sizes },
  })
  const sync = 'pacman --sync --noconfirm --needed qemu-img libcap'
  const refresh = 'pacman --sync --refresh --noconfirm'
  it.each<[string, FakeHost, readonly string[], number | undefined]>([
    ['pacman has its lists', pacman(['core.db', 'extra.db'], '900\n100\n'), [sync], 1000],
    // Fetched without an update of everything, they would ask for a partial one.
    ['pacman has lists without it', pacman(['core.db'], { code: 1 }), [sync], undefined],
    ['pacman never fetched lists', pacman([], { code: 1 }), [refresh, sync], undefined],
    ['pacman has no directory for lists', pacman(null, { code: 1 }), [refresh, sync], undefined],
  ])('where %s', async (_, host, expected, bytes) => {
    const steps = await plan(host, ['qemu-utils', 'libcap2-bin'])
    expect(commands(steps)).toEqual(expected)
    expect((steps.at(-1) as RunStep).bytes).toBe(bytes)
  })

  it('leaves it to a person where no package manager is known', async () => {
    expect(await plan({ programs: noManagers }, ['bison', 'flex'])).toEqual([
      { kind: 'manual', text: expect.stringContaining('bison, flex') },
    ])
  })

  it('may turn one name into several, and keeps a name that is the same everywhere', () => {
    expect(namesFor('apk', ['libc6-dev', 'mtools'])).toEqual(['musl-dev', 'linux-headers', 'mtools'])
    expect(namesFor('apt', ['libc6-dev', 'qemu-utils'])).toEqual(['libc6-dev', 'qemu-utils'])
  })
})

it('becomes one installation of all packages, each once', () => {
  const merged = installPackages.merge?.({ packages: ['mtools', 'bc'] }, { packages: ['bc', 'acl'] })
  expect(merged).toEqual({ packages: ['acl', 'bc', 'mtools'] })
})

/**
 * install-packages with the real package managers: each is the only one of a disposable host, with a signed repository of
 * packages that have the names of its distributions. What is installed is qemu-img itself, with which a check goes green.
 */
import { describe, expect, it } from 'vitest'
import type { PackageManager } from '../../src/host/os-release.ts'
import { namesFor } from '../../src/host/package-names.ts'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { prelude } from './scripts.ts'

/** Debian's names of all that checks and fixes ask for. */
const wanted = [
  ...['iproute2', 'dosfstools', 'libcap2-bin', 'mtools', 'qemu-utils', 'zstd', 'acl', 'kmod', 'nftables'],
  ...['procps', 'iptables', 'libelf-dev', 'gcc', 'make', 'flex', 'bison', 'bc', 'perl', 'git', 'libssl-dev'],
  ...['libc6-dev', 'curl', 'ca-certificates', 'gpg', 'gpgv'],
]

/** Debian has no apk: that of a checkout of apk-tools, 2.14 or 3, whose path this variable has. */
const apk = process.env.CHV_DOCTOR_TEST_APK
const whyNoApk = apk ? missing('openssl', 'busybox') : 'CHV_DOCTOR_TEST_APK is not set: Debian has no apk'

interface Case {
  readonly manager: PackageManager
  /** The program, where it has another name. */
  readonly program?: string
  readonly why: string | null
  /** What another one that is at work means: it is waited for, or the installation fails. */
  readonly locked: 'waits' | 'fails'
  /** What is said of a repository that does not answer, where fetching its lists is no error of its own. */
  readonly unreachable?: RegExp
}

const notReached = /could not be reached.*Try the address/

const cases: readonly Case[] = [
  {
    manager: 'apt',
    program: 'apt-get',
    why: missing('apt-get', 'dpkg-deb', 'gpg', 'python3'),
    locked: 'waits',
    unreachable: /lists .* do not name unreachable\. .*see whether each repository answers/,
  },
  { manager: 'dnf', why: missing('dnf', 'rpmbuild', 'rpmsign', 'createrepo_c', 'gpg'), locked: 'waits' },
  {
    manager: 'zypper',
    why: missing('zypper', 'rpmbuild', 'rpmsign', 'createrepo_c', 'gpg'),
    locked: 'waits',
  },
  { manager: 'pacman', why: missing('pacman', 'repo-add', 'bsdtar', 'gpg'), locked: 'fails' },
  { manager: 'apk', why: whyNoApk, locked: 'waits' },
]

describe.each(cases)('$manager', ({ manager, program = manager, why, locked, unreachable = notReached }) => {
  const reason = whyNoDisposableHost ?? why ?? missing('qemu-img')

  it.skipIf(reason)(
    `installs what the doctor asks for, and says what went wrong${because(reason)}`,
    async () => {
      const names = [...namesFor(manager, wanted)].sort()
      const { code, output } = await onDisposableHost(`${prelude()}. "$REPO/test/e2e/packages/run.sh"`, {
        MANAGER: manager,
        WANTED: wanted.join(' '),
        NAMES: names.join(' '),
        QEMU_NAME: namesFor(manager, ['qemu-utils'])[0] ?? '',
        ...(manager === 'apk' ? { APK: apk ?? '', BUSYBOX: '/bin/busybox' } : {}),
      })
      expect(code, output).toBe(0)
      const flat = (name: string) => section(output, name).replace(/\s+/g, ' ')

      expect(flat('before')).toContain('qemu-img was not found')
      expect(flat('before')).toContain(`from package ${namesFor(manager, ['qemu-utils'])[0]}`)
      expect(flat('install')).toMatch(/✓ tools qemu-utils .* exit code 0/)
      const installed = section(output, 'names').split('\n')
      expect(installed).toEqual(expect.arrayContaining(names))
      expect(flat('after')).toMatch(/ok qemu-utils qemu-img \d/)

      const failures: readonly (readonly [name: string, said: RegExp, cause: string])[] = [
        ['unknown', /do not name no-such-package\. .*Fetch the lists/, 'package-unknown'],
        ['unsigned', /no valid signature of a trusted key.*Do not switch the check off/, 'package-unsigned'],
        ['unreachable', unreachable, 'package-repository-unreachable'],
        ['unresolved', unreachable, 'package-repository-unreachable'],
      ]
      for (const [name, said, cause] of failures) {
        expect(flat(name), name).toMatch(said)
        expect(flat(name), name).toContain(`failed install-packages: ${program} ended with code`)
        expect(flat(name), name).toMatch(/exit code 5 ?$/)
        // The first answer; others are only what followed.
        const [first, ...others] = section(output, `${name} explained`).match(/^ {2}id .*$/gm) ?? []
        expect(first, name).toBe(`  id    ${cause} (likely)`)
        for (const other of others) expect(other, name).toContain(`after ${cause}`)
      }
      if (locked === 'waits') expect(flat('locked')).toMatch(/exit code 0 ?$/)
      else {
        expect(flat('locked')).toMatch(/holds the lock.*sudo rm \/var\/lib\/pacman\/db\.lck.*exit code 5 ?$/)
        expect(flat('locked explained')).toContain('id package-manager-locked')
      }
    },
  )
})

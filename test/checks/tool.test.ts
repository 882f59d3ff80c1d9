import { describe, expect, it } from 'vitest'
import { qemuUtils } from '../../checks/qemu-utils.ts'
import { toolCheck } from '../../checks/shared/tool.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { conclude } from '../helpers/conclude.ts'
import { dpkgFile, dpkgStatus, noManagers } from '../helpers/dpkg.ts'
import { type FakeHost, notPermitted } from '../helpers/fake-host.ts'

const saw = toolCheck({
  id: 'saw',
  title: 'saw cuts',
  commands: ['saw', 'saw.old'],
  trial: ['--version'],
  package: 'saws',
  version: /saw (\d[\w.]*)/,
})
/** The header of an ELF file. @param machine e_machine (elf.h): 62 is x86_64, 183 aarch64 */
const elfFor = (machine: number): Uint8Array => {
  const bytes = new Uint8Array(64)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  new DataView(bytes.buffer).setUint16(18, machine, true)
  return bytes
}

const installed = dpkgStatus('saws', 'install ok installed')
const call = '/usr/bin/saw --version'
const host = (
  trial: NonNullable<FakeHost['commands']>[string],
  status: string | null | Error = installed,
): FakeHost => ({
  programs: { saw: '/usr/bin/saw', 'saw.old': null },
  commands: { [call]: trial },
  files: { [dpkgFile]: status, '/usr/bin/saw': { bytes: elfFor(62) } },
})
const without = (status: string | null): FakeHost => ({
  programs: { saw: null, 'saw.old': null, ...noManagers },
  files: { [dpkgFile]: status },
})

describe('a check of a tool', () => {
  it.each<[string, FakeHost, string]>([
    ['its version', host('saw 4.2\n'), 'saw 4.2'],
    ['a version on standard error', host({ stderr: 'saw 4.2\n' }), 'saw 4.2'],
    ['its path when it tells no version', host('hello\n'), '/usr/bin/saw'],
    ['no word about packages where there is no dpkg', host('saw 4.2', null), 'saw 4.2'],
    [
      'an origin outside the packages',
      host('saw 4.2', 'Package: base\nStatus: install ok installed\n'),
      'saw 4.2, not from a package',
    ],
    [
      'a file that outlived its package',
      host('saw 4.2', dpkgStatus('saws', 'deinstall ok config-files')),
      'saw 4.2, not from a package',
    ],
    [
      'a package that only waits for a trigger',
      host('saw 4.2', dpkgStatus('saws', 'install ok triggers-pending')),
      'saw 4.2',
    ],
    ['a package on hold', host('saw 4.2', dpkgStatus('saws', 'hold ok installed')), 'saw 4.2'],
    [
      'a package that is marked for removal',
      host('saw 4.2', dpkgStatus('saws', 'deinstall ok installed')),
      'saw 4.2',
    ],
    [
      'the other name of the same program',
      {
        programs: { saw: null, 'saw.old': '/sbin/saw.old' },
        commands: { '/sbin/saw.old --version': 'saw 3' },
        files: { [dpkgFile]: installed },
      },
      'saw 3',
    ],
  ])('shows %s', async (_, table, found) => {
    expect(await conclude(saw, table)).toEqual({ status: 'ok', found })
  })

  it.each([
    ['pacman', 'qemu-img'],
    ['zypper', 'qemu-tools'],
    ['apk', 'qemu-img'],
  ])('names the package as %s does', async (manager, name) => {
    const found = await conclude(qemuUtils, {
      programs: { 'qemu-img': null, ...noManagers, [manager]: `/usr/bin/${manager}` },
      files: { [dpkgFile]: null },
    })
    expect(found).toMatchObject({
      expected: `qemu-img, from package ${name}`,
      // The fix knows the names itself.
      fix: { args: { packages: ['qemu-utils'] } },
    })
  })

  it.each<[string, string | null, string | null, string?]>([
    ['nothing more without dpkg', null, null],
    ['nothing more when dpkg knows nothing', 'Package: base\nStatus: install ok installed\n', 'absent'],
    // A stanza of a package whose name only begins so says nothing about this one.
    ['nothing from a similar package', dpkgStatus('saws-doc', 'deinstall ok config-files'), 'absent'],
    [
      'configuration left behind',
      dpkgStatus('saws', 'deinstall ok config-files'),
      'config-files',
      'saw was not found; saws is removed, only its configuration is left',
    ],
    [
      'half an installation',
      dpkgStatus('saws', 'install reinstreq half-installed'),
      'half-installed',
      'saw was not found; saws is half installed',
    ],
    [
      'a package without its file',
      installed,
      'installed',
      'saw was not found; saws is installed, the file is gone',
    ],
  ])('explains a missing command: %s', async (_, status, state, found = 'saw was not found') => {
    expect(await conclude(saw, without(status))).toEqual({
      status: 'fail',
      code: 'saw/missing',
      values: { command: 'saw', package: 'saws', state },
      found,
      expected: 'saw, from package saws',
      fix: { id: 'install-packages', args: { packages: ['saws'] } },
    })
  })

  it.each<[string, NonNullable<FakeHost['commands']>[string], string]>([
    [
      'a missing library',
      { code: 127, stderr: 'saw: error while loading shared libraries: libteeth.so.1\nmore\n' },
      'saw: error while loading shared libraries: libteeth.so.1',
    ],
    ['silence and a code', { code: 3 }, 'it ended with code 3'],
    ['a crash', { code: null, failure: { kind: 'signal', signal: 'SIGSEGV' } }, 'ended by SIGSEGV'],
    [
      'another machine’s binary',
      { code: null, failure: { kind: 'cannot-start', errno: 'ENOEXEC' } },
      'cannot be started (ENOEXEC)',
    ],
  ])('is not content with a file that does not run: %s', async (_, trial, why) => {
    expect(await conclude(saw, host(trial))).toMatchObject({
      status: 'fail',
      code: 'saw/does-not-run',
      values: { path: '/usr/bin/saw', reason: why },
      fix: { id: 'install-packages', args: { packages: ['saws'] } },
    })
  })

  // Seen with a broken qemu-img in /usr/local/bin before a good package: installing that changed nothing.
  it('offers no fix for a broken program that hides the one of the package', async () => {
    const table: FakeHost = {
      programs: { saw: '/usr/local/bin/saw', 'saw.old': null },
      commands: { '/usr/local/bin/saw --version': { code: 1, stderr: 'no teeth' } },
      files: { [dpkgFile]: installed, '/usr/local/bin/saw': '#!/bin/sh\n' },
    }
    const verdict = await conclude(saw, table)
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'saw/does-not-run',
      found: '/usr/local/bin/saw does not run: no teeth',
      hint: 'Remove or rename /usr/local/bin/saw, which hides the saw of the package: no installation replaces it.',
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  // Installing qemu-utils again brought no liburing.
  it.each([
    [
      'glibc',
      '/usr/bin/saw: error while loading shared libraries: libteeth.so.2: cannot open shared object file',
    ],
    [
      'musl',
      'Error loading shared library libteeth.so.2: No such file or directory (needed by /usr/bin/saw)',
    ],
  ])('offers no fix for a library that is missing, which is of another package: %s', async (_, stderr) => {
    const verdict = await conclude(saw, host({ code: 127, stderr }))
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'saw/does-not-run',
      hint: expect.stringContaining('dpkg -S libteeth.so.2'),
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  // A shell gets what the kernel refuses, and prints a line of the bytes.
  it.each([
    ['another architecture', { bytes: elfFor(183) }, 'it is a program for aarch64, and this host is x86_64'],
    ['no program', { text: '\u0001\u0002 garbage' }, 'it is neither a program nor a script'],
  ])('says what a file of %s is, not what a shell makes of it', async (_, file, reason) => {
    const table = host({ code: 127, stderr: '/usr/bin/saw: 1: \u007fELF\u0002\u0001: not found' })
    const verdict = await conclude(saw, { ...table, files: { ...table.files, '/usr/bin/saw': file } })
    expect(verdict).toMatchObject({ code: 'saw/does-not-run', values: { reason } })
  })

  it.each<[string, FakeHost]>([
    ['the tool does not answer in time', host({ code: null, failure: { kind: 'timed-out', limitMs: 5000 } })],
    ['the package database may not be read', host('saw 4.2', notPermitted(dpkgFile))],
  ])('does not call it missing when %s', async (_, table) => {
    await expect(conclude(saw, table)).rejects.toThrow(Undetermined)
  })
})

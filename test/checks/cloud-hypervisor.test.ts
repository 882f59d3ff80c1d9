import { describe, expect, it } from 'vitest'
import { cloudHypervisor } from '../../checks/cloud-hypervisor.ts'
import type { Config } from '../../src/config/keys.ts'
import { conclude, judgeFacts } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'

const path = '/opt/ch/cloud-hypervisor'
const beside = '/opt/ch/ch-remote'
const fix = { id: 'install-cloud-hypervisor', args: {} }
const noFile = { access: [] as const }
const program = { access: ['execute'] as const, text: '#!/bin/sh\n' }

type Answer = NonNullable<FakeHost['commands']>[string]

/** Configured by path: one place to look at. */
const verdictOf = async (file: object | null, answer: Answer = '') => {
  const host = { files: { [path]: file, [beside]: null }, commands: { [`${path} --version`]: answer } }
  return conclude(cloudHypervisor, host, configWith({ hypervisor: path }))
}

/** The same facts under a configuration that only gives a name: then the doctor may install one. */
const byName = async (answer: Answer) => {
  const host = fakeHost({
    files: { [path]: program, [beside]: null },
    commands: { [`${path} --version`]: answer },
  })
  const facts = await cloudHypervisor.probe(host, configWith({ hypervisor: path }))
  return judgeFacts(cloudHypervisor, facts)
}

describe('cloud-hypervisor', () => {
  it.each([
    ['cloud-hypervisor v53.0.0\nMigration Protocol Versions: 0\n', '53.0'],
    ['cloud-hypervisor v51.2-3-gabcdef0-dirty\n', '51.2'],
  ])('runs: %j', async (output, version) => {
    expect(await byName(output)).toEqual({ status: 'ok', found: `${version} at ${path}` })
  })

  it.each([
    ['too old for our command line', 'cloud-hypervisor v35.1\n', 'fail', 'too-old'],
    ['vulnerable, but it would boot', 'cloud-hypervisor v36.0-48-gaf06adfd\n', 'warn', 'vulnerable'],
    ['vulnerable, without image_type', 'cloud-hypervisor v50.0\n', 'warn', 'vulnerable'],
    ['vulnerable, the last one', 'cloud-hypervisor v51.1.0\n', 'warn', 'vulnerable'],
  ])('%s', async (_, output, status, name) => {
    const code = `cloud-hypervisor/${name}`
    const verdict = await byName(output)
    expect(verdict).toMatchObject({ status, code, values: { path, configured: false }, fix })
    // A path that the user chose is not for the doctor to replace.
    expect(await verdictOf(program, output)).not.toHaveProperty('fix')
    expect(await verdictOf(program, output)).toMatchObject({ status, code, hint: expect.any(String) })
  })

  it.each<[string, Answer, string]>([
    [
      'another architecture',
      { code: null, failure: { kind: 'cannot-start', errno: 'ENOEXEC' } },
      'cannot be started (ENOEXEC)',
    ],
    [
      'a capability that the bounding set lacks',
      { code: null, failure: { kind: 'cannot-start', errno: 'EPERM' } },
      'cannot be started (EPERM)',
    ],
    [
      'a C library that is too old',
      { code: 1, stderr: "ch: /lib/libc.so.6: version `GLIBC_2.39' not found\nmore\n" },
      "ch: /lib/libc.so.6: version `GLIBC_2.39' not found",
    ],
    ['silence', { code: 134 }, 'it ended with code 134'],
    ['an empty file, which a shell takes for a script', { code: 0, stdout: '' }, '--version prints nothing'],
    ['a crash', { code: null, failure: { kind: 'signal', signal: 'SIGSEGV' } }, 'ended by SIGSEGV'],
  ])('does not run: %s', async (_, answer, why) => {
    expect(await byName(answer)).toMatchObject({
      status: 'fail',
      code: 'cloud-hypervisor/does-not-run',
      values: { path, reason: why, configured: false },
      fix,
    })
  })

  it('is unknown when it does not answer in time', async () => {
    await expect(
      verdictOf(program, { code: null, failure: { kind: 'timed-out', limitMs: 10_000 } }),
    ).rejects.toThrow(`${path} --version timed out after 10 s`)
  })

  it('warns of a program that is something else', async () => {
    expect(await byName('QEMU emulator version 8.2.2\n')).toMatchObject({
      status: 'warn',
      code: 'cloud-hypervisor/unknown-version',
      values: { output: 'QEMU emulator version 8.2.2' },
    })
  })

  const mounts = '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n'
  /** The configured file, with what is mounted beside the root. */
  const onMounts = (file: object | null, more: string) => {
    const config = configWith({ hypervisor: path })
    const files = {
      [path]: file,
      '/proc/self/mountinfo': `${mounts}${more}`,
      [config.data_dir]: { real: config.data_dir },
    }
    return { files, config }
  }

  it('knows a file system that starts no programs', async () => {
    const { files, config } = onMounts(noFile, '30 27 0:9 / /opt rw,noexec - ext4 /dev/vdb rw\n')
    expect(await conclude(cloudHypervisor, { files }, config)).toMatchObject({
      status: 'fail',
      code: 'cloud-hypervisor/on-noexec',
      values: { path, point: '/opt' },
      hint: expect.stringContaining('remount,exec /opt'),
    })
  })

  it('installs none where it could not be started', () => {
    const facts = { binary: null, version: null, output: null, failure: null, noexec: '/home' }
    const verdict = judgeFacts(cloudHypervisor, facts)
    expect(verdict).toMatchObject({ status: 'fail', code: 'cloud-hypervisor/nowhere-to-install' })
    expect(verdict).not.toHaveProperty('fix')
  })

  it('tells "not executable" from "missing", and starts nothing', async () => {
    // No command is in these tables.
    const look = async (file: object | null) => {
      const { files, config } = onMounts(file, '')
      return conclude(cloudHypervisor, { files }, config)
    }
    expect(await look(noFile)).toMatchObject({
      status: 'fail',
      code: 'cloud-hypervisor/not-executable',
      hint: expect.stringContaining(`chmod +x ${path}`),
    })
    expect(await look({ ...program, info: { type: 'directory' } })).toMatchObject({
      status: 'fail',
      code: 'cloud-hypervisor/not-a-file',
      values: { path, type: 'directory' },
    })
    expect(await look(null)).toMatchObject({
      status: 'fail',
      code: 'cloud-hypervisor/configured-file-missing',
      values: { path },
    })
    expect(await look(null)).not.toHaveProperty('fix')
  })

  it('installs one where a name was looked for in vain', () => {
    const facts = { binary: null, version: null, output: null, failure: null, remote: null }
    expect(judgeFacts(cloudHypervisor, facts)).toMatchObject({
      status: 'fail',
      code: 'cloud-hypervisor/missing',
      values: { name: 'cloud-hypervisor' },
      fix,
    })
  })

  describe('ch-remote', () => {
    const own = '/home/sky/.local/share/chv-doctor/bin'
    const url = { hypervisor_url: 'https://example.org/ch' }
    /** What is found with a binary of 53.0 in a directory, and this beside it. */
    const look = (directory: string, remote: Answer | null, changes: Partial<Config> = {}) =>
      conclude(
        cloudHypervisor,
        {
          files: {
            [`${directory}/cloud-hypervisor`]: program,
            [`${directory}/ch-remote`]: remote === null ? null : program,
          },
          programs: { 'cloud-hypervisor': null, 'cloud-hypervisor-static': null },
          commands: {
            [`${directory}/cloud-hypervisor --version`]: 'cloud-hypervisor v53.0.0\n',
            [`${directory}/ch-remote --version`]: remote ?? '',
          },
        },
        configWith({
          ...(directory === own ? {} : { hypervisor: `${directory}/cloud-hypervisor` }),
          ...changes,
        }),
      )

    it('of the same release is fine, and none at all where the fix did not install the binary', async () => {
      for (const directory of [own, '/opt/ch'])
        expect(await look(directory, 'ch-remote v53.0\n')).toMatchObject({ status: 'ok' })
      expect(await look('/opt/ch', null)).toMatchObject({ status: 'ok' })
      // Nothing says where that of a release of your own is.
      expect(await look(own, null, url)).toMatchObject({ status: 'ok' })
    })

    it('is missed beside the binary that the fix installed', async () => {
      const missing = {
        status: 'warn',
        code: 'cloud-hypervisor/remote-missing',
        values: { path: `${own}/ch-remote` },
        fix,
      }
      expect(await look(own, null)).toMatchObject(missing)
      expect(await look(own, null, { ...url, ch_remote_url: 'https://example.org/r' })).toMatchObject(missing)
    })

    it.each<[Answer, string | null]>([
      ['ch-remote v52.0\n', '52.0.0'],
      ['error\n', null],
      [{ code: null, failure: { kind: 'cannot-start', errno: 'ENOEXEC' } }, null],
    ])('of another release or none does not fit: %j', async (answer, version) => {
      const code = 'cloud-hypervisor/remote-other-release'
      const values = { version, wanted: '53.0.0' }
      expect(await look(own, answer)).toMatchObject({ status: 'warn', code, values, fix })
      const foreign = await look('/opt/ch', answer)
      expect(foreign).toMatchObject({
        status: 'warn',
        code,
        values,
        hint: expect.stringContaining('Replace it'),
      })
      expect(foreign).not.toHaveProperty('fix')
    })

    it('is not judged by facts that were recorded before it was looked at', () => {
      const binary = { path, real: path, executable: true, type: 'file' }
      const facts = { binary, version: '53.0.0', output: 'cloud-hypervisor v53.0', failure: null }
      expect(judgeFacts(cloudHypervisor, facts as never)).toMatchObject({ status: 'ok' })
    })
  })
})

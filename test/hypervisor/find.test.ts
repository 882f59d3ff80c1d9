import { describe, expect, it } from 'vitest'
import { findHypervisor, ownBinary } from '../../src/hypervisor/find.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, fakeHost, notPermitted } from '../helpers/fake-host.ts'

const own = ownBinary(configWith())
const inPath = '/opt/bin/cloud-hypervisor'
const release = '/home/sky/cloud-hypervisor/target/release/cloud-hypervisor'
const program: FakeFile = { access: ['execute'] }

/** Every place where it is looked for, all empty. */
const nowhere: Record<string, null> = Object.fromEntries(
  [
    own,
    '/usr/local/bin/cloud-hypervisor',
    '/usr/bin/cloud-hypervisor',
    '/opt/cloud-hypervisor/bin/cloud-hypervisor',
    '/home/sky/.local/bin/cloud-hypervisor',
    '/home/sky/.cargo/bin/cloud-hypervisor',
    release,
    '/home/sky/cloud-hypervisor/target/x86_64-unknown-linux-musl/release/cloud-hypervisor',
  ].map((path) => [path, null]),
)

const find = (
  files: Record<string, FakeFile | Error | null>,
  programs: Record<string, string | null> = {},
  hypervisor = 'cloud-hypervisor',
) =>
  findHypervisor(
    fakeHost({
      files: { ...nowhere, ...files },
      programs: { 'cloud-hypervisor': null, 'cloud-hypervisor-static': null, ...programs },
    }),
    configWith({ hypervisor }),
  )

describe('findHypervisor', () => {
  it('finds nothing on a bare host', async () => expect(await find({})).toBeNull())

  it.each([
    ['in PATH', { [inPath]: program }, { 'cloud-hypervisor': inPath }, inPath],
    [
      'under the name of the release asset',
      { '/opt/bin/cloud-hypervisor-static': program },
      { 'cloud-hypervisor-static': '/opt/bin/cloud-hypervisor-static' },
      '/opt/bin/cloud-hypervisor-static',
    ],
    ['where cargo builds it', { [release]: program }, {}, release],
    // Otherwise the fix for an old one in PATH would not help.
    [
      'where the doctor put it, before PATH',
      { [own]: program, [inPath]: program },
      { 'cloud-hypervisor': inPath },
      own,
    ],
    // `curl -o` without chmod; PATH search does not see such a file at all.
    [
      'not executable: reported as it is',
      { '/usr/local/bin/cloud-hypervisor': {} },
      {},
      '/usr/local/bin/cloud-hypervisor',
    ],
    [
      'not executable, but another one is',
      { '/usr/local/bin/cloud-hypervisor': {}, [release]: program },
      {},
      release,
    ],
  ])('%s', async (_, files, programs, path) => {
    const found = await find(files, programs)
    expect(found?.path).toBe(path)
    expect(found?.executable).toBe(files[path as keyof typeof files] === program)
  })

  it('names the file behind a link', async () => {
    const real = '/srv/ch/v53'
    expect(await find({ [inPath]: { ...program, real } }, { 'cloud-hypervisor': inPath })).toMatchObject({
      path: inPath,
      real,
    })
  })

  it('looks at a configured path alone', async () => {
    expect(await find({ '/x/ch': null, [own]: program }, {}, '/x/ch')).toBeNull()
    expect(await find({ '/x/ch': program, [own]: program }, {}, '/x/ch')).toMatchObject({ path: '/x/ch' })
  })

  it('does not take a directory for a program, although directories have the x mode', async () => {
    const directory = { ...program, info: { type: 'directory' } } as const
    expect(await find({ '/x/ch': directory }, {}, '/x/ch')).toMatchObject({
      executable: false,
      type: 'directory',
    })
  })

  it('is unknown behind a closed directory, unless one was found before it', async () => {
    const closed = { [release]: notPermitted(release) }
    await expect(find(closed)).rejects.toThrow('not permitted')
    expect(await find({ ...closed, [inPath]: program }, { 'cloud-hypervisor': inPath })).toMatchObject({
      path: inPath,
    })
  })
})

/** The real host: absence is an answer, a closed door is not. */

import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHost } from '../../src/host/host.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { bundled } from '../helpers/bundled.ts'
import { sky } from '../helpers/fake-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const hostWith = (env: NodeJS.ProcessEnv = process.env) => {
  const host = createHost(sky, env, 10_000, new AbortController().signal)
  onTestFinished(() => host.close())
  return host
}

describe('looking at what is not there', () => {
  const looks = ['readText', 'stat', 'linkTarget', 'realPath', 'list'] as const
  it.each(looks)('%s answers null', async (look) => {
    const directory = scratch()
    writeFileSync(`${directory}/file`, '')
    const host = hostWith()
    expect(await host[look](`${directory}/missing`)).toBeNull()
    expect(await host[look](`${directory}/missing/below`)).toBeNull()
    // A file where a directory should be: there is nothing below it either.
    expect(await host[look](`${directory}/file/below`)).toBeNull()
  })

  it.each(looks)('%s answers null where the kernel has no such file, and in /etc', async (look) => {
    const host = hostWith()
    for (const path of ['/proc/self/none', '/sys/none', '/etc/passwd/none', '/etc/chv-doctor-none/below'])
      expect(await host[look](path)).toBeNull()
  })

  it('nor behind a link', async () => {
    const directory = scratch()
    symlinkSync(`${directory}/gone`, `${directory}/link`)
    const host = hostWith()
    expect(await host.stat(`${directory}/link`)).toBeNull()
    expect(await host.realPath(`${directory}/link`)).toBeNull()
    expect(await host.linkTarget(`${directory}/link`)).toBe(`${directory}/gone`)
  })

  it.each(looks)('%s is undetermined after any other trouble', async (look) => {
    // ENAMETOOLONG: no kernel lets even root look here.
    const host = hostWith()
    for (const directory of ['', '/etc'])
      await expect(host[look](`${directory}/${'x'.repeat(300)}`)).rejects.toThrow(Undetermined)
  })

  it.each(['/dev/null', '/etc', '/proc/self', '/proc/self/task'])('%s is no text', async (path) => {
    await expect(hostWith().readText(path)).rejects.toThrow(/is not a regular file|is a directory/)
  })

  it('is undetermined behind a closed door, for an ordinary user', () => {
    const directory = scratch()
    chmodSync(directory, 0o755)
    mkdirSync(`${directory}/closed`)
    writeFileSync(`${directory}/closed/file`, '')
    writeFileSync(`${directory}/secret`, '')
    const asRoot = process.getuid?.() === 0
    const file = bundled(`
      import { createHost } from './src/host/host.ts'
      import { Undetermined } from './src/util/errors.ts'
      const user = { uid: 1, gid: 1, name: 'x', home: '/', groups: [], viaSudo: false }
      const host = createHost(user, process.env, 10_000, new AbortController().signal)
      const tell = (promise) => promise.then(String, (e) => (e instanceof Undetermined ? 'undetermined: ' : 'other: ') + e.message)
      const inside = process.argv[2] + '/closed/file'
      const looks = [host.stat(inside), host.readText(inside), host.realPath(inside), host.list(process.argv[2] + '/closed'),
        host.readText(process.argv[2] + '/secret'), host.canAccess(inside, 'read')]
      Promise.all(looks.map(tell)).then((lines) => { process.stdout.write(JSON.stringify(lines)); host.close() })
    `)
    chmodSync(`${directory}/closed`, 0)
    chmodSync(`${directory}/secret`, 0)
    const output = execFileSync(process.execPath, [file, directory], {
      encoding: 'utf8',
      ...(asRoot ? { uid: 65534, gid: 65534 } : {}),
    })
    chmodSync(`${directory}/closed`, 0o755)
    const closed = (path: string) => `undetermined: not permitted to look at ${directory}/${path}`
    expect(JSON.parse(output)).toEqual([
      closed('closed/file'),
      closed('closed/file'),
      closed('closed/file'),
      closed('closed'),
      closed('secret'),
      'false',
    ])
  })
})

describe('which', () => {
  it.skipIf(missing('ldconfig'))(
    `finds what is in sbin without a PATH that names it${because(missing('ldconfig'))}`,
    async () => {
      const path = await hostWith({ PATH: '/nonexistent' }).which('ldconfig')
      expect(path).toMatch(/^\/(usr\/)?sbin\/ldconfig$/)
    },
  )

  it('prefers PATH, in its order, and takes only what can be executed', async () => {
    const directory = scratch()
    for (const [name, mode] of [
      ['first', 0o644],
      ['second', 0o755],
      ['third', 0o755],
    ] as const) {
      mkdirSync(`${directory}/${name}`)
      writeFileSync(`${directory}/${name}/ip`, '#!/bin/sh\n', { mode })
    }
    const host = hostWith({ PATH: `${directory}/first:${directory}/second:${directory}/third` })
    expect(await host.which('ip')).toBe(`${directory}/second/ip`)
    expect(await host.which('chv-doctor-no-such-command')).toBeNull()
  })

  it('never looks in the present directory, which an empty or relative PATH means', async () => {
    expect(await hostWith({ PATH: ':.:bin' }).which('package.json')).toBeNull()
    expect(await hostWith({}).which('sh')).toMatch(/^\//)
  })
})

describe('hashPassword', () => {
  it.each(['hash=*0', 'hash=', 'hash=saJ1q5.mXpQ2k', ''])('is null for an answer like %j', async (answer) => {
    const directory = scratch()
    writeFileSync(`${directory}/perl`, `#!/bin/sh\nwhile read -r _; do echo '${answer}'; done\n`, {
      mode: 0o755,
    })
    expect(await hostWith({ PATH: directory }).hashPassword('secret', 'salt')).toBeNull()
  })

  const why = missing('perl') && missing('python3') && missing('openssl')
  it.skipIf(why)(`is a hash by SHA-512 here${because(why)}`, async () => {
    expect(await hostWith().hashPassword('secret', 'salt')).toMatch(/^\$6\$salt\$[./0-9A-Za-z]{86}$/)
  })
})

it('measures the file system of a directory that is not there yet', async () => {
  const directory = scratch()
  const host = hostWith()
  expect(await host.freeBytes(`${directory}/not/yet`)).toBeGreaterThan(0)
})

it('reads a part of a file, short at its end', async () => {
  const file = `${scratch()}/file`
  writeFileSync(file, '0123456789')
  const part = async (offset: number, length: number) =>
    Buffer.from((await hostWith().readBytes(file, offset, length)) ?? []).toString()
  expect([await part(2, 3), await part(8, 5), await part(20, 5)]).toEqual(['234', '89', ''])
})

it('ends a perl that hangs on a TAP when it is closed', async () => {
  const directory = scratch()
  // Answers nothing, and takes no frame: the check that waits for it misses its deadline.
  writeFileSync(`${directory}/perl`, `#!/bin/sh\necho $$ > ${directory}/pid\nexec sleep 1000\n`)
  chmodSync(`${directory}/perl`, 0o755)
  const host = createHost(sky, { PATH: `${directory}:/usr/bin:/bin` }, 10_000, new AbortController().signal)
  await host.openTap('vm-tap0', { ready: () => {}, frame: () => {}, failed: () => {} })
  await expect
    .poll(() => existsSync(`${directory}/pid`) && readFileSync(`${directory}/pid`, 'utf8') !== '')
    .toBe(true)
  const pid = readFileSync(`${directory}/pid`, 'utf8').trim()
  host.close()
  await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false)
})

it('does not start a program of another architecture even once', async () => {
  const directory = scratch()
  const marker = `${directory}/started`
  // Under its header a script, which is what the C library makes of it.
  const bytes = Buffer.alloc(64, 0x0a)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  bytes.writeUInt16LE(process.arch === 'arm64' ? 62 : 183, 18)
  const path = `${directory}/qemu-img`
  writeFileSync(path, Buffer.concat([bytes, Buffer.from(`\n: > ${marker}\n`)]), { mode: 0o755 })
  const host = createHost(sky, { PATH: `${directory}:/usr/bin:/bin` }, 10_000, new AbortController().signal)
  for (const program of ['qemu-img', path])
    expect(await host.run([program, '--version'])).toMatchObject({ code: null, failure: { kind: 'foreign' } })
  expect(existsSync(marker)).toBe(false)
})

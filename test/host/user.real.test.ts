import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsePasswd, parseProcStatus } from '../../src/host/user.ts'
import { bundled } from '../helpers/bundled.ts'
import { scratch } from '../helpers/scratch.ts'

describe('parsePasswd', () => {
  it('passes over what is malformed', () => {
    const text = `root:x:0:0:root:/root:/bin/bash
sky:x:1000:1001:Sky,,,:/home/sky:/bin/sh
# a comment
+::::::
short:x:1
homeless:x:5:5:::
nobody:*:65534:65534:nobody:/nonexistent:/usr/sbin/nologin`
    expect(parsePasswd(text)).toEqual([
      { name: 'root', uid: 0, gid: 0, home: '/root' },
      { name: 'sky', uid: 1000, gid: 1001, home: '/home/sky' },
      { name: 'nobody', uid: 65534, gid: 65534, home: '/nonexistent' },
    ])
  })
})

describe('parseProcStatus', () => {
  it('takes the real uid, not the effective one', () => {
    const text = 'Name:\tsudo\nPid:\t7\nPPid:\t42\nUid:\t1000\t0\t0\t0\nGroups:\t1000 104 \nVmPeak:\t1 kB\n'
    expect(parseProcStatus(text)).toEqual({ uid: 1000, parent: 42, groups: [1000, 104] })
  })
  it('reads a process without groups', () => {
    expect(parseProcStatus('Uid:\t5\t5\t5\t5\nGroups:\t \nNStgid:\t884\n').groups).toEqual([])
  })
  it('ends the search at a process that is gone', () => {
    expect(parseProcStatus('')).toMatchObject({ parent: 0, groups: [] })
  })
  it('reads this process', () => {
    const { uid, parent, groups } = parseProcStatus(readFileSync('/proc/self/status', 'utf8'))
    expect([uid, parent]).toEqual([process.getuid?.(), process.ppid])
    // Node adds the effective group where the kernel does not list it.
    const all = new Set([...groups, process.getegid?.()])
    expect(all).toEqual(new Set(process.getgroups?.()))
  })
})

const program = `
import { dropPrivileges } from './src/host/user.ts'
const user = dropPrivileges(process.env)
let wayBack = true
try { process.setuid(0); wayBack = process.getuid() === 0 } catch { wayBack = false }
const { HOME, USER, LOGNAME } = process.env
process.stdout.write(JSON.stringify({ user, env: { HOME, USER, LOGNAME }, wayBack }))
`
interface Seen {
  readonly user: { uid: number; gid: number; name: string; home: string; groups: number[]; viaSudo: boolean }
  readonly env: Readonly<Record<string, string>>
  readonly wayBack: boolean
}

const account = parsePasswd(readFileSync('/etc/passwd', 'utf8')).find(({ uid }) => uid > 0)
const why =
  process.getuid?.() !== 0
    ? ' (skipped: needs root)'
    : account === undefined
      ? ' (skipped: there is nobody but root)'
      : spawnSync('sh', ['-c', 'setpriv --ruid 0 --clear-groups perl -e 1']).status !== 0
        ? ' (skipped: needs perl and setpriv)'
        : ''

/** Becomes a user in its real uid and groups, as the shell that sudo was called from, then starts a root again. */
const session = `
  my ($uid, $groups, @command) = @ARGV;
  $) = $groups; $< = $uid;
  exit(system('setpriv', '--ruid', '0', '--regid', '0', '--clear-groups', @command) >> 8);
`

describe.skipIf(why)(`dropPrivileges${why}`, () => {
  const { uid, gid, name, home } = account ?? { uid: -1, gid: -1, name: '', home: '' }
  const node = (env: Readonly<Record<string, string>>, before: readonly string[] = [], as?: number): Seen => {
    const [command = '', ...args] = [...before, process.execPath, bundled(program)]
    return JSON.parse(
      execFileSync(command, args, {
        env: { PATH: process.env.PATH, HOME: '/root', USER: 'root', LOGNAME: 'root', ...env },
        ...(as === undefined ? {} : { uid: as, gid: as }),
        encoding: 'utf8',
      }),
    )
  }
  const sudo = { SUDO_UID: String(uid), SUDO_USER: name }

  it('becomes the user behind sudo, for good', () => {
    const { user, env, wayBack } = node(sudo)
    expect(user).toMatchObject({ uid, gid, name, home, viaSudo: true })
    expect(env).toEqual({ HOME: home, USER: name, LOGNAME: name })
    expect(wayBack).toBe(false)
  })

  it('has the groups of the session, not those that were granted after its login', () => {
    const before = ['perl', '-e', session, String(uid), `${gid} ${gid} 4242`]
    const { user } = node(sudo, before)
    expect(user.uid).toBe(uid)
    expect([...new Set(user.groups)].sort((a, b) => a - b)).toEqual([gid, 4242].sort((a, b) => a - b))
  })

  it('takes the groups from the database where no session of the user is to be seen', () => {
    const expected = execFileSync('id', ['-G', name], { encoding: 'utf8' }).trim().split(' ').map(Number)
    expect([...new Set(node(sudo).user.groups)].sort()).toEqual([...new Set(expected)].sort())
  })

  it('finds the account of a directory service, which is in no file', () => {
    const service = `${scratch()}/getent`
    writeFileSync(service, "#!/bin/sh\necho 'ldap-user:*:61234:61234::/nonexistent:/bin/sh'\n", {
      mode: 0o755,
    })
    const mount = 'mount --bind "$0" /usr/bin/getent && exec "$@"'
    const { user } = node({ SUDO_UID: '61234' }, ['unshare', '--mount', 'sh', '-c', mount, service])
    expect(user).toMatchObject({ uid: 61234, gid: 61234, name: 'ldap-user', viaSudo: true })
  })

  it.each([
    ['root itself', {}],
    ['sudo of root', { SUDO_UID: '0' }],
    ['an empty word', { SUDO_UID: '' }],
  ])('stays root: %s', (_, env) => {
    expect(node(env)).toMatchObject({ user: { uid: 0, name: 'root', viaSudo: false }, wayBack: true })
  })

  it.each(['3999999', 'sky', '-1', '1e3'])('refuses to stay root for SUDO_UID=%s', (SUDO_UID) => {
    expect(() => node({ SUDO_UID })).toThrow(`SUDO_UID is ${SUDO_UID}, and this host has no such user`)
  })

  it('believes no SUDO_UID of somebody who is not root', () => {
    const nobody = 65534
    expect(node({ SUDO_UID: String(uid), HOME: '/tmp' }, [], nobody)).toMatchObject({
      user: { uid: nobody, home: '/tmp', viaSudo: false },
      wayBack: false,
    })
  })

  it('takes the home from the accounts when the environment has none to go by', () => {
    expect(node({ HOME: 'relative' }).user.home).toBe('/root')
  })
})

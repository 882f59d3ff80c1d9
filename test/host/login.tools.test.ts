import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Login, logIn, loginCommand } from '../../src/host/login.ts'
import { scratch } from '../helpers/scratch.ts'

const login = (changes: Partial<Login> = {}): Login => ({
  key: { ssh: '/usr/bin/ssh', identity: '/home/sky/.ssh/id_ed25519', agent: false },
  ...{
    user: 'cloud',
    address: '192.168.249.2',
    script: 'echo',
    args: ['12:34:56:78:90:ab', '-', 'fe80::1%eth0'],
  },
  ...changes,
})

/** Something in the place of ssh. */
const acting = (script: string): Login => {
  const ssh = `${scratch()}/ssh`
  writeFileSync(ssh, `#!/bin/sh\n${script}\n`)
  chmodSync(ssh, 0o755)
  return login({ key: { ssh, identity: null, agent: false } })
}

const never = new AbortController().signal

describe('loginCommand', () => {
  it('reads no configuration, asks nobody, and uses the one key', () => {
    const command = loginCommand(login())
    expect(command.slice(1, 6)).toEqual(['-F', '/dev/null', '-T', '-a', '-x'])
    for (const option of [
      'BatchMode=yes',
      'UserKnownHostsFile=/dev/null',
      'IdentityAgent=none',
      'IdentitiesOnly=yes',
    ])
      expect(command).toContain(option)
    const end = ['-l', 'cloud', '192.168.249.2', 'sh', '-s', '--', '12:34:56:78:90:ab', '-', 'fe80::1%eth0']
    expect(command.slice(command.indexOf('-i'))).toEqual(['-i', '/home/sky/.ssh/id_ed25519', ...end])
  })
  it('leaves the choice to the agent where no file is known', () => {
    const command = loginCommand(login({ key: { ssh: 'ssh', identity: null, agent: true } }))
    for (const option of ['IdentityAgent=none', 'IdentitiesOnly=yes', '-i'])
      expect(command).not.toContain(option)
  })
  it.each(['a b', '$(id)', ';id', '`id`', "'", '', 'a\nb'])(
    'refuses %j, which a shell would take for more',
    (word) => {
      expect(() => loginCommand(login({ args: [word] }))).toThrow('is no plain word')
    },
  )
})

describe('logIn', () => {
  it('hands over the script and gives back what it prints', async () => {
    const answer = await logIn({ ...acting('exec cat'), script: 'id -un\n' }, never)
    expect(answer).toEqual({ kind: 'in', stdout: 'id -un\n' })
  })
  it('is content with a server that does not read the script', async () => {
    const answer = await logIn({ ...acting('exit 0'), script: '#'.repeat(1_000_000) }, never)
    expect(answer).toEqual({ kind: 'in', stdout: '' })
  })
  it.each<[script: string, kind: string, said: string]>([
    [
      'echo "cloud@x: Permission denied (publickey)." >&2; exit 255',
      'denied',
      'cloud@x: Permission denied (publickey).',
    ],
    ['echo "sh: x: Permission denied" >&2; exit 126', 'failed', 'sh: x: Permission denied'],
    ["printf 'Warning: Permanently added x\\r\\n' >&2; exit 255", 'failed', 'ended with 255'],
    ['echo one; echo "not available."; exit 1', 'failed', 'not available.'],
    ['kill -9 $$', 'failed', 'ended by SIGKILL'],
  ])('%s: %s', async (script, kind, said) =>
    expect(await logIn(acting(script), never)).toEqual({ kind, said }),
  )
  it('ends at once when it is told to', async () => {
    const over = new AbortController()
    const mark = `${scratch()}/mark`
    const answer = logIn(acting(`echo $$ > ${mark}; exec sleep 1000`), over.signal)
    while (!existsSync(mark)) await new Promise((resolve) => setTimeout(resolve, 10))
    over.abort()
    expect(await answer).toMatchObject({ kind: 'failed' })
  })
})

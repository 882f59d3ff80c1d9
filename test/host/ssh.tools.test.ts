/** The command line of ssh, as the real ssh and a real shell read it. */
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type SshSession, sshCommand, whyNoServer } from '../../src/host/ssh.ts'
import { run } from '../helpers/images.ts'
import { because, missing } from '../helpers/needs.ts'

const session = (changes: Partial<SshSession> = {}): SshSession => ({
  key: { ssh: '/usr/bin/ssh', identity: '/home/sky/.ssh/id_ed25519', agent: false },
  user: 'cloud',
  address: '192.168.249.2',
  knownHosts: '/home/sky/known_hosts/guest-1',
  alias: 'guest-1',
  words: [],
  mayPrompt: false,
  terminal: false,
  ...changes,
})

const noSsh = missing('ssh')

describe('sshCommand', () => {
  it('reads no configuration, and believes one host key per guest', () => {
    const command = sshCommand(session())
    expect(command.slice(1, 5)).toEqual(['-F', '/dev/null', '-a', '-x'])
    for (const option of [
      'BatchMode=yes',
      'StrictHostKeyChecking=accept-new',
      'HostKeyAlias=guest-1',
      'UserKnownHostsFile="/home/sky/known_hosts/guest-1"',
      'IdentityAgent=none',
    ])
      expect(command).toContain(option)
    expect(command.slice(-3)).toEqual(['-l', 'cloud', '192.168.249.2'])
  })

  it('lets ssh ask, and gives a command a terminal, only where told', () => {
    expect(sshCommand(session({ mayPrompt: true }))).toContain('BatchMode=no')
    expect(sshCommand(session())).not.toContain('-t')
    expect(sshCommand(session({ terminal: true, words: ['top'] }))).toContain('-t')
  })

  it.skipIf(noSsh)(`names the file so that ssh finds it, whatever is in its name${because(noSsh)}`, () => {
    for (const knownHosts of ['/a b/k', '/100%h/k', '/~/k', '/q"q/k', '/b\\s/k', '/$HOME/k', "/it's/k"]) {
      const [program, ...args] = sshCommand(session({ knownHosts }))
      const said = run(program, ['-G', ...args])
      const value = /^userknownhostsfile (.*)$/m.exec(said)?.[1]
      // ssh -G shows the value before its tokens are expanded.
      expect(value?.replaceAll('%%', '%')).toBe(knownHosts)
    }
  })

  it('hands over each word as it is', () => {
    const words = [
      'printf',
      '[%s]',
      'a b',
      '',
      "it's",
      '$(id)',
      '`id`',
      ';',
      '-n',
      'x\ny',
      '*',
      '"',
      '\\',
      '~',
    ]
    const [remote] = sshCommand(session({ words })).slice(-1)
    expect(run('sh', ['-c', remote ?? ''])).toBe('[a b][][it\'s][$(id)][`id`][;][-n][x\ny][*]["][\\][~]')
  })
})

describe('whyNoServer', () => {
  it('tells a server from none', async () => {
    const server = createServer()
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      }),
    )
    onTestFinished(() => void server.close())
    expect(await whyNoServer('127.0.0.1', port, 1000)).toBeNull()
    await new Promise((resolve) => server.close(resolve))
    expect(await whyNoServer('127.0.0.1', port, 1000)).toBe('ECONNREFUSED')
  })
})

/** `--debug` on the real program: what was asked of the host, and nothing that is secret. */
import { describe, expect, it } from 'vitest'
import { reportQuestions } from '../../src/host/debug.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { fakeHost } from '../helpers/fake-host.ts'
import { runCli } from '../helpers/run-cli.ts'

const line = /^debug: +\d+\.\d ms {2}\w+.*: .+$/

describe('--debug', () => {
  it.each([
    ['the flag', ['--debug'], {}],
    ['the variable', [], { CHV_DOCTOR_DEBUG: '1' }],
  ])(
    'by %s: one line a question on standard error, the report alone on standard output',
    async (_, flags, env) => {
      const run = await runCli(['check', 'platform', 'host-kernel', '--json', ...flags], { env })
      expect(JSON.parse(run.stdout)).toHaveProperty('results')
      const lines = run.stderr.trim().split('\n')
      expect(lines.length).toBeGreaterThan(1)
      for (const one of lines) expect(one).toMatch(line)
      expect(run.stderr).toMatch(/readText \/etc\/os-release: \d+ characters/)
    },
  )

  it.each([{}, { CHV_DOCTOR_DEBUG: '' }, { CHV_DOCTOR_DEBUG: '0' }])(
    'is off by default and with %j',
    async (env) => {
      const run = await runCli(['check', 'platform'], { env })
      expect(run.stderr).toBe('')
    },
  )
})

describe('reportQuestions', () => {
  const password = 'correct horse battery'
  const ask = async (use: (host: ReturnType<typeof fakeHost>) => Promise<unknown>) => {
    const lines: string[] = []
    const host = reportQuestions(
      fakeHost({
        files: { '/home/sky/.ssh/id.pub': 'ssh-ed25519 SECRETKEY', '/proc/sys/net/ipv4/ip_forward': '1\n' },
        commands: { [`tool ${password} https://me:token@example.org/x`]: { stdout: 'SECRETOUTPUT' } },
        hashes: true,
      }),
      [password],
      (one) => lines.push(one),
    )
    await use(host).catch(() => null)
    return lines.join('\n')
  }

  it('answers the same', async () => {
    const host = reportQuestions(fakeHost({ files: { '/x': 'text', '/nope': null } }), [], () => {})
    expect(await host.readText('/x')).toBe('text')
    expect(await host.readText('/nope')).toBeNull()
  })

  it('gives sizes of files and output, and settings of the kernel as they are', async () => {
    expect(await ask((host) => host.readText('/home/sky/.ssh/id.pub'))).toMatch(/id\.pub: 21 characters$/)
    expect(await ask((host) => host.readText('/proc/sys/net/ipv4/ip_forward'))).toMatch(/ip_forward: "1"$/)
  })

  it('shows no password, credential or output', async () => {
    const text = await ask((host) => host.run(['tool', password, 'https://me:token@example.org/x']))
    expect(text).toContain('run tool *** https://***@example.org/x: code 0, 12 characters')
    expect(text).not.toMatch(/SECRET|horse|token/)
    const hash = await ask(async (host) => host.hashPassword(password, 'saltsalt'))
    expect(hash).not.toMatch(/horse|saltsalt|\$6\$/)
    expect(hash).toContain('hashPassword: ')
  })

  it('shows what could not be answered, and throws the same', async () => {
    const lines: string[] = []
    const failing = {
      ...fakeHost({}),
      readText: async () => Promise.reject(new Undetermined('not permitted')),
    }
    const host = reportQuestions(failing, [], (one) => lines.push(one))
    await expect(host.readText('/secret')).rejects.toThrow('not permitted')
    expect(lines[0]).toMatch(/readText \/secret: error: not permitted$/)
  })
})

/** Names of members of every JavaScript object are names like any other, and unknown where they are not ours. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/run-cli.ts'

const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty']

let home: string
beforeAll(() => {
  home = mkdtempSync(`${tmpdir()}/chv-words-`)
})
afterAll(() => rmSync(home, { recursive: true }))

const refusal = async (args: readonly string[], env: Record<string, string> = {}): Promise<string> => {
  const { code, stderr } = await runCli(args, { home, env })
  expect([code, stderr.trim().split('\n').length], stderr).toEqual([2, 1])
  return stderr
}

describe.each(words)('%s', (word) => {
  it.each([
    ['a command', [word]],
    ['a check', ['check', word]],
    ['--only', ['check', '--only', word]],
    ['--skip', ['check', '--skip', word]],
    ['--group', ['check', '--group', word]],
    ['a fix', ['fix', word, '--yes']],
    ['what to explain', ['explain', word]],
    ['a list', ['list', word]],
    ['a flag', ['check', `--${word}`]],
    ['a flag with a value', ['check', `--${word}=x`]],
    ['a format', ['check', '--format', word]],
    ['a key', ['check', '--set', `${word}=1`]],
    ['a check that boot skips', ['boot', '--print', '--set', 'boot=kernel', '--set', `${word}=x`]],
    ['an image', ['check', '--set', `image=${word}`]],
  ])('is unknown as %s', async (_, args) => {
    expect(await refusal(args)).toContain(word)
  })

  it('is unknown as a variable and as a key of a file', async () => {
    const variable = `CHV_DOCTOR_${word.toUpperCase()}`
    expect(await refusal(['check'], { [variable]: '1' })).toContain(variable)
    writeFileSync(`${home}/c.yaml`, `${word}: 1\n`)
    expect(await refusal(['check', '--config', 'c.yaml'])).toContain(`unknown key "${word}"`)
  })

  it('is no check that may be ignored', async () => {
    writeFileSync(`${home}/c.yaml`, `ignore: { ${word}: reason }\n`)
    expect(await refusal(['check', '--config', 'c.yaml'])).toContain(word)
  })
})

describe('a facts file of the wrong shape', () => {
  const facts = (changes: object) =>
    JSON.stringify({ schema: 'chv-doctor/facts/1', version: '1', config: {}, observations: {}, ...changes })
  it.each([
    ['no object', '[]', 'not a facts file'],
    ['null', 'null', 'not a facts file'],
    ['a number', '5', 'not a facts file'],
    ['another schema', facts({ schema: 'x' }), 'not a facts file'],
    ['a list for its configuration', facts({ config: [] }), 'not a facts file'],
    ['a list of observations', facts({ observations: [] }), 'not a facts file'],
    ['an observation that is null', facts({ observations: { kvm: null } }), '"kvm" in its "observations"'],
    ['an observation that is empty', facts({ observations: { kvm: {} } }), '"kvm" in its "observations"'],
    [
      'an error that is no text',
      facts({ observations: { kvm: { error: 5 } } }),
      '"kvm" in its "observations"',
    ],
    ['a wrong value', facts({ config: { cpus: 'many' } }), '"cpus" in its "config" is "many"'],
    ['a value of another type', facts({ config: { tap: { a: 1 } } }), '"tap" in its "config"'],
    ['a wrong value under a former name', facts({ config: { queues: [] } }), '"queues" in its "config"'],
    ['text that is cut', facts({}).slice(0, -3), 'not valid JSON'],
    ['nothing', '', 'not valid JSON'],
    ['17 MiB', `"${'a'.repeat(17 * 2 ** 20)}"`, 'has more than 16.0 MiB'],
  ])('%s', async (_, text, message) => {
    writeFileSync(`${home}/facts.json`, text)
    expect(await refusal(['check', '--facts-in', 'facts.json'])).toContain(message)
  })

  it.each(['facts', 'deep', 'list', 'text'])(
    'facts of another type are unknown, not a defect: %s',
    async (kind) => {
      const odd = { facts: 5, deep: { a: { b: [null] } }, list: [1, 'x'], text: 'x' }[kind]
      const ids = ['platform', 'kvm', 'tun', 'memory', 'disk-image', 'tap-device', 'cloud-hypervisor', 'nat']
      const observations = Object.fromEntries(ids.map((id) => [id, { facts: odd }]))
      writeFileSync(`${home}/facts.json`, facts({ observations }))
      const { code, stderr, stdout } = await runCli(['check', '--facts-in', 'facts.json', '--json'], { home })
      expect([1, 3]).toContain(code)
      expect(stderr).toBe('')
      expect(JSON.parse(stdout).results.length).toBeGreaterThan(20)
    },
  )
})

describe('a configuration file that is a trap for the parser', () => {
  it.each([
    ['an alias without its anchor', 'ignore: *nope\n', 'nope'],
    ['an alias in a list', 'nameservers: [*nope]\n', 'nope'],
    [
      'aliases that multiply',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`).join('\n')}\n`,
      'has more than 64 aliases',
    ],
    [
      'aliases that multiply in a known key',
      `ignore:\n  a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdef'].map((name, at) => `  ${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`).join('\n')}\n`,
      'not valid YAML',
    ],
    [
      '300,000 keys',
      Array.from({ length: 300_000 }, (_, at) => `k${at}: 1`).join('\n'),
      'has more than 64.0 KiB',
    ],
    [
      'many keys in a small file',
      Array.from({ length: 5000 }, (_, at) => `k${at}: 1`).join('\n'),
      'unknown key "k0"',
    ],
    ['deep nesting', `ignore: ${'['.repeat(30_000)}`, 'not valid YAML'],
    ['a deep map', `ignore: ${'{a: '.repeat(15_000)}`, 'not valid YAML'],
    ['a list that holds itself', 'nameservers: &a [*a]\n', 'an alias leads back to itself'],
    ['a map as a key', '? { a: 1 }\n: x\n', 'a list or a map as a key'],
    ['several documents', 'tap: a\n---\ntap: b\n', 'not valid YAML'],
    ['binary', '\0\x01\x02', 'c.yaml'],
  ])('%s', async (_, text, message) => {
    writeFileSync(`${home}/c.yaml`, text)
    expect(await refusal(['check', 'platform', '--config', 'c.yaml'])).toContain(message)
  })
})

/**
 * Text that controls a terminal, from every place that others can write: configuration, variables, flags, facts,
 * seed, programs, the journal, file names, logs. Nothing of it reaches standard output or error as it is.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { visible } from '../../src/util/printable.ts'
import { repository } from '../helpers/disposable-host.ts'
import { type CliRun, runCli } from '../helpers/run-cli.ts'

/** OSC (window title), CSI, C1 CSI, cursor up, carriage return, bidi override and isolate, separators, zero width. */
const evil = '\x1b]0;pwned\x07\x1b[2J\x9b1A\r\u202egnp\u2066.\u2028\u200b'

let home: string
beforeEach(() => {
  home = mkdtempSync(`${tmpdir()}/chv-hostile-`)
})
afterEach(() => rmSync(home, { recursive: true }))

/** Runs with colours on: our own are there, and are all the escapes that there are. */
const run = async (args: readonly string[], env: Record<string, string> = {}): Promise<CliRun> =>
  runCli(args, { home, env: { FORCE_COLOR: '1', ...env } })

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a colour code is
const ownColours = /\x1b\[(?:32|31|33|35|39|2|1|22)m/g

const expectClean = ({ stdout, stderr }: CliRun) => {
  for (const text of [stdout, stderr].map((one) => one.replaceAll(ownColours, '')))
    expect(visible(text)).toBe(text)
}

describe('a configuration value with control characters is refused', () => {
  it.each([
    ['in a file', ['check'], {}, `cmdline: "a${evil.replaceAll('\x1b', '\\e').replaceAll('\r', '\\r')}"`],
    ['in a list', ['check'], {}, 'check_files: ["a\\e[2J"]'],
    ['as a key of a map', ['check'], {}, 'ignore: { "me\\e[2Jmory": "why" }'],
    ['as a reason', ['check'], {}, 'ignore: { memory: "shared\\u202e" }'],
    ['in a variable', ['check'], { CHV_DOCTOR_TAP: evil }, null],
    ['in a flag', ['check', '--set', `guest_password=${evil}`], {}, null],
    ['in a path', ['check', '--set', `data_dir=/srv/${evil}`], {}, null],
  ])('%s', async (_, args, env, text) => {
    if (text !== null) writeFileSync(`${home}/c.yaml`, text)
    const result = await run([...args, ...(text === null ? [] : ['--config', 'c.yaml'])], env)
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('has a control character')])
    expect(result.stderr.trim().split('\n')).toHaveLength(1)
    expectClean(result)
  })
})

describe('names that are quoted in an error', () => {
  it.each([
    ['a command', [evil]],
    ['a flag', ['check', `--${evil}`]],
    ['a check', ['check', evil]],
    ['a configuration file', ['check', '--config', `${evil}.yaml`]],
    ['a key', ['check', '--set', `${evil}=1`]],
    ['a facts file', ['check', '--facts-in', evil]],
    ['an output file', ['check', 'platform', '--output', `/nope/${evil}`]],
    ['a log', ['explain', `./${evil}`]],
    ['a list', ['list', evil]],
    ['a format', ['check', '--format', evil]],
    ['a line feed', ['explain', './a\nchv-doctor: all is well']],
  ])('%s', async (_, args) => {
    const result = await run(args)
    expect(result.code).toBe(2)
    expect(result.stderr.trim().split('\n')).toHaveLength(1)
    expectClean(result)
  })

  it('a key in a file', async () => {
    writeFileSync(`${home}/c.yaml`, '"ta\\e[2J\\u202ep": x\n')
    const result = await run(['check', '--config', 'c.yaml'])
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('␛[2J')])
    expectClean(result)
  })
})

/** Puts the text behind every string of what the probes returned. */
const poison = (value: unknown): unknown => {
  if (typeof value === 'string') return value + evil
  if (Array.isArray(value)) return value.map(poison)
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poison(inner)]))
    : value
}

describe('facts', () => {
  it.each(
    ['debian12-bare', 'docker', 'debian12-ready'].flatMap((name) => [
      [name, ['--verbose']] as const,
      [name, ['--json']] as const,
    ]),
  )('of %s, with every string poisoned, %j', async (name, flags) => {
    const facts = JSON.parse(readFileSync(`${repository}/test/facts/${name}.json`, 'utf8'))
    facts.observations = poison(facts.observations)
    writeFileSync(`${home}/facts.json`, JSON.stringify(facts))
    const result = await run(['check', '--facts-in', 'facts.json', '--debug', ...flags])
    expect(result.stdout).toMatch(flags[0] === '--json' ? /\\u001b\]0;pwned/ : /␛\]0;pwned/)
    expectClean(result)
  })
})

describe('programs', () => {
  it('that print sequences instead of a version', async () => {
    mkdirSync(`${home}/bin`)
    writeFileSync(
      `${home}/bin/cloud-hypervisor`,
      `#!/bin/sh\nprintf '%s\\n' '${evil}'; printf '%s\\n' '${evil}' >&2; exit 3\n`,
    )
    chmodSync(`${home}/bin/cloud-hypervisor`, 0o755)
    for (const flags of [[], ['--json'], ['--debug'], ['--output', 'out.txt']]) {
      const hypervisor = `hypervisor=${home}/bin/cloud-hypervisor`
      const result = await run(['check', 'cloud-hypervisor', '--set', hypervisor, ...flags])
      expect([1, 3]).toContain(result.code)
      expectClean(result)
    }
    const written = readFileSync(`${home}/out.txt`, 'utf8')
    expect(written).toContain('cloud-hypervisor')
    expect(visible(written)).toBe(written)
  })
})

describe('the journal', () => {
  it.each([[], ['--json'], ['--script']])('shown by undo --dry-run or %j', async (...flags) => {
    mkdirSync(`${home}/.local/state/chv-doctor`, { recursive: true, mode: 0o700 })
    const undo = { kind: 'run', root: true, argvs: [['ip', 'link', 'del', `vm${evil}\n$ all is well`]] }
    const file = {
      kind: 'restore',
      path: `/etc/x${evil}\nremoved`,
      kept: null,
      stamp: { ino: 1, size: 1, mtimeMs: 1 },
    }
    const lines = [undo, file].map((one, id) => ({
      event: 'started',
      id: `${id}`,
      at: '2026-01-01T00:00:00Z',
      fix: `create-tap${evil}`,
      why: `make${evil}\n$ rm`,
      undo: one,
    }))
    writeFileSync(
      `${home}/.local/state/chv-doctor/journal.jsonl`,
      lines.map((one) => JSON.stringify(one)).join('\n'),
      { mode: 0o600 },
    )
    const result = await run(['undo', ...(flags.length > 0 ? flags : ['--dry-run'])])
    expect(result.code).toBe(0)
    expect(result.stdout).toContain('pwned')
    expect(result.stdout).not.toMatch(/^(?:\$ rm|\$ all is well|removed)/m)
    expectClean(result)
  })
})

describe('explain', () => {
  it.each([[], ['--json']])('of a log, %j', async (...flags) => {
    const log = [
      `thread 'main' panicked at ${evil}`,
      `Error booting VM: VmBoot(DeviceManager(Disk(Os { code: 2, kind: NotFound, message: "No such file${evil}" })))`,
      `cloud-hypervisor --disk path=/srv/${evil}.raw --net tap=t${evil}`,
    ]
    writeFileSync(`${home}/ch.log`, log.join('\n'))
    for (const source of ['ch.log', './ch.log']) {
      const result = await run(['explain', source, '--no-host-checks', ...flags])
      expect([0, 3]).toContain(result.code)
      expectClean(result)
    }
  })
})

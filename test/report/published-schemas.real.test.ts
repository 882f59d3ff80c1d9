/** Every document that a command prints as JSON has a published schema, and names it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { isJournalLine } from '../../src/apply/journal-line.ts'
import { repository } from '../helpers/disposable-host.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

const compiled = new Map<string, ValidateFunction>()

const schemaOf = (name: string): ValidateFunction => {
  const known = compiled.get(name)
  if (known) return known
  const schema = JSON.parse(readFileSync(`${repository}/docs/${name}.schema.json`, 'utf8'))
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
  compiled.set(name, validate)
  return validate
}

/** What a document says about itself, and what its schema says against it. */
const judged = (text: string) => {
  const value = JSON.parse(text)
  const name = /^chv-doctor\/([a-z]+)\/\d+$/.exec(value.schema)?.[1] ?? ''
  const validate = schemaOf(name)
  validate(value)
  return { name, errors: validate.errors ?? null, value }
}

const commands: readonly (readonly [name: string, ...args: string[]])[] = [
  ['report'],
  ['report', 'check'],
  ['plan', 'fix'],
  ['plan', 'fix', '--set', 'boot=kernel', '--set', 'kernel_build=true', '--set', 'persist_network=true'],
  ['undo', 'undo'],
  ['network', 'explain', 'network'],
  ['network', 'explain', 'network', '--set', 'network=none'],
  ['network', 'explain', 'network', '--set', 'network=bridge'],
  ['page', 'explain', 'kvm'],
  ['page', 'explain', 'create-tap'],
  ['list', 'explain', 'api-socket-exists'],
  ['list', 'list'],
  ['list', 'list', 'checks'],
  ['list', 'list', 'fixes'],
  ['list', 'list', 'artifacts'],
  ['list', 'list', 'causes'],
]

describe.each(commands.map(([name, ...args]) => ({ name, args })))('chv-doctor $args', ({ name, args }) => {
  it(`prints the document ${name}, the same for --json and --format json`, async () => {
    const [short, long] = [await runCli([...args, '--json']), await runCli([...args, '--format', 'json'])]
    expect(judged(short.stdout)).toMatchObject({ name, errors: null })
    expect(judged(long.stdout).name).toBe(name)
    expect(short.code).toBe(long.code)
  })
})

it('boot --print prints the document command', async () => {
  const path = `${scratch()}/cloud-hypervisor`
  writeFileSync(path, '#!/bin/sh\necho cloud-hypervisor v53.0\n', { mode: 0o755 })
  const { stdout } = await runCli(['boot', '--print', '--json', '--set', `hypervisor=${path}`])
  expect(judged(stdout)).toMatchObject({
    name: 'command',
    errors: null,
    value: { command: expect.arrayContaining([path, '--firmware']) },
  })
})

it('plans of this host have steps of most kinds', async () => {
  const { value } = judged((await runCli(['fix', '--json', '--set', 'persist_network=true'])).stdout)
  const kinds = new Set(
    value.fixes.flatMap((fix: { steps: { kind: string }[] }) => fix.steps.map((s) => s.kind)),
  )
  for (const kind of ['run', 'download', 'publish']) expect(kinds).toContain(kind)
})

describe('docs/journal.schema.json', () => {
  const undo = { kind: 'run', argvs: [['ip', 'link', 'del', 'vm-tap0']], root: true }
  const started = {
    event: 'started',
    id: '1',
    at: '2026-11-26T12:00:00Z',
    fix: 'create-tap',
    why: 'a TAP',
    undo,
  }
  const restore = { kind: 'restore', path: '/x', stamp: { ino: 1, size: 2, mtimeMs: 3.5 }, kept: null }
  it.each([
    [true, started],
    [true, { ...started, undo: { ...undo, while: '/sys/x', guard: { file: '/a', is: 'b', because: 'c' } } }],
    [true, { ...started, undo: restore }],
    [true, { ...started, undo: { ...restore, kept: '/x.old-1', root: true, directories: ['/y'] } }],
    [true, { event: 'done', id: '1' }],
    [true, { event: 'undone', id: '1' }],
    [true, { event: 'void', id: '1' }],
    [false, { event: 'else', id: '1' }],
    [false, { event: 'started', id: '1' }],
    [false, { ...started, undo: { ...undo, argvs: [[]] } }],
    [false, { ...started, undo: { ...restore, stamp: null } }],
    [false, { ...started, undo: { kind: 'eval', code: 'x' } }],
  ])('and the reader of the journal agree: %s, %j', (isRight, line) => {
    expect([schemaOf('journal')(line), isJournalLine(line)]).toEqual([isRight, isRight])
  })
})

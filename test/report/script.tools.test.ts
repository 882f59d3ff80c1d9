import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Step } from '../../src/contract/step.ts'
import { renderScript, renderUndoScript, scriptPrograms } from '../../src/report/script.ts'
import { quoteArgv } from '../../src/util/quote.ts'
import { arm64ImageWith } from '../helpers/kernels.ts'
import { because, notRoot } from '../helpers/needs.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/chv script '$(x) `)
})
afterEach(() => rmSync(directory, { recursive: true }))

const run = (steps: Step[]) =>
  spawnSync('bash', ['-c', renderScript([{ id: 'x', title: 'X', checks: ['y'], needed: true, steps }])], {
    encoding: 'utf8',
  })

it('says which programs it needs where the doctor needs none', () => {
  const step = {
    kind: 'download',
    url: 'https://x/y',
    path: '/y',
    bytes: null,
    mode: 0o644,
    why: 'fetch',
  } as const
  expect(scriptPrograms({ kind: 'manual', text: 't' })).toEqual({})
  expect(Object.keys(scriptPrograms({ ...step, proof: { by: 'nothing' } }))).toEqual(['curl'])
  const sums = { by: 'sums', algorithm: 'sha256', url: 'https://x/s', file: 'y' } as const
  expect(Object.keys(scriptPrograms({ ...step, proof: { ...sums, signature: null } }))).toEqual(['curl'])
  const signature = { url: 'https://x/s.gpg', key: 'canonical' }
  expect(Object.keys(scriptPrograms({ ...step, proof: { ...sums, signature } }))).toEqual([
    'curl',
    'gpgv',
    'gpg',
  ])
})

const hostile = ["it's", '$(touch /tmp/never)', 'a;b', '`id`', '', '*', '--', 'ü\n2', '"q"']

it('quotes every word so that a shell reads it back unchanged', () => {
  const { stdout } = spawnSync('bash', ['-c', `printf '%s\\0' ${quoteArgv(hostile)}`], { encoding: 'utf8' })
  expect(stdout.split('\0').slice(0, -1)).toEqual(hostile)
})

it('writes, runs and publishes as the doctor does, whatever the paths and contents are', () => {
  const content = 'END_OF_FILE\n$HOME `id` \\n\nlast'
  writeFileSync(`${directory}/final`, 'of the user')
  const { status, stderr } = run([
    { kind: 'write', path: `${directory}/sub/file`, content, mode: 0o600, why: 'write' },
    {
      kind: 'run',
      argv: ['cp', `${directory}/sub/file`, `${directory}/.part`],
      root: false,
      why: 'copy',
      temporary: `${directory}/.part`,
    },
    {
      kind: 'publish',
      from: `${directory}/.part`,
      to: `${directory}/final`,
      why: 'publish',
      reversible: true,
    },
    { kind: 'manual', text: 'two\nlines' },
  ])
  expect([status, stderr]).toEqual([0, ''])
  expect(readFileSync(`${directory}/final`, 'utf8')).toBe(`${content}\n`)
  expect(readFileSync(`${directory}/final.old-1`, 'utf8')).toBe('of the user')
  expect(statSync(`${directory}/sub/file`).mode & 0o777).toBe(0o600)
})

// as_root goes through sudo for anybody but root.
it.skipIf(notRoot)(`writes files of root, and keeps what stood there hidden${because(notRoot)}`, () => {
  const path = `${directory}/sub/x.conf`
  const step: Step = { kind: 'write', path, content: '$HOME\n', mode: 0o640, why: 'write', root: true }
  expect([run([step]).status, readFileSync(path, 'utf8')]).toEqual([0, '$HOME\n'])
  expect(statSync(path).mode & 0o777).toBe(0o640)
  expect(run([step]).stderr).toBe('')
  expect(readdirSync(`${directory}/sub`)).toEqual(['x.conf'])
  run([{ ...step, content: 'other\n' }])
  expect(readdirSync(`${directory}/sub`)).toEqual(['.x.conf.old-1', 'x.conf'])
  expect(readFileSync(`${directory}/sub/.x.conf.old-1`, 'utf8')).toBe('$HOME\n')
})

it('stops at a guard, before the command that it guards', () => {
  writeFileSync(`${directory}/carrier`, '1\n')
  const guard = { file: `${directory}/carrier`, is: '1', because: "it's in use" }
  const refused = run([{ kind: 'run', argv: ['touch', `${directory}/done`], root: false, why: 'w', guard }])
  expect([refused.status, refused.stderr.trim(), existsSync(`${directory}/done`)]).toEqual([
    1,
    "it's in use",
    false,
  ])
})

it('stops at a wrong digest, before anything has its name', () => {
  writeFileSync(`${directory}/source`, 'content')
  const fetched = (digest: string) => {
    const proof = { by: 'digest', algorithm: 'sha256', digest } as const
    const path = `${directory}/fetched`
    const url = pathToFileURL(`${directory}/source`).href
    const outcome = run([
      { kind: 'download', url, path, proof, bytes: null, mode: 0o644, why: 'fetch' },
      { kind: 'run', argv: ['touch', `${directory}/done`], root: false, why: 'w' },
    ])
    return {
      ...outcome,
      names: readdirSync(directory)
        .filter((name) => !name.startsWith('.'))
        .sort(),
    }
  }
  const refused = fetched('0'.repeat(64))
  expect([refused.status, refused.names]).toEqual([1, ['source']])
  const accepted = fetched(createHash('sha256').update('content').digest('hex'))
  expect([accepted.status, accepted.names]).toEqual([0, ['done', 'fetched', 'source']])
})

it.each([
  ['x86_64', pvhElf, 0],
  ['x86_64', pvhElf.map((byte, at) => (at === 184 ? 17 : byte)), 1],
  ['x86_64', arm64ImageWith(), 1],
  ['aarch64', arm64ImageWith(), 0],
  ['aarch64', pvhElf, 1],
])('%#: names a kernel only when it is one for %s', (kernelFor, content, code) => {
  const from = `${directory}/.part`
  writeFileSync(from, content)
  const to = `${directory}/kernel`
  const { status, stderr } = run([
    { kind: 'publish', from, to, why: 'publish', reversible: false, kernelFor },
  ])
  expect([status, existsSync(to)]).toEqual([code, code === 0])
  if (code === 1) expect(stderr).toContain('This is no kernel that Cloud Hypervisor can start.')
})

it('takes changes back as undo does: commands while their object is there, files to what they were', () => {
  writeFileSync(`${directory}/seed`, 'ours')
  writeFileSync(`${directory}/seed.old-1`, 'of the user')
  mkdirSync(`${directory}/made/for`, { recursive: true })
  writeFileSync(`${directory}/made/else`, '')
  const stamp = { ino: 0, size: 0, mtimeMs: 0 }
  const change = { id: 'i', at: '', fix: 'f', why: 'w' }
  const touch = (name: string, gone: string) =>
    ({
      ...change,
      undo: { kind: 'run', argvs: [['touch', `${directory}/${name}`]], root: false, while: gone },
    }) as const
  const text = renderUndoScript([
    touch('ran', directory),
    touch('never', `${directory}/gone`),
    {
      ...change,
      undo: { kind: 'restore', path: `${directory}/seed`, stamp, kept: `${directory}/seed.old-1` },
    },
    {
      ...change,
      undo: {
        ...{ kind: 'restore', path: `${directory}/made/for/file`, stamp, kept: null },
        directories: [`${directory}/made/for`, `${directory}/made`],
      },
    },
  ])
  const { status, stderr } = spawnSync('bash', ['-c', text], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  expect(readdirSync(`${directory}/made`)).toEqual(['else'])
  expect([existsSync(`${directory}/ran`), existsSync(`${directory}/never`)]).toEqual([true, false])
  expect(readFileSync(`${directory}/seed`, 'utf8')).toBe('of the user')
})

const qemu = (...args: string[]) => spawnSync('qemu-img', args, { encoding: 'utf8' })

it('looks into an image before it is converted, as the doctor does', () => {
  const [image, disk] = [`${directory}/image`, `${directory}/disk`]
  const look = (format: 'qcow2' | 'raw', fits: number | null = null) =>
    run([{ kind: 'verify', path: image, expect: { what: 'image', format, fits }, why: 'look' }])
  qemu('create', '-q', '-f', 'qcow2', image, '4M')
  expect(look('qcow2').status).toBe(0)
  expect(look('qcow2', 4 * 2 ** 20).status).toBe(0)
  expect(look('qcow2', 2 ** 20)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('never shrinks'),
  })
  const whole = () =>
    run([
      { kind: 'verify', path: disk, expect: { what: 'disk', source: image, format: 'qcow2' }, why: 'look' },
    ])
  writeFileSync(disk, Buffer.alloc(4 * 2 ** 20))
  expect(whole()).toMatchObject({ status: 0, stderr: '' })
  writeFileSync(disk, Buffer.alloc(4 * 2 ** 20 - 1))
  expect(whole()).toMatchObject({ status: 1, stderr: expect.stringContaining('is cut short') })
  qemu('create', '-q', '-f', 'qcow2', '-F', 'raw', '-b', disk, image, '4M')
  expect(look('qcow2')).toMatchObject({ status: 1, stderr: expect.stringContaining('names other files') })
  writeFileSync(image, '<html>')
  expect(look('qcow2').status).toBe(1)
})

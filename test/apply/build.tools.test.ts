/** Steps of builds: their log, the end of their output, and the look at what came out. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { applyPlan } from '../../src/apply/apply.ts'
import { openJournal } from '../../src/apply/journal.ts'
import { requireKernel } from '../../src/apply/require-kernel.ts'
import type { Step } from '../../src/contract/step.ts'
import type { PlannedFix } from '../../src/engine/plan.ts'
import { arm64ImageWith } from '../helpers/kernels.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'
import { scratch } from '../helpers/scratch.ts'

let directory: string
beforeEach(() => {
  directory = scratch()
})

const apply = (...plan: PlannedFix[]) =>
  applyPlan(plan, {
    executor: {
      rootPrefix: [],
      bash: '/bin/bash',
      logDir: `${directory}/log`,
      signal: new AbortController().signal,
    },
    journal: openJournal(`${directory}/state`),
    live: false,
    say: () => {},
  })

const fix = (id: string, checks: readonly string[], ...steps: Step[]): PlannedFix => ({
  id,
  title: id,
  checks,
  needed: true,
  steps,
})

const sh = (script: string, more: object = {}): Step => ({
  kind: 'run',
  argv: ['sh', '-c', script],
  root: false,
  why: 'build',
  ...more,
})

const build = (script: string) => apply(fix('build', [], sh(script, { logged: true, progress: 'make' })))

describe('a logged step', () => {
  it('keeps both streams in order, and shows the end when it fails', async () => {
    const [failure] = await build('for i in 1 2 3 4 5 6 7; do echo out $i; echo err $i >&2; done; exit 2')
    const [head, ...lines] = failure?.message.split('\n') ?? []
    expect(head).toMatch(/^sh ended with code 2 \(log: .*\.log\):$/)
    expect(lines.map((line) => line.trim())).toEqual([5, 6, 7].flatMap((n) => [`out ${n}`, `err ${n}`]))
    const log = readFileSync(/\(log: (.*)\)/.exec(head ?? '')?.[1] ?? '', 'utf8')
    expect(log.trim().split('\n')).toHaveLength(14)
  })

  it('shows the first error, however much other jobs print after it', async () => {
    const error = 'objtool.c:1:10: fatal error: libelf.h: No such file or directory'
    const [failure] = await build(
      `echo '  CC      lib/fatal.o'; echo '${error}'; for i in 1 2 3 4 5 6 7 8; do echo "  CC $i.o"; done; echo 'make: *** [x] Error 2'; exit 2`,
    )
    const lines = failure?.message.split('\n').map((line) => line.trim()) ?? []
    expect(lines.slice(1, 3)).toEqual([error, '…'])
    expect(lines.at(-1)).toBe('make: *** [x] Error 2')
    expect(lines).toHaveLength(9)
  })

  it('keeps the log of a success, too', async () => {
    expect(await apply(fix('build', [], sh('echo all is well', { logged: true })))).toEqual([])
    const log = `${directory}/log`
    const [name = ''] = (await import('node:fs')).readdirSync(log)
    expect(readFileSync(`${log}/${name}`, 'utf8')).toBe('all is well\n')
  })
})

it('a temporary directory of an earlier run is removed, and a whole one published', async () => {
  const temporary = `${directory}/.clone`
  mkdirSync(`${temporary}/half`, { recursive: true })
  const steps: Step[] = [
    sh(`mkdir ${temporary} && echo whole > ${temporary}/file`, { temporary }),
    { kind: 'publish', from: temporary, to: `${directory}/clone`, why: 'publish', reversible: false },
  ]
  expect(await apply(fix('clone', [], ...steps))).toEqual([])
  expect(existsSync(`${directory}/clone/half`)).toBe(false)
  expect(readFileSync(`${directory}/clone/file`, 'utf8')).toBe('whole\n')
})

describe('a kernel', () => {
  const publish = (content: Uint8Array | string, arch: string) => {
    writeFileSync(`${directory}/.part`, content)
    const step: Step = {
      kind: 'publish',
      from: `${directory}/.part`,
      to: `${directory}/kernel`,
      why: 'publish',
      reversible: false,
      kernelFor: arch,
    }
    return apply(fix('build', [], step))
  }

  it.each([
    ['x86_64', pvhElf],
    ['aarch64', arm64ImageWith()],
  ])('that Cloud Hypervisor can start on %s gets its name', async (arch, content) => {
    expect(await publish(content, arch)).toEqual([])
    expect(existsSync(`${directory}/kernel`)).toBe(true)
  })

  it.each([
    ['for another architecture', pvhElf, 'aarch64', /: an ELF file for x86_64$/],
    [
      'without a PVH note',
      pvhElf.map((byte, at) => (at === 184 ? 17 : byte)),
      'x86_64',
      /PVH note\. Build it with/,
    ],
    ['cut short', pvhElf.subarray(0, 200), 'x86_64', /: truncated: 200 bytes of 245 bytes$/],
    ['that is empty', '', 'x86_64', /: an empty file$/],
  ])('%s does not, and what stood there stays', async (_name, content, arch, message) => {
    writeFileSync(`${directory}/kernel`, 'of the user')
    const [failure] = await publish(content, arch)
    expect(failure?.message).toMatch(/^what was built cannot be started by Cloud Hypervisor: /)
    expect(failure?.message).toMatch(message)
    expect(readFileSync(`${directory}/kernel`, 'utf8')).toBe('of the user')
  })

  it('that is not there is an error in words', async () => {
    await expect(requireKernel(`${directory}/none`, 'x86_64')).rejects.toThrow(/ENOENT/)
  })
})

it('a fix whose packages could not be installed is left out, another one is not', async () => {
  const step = (name: string) => sh(`touch ${directory}/${name}`)
  const failures = await apply(
    fix('install-packages', ['kernel-image'], sh('exit 100')),
    {
      ...fix('build-kernel', ['kernel-image'], step('cloned'), step('never')),
      needs: [{ fix: 'install-packages', step: 1 }],
    },
    fix('create-tap', ['tap-device'], step('done')),
  )
  expect(failures.map(({ fix, message }) => [fix, message])).toEqual([
    ['install-packages', 'sh ended with code 100'],
    ['build-kernel', 'left out: it needs install-packages, which failed'],
  ])
  const made = ['cloned', 'never', 'done'].filter((name) => existsSync(`${directory}/${name}`))
  expect(made).toEqual(['cloned', 'done'])
})

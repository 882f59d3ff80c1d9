/**
 * Limits of the real kernel: the check under each, and the real Cloud Hypervisor under the same one, whose end
 * `explain` must know and the check must confirm.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realHypervisor, whyNoLab } from '../e2e/fixtures.ts'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing, notRoot } from '../helpers/needs.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'

const noPrlimit = missing('prlimit')

interface Result {
  readonly status: string
  readonly code: string | null
}

let place = ''
beforeAll(() => {
  place = mkdtempSync(`${tmpdir()}/chv-limits-`)
  writeFileSync(`${place}/guest.elf`, pvhElf)
  writeFileSync(`${place}/disk.raw`, Buffer.alloc(2 ** 20))
  writeFileSync(`${place}/chv-doctor.yaml`, `disk: ${place}/disk.raw\nmemory: 256M\nnetwork: none\ncpus: 4\n`)
})
afterAll(() => rmSync(place, { recursive: true }))

const run = (before: readonly string[], args: readonly string[]) => {
  const [program = '', ...rest] = [...before, ...args]
  return spawnSync(program, rest, {
    cwd: place,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env.PATH ?? '', HOME: place },
  })
}

const doctor = (...args: string[]) => [process.execPath, `${repository}/dist/cli.js`, ...args]

const check = (before: readonly string[], ...sets: string[]): Result => {
  const { stdout, stderr } = run(before, [
    ...doctor('check', '--only', 'limits', '--format', 'json'),
    ...sets.flatMap((set) => ['--set', set]),
  ])
  expect(stderr).toBe('')
  const [{ status, code = null }] = JSON.parse(stdout).results
  return { status, code }
}

/** What the real one says when it starts the same machine, and how it ends as a shell words it. */
const start = (before: readonly string[], ...args: string[]): string => {
  const { status, signal, stdout, stderr } = run(before, [
    realHypervisor ?? '',
    ...['--kernel', 'guest.elf', '--serial', 'file=serial.log', '--console', 'off'],
    ...args,
  ])
  return `${stdout}${stderr}${signal === null ? `exit code ${status}` : `killed by ${signal}`}\n`
}

const explained = (before: readonly string[], text: string): { cause: string; agrees?: boolean | null } => {
  writeFileSync(`${place}/output.txt`, text)
  const { stdout } = run(before, doctor('explain', 'output.txt', '--json'))
  return JSON.parse(stdout).diagnoses[0]
}

describe.skipIf(noPrlimit)(`under limits of the process${because(noPrlimit)}`, () => {
  it.each([
    ['none', [], [], null],
    ['open files', ['--nofile=87'], [], 'limits/too-few-files'],
    ['enough open files', ['--nofile=88'], [], null],
    ['file size', ['--fsize=524288'], [], 'limits/file-too-large'],
    ['file size, huge pages', ['--fsize=2097152'], ['hugepages=true'], 'limits/file-too-large'],
    ['address space', ['--as=8589934592'], ['memory=16G'], 'limits/too-little-address-space'],
  ])('%s', (_, limit, sets, code) => {
    expect(check(['prlimit', ...limit], ...sets)).toEqual({ status: code ? 'fail' : 'ok', code })
  })

  const noGuest = whyNoLab
  it.skipIf(noGuest)(`the guest dies of them, and explain knows why${because(noGuest)}`, () => {
    const machine = ['--cpus', 'boot=4', '--memory', 'size=256M']
    const disks = ['--disk', 'path=disk.raw,image_type=raw', 'path=disk.raw,image_type=raw,readonly=on']
    const files = ['prlimit', '--nofile=70']
    const few = start(files, ...machine, ...disks)
    expect(few).toContain('Too many open files')
    expect(explained(files, few).cause).toBe('too-many-files')
    const size = ['prlimit', '--fsize=2097152']
    const large = start(size, '--cpus', 'boot=4', '--memory', 'size=256M,shared=on')
    expect(large).toContain('SIGXFSZ')
    expect(explained([], large).cause).toBe('file-size-limit')
  })
})

/** Runs what follows as a member of a group. */
const inside = (group: string) => ['sh', '-c', `echo $$ > ${group}/cgroup.procs && exec "$@"`, 'sh']

/** Version 1 or 2, whatever the kernel of this host has its controllers in. */
const controller = (name: 'memory' | 'pids', files: readonly [string, string]) => {
  const first = existsSync(`/sys/fs/cgroup/${name}/cgroup.procs`)
  const group = `${first ? `/sys/fs/cgroup/${name}` : '/sys/fs/cgroup'}/chv-doctor-limits-${process.pid}`
  return { group, file: `${group}/${files[first ? 0 : 1]}` }
}
const memory = controller('memory', ['memory.limit_in_bytes', 'memory.max'])
const pids = controller('pids', ['pids.max', 'pids.max'])

/** Why no group with a limit can be made here, or null. */
const whyNoGroup = ({ group, file }: { group: string; file: string }): string | null => {
  if (notRoot) return notRoot
  try {
    mkdirSync(group)
    const writable = existsSync(file)
    rmdirSync(group)
    return writable ? null : `no ${file.slice(group.length + 1)} in a new cgroup`
  } catch {
    return 'no cgroup can be made here'
  }
}

const withGroup = (
  { group, file }: { group: string; file: string },
  limit: string,
  use: (before: readonly string[]) => void,
) => {
  mkdirSync(group)
  try {
    writeFileSync(file, limit)
    expect(readFileSync(file, 'utf8')).toMatch(/^\d+\n$/)
    use(inside(group))
  } finally {
    rmdirSync(group)
  }
}

describe.skipIf(whyNoGroup(pids))(`in a cgroup with few tasks${because(whyNoGroup(pids))}`, () => {
  it('finds it', () => {
    withGroup(pids, '20', (before) => {
      expect(check(before)).toEqual({ status: 'fail', code: 'limits/cgroup-too-few-tasks' })
    })
    withGroup(pids, '500', (before) => expect(check(before)).toEqual({ status: 'ok', code: null }))
  })

  it.skipIf(whyNoLab)(`the guest starts no thread, and explain knows why${because(whyNoLab)}`, () => {
    withGroup(pids, '3', (before) => {
      const text = start(before, '--cpus', 'boot=4', '--memory', 'size=64M')
      expect(text).toContain('Resource temporarily unavailable')
      expect(explained([], text).cause).toBe('threads-exhausted')
    })
  })
})

describe.skipIf(whyNoGroup(memory))(`in a cgroup with little memory${because(whyNoGroup(memory))}`, () => {
  it('finds it', () => {
    withGroup(memory, String(300 * 2 ** 20), (before) => {
      expect(check(before)).toMatchObject({ code: 'limits/cgroup-too-little-memory' })
    })
    withGroup(memory, String(2 * 2 ** 30), (before) =>
      expect(check(before)).toEqual({ status: 'ok', code: null }),
    )
  })

  it.skipIf(whyNoLab)(`the guest is killed in it${because(whyNoLab)}`, () => {
    withGroup(memory, String(64 * 2 ** 20), (before) => {
      const text = start(before, '--cpus', 'boot=1', '--memory', 'size=256M,prefault=on')
      expect(text).toBe('killed by SIGKILL\n')
    })
  })
})

/** Where version 2 is: alone, or below the hierarchies of version 1. */
const unified = existsSync('/sys/fs/cgroup/cgroup.controllers') ? '/sys/fs/cgroup' : '/sys/fs/cgroup/unified'
const page = 2 * 2 ** 20
const pool = `/sys/kernel/mm/hugepages/hugepages-${page / 1024}kB/nr_hugepages`

const numberIn = (path: string): number => Number(readFileSync(path, 'utf8'))

/** Why there are no huge pages in a cgroup of version 2 here, or null. */
const whyNoHugePages = ((): string | null => {
  if (notRoot) return notRoot
  const controllers = `${unified}/cgroup.controllers`
  if (!existsSync(controllers) || !readFileSync(controllers, 'utf8').split(/\s/).includes('hugetlb'))
    return 'no controller hugetlb of cgroup v2'
  return existsSync(pool) ? null : 'no huge pages of 2 MiB'
})()

describe.skipIf(whyNoHugePages)(`in a cgroup with few huge pages${because(whyNoHugePages)}`, () => {
  const switches = `${unified}/cgroup.subtree_control`
  const wasOn = whyNoHugePages === null && readFileSync(switches, 'utf8').split(/\s/).includes('hugetlb')
  const before = whyNoHugePages === null ? numberIn(pool) : 0
  const group = `${unified}/chv-doctor-hugetlb-${process.pid}`
  beforeAll(() => {
    if (!wasOn) writeFileSync(switches, '+hugetlb')
    writeFileSync(pool, String(before + 40))
    mkdirSync(group)
    writeFileSync(`${group}/hugetlb.2MB.max`, String(16 * page))
  })
  afterAll(() => {
    rmdirSync(group)
    writeFileSync(pool, String(before))
    if (!wasOn) writeFileSync(switches, '-hugetlb')
  })

  it('finds it', () => {
    const checked = (memory: string) => check(inside(group), 'hugepages=true', `memory=${memory}`)
    expect(checked('64M')).toEqual({ status: 'fail', code: 'limits/cgroup-too-few-huge-pages' })
    writeFileSync(`${group}/hugetlb.2MB.max`, String(32 * page))
    expect(checked('64M')).toEqual({ status: 'ok', code: null })
    writeFileSync(`${group}/hugetlb.2MB.rsvd.max`, String(31 * page))
    expect(checked('64M')).toEqual({ status: 'fail', code: 'limits/cgroup-too-few-huge-pages' })
    writeFileSync(`${group}/hugetlb.2MB.rsvd.max`, 'max')
  })

  it.skipIf(whyNoLab)(`the guest dies of it, and explain knows of huge pages${because(whyNoLab)}`, () => {
    writeFileSync(`${group}/hugetlb.2MB.max`, '0')
    const memory = 'size=64M,hugepages=on,hugepage_size=2M'
    const text = start(inside(group), '--cpus', 'boot=1', '--memory', memory)
    expect(text).toMatch(/killed by SIGBUS\n$/)
    expect(explained([], text).cause).toBe('hugepages-exhausted')
    // Without the limit the same machine has its memory.
    expect(start([], '--cpus', 'boot=1', '--memory', memory)).toMatch(/exit code 0\n$/)
  })
})

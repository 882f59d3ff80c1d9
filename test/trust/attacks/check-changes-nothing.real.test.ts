/** `check` changes nothing: strace(1) sees every call of it and of all that it starts, as root and as a user. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import which from 'which'
import { bootProbe } from '../../../checks/boot-probe.ts'
import { repository } from '../../helpers/disposable-host.ts'
import { because, missing, notRoot } from '../../helpers/needs.ts'
import { scratch } from '../../helpers/scratch.ts'
import { ports, programs, sockets, writable } from './declared.ts'
import { readTrace, traced } from './strace.ts'

const strace = which.sync('strace', { nothrow: true })
const realHypervisor = process.env.CHV_DOCTOR_TEST_CH
const whyNoProgram = realHypervisor ? null : 'CHV_DOCTOR_TEST_CH names no Cloud Hypervisor'
const whyNoStrace = notRoot ?? missing('strace')

/** A copy of the program that every user may read, a disk, and a place for temporary files. */
const scene = () => {
  const directory = scratch()
  chmodSync(directory, 0o755)
  for (const name of ['dist', 'docs', 'package.json'])
    cpSync(`${repository}/${name}`, `${directory}/${name}`, { recursive: true })
  spawnSync('chmod', ['-R', 'a+rX', directory])
  const disk = `${directory}/disk.raw`
  const seed = `${directory}/seed.img`
  for (const path of [disk, seed]) writeFileSync(path, Buffer.alloc(2 ** 20), { mode: 0o666 })
  for (const path of [disk, seed]) chmodSync(path, 0o666)
  const place = `${directory}/tmp`
  mkdirSync(place)
  chmodSync(place, 0o1777)
  const home = `${directory}/home`
  mkdirSync(home)
  const log = `${directory}/log`
  mkdirSync(log)
  chmodSync(log, 0o777)
  return { directory, disk, seed, place, home, log: `${log}/strace` }
}

type Scene = ReturnType<typeof scene>

const asUser = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups']

const checkWords = ({ directory }: Scene, more: readonly string[]) => [
  process.execPath,
  `${directory}/dist/cli.js`,
  'check',
  ...more,
]

const environment = ({ home, place }: Scene) => ({
  ...{ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: home, TMPDIR: place, XDG_RUNTIME_DIR: place },
})

const trace = (at: Scene, words: readonly string[]) => {
  const result = spawnSync(
    words[0] === 'setpriv' ? 'setpriv' : (strace ?? ''),
    [
      ...(words[0] === 'setpriv' ? [...asUser.slice(1), strace ?? ''] : []),
      ...['-f', '-y', '-qq', '-s', '512', '--seccomp-bpf', '-e', `trace=${traced}`, '-o', at.log],
      ...(words[0] === 'setpriv' ? words.slice(asUser.length) : words),
    ],
    { cwd: at.place, env: environment(at), encoding: 'utf8', timeout: 240_000 },
  )
  return { ...result, seen: readTrace(readFileSync(at.log, 'utf8')) }
}

const only = (at: Scene) => [
  'boot-probe',
  ...(bootProbe.needs ?? []).flatMap((need) => ['--skip', typeof need === 'string' ? need : need.id]),
  ...[
    '--set',
    'network=none',
    '--set',
    'memory=128M',
    '--set',
    'cpus=1',
    '--set',
    `hypervisor=${realHypervisor}`,
  ],
  ...['--set', `disk=${at.disk}`, '--set', `seed=${at.seed}`],
]

describe.skipIf(whyNoStrace)(`check, under strace${because(whyNoStrace)}`, () => {
  it.each([
    ['root', [], []],
    ['a user', asUser, []],
    ['root, offline', [], ['--offline']],
    ['a user, offline', asUser, ['--offline']],
  ] as const)('as %s changes no file, starts and reaches only what is declared', (_who, before, more) => {
    const at = scene()
    const times = [at.disk, at.seed].map((path) => statSync(path).mtimeMs)
    const words = checkWords(at, ['--set', `disk=${at.disk}`, '--set', `seed=${at.seed}`, ...more])
    const { seen, status, stderr } = trace(at, [...before, ...words])
    expect([0, 1, 3], stderr).toContain(status)
    // The trace is one of a whole check, or it would prove nothing.
    expect(seen.programs).toEqual(expect.arrayContaining(['node', 'perl', 'ip']))
    const isPrivate = (path: string) => path.startsWith(`${at.place}/chv-doctor-trial-`)
    const outside = seen.changes.filter(
      ({ path }) => !isPrivate(path) && !writable.some((allowed) => allowed.test(path)),
    )
    expect(outside).toEqual([])
    expect(seen.programs.filter((name) => name !== 'node' && !programs.has(name))).toEqual([])
    expect(seen.sockets.filter((path) => !sockets.some((allowed) => allowed.test(path)))).toEqual([])
    const packets = seen.packets.filter((target) => !ports.has(target.split(' ')[1] ?? ''))
    expect(packets).toEqual([])
    if (more.length > 0) expect(seen.packets).toEqual([])
    expect(readdirSync(at.place)).toEqual([])
    expect(readdirSync(at.home)).toEqual([])
    expect([at.disk, at.seed].map((path) => statSync(path).mtimeMs)).toEqual(times)
  })

  it.skipIf(whyNoProgram)(
    `boot-probe with the real program changes nothing either${because(whyNoProgram)}`,
    () => {
      const at = scene()
      const before = [at.disk, at.seed].map((path) => statSync(path).mtimeMs)
      const { seen, stdout, stderr } = trace(at, checkWords(at, only(at)))
      expect(stdout, stderr).toMatch(/^\+ proof +boot-probe$/m)
      expect(seen.programs).toContain('cloud-hypervisor')
      const outside = seen.changes.filter(
        ({ path }) =>
          !path.startsWith(`${at.place}/chv-doctor-trial-`) &&
          !writable.some((allowed) => allowed.test(path)),
      )
      expect(outside).toEqual([])
      expect([at.disk, at.seed].map((path) => statSync(path).mtimeMs)).toEqual(before)
      expect(readdirSync(at.place)).toEqual([])
    },
  )

  it.skipIf(whyNoProgram)(`nothing is left after SIGKILL at any moment${because(whyNoProgram)}`, async () => {
    const at = scene()
    for (const afterMs of [120, 180, 240, 300, 360, 420, 500, 600, 700, 800]) {
      const [node = '', ...words] = checkWords(at, only(at))
      const child = spawn(node, words, { cwd: at.place, env: environment(at), stdio: 'ignore' })
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      child.kill('SIGKILL')
    }
    // Every child has the home of this test in its environment.
    const running = () =>
      readdirSync('/proc').filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`HOME=${at.home}\0`)
        } catch {
          return false
        }
      })
    await expect.poll(running, { timeout: 60_000 }).toEqual([])
    expect(readdirSync(at.place)).toEqual([])
    expect(readdirSync(at.home)).toEqual([])
  })
})

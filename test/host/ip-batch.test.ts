import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RunResult } from '../../src/host/exec.ts'
import { answersOf, createIpBatch } from '../../src/host/ip-batch.ts'
import type { RunFailure } from '../../src/host/run-failure.ts'
import type { Argv } from '../../src/util/argv.ts'
import { bundled } from '../helpers/bundled.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const links: Argv = ['ip', '-j', '-d', 'addr', 'show']
const routes: Argv = ['ip', '-j', '-4', 'route', 'show', 'table', 'all']
const way: Argv = ['ip', '-j', '-4', 'route', 'get', '9.9.9.9']
const batch = 'ip -j -d -force -batch -'

const ended = (stdout: string, more: Partial<RunResult> = {}): RunResult => ({
  code: 0,
  stdout,
  stderr: '',
  failure: null,
  ...more,
})

/** Asks all in one turn. @returns the answers, and what was started with which input */
const ask = async (questions: readonly Argv[], answer: (command: string) => RunResult) => {
  const started: [string, string?][] = []
  const askIp = createIpBatch(async (argv, input) => {
    started.push(input === undefined ? [argv.join(' ')] : [argv.join(' '), input])
    return answer(argv.join(' '))
  })
  return { answers: await Promise.all(questions.map((argv) => askIp(argv))), started }
}

describe('the questions of one turn', () => {
  it('share a process', async () => {
    const { answers, started } = await ask([links, routes, way], () => ended('[1]\n[2]\n[3]\n'))
    expect(answers.map((answer) => answer?.stdout)).toEqual(['[1]', '[2]', '[3]'])
    expect(started).toEqual([[batch, 'addr show\nroute show table all root 0.0.0.0/0\nroute get 9.9.9.9\n']])
  })

  it('are asked as they are where there is one alone', async () => {
    const { answers, started } = await ask([way], () => ended('[3]\n'))
    expect(answers).toEqual([ended('[3]\n')])
    expect(started).toEqual([[way.join(' ')]])
  })

  it('that failed are asked once more by themselves: the code and the message are their own', async () => {
    const own = ended('', { code: 2, stderr: 'RTNETLINK answers: Network is unreachable\n' })
    const { answers, started } = await ask([links, way, routes], (command) =>
      command === batch ? ended('[1]\n[2]\n', { code: 1, stderr: `${own.stderr}Command failed -:2\n` }) : own,
    )
    expect(answers.map((answer) => answer?.stdout)).toEqual(['[1]', '', '[2]'])
    expect(answers[1]).toEqual(own)
    expect(started.slice(1)).toEqual([[way.join(' ')]])
  })

  it.each([
    ['in words instead of JSON, before 4.13', 'lo: <LOOPBACK>\n  inet 127.0.0.1/8\n'],
    ['not at all, as busybox', ''],
    ['more than was asked', '[1]\n[2]\n[3]\n'],
  ])('are asked one by one of an ip that answers %s', async (_, stdout) => {
    const { answers, started } = await ask([links, routes], (command) =>
      command === batch ? ended(stdout) : ended(command),
    )
    expect(answers.map((answer) => answer?.stdout)).toEqual([links.join(' '), routes.join(' ')])
    expect(started).toHaveLength(3)
  })

  it.each<RunFailure>([{ kind: 'not-found' }, { kind: 'timed-out', limitMs: 10_000 }])(
    'end together where ip is %j',
    async (failure) => {
      const none = ended('', { code: null, failure })
      const { answers, started } = await ask([links, routes], () => none)
      expect(answers).toEqual([none, none])
      expect(started).toHaveLength(1)
    },
  )
})

it.each([
  [['ip', '-j', '-6', 'route', 'show']],
  [['ip', '-j', '-4', 'route', 'get', '9.9.9.9\nlink del eth0']],
  [['ip', '-j', '-4', 'route', 'get', 'fd00::1']],
  [['nft', '-j', 'list', 'ruleset']],
])('leaves %j alone', async ([program = '', ...args]) => {
  expect(createIpBatch(async () => ended(''))([program, ...args])).toBeNull()
})

it('takes nothing for an answer that is none', () => {
  expect(answersOf(1, ended('Usage: ip\n'))).toBeNull()
  expect(answersOf(2, ended('[1]\n', { stderr: 'Command failed -:2\n' }))).toEqual(['[1]', null])
  expect(answersOf(2, ended('[1]\n', { stderr: 'Command failed /dev/stdin:1\n' }))).toEqual([null, '[1]'])
  expect(answersOf(2, ended('[1]\n'))).toBeNull()
})

const inPrivateNetwork = (script: string) =>
  spawnSync(
    'unshare',
    [...(process.getuid?.() === 0 ? [] : ['--map-root-user', '--user']), '--net', 'sh', '-c', script],
    {
      encoding: 'utf8',
    },
  )

const why =
  missing('ip', 'unshare') ?? (inPrivateNetwork('ip link set lo up').status === 0 ? null : 'needs namespaces')

describe.skipIf(why)(`the real ip${because(why)}`, () => {
  it.each([
    ['with a default route', 'ip route add default via 10.77.0.1', 1],
    // The way into the internet is asked for once more.
    ['without one', 'ip -6 route add default dev up0', 2],
  ])('says the same in a batch as alone, %s', (_, more, processes) => {
    const directory = scratch()
    const real = execFileSync('sh', ['-c', 'PATH=$PATH:/usr/sbin:/sbin; command -v ip'], {
      encoding: 'utf8',
    }).trim()
    writeFileSync(`${directory}/ip`, `#!/bin/sh\necho "$*" >> ${directory}/log\nexec ${real} "$@"\n`, {
      mode: 0o755,
    })
    const file = bundled(`
      import { createHost } from './src/host/host.ts'
      import { readInterfaces } from './src/host/interfaces.ts'
      import { deviceTowards, readRoutes } from './src/network/routes.ts'
      const user = { uid: 0, gid: 0, name: 'x', home: '/', groups: [], viaSudo: false }
      const look = () => {
        const host = createHost(user, process.env, 10_000, new AbortController().signal)
        return [() => readInterfaces(host), () => readRoutes(host), () => deviceTowards(host, '9.9.9.9'), () => deviceTowards(host, '10.77.0.9')]
      }
      const main = async () => {
        const together = await Promise.all(look().map((ask) => ask()))
        require('fs').appendFileSync(process.argv[2] + '/log', '--\\n')
        const alone = []
        for (const ask of look()) alone.push(await ask())
        process.stdout.write(JSON.stringify({ together, alone }))
      }
      main()
    `)
    const { stdout, stderr } = inPrivateNetwork(`
      set -e
      ip link set lo up
      ip link add up0 type veth peer name up1
      ip addr add 10.77.0.2/24 dev up0
      ip addr add fd00:77::2/64 dev up0 nodad
      ip link set up0 up; ip link set up1 up
      ip tuntap add chv0 mode tap user 0
      ip route add 10.99.0.0/24 nexthop via 10.77.0.3 nexthop via 10.77.0.4
      ip route add blackhole 10.98.0.0/16
      ip route add default via 10.77.0.5 table 77
      ${more}
      PATH=${directory}:$PATH exec ${process.execPath} ${file} ${directory}`)
    expect(stderr).toBe('')
    const { together, alone } = JSON.parse(stdout)
    expect(together).toEqual(alone)
    expect(together[0].map(({ name }: { name: string }) => name).sort()).toEqual(['chv0', 'lo', 'up0', 'up1'])
    expect(together[1].filter(({ to }: { to: string }) => to === '10.99.0.0/24')).toHaveLength(2)
    expect(together.slice(2)).toEqual([more.includes('-6') ? null : 'up0', 'up0'])
    const [shared = ''] = readFileSync(`${directory}/log`, 'utf8').split('--\n')
    expect(shared.trim().split('\n')).toHaveLength(processes)
  })
})

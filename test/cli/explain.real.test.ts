/** `chv-doctor explain` as people and scripts use it: files, pipes, a terminal, and input that is none. */

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { type CliRun, runCli } from '../helpers/run-cli.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(`${tmpdir()}/chv-explain-`)
})
afterEach(() => rmSync(home, { recursive: true }))

const deniedTap = `Error: Cloud Hypervisor exited with the following chain of errors:
  0: Error booting VM
  1: The VM could not boot
  2: Error from device manager
  3: Cannot create virtio-net device
  4: Failed to open taps
  5: Open tap device failed
  6: Unable to configure tap interface
  7: Operation not permitted (os error 1)
`

const program = [process.execPath, `${repository}/dist/cli.js`] as const

/** Gives the program its standard input; `whenSaid` waits for words on standard error before it does. */
const runWith = async (
  args: readonly string[],
  input: string | Buffer,
  whenSaid?: string,
): Promise<CliRun> => {
  const child = spawn(program[0], [program[1], 'explain', ...args], {
    cwd: home,
    env: { PATH: process.env.PATH ?? '', HOME: home },
  })
  const out = { stdout: '', stderr: '' }
  const give = () => child.stdin.end(input)
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      out[stream] += text
      if (whenSaid && stream === 'stderr' && out.stderr.includes(whenSaid)) give()
    })
  }
  child.stdin.on('error', () => {})
  if (!whenSaid) give()
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, ...out }
}

const write = (name: string, content: string | Uint8Array) => writeFileSync(`${home}/${name}`, content)

describe('explain', () => {
  it('a file: what, why, what to do, what this host says, where it is written', async () => {
    write('ch.log', deniedTap)
    const { code, stdout } = await runCli(['explain', 'ch.log'], { home })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Cloud Hypervisor was not permitted to (create|use)/)
    for (const label of ['why', 'do', 'here', 'from', 'see', 'id'])
      expect(stdout).toMatch(new RegExp(`^ {2}${label}\\s+\\S`, 'm'))
    expect(stdout).toContain('lines 1 to 9')
  })

  it('keeps to 80 columns, addresses and paths excepted', async () => {
    write(
      'ch.log',
      `$ cloud-hypervisor --kernel hypervisor-fw --disk path=/tmp/a --net tap=,mac=\n${deniedTap}`,
    )
    const { stdout } = await runCli(['explain', 'ch.log', '--no-host-checks'], { home })
    const long = stdout.split('\n').filter((line) => line.length > 80 && !/https:\/\/\S+$/.test(line))
    expect(long).toEqual([])
    expect(stdout).toContain('About the command line:')
  })

  it('a pipe, with - and without', async () => {
    for (const args of [['-'], []]) {
      const { code, stdout, stderr } = await runWith([...args, '--no-host-checks'], deniedTap)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain('tap-create-denied (likely)')
      expect(stdout).not.toContain('  here')
    }
  })

  it('says that it waits for an input that does not come', async () => {
    const { code, stderr } = await runWith(['-', '--no-host-checks'], deniedTap, 'Waiting for standard input')
    expect(code).toBe(0)
    expect(stderr).toContain('chv-doctor explain FILE')
  })

  it.skipIf(missing('script'))(`asks for a paste on a terminal${because(missing('script'))}`, async () => {
    // script(1) gives it one.
    const child = spawn(
      'script',
      ['-qec', `${program[0]} ${program[1]} explain --no-host-checks`, '/dev/null'],
      {
        env: { PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm' },
      },
    )
    let shown = ''
    let asked = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text
      if (asked || !shown.includes('press Enter and Ctrl-D')) return
      asked = true
      child.stdin.write(`${deniedTap}\u0004`)
    })
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    expect(code, shown).toBe(0)
    expect(shown).toContain('tap-create-denied')
  })

  it('as JSON: the published schema, stable ids, lines and checks', async () => {
    write('ch.log', `${deniedTap}\nsome other line\n`)
    const { code, stdout } = await runCli(['explain', 'ch.log', '--format', 'json'], { home })
    const explanation = JSON.parse(stdout)
    const schema = JSON.parse(readFileSync(`${repository}/docs/explanation.schema.json`, 'utf8'))
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(
      schema,
    )
    validate(explanation)
    expect(validate.errors).toBeNull()
    expect([code, explanation.exitCode]).toEqual([0, 0])
    expect(explanation.diagnoses.map(({ layer }: { layer: string }) => layer)).toEqual([
      'network',
      'network',
      'network',
    ])
    expect(explanation.diagnoses[0]).toMatchObject({
      check: expect.any(String),
      host: { check: expect.any(String) },
    })
    expect(explanation.diagnoses[0].lines.at(-1)).toEqual({
      number: 9,
      text: '  7: Operation not permitted (os error 1)',
    })
  })

  it.each([
    ['an unknown error', 'Error booting VM: VmBoot(Frobnicated)\n', 'not among those'],
    ['a healthy log', 'Ubuntu 24.04 LTS cloud ttyS0\n\ncloud login:\n', 'holds no error'],
    [
      'no text at all',
      Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 256)),
      'holds no error',
    ],
  ])('ends with 3 for %s', async (_, content, words) => {
    const { code, stdout, stderr } = await runWith(['-', '--no-host-checks'], content)
    expect([code, stderr]).toEqual([3, ''])
    expect(stdout.replace(/\s+/g, ' ')).toContain(words)
  })

  it('refuses a compressed file with the way to read it', async () => {
    write('ch.log.gz', gzipSync(deniedTap))
    const { code, stderr } = await runCli(['explain', 'ch.log.gz'], { home })
    expect([code, stderr.trim()]).toEqual([2, expect.stringContaining('zcat FILE | chv-doctor explain -')])
  })

  it('reads the end of something long, counts its lines, and says so', async () => {
    const line = `cloud-hypervisor: 12.345678s: <vcpu0> INFO:vmm/src/cpu.rs:1 -- ${'.'.repeat(900)}\n`
    const count = 12_000
    write('long.log', line.repeat(count) + deniedTap)
    const { code, stdout } = await runCli(['explain', 'long.log', '--no-host-checks'], { home })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Of 11\.\d MiB only the end was read, from line \d+ on\.$/m)
    expect(stdout).toContain(`lines ${count + 1} to ${count + 9}`)
  })

  it('still shows the page of a check and of a fix', async () => {
    expect((await runCli(['explain', 'kvm'], { home })).stdout).toMatch(/^kvm: /)
    expect((await runCli(['explain', 'create-tap'], { home })).stdout).toMatch(/^create-tap/)
  })
})

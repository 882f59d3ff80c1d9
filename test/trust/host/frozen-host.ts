/**
 * A host that is made ready once and then used many times: each use starts from the same frozen file
 * system under an overlay of its own, with devices, processes and a network of its own, and leaves
 * nothing. What a use changed is exactly what its overlay holds.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { repository } from '../../helpers/disposable-host.ts'
import { cacheDirectory } from '../../prepare/places.mjs'

const sudo: readonly string[] = process.getuid?.() === 0 ? [] : ['sudo', '-n', '-E']
const here = `${repository}/test/trust/host`

interface Use {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface UseOptions {
  /** What its commands read on standard input. */
  readonly input?: string
  /** The size of its file system, as tmpfs(5) takes it. */
  readonly size?: string
  /** After this the use is ended, and its code is null. */
  readonly limitMs?: number
}

export interface FrozenHost {
  /** Runs a command on a fresh copy of the host, as root. */
  use(argv: readonly string[], options?: UseOptions): Promise<Use>
  close(): Promise<void>
}

/** What a test runner sets must not reach the program under test. */
const environment = () => {
  const { CI: _ci, NODE_OPTIONS: _options, VITEST: _vitest, ...outer } = process.env
  return { ...outer, HOME: '/root', REPO: '/opt/chv-doctor', NODE: '/opt/node' }
}

const start = (argv: readonly string[]): ChildProcess => {
  const [program = '', ...args] = [...sudo, ...argv]
  return spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: environment() })
}

const finish = async (
  child: ChildProcess,
  { input = '', limitMs = 600_000 }: Pick<UseOptions, 'input' | 'limitMs'>,
): Promise<Use> => {
  const out = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      out[stream] += text
    })
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  return { code, ...out }
}

/**
 * @param script bash that defines `prepare` (with the outer network) and `freeze` (in a network of its own)
 * @param extras files that are put into /opt/trust
 */
export const freezeHost = async (script: string, extras: readonly string[] = []): Promise<FrozenHost> => {
  const work = mkdtempSync(`${tmpdir()}/chv-doctor-frozen-`)
  const files = mkdtempSync(`${tmpdir()}/chv-doctor-frozen-`)
  mkdirSync(cacheDirectory, { recursive: true })
  writeFileSync(`${files}/script`, `set -eu\n${script}\n"$1"\n`)
  // A copy: the checkout may change while the host is in use.
  for (const name of ['thaw.sh', 'devices.sh']) cpSync(`${here}/${name}`, `${files}/${name}`)
  const builder = start([
    'unshare',
    '--mount',
    'bash',
    `${here}/build.sh`,
    work,
    repository,
    process.execPath,
    `${files}/script`,
    cacheDirectory,
    ...extras,
  ])
  let output = ''
  const pid = await new Promise<string>((resolve, reject) => {
    const read = (text: string) => {
      output += text
      const ready = /^READY (\d+)$/m.exec(output)?.[1]
      if (ready) resolve(ready)
    }
    builder.stdout?.setEncoding('utf8').on('data', read)
    builder.stderr?.setEncoding('utf8').on('data', read)
    builder.on('close', () => reject(new Error(`the host could not be made ready:\n${output}`)))
  })
  let uses = 0
  return {
    use: (argv, options = {}) =>
      finish(
        start([
          'nsenter',
          `--mount=/proc/${pid}/ns/mnt`,
          'unshare',
          '--mount',
          '--uts',
          '--pid',
          '--fork',
          '--kill-child',
          'bash',
          `${files}/thaw.sh`,
          work,
          String(uses++),
          options.size ?? '4g',
          files,
          ...argv,
        ]),
        options,
      ),
    close: async () => {
      const closed = new Promise((resolve) => builder.on('close', resolve))
      builder.stdin?.end('\n')
      await closed
      rmSync(files, { recursive: true })
      rmSync(work, { recursive: true })
    },
  }
}

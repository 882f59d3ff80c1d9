/** Runs the built program as a user would: a process of its own, with a home that is empty. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { repository } from './disposable-host.ts'

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly home?: string
}

/** A directory of PATH with the command, so that advice names it as of one that is installed. */
const directory = `${repository}/dist/command-artifacts`
const command = `${directory}/chv-doctor`

const installCommand = () => {
  mkdirSync(directory, { recursive: true })
  try {
    symlinkSync('../cli.js', command)
  } catch (error) {
    // Another test file was first.
    if (!existsSync(command)) throw error
  }
}

export const runCli = async (
  args: readonly string[],
  { cwd, env = {}, home }: CliOptions = {},
): Promise<CliRun> => {
  const own = home ?? mkdtempSync(`${tmpdir()}/chv-home-`)
  installCommand()
  const child = spawn(process.execPath, [command, ...args], {
    cwd: cwd ?? own,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: `${process.env.PATH ?? ''}:${directory}`, HOME: own, LANG: 'C.UTF-8', ...env },
  })
  const out = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      out[stream] += text
    })
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (home === undefined) rmSync(own, { recursive: true })
  return { code, ...out }
}

/** Logs in to a guest by ssh on this terminal, for a person or a script. */
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import type { Argv } from '../util/argv.ts'
import { errnoOf } from '../util/errors.ts'
import { childEnvironment } from './child-environment.ts'
import { type LoginKey, offering } from './login.ts'
import { startChild } from './start-child.ts'

export interface SshSession {
  readonly key: LoginKey
  readonly user: string
  /** IPv4. */
  readonly address: string
  /** The file with the host key of this guest, which the first login writes. */
  readonly knownHosts: string
  /** What the guest is called in it. */
  readonly alias: string
  /** The command for the guest, word by word; none: a shell. */
  readonly words: readonly string[]
  /** Whether ssh may ask for a passphrase. */
  readonly mayPrompt: boolean
  /** Whether the command gets a terminal of its own in the guest. */
  readonly terminal: boolean
}

/** An argument of ssh_config(5), where quotes keep blanks together and "%" begins a token. */
const configWord = (word: string): string =>
  `"${word.replaceAll('%', '%%').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** ssh joins its arguments with blanks for the shell of the guest's user: each word is quoted for that (XCU 2.2.2). */
const remoteWord = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

/** The configuration of the user is not read: it is written for machines that keep their keys and addresses. */
export const sshCommand = (session: SshSession): Argv => [
  session.key.ssh,
  ...['-F', '/dev/null', '-a', '-x'],
  ...(session.terminal ? ['-t'] : []),
  ...[
    `BatchMode=${session.mayPrompt ? 'no' : 'yes'}`,
    'PreferredAuthentications=publickey',
    // A first key is believed, another one never: the file is that of one disk and one seed.
    'StrictHostKeyChecking=accept-new',
    `UserKnownHostsFile=${configWord(session.knownHosts)}`,
    'GlobalKnownHostsFile=/dev/null',
    `HostKeyAlias=${session.alias}`,
    'CheckHostIP=no',
    'UpdateHostKeys=no',
    'ConnectTimeout=20',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=4',
    'LogLevel=ERROR',
  ].flatMap((option) => ['-o', option]),
  ...offering(session.key),
  ...['-l', session.user, session.address],
  ...(session.words.length === 0 ? [] : ['--', session.words.map(remoteWord).join(' ')]),
]

/** Enough for the warning about another host key. */
const maxStderr = 8 * 1024

export interface SshEnd {
  /** 128 and its number after a signal, as a shell has it. */
  readonly code: number
  /** The end of what it wrote to standard error, which was shown as well. */
  readonly stderr: string
}

/**
 * Runs ssh with the input and output of this process.
 * @param signal ends it
 * @throws an Error of spawn(2) when it cannot be started
 */
export const runSsh = (argv: Argv, signal: AbortSignal): Promise<SshEnd> =>
  new Promise((resolve, reject) => {
    const [program, ...args] = argv
    const child = startChild(() =>
      spawn(program, args, { stdio: ['inherit', 'inherit', 'pipe'], env: childEnvironment(process.env) }),
    )
    let stderr = ''
    child.stderr.on('data', (part: Buffer) => {
      stderr = (stderr + part.toString('utf8')).slice(-maxStderr)
    })
    child.stderr.pipe(process.stderr, { end: false })
    const stop = () => void child.kill('SIGTERM')
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    child.on('error', reject)
    child.on('close', (code, name) => {
      signal.removeEventListener('abort', stop)
      resolve({ code: code ?? (name === 'SIGINT' ? 130 : 143), stderr })
    })
  })

/**
 * Whether a server listens at an address.
 * @returns null when it does, else why not: an errno, or "ETIMEDOUT"
 */
export const whyNoServer = (address: string, port: number, timeoutMs: number): Promise<string | null> =>
  new Promise((resolve) => {
    const trial = connect({ host: address, port, timeout: timeoutMs })
    const end = (reason: string | null) => {
      trial.destroy()
      resolve(reason)
    }
    trial
      .on('connect', () => end(null))
      .on('timeout', () => end('ETIMEDOUT'))
      .on('error', (error) => end(errnoOf(error) ?? 'unknown error'))
  })

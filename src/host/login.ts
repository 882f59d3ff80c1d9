/** Logs in to a guest by ssh, once, and runs a script there. Nothing is asked, and nothing is remembered. */

import type { Argv } from '../util/argv.ts'
import { lastLine } from '../util/lines.ts'
import { execCapture, type RunResult } from './exec.ts'
import { describeRunFailure } from './run-failure.ts'

/** With what to log in. */
export interface LoginKey {
  /** The ssh client. */
  readonly ssh: string
  /** The private key, or the public key of one that the agent holds; null: whatever the agent holds. */
  readonly identity: string | null
  /** Whether the agent has it. */
  readonly agent: boolean
}

export interface Login {
  readonly key: LoginKey
  readonly user: string
  /** IPv4. */
  readonly address: string
  /** For `sh`, on its standard input. */
  readonly script: string
  /** Its $1, $2, …: the shell of the guest's user reads them, so that they must be plain words. */
  readonly args: readonly string[]
}

export type LoginAnswer =
  | { readonly kind: 'in'; readonly stdout: string }
  /** `denied`: the server accepts none of the offered keys. `said`: the last words of ssh, or of the guest. */
  | { readonly kind: 'denied' | 'failed'; readonly said: string }

/** Until the server has greeted: in an emulated host that takes many seconds. */
const connectSeconds = 20

/** For all of it; the script takes half a minute where nothing answers. */
const limitMs = 60_000

/** Every machine that boots anew has new host keys at an address that others had before. */
const options: readonly string[] = [
  ...['-F', '/dev/null', '-T', '-a', '-x'],
  ...[
    'BatchMode=yes',
    'PreferredAuthentications=publickey',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'GlobalKnownHostsFile=/dev/null',
    'UpdateHostKeys=no',
    `ConnectTimeout=${connectSeconds}`,
    // A guest that goes away in the middle takes its connection with it, also when ssh is not killed.
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
  ].flatMap((option) => ['-o', option]),
]

/** @returns the options that make ssh offer this key and no other */
export const offering = ({ agent, identity }: LoginKey): readonly string[] => [
  ...(agent ? [] : ['-o', 'IdentityAgent=none']),
  ...(identity === null ? [] : ['-o', 'IdentitiesOnly=yes', '-i', identity]),
]

const plainWord = /^[A-Za-z0-9.:%_-]+$/

/** @throws Error when an argument is no plain word */
export const loginCommand = ({ key, user, address, args }: Login): Argv => {
  const odd = args.find((word) => !plainWord.test(word))
  if (odd !== undefined) throw new Error(`${JSON.stringify(odd)} is no plain word for a shell`)
  return [key.ssh, ...options, ...offering(key), ...['-l', user, address, 'sh', '-s', '--', ...args]]
}

/** The last line of ssh, which warns about every host that it did not know before. */
const lastWord = (text: string): string =>
  lastLine(text, (line) => !line.startsWith('Warning: Permanently added'))

const answerOf = ({ code, stdout, stderr, failure }: RunResult): LoginAnswer => {
  if (code === 0) return { kind: 'in', stdout }
  // ssh(1) ends with 255 for an error of its own, else with the code of the remote command.
  if (code === 255 && /: Permission denied \(/.test(stderr)) return { kind: 'denied', said: lastWord(stderr) }
  const said = failure
    ? describeRunFailure(failure)
    : lastWord(stderr) || lastWord(stdout) || `ended with ${code}`
  return { kind: 'failed', said }
}

/** @param signal ends it at once */
export const logIn = async (login: Login, signal: AbortSignal): Promise<LoginAnswer> =>
  answerOf(await execCapture(loginCommand(login), limitMs, signal, false, login.script))

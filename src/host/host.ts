/**
 * The host as checks see it: everything here reads, nothing writes. All answers of one run are
 * remembered, so that checks which ask the same question cost one look.
 */
import { constants } from 'node:fs'
import { lstat, readlink, realpath } from 'node:fs/promises'
import { release } from 'node:os'
import { getSystemErrorName } from 'node:util'
import type { Argv } from '../util/argv.ts'
import { Undetermined } from '../util/errors.ts'
import { pathFault } from '../util/trusted-path.ts'
import { askNameServer, type DnsAnswer } from './dns.ts'
import { execCapture, type RunResult } from './exec.ts'
import {
  type FileInfo,
  freeAt,
  infoOf,
  namesIn,
  nullIfMissing,
  readPart,
  requireAccess,
  textOf,
} from './files.ts'
import { foreignMachine } from './foreign-program.ts'
import { createIpBatch } from './ip-batch.ts'
import { createKernelHelper } from './kernel-helper.ts'
import { findProgram } from './path.ts'
import { rootProgram } from './root-program.ts'
import { openTapLink, type TapLink, type TapLinkEvents } from './tap-link.ts'
import { runSandboxed, type SandboxedRun, type TrialResult } from './trial.ts'
import { type EndTurn, isTurnTaken, takeTurn } from './turn.ts'
import type { User } from './user.ts'

/** Outcomes are errno names, "ok", or null for a step that was not reached. */
export interface KvmAnswer {
  readonly open: string
  readonly api: number | null
  readonly vm: string | null
  readonly vcpu: string | null
  /** Whether a guest can be given a GICv2 or a GICv3; only on aarch64, once a machine was created. */
  readonly gic?: { readonly v2: string | null; readonly v3: string | null }
}

export interface Host {
  /** As `uname -m` writes it. */
  readonly arch: string
  /** The release of the running kernel. */
  readonly kernelRelease: string
  readonly user: User
  /** The text of a file, or null when there is none. @throws Undetermined when it may not be read */
  readText(path: string): Promise<string | null>
  /** The same, read anew where this run has read it before. */
  readTextNow(path: string): Promise<string | null>
  /** Up to `length` bytes from `offset` (short at the end of the file), or null when there is no file. */
  readBytes(path: string, offset: number, length: number): Promise<Uint8Array | null>
  /** Follows links; null when nothing is there. */
  stat(path: string): Promise<FileInfo | null>
  /** The target of a symbolic link, or null when the path is not one. */
  linkTarget(path: string): Promise<string | null>
  /** The real path behind all links, or null when nothing is there. */
  realPath(path: string): Promise<string | null>
  /** Whether the user may use a path so; false also when it does not exist. */
  canAccess(path: string, how: 'read' | 'write' | 'execute'): Promise<boolean>
  /** The names in a directory, or null when there is none. */
  list(path: string): Promise<readonly string[] | null>
  /** Free bytes for ordinary users on the file system of a path (of its nearest existing parent). */
  freeBytes(path: string): Promise<number>
  /** Looks in PATH and in the sbin directories that an ordinary Debian user's PATH lacks. */
  which(name: string): Promise<string | null>
  /** Runs a read-only command with a C locale; a non-zero code is data. `code` is null after a time-out or signal. */
  run(argv: Argv): Promise<RunResult>
  /**
   * The same with root, where this run has it or was granted it (the user is root, started it under sudo, or
   * agreed to steps that need root); null otherwise. Nothing here ever asks for it. The program is the one
   * that `rootProgram` finds.
   */
  runAsRoot(argv: Argv): Promise<RunResult | null>
  /** The absolute path of a program that only root can change, for what runs as root; null when there is none. */
  rootProgram(name: string): Promise<string | null>
  /** Why another account could exchange what is at a path, or null: see `pathFault` in src/util/trusted-path.ts. */
  pathFault(path: string): Promise<string | null>
  /** Sends one DNS question to UDP port 53 of a server. The only look that uses the network. */
  askNameServer(address: string): Promise<DnsAnswer>
  /** Does the real ioctls on /dev/kvm; null when there is no program here that could. */
  askKvm(): Promise<KvmAnswer | null>
  /** Opens /dev/net/tun; null when there is no program here that could. */
  askTun(): Promise<{ readonly open: string } | null>
  /** The raw security.capability of a file in hex, "" when it has none; null when nothing here could ask. */
  fileCapability(path: string): Promise<string | null>
  /** The SHA-512 hash of a password as crypt(5) writes it; null when there is no program here that could. */
  hashPassword(password: string, salt: string): Promise<string | null>
  /** Runs a command beside files of its own, which vanish with it; whatever happens, nothing of it stays. */
  tryOut(trial: SandboxedRun): Promise<TrialResult>
  /**
   * Whether a link has a carrier, also while it is down; for a TAP: whether a process holds it. Null when
   * there is no such link, or no program here that could ask.
   */
  askCarrier(name: string): Promise<boolean | null>
  /**
   * Attaches to a TAP as its guest, until the link is closed; null when there is no perl to do it. The
   * only call that sends packets into a network of guests.
   */
  openTap(name: string, events: TapLinkEvents): Promise<TapLink | null>
  /** Waits until no other doctor tries something with this interface; see turn.ts. */
  takeTurn(name: string): Promise<EndTurn>
  /** Whether another doctor does just now. */
  isTurnTaken(name: string): Promise<boolean>
  close(): void
}

/** Of a text file that a check reads; the largest, the list of installed packages, has some MiB. */
const maxTextBytes = 64 * 2 ** 20

const archNames: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64', riscv64: 'riscv64' }

/** The machine name as `uname -m` writes it. */
export const machineArch = (): string => archNames[process.arch] ?? process.arch

const memoize = <Args extends readonly string[], T>(look: (...args: Args) => Promise<T>) => {
  const known = new Map<string, Promise<T>>()
  return (...args: Args): Promise<T> => {
    const key = args.join('\0')
    let answer = known.get(key)
    if (!answer) {
      answer = look(...args)
      known.set(key, answer)
    }
    return answer
  }
}

const outcome = (number: string | undefined): string | null =>
  number === undefined ? null : Number(number) > 0 ? getSystemErrorName(-Number(number)) : 'ok'

/**
 * @param timeoutMs limit of each single command; the engine limits the check as a whole
 * @param rootPrefix what gives a reading command root, null where this run was not granted it
 */
export const createHost = (
  user: User,
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
  signal: AbortSignal,
  rootPrefix: readonly string[] | null = user.uid === 0 ? [] : null,
): Host => {
  const arch = machineArch()
  const { PATH } = env
  const which = memoize(async (name: string) => findProgram(name, PATH))
  const helper = createKernelHelper(which, arch)
  const links: TapLink[] = []
  const abandon = () => helper.close()
  signal.addEventListener('abort', abandon, { once: true })
  const start = async (argv: Argv, input?: string): Promise<RunResult> => {
    const [program] = argv
    const path = program.startsWith('/') ? program : await which(program)
    const machine = path && foreignMachine(path, arch)
    return machine
      ? { code: null, stdout: '', stderr: '', failure: { kind: 'foreign', machine, arch } }
      : execCapture(argv, timeoutMs, signal, false, input)
  }
  const askIp = createIpBatch(start)
  const run = memoize((...words: string[]) => {
    const argv = words as unknown as Argv
    return askIp(argv) ?? start(argv)
  })
  const readTextNow = (path: string) => nullIfMissing(path, () => textOf(path, maxTextBytes))
  return {
    arch,
    kernelRelease: release(),
    user,
    readText: memoize(readTextNow),
    readTextNow,
    readBytes: (path, offset, length) => nullIfMissing(path, () => readPart(path, offset, length)),
    stat: memoize((path) => nullIfMissing(path, () => infoOf(path))),
    linkTarget: (path) =>
      nullIfMissing(path, async () => ((await lstat(path)).isSymbolicLink() ? readlink(path) : null)),
    realPath: memoize((path) => nullIfMissing(path, () => realpath(path))),
    canAccess: async (path, how) => {
      const mode = { read: constants.R_OK, write: constants.W_OK, execute: constants.X_OK }[how]
      return requireAccess(path, mode).then(
        () => true,
        () => false,
      )
    },
    list: memoize((path) => nullIfMissing(path, () => namesIn(path))),
    freeBytes: memoize(freeAt),
    which,
    run: (argv) => run(...argv),
    runAsRoot: async ([program, ...args]) => {
      if (rootPrefix === null) return null
      const path = await rootProgram(program)
      if (path === null) return { code: null, stdout: '', stderr: '', failure: { kind: 'not-found' } }
      return run(...rootPrefix, path, ...args)
    },
    rootProgram: memoize(rootProgram),
    pathFault: (path) => pathFault(path, user.uid),
    askNameServer: memoize((address) => askNameServer(address, signal)),
    askKvm: async () => {
      const answer = await helper.ask(`kvm ${arch}`)
      if (!answer) return null
      return {
        open: outcome(answer.open) ?? 'no answer',
        api: answer.api === undefined ? null : Number(answer.api),
        vm: outcome(answer.vm),
        vcpu: outcome(answer.vcpu),
        ...(answer.v3 === undefined ? {} : { gic: { v2: outcome(answer.v2), v3: outcome(answer.v3) } }),
      }
    },
    askTun: async () => {
      const answer = await helper.ask('tun')
      return answer && { open: outcome(answer.open) ?? 'no answer' }
    },
    fileCapability: async (path) => {
      const answer = await helper.ask(`xattr ${Buffer.from(path).toString('hex')}`)
      if (!answer) return null
      const error = outcome(answer.error)
      // ENODATA: no such attribute; ENOTSUP: the file system has none at all.
      if (error === 'ENODATA' || error === 'ENOTSUP') return ''
      if (error !== 'ok') throw new Undetermined(`the capability of ${path} cannot be read (${error})`)
      return answer.value ?? ''
    },
    hashPassword: async (password, salt) => {
      const answer = await helper.ask(`crypt ${salt} ${Buffer.from(password).toString('hex')}`)
      // A C library without this method answers with "*0", nothing, or a hash of another kind.
      return answer?.hash?.startsWith(`$6$${salt}$`) ? answer.hash : null
    },
    tryOut: (trial) => runSandboxed(trial, env, user.uid, which, signal),
    askCarrier: async (name) => {
      const answer = await helper.ask(`carrier ${Buffer.from(name).toString('hex')}`)
      return answer?.carrier === undefined ? null : answer.carrier === '1'
    },
    takeTurn: (name) => takeTurn(name, signal),
    isTurnTaken,
    openTap: async (name, events) => {
      const perl = await which('perl')
      if (perl === null) return null
      const link = openTapLink(perl, name, events, signal)
      links.push(link)
      return link
    },
    close: () => {
      // A check that missed its deadline never closes its own; one that hangs would keep the doctor alive.
      for (const link of links) link.close()
      signal.removeEventListener('abort', abandon)
      helper.close()
    },
  }
}

/**
 * A host made of a table. Whatever a check asks that is not in the table throws: a test shows
 * everything that its check looks at. A value may be an Error, which is then thrown.
 */

import type { DnsAnswer } from '../../src/host/dns.ts'
import type { FileInfo } from '../../src/host/files.ts'
import type { Host, KvmAnswer } from '../../src/host/host.ts'
import type { RunFailure } from '../../src/host/run-failure.ts'
import type { TapLink, TapLinkEvents } from '../../src/host/tap-link.ts'
import type { SandboxedRun, TrialResult } from '../../src/host/trial.ts'
import type { User } from '../../src/host/user.ts'
import { Undetermined } from '../../src/util/errors.ts'

export const sky: User = {
  uid: 1000,
  gid: 1000,
  name: 'sky',
  home: '/home/sky',
  groups: [1000],
  viaSudo: false,
}

export interface FakeFile {
  readonly text?: string
  readonly bytes?: Uint8Array
  readonly info?: Partial<FileInfo>
  readonly link?: string
  readonly real?: string
  readonly access?: readonly ('read' | 'write' | 'execute')[]
  readonly names?: readonly string[]
}

export interface FakeHost {
  readonly arch?: string
  readonly kernelRelease?: string
  readonly user?: Partial<User>
  /** null: known to be absent. */
  readonly files?: Readonly<Record<string, FakeFile | string | null | Error>>
  readonly programs?: Readonly<Record<string, string | null>>
  /** Programs that only root can change, for what runs as root. */
  readonly rootPrograms?: Readonly<Record<string, string | null>>
  /** Why other accounts could exchange what is at a path. */
  readonly pathFaults?: Readonly<Record<string, string | null>>
  /** Keyed by the command line; a string is the standard output of a success. */
  readonly commands?: Readonly<
    Record<string, string | { code?: number | null; stdout?: string; stderr?: string; failure?: RunFailure }>
  >
  /** What only root may run, keyed alike; null: this run was not granted root. */
  readonly rootCommands?: FakeHost['commands'] | null
  /** By address. */
  readonly nameServers?: Readonly<Record<string, DnsAnswer>>
  readonly kvm?: KvmAnswer | null
  readonly tun?: { open: string } | null
  readonly capabilities?: Readonly<Record<string, string | null>>
  /** What a TAP does with the frames of a guest; null: no program to attach with. */
  readonly tapLink?: (events: TapLinkEvents) => TapLink | null
  /** Asked for a TAP that is down. */
  readonly carrier?: Readonly<Record<string, boolean | null>>
  readonly free?: Readonly<Record<string, number>>
  /** Whether a password can be hashed. */
  readonly hashes?: boolean
  /** How a trial ends; the directory is /trial. */
  readonly trial?: (argv: readonly string[], trial: SandboxedRun) => Partial<TrialResult>
}

const listed = <T>(table: Readonly<Record<string, T>> | undefined, key: string, what: string): T => {
  if (!table || !(key in table))
    throw new Error(`fake host: ${what} ${JSON.stringify(key)} is not in the table`)
  const value = table[key] as T
  if (value instanceof Error) throw value
  return value
}

const given = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`fake host: ${what} is not in the table`)
  return value
}

export const notPermitted = (path: string) => new Undetermined(`not permitted to look at ${path}`)

export const fakeHost = (table: FakeHost): Host => {
  const file = (path: string): FakeFile | null => {
    const entry = listed(table.files, path, 'file') as FakeFile | string | null
    return typeof entry === 'string' ? { text: entry } : entry
  }
  const bytesOf = (entry: FakeFile): Uint8Array => entry.bytes ?? new TextEncoder().encode(entry.text ?? '')
  const readText = async (path: string) => {
    const entry = file(path)
    return entry && new TextDecoder().decode(bytesOf(entry))
  }
  return {
    arch: table.arch ?? 'x86_64',
    kernelRelease: table.kernelRelease ?? '6.1.0-40-amd64',
    user: { ...sky, ...table.user },
    readText,
    readTextNow: readText,
    readBytes: async (path, offset, length) => {
      const entry = file(path)
      // pread(2): only files and block devices have a position.
      if (entry?.info?.type === 'other') throw new Undetermined(`${path}: ESPIPE`)
      return entry && bytesOf(entry).subarray(offset, offset + length)
    },
    stat: async (path) => {
      const entry = file(path)
      const size = entry ? bytesOf(entry).length : 0
      return (
        entry && {
          type: 'file',
          size,
          mode: 0o644,
          uid: 1000,
          gid: 1000,
          inode: 1,
          mtime: 1_700_000_000,
          device: '08:01',
          ...entry.info,
        }
      )
    },
    linkTarget: async (path) => file(path)?.link ?? null,
    realPath: async (path) => {
      const entry = file(path)
      return entry && (entry.real ?? path)
    },
    canAccess: async (path, how) => file(path)?.access?.includes(how) ?? false,
    list: async (path) => {
      const entry = file(path)
      return entry && given(entry.names, `the content of directory ${path}`)
    },
    freeBytes: async (path) => listed(table.free, path, 'free space of'),
    rootProgram: async (name) => listed(table.rootPrograms, name, 'program of root'),
    pathFault: async (path) => listed(table.pathFaults, path, 'fault of'),
    which: async (name) => listed(table.programs, name, 'program'),
    run: async (argv) => {
      const entry = listed(table.commands, argv.join(' '), 'command')
      const full = typeof entry === 'string' ? { stdout: entry } : entry
      return { code: 0, stdout: '', stderr: '', failure: null, ...full }
    },
    runAsRoot: async (argv) => {
      if (table.rootCommands === null) return null
      const entry = listed(table.rootCommands, argv.join(' '), 'root command')
      const full = typeof entry === 'string' ? { stdout: entry } : entry
      return { code: 0, stdout: '', stderr: '', failure: null, ...full }
    },
    askNameServer: async (address) => listed(table.nameServers, address, 'name server'),
    askKvm: async () => given(table.kvm, 'the answer of /dev/kvm'),
    askTun: async () => given(table.tun, 'the answer of /dev/net/tun'),
    fileCapability: async (path) => listed(table.capabilities, path, 'capability of'),
    hashPassword: async (password, salt) => {
      const letters = password.length
      return given(table.hashes, 'whether a password can be hashed') ? `$6$${salt}$hash-of-${letters}` : null
    },
    tryOut: async (trial) => ({
      code: 0,
      stdout: '',
      stderr: '',
      failure: null,
      watched: '',
      ms: 20,
      ...given(table.trial, 'a trial')(trial.argv('/trial'), trial),
    }),
    openTap: async (name, events) => given(table.tapLink, `the link of ${name}`)(events),
    askCarrier: async (name) => listed(table.carrier, name, 'carrier of'),
    takeTurn: async () => () => {},
    isTurnTaken: async () => false,
    close: () => {},
  }
}

import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { type FileInfo, typeWord } from '../src/host/files.ts'
import type { Host } from '../src/host/host.ts'
import { noexecPoint } from '../src/host/mounts.ts'
import {
  type Binary,
  canFetchRemote,
  findHypervisor,
  ownBinary,
  remoteBeside,
} from '../src/hypervisor/find.ts'
import { displayVersion, isVulnerable, parseVersion, supports } from '../src/hypervisor/version.ts'
import { testProgram } from './shared/trial.ts'

const install = { id: 'install-cloud-hypervisor', args: {} } as const

/** A release to be replaced: by the user where the configuration names the file, else by the fix. */
type Outdated = { readonly version: string; readonly path: string; readonly configured: boolean }

const describe = ({ version, path }: { version: string; path: string }) =>
  `${displayVersion(version)} at ${path}`

const replace = ({ configured }: Outdated) => (configured ? 'Replace it by a newer release.' : null)

/** ch-remote beside the binary. */
interface Remote {
  readonly path: string
  readonly isThere: boolean
  /** Null where it says none. */
  readonly version: string | null
  /** Whether the fix puts it there: where it has put the binary. */
  readonly isOurs: boolean
}

const readRemote = async (host: Host, config: Config, binary: string): Promise<Remote> => {
  const path = remoteBeside(binary)
  const isOurs = binary === ownBinary(config) && canFetchRemote(config)
  if (!(await host.canAccess(path, 'execute'))) return { path, isThere: false, version: null, isOurs }
  const { stdout } = await host.run([path, '--version'])
  return { path, isThere: true, version: parseVersion(stdout, 'ch-remote'), isOurs }
}

const remount = ({ point }: { point: string }) =>
  `or let it: \`sudo mount -o remount,exec ${point}\`, and in /etc/fstab.`

const findings = {
  'configured-file-missing': finding<{ path: string }>({
    found: ({ path }) => `there is no ${path}`,
    expected: 'the binary that `hypervisor` names',
    hint: 'Correct `hypervisor`, or remove it and let `fix` install one.',
  }),
  missing: finding<{ name: string }>({
    found: ({ name }) => `${name} was not found`,
    expected: 'in PATH or in a usual directory',
  }),
  'nowhere-to-install': finding<{ name: string; directory: string; point: string }>({
    found: ({ name, directory, point }) =>
      `${name} was not found, and ${directory}, where the fix puts it, is on ${point}, mounted noexec`,
    expected: 'a file system that starts programs',
    hint: ({ point }) => `Set \`data_dir\` to a file system that starts programs, ${remount({ point })}`,
  }),
  'on-noexec': finding<{ path: string; point: string }>({
    found: ({ path, point }) => `${path} is on ${point}, which is mounted noexec: it starts no programs`,
    expected: 'a binary on a file system that starts programs',
    hint: ({ point }) => `Move it to a file system that starts programs, ${remount({ point })}`,
  }),
  'not-executable': finding<{ path: string }>({
    found: ({ path }) => `${path} is not executable`,
    expected: 'an executable file',
    hint: ({ path }) => `Make it executable: \`chmod +x ${path}\`.`,
  }),
  'not-a-file': finding<{ path: string; type: FileInfo['type'] }>({
    found: ({ path, type }) => `${path} is a ${typeWord(type)}`,
    expected: 'an executable file',
    hint: 'Correct `hypervisor` in the configuration.',
  }),
  'does-not-run': finding<{ path: string; reason: string; configured: boolean }>({
    found: ({ path, reason }) => `${path} does not run: ${reason}`,
    expected: 'a binary for this machine',
    hint: ({ configured }) =>
      configured ? 'Check that it was built for this architecture and C library.' : null,
  }),
  'unknown-version': finding<{ path: string; output: string }>({
    found: ({ path, output }) => `${path} --version printed "${output}"`,
    expected: 'cloud-hypervisor vNN.N',
    hint: 'Check that this is Cloud Hypervisor.',
  }),
  'too-old': finding<Outdated>({
    found: describe,
    expected: '36.0 or newer',
    hint: replace,
  }),
  vulnerable: finding<Outdated>({
    found: describe,
    expected: '51.2 or newer: CVE-2026-45782 is fixed there',
    hint: replace,
  }),
  'remote-missing': finding<{ path: string }>({
    found: ({ path }) => `there is no ${path}`,
    expected: 'ch-remote beside Cloud Hypervisor, which speaks to its API',
  }),
  'remote-other-release': finding<{ path: string; version: string | null; wanted: string; fixable: boolean }>(
    {
      found: ({ path, version }) =>
        version === null ? `${path} prints no version of ch-remote` : describe({ path, version }),
      expected: ({ wanted }) => `ch-remote ${displayVersion(wanted)}, as the binary beside it`,
      hint: ({ fixable }) => (fixable ? null : 'Replace it by the one of the same release, or remove it.'),
    },
  ),
}

interface Facts {
  readonly binary: Binary | null
  readonly version: string | null
  readonly output: string | null
  readonly failure: string | null
  /** Absent in facts that were recorded before it was looked at, as the next. */
  readonly remote?: Remote | null
  /** Where what cannot be started, or the place that one would be put into, is mounted noexec. */
  readonly noexec?: string | null
}

/** @param remote absent in facts that were recorded before it was looked at */
const judgeRemote = (remote: Remote | null | undefined, wanted: string): Verdict<typeof findings> | null => {
  if (!remote) return null
  const { path, isThere, version, isOurs } = remote
  const remedy = isOurs ? { fix: install } : {}
  if (!isThere) return isOurs ? { status: 'warn', code: 'remote-missing', values: { path }, ...remedy } : null
  if (version === wanted) return null
  const values = { path, version, wanted, fixable: isOurs }
  return { status: 'warn', code: 'remote-other-release', values, ...remedy }
}

export const cloudHypervisor = defineCheck({
  id: 'cloud-hypervisor',
  title: 'The Cloud Hypervisor binary runs',
  group: 'hypervisor',
  beforeBoot: 'required',
  userFiles: ['hypervisor'],
  findings,
  probe: async (host, config): Promise<Facts> => {
    const binary = await findHypervisor(host, config)
    if (!binary?.executable) {
      // A file that cannot be started, or the place that one would be put into.
      const noexec = await noexecPoint(host, binary?.real ?? config.data_dir)
      return { binary, version: null, output: null, failure: null, remote: null, noexec }
    }
    const { stdout, broken } = await testProgram(host, [binary.path, '--version'], `${binary.path} --version`)
    const version = parseVersion(stdout)
    const remote = version === null || broken !== null ? null : await readRemote(host, config, binary.path)
    return { binary, version, output: stdout.split('\n')[0] ?? '', failure: broken, remote }
  },
  judge: ({ binary, version, output, failure, remote, noexec }, config) => {
    const configured = config.hypervisor.startsWith('/')
    const remedy = configured ? {} : { fix: install }
    if (!binary && !configured && noexec) {
      const values = { name: config.hypervisor, directory: config.data_dir, point: noexec }
      return { status: 'fail', code: 'nowhere-to-install', values }
    }
    if (!binary)
      return configured
        ? { status: 'fail', code: 'configured-file-missing', values: { path: config.hypervisor } }
        : { status: 'fail', code: 'missing', values: { name: config.hypervisor }, ...remedy }
    const { path, type } = binary
    if (!binary.executable && type === 'file' && noexec)
      return { status: 'fail', code: 'on-noexec', values: { path, point: noexec } }
    if (!binary.executable)
      return type === 'file'
        ? { status: 'fail', code: 'not-executable', values: { path } }
        : { status: 'fail', code: 'not-a-file', values: { path, type } }
    // A shell runs an empty file as an empty script: it succeeds and prints nothing.
    const reason = failure ?? (output === '' ? '--version prints nothing' : null)
    if (reason !== null)
      return { status: 'fail', code: 'does-not-run', values: { path, reason, configured }, ...remedy }
    if (version === null)
      return { status: 'warn', code: 'unknown-version', values: { path, output: output ?? '' } }
    const values = { version, path, configured }
    if (!supports.ourCommandLine(version)) return { status: 'fail', code: 'too-old', values, ...remedy }
    if (isVulnerable(version)) return { status: 'warn', code: 'vulnerable', values, ...remedy }
    return judgeRemote(remote, version) ?? { status: 'ok', found: describe(values) }
  },
})

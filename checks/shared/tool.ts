/** A check that a command is there and works, from data: the tool checks differ in nothing else. */

import type { Config } from '../../src/config/keys.ts'
import { type Check, defineCheck, type NetworkPlace, type Verdict } from '../../src/contract/check.ts'
import { type Findings, finding } from '../../src/contract/finding.ts'
import type { Host } from '../../src/host/host.ts'
import { findManager } from '../../src/host/os-release.ts'
import { namesFor } from '../../src/host/package-names.ts'
import { type PackageState, packageState } from '../../src/host/packages.ts'
import type { Argv } from '../../src/util/argv.ts'
import { testProgram } from './trial.ts'

export interface Tool<Id extends string> {
  readonly id: Id
  readonly title: string
  /** Names of the same program; the first that is found counts. */
  readonly commands: readonly string[]
  /** Arguments of a harmless call that shows that it runs; null: being there is enough. */
  readonly trial: readonly string[] | null
  /** The call is made as `command` itself, so that checks with the same call share one process. */
  readonly byName?: boolean
  /** Its Debian package. */
  readonly package: string
  readonly version?: RegExp
  readonly networkPlace?: NetworkPlace<ToolFacts>
  skipReason?(config: Config): string | null
}

export interface ToolFacts {
  readonly path: string | null
  readonly state: PackageState
  /** What its package is called here, where this is not Debian; absent there, and in facts from before. */
  readonly packages?: readonly string[]
  /** What the trial printed, shortened to its version; null when there was none. */
  readonly version: string | null
  /** Why the trial failed, or null. */
  readonly broken: string | null
}

/** Words for a package state that explains a missing command. */
const stateWords: Record<string, string> = {
  'config-files': 'removed, only its configuration is left',
  'half-installed': 'half installed',
  unpacked: 'unpacked, not configured',
  'half-configured': 'half configured',
}

type Named = { readonly command: string; readonly package: string }

const expected = ({ command, package: name }: Named) => `${command}, from package ${name}`

const describePackage = (name: string, state: PackageState): string => {
  if (state === null || state === 'absent') return ''
  return state === 'installed'
    ? `; ${name} is installed, the file is gone`
    : `; ${name} is ${stateWords[state] ?? state}`
}

/** Where Debian's packages have their programs; what stands elsewhere is found before or instead of them. */
const isOfPackage = (path: string) => /^(\/usr)?\/s?bin\/[^/]+$/.test(path)

/** As the loaders of glibc and of musl name a library that they do not find. */
const missingLibrary = (reason: string): string | null =>
  /error while loading shared libraries: ([^\s:]+):|Error loading shared library ([^\s:]+):/
    .exec(reason)
    ?.slice(1)
    .find((name) => name !== undefined) ?? null

const findings = {
  missing: finding<Named & { state: PackageState }>({
    found: ({ command, package: name, state }) => `${command} was not found${describePackage(name, state)}`,
    expected,
  }),
  'does-not-run': finding<Named & { path: string; reason: string }>({
    found: ({ path, reason }) => `${path} does not run: ${reason}`,
    expected,
    hint: ({ path, command, reason }) => {
      const library = missingLibrary(reason)
      if (library !== null)
        return `Reinstall the package of ${library}, which \`dpkg -S ${library}\` or \`rpm -q --whatprovides ${library}\` names.`
      return isOfPackage(path)
        ? null
        : `Remove or rename ${path}, which hides the ${command} of the package: no installation replaces it.`
    },
  }),
}

const judgeTool = (
  tool: Tool<string>,
  { path, state, packages, version, broken }: ToolFacts,
): Verdict<typeof findings> => {
  const command = tool.commands[0] ?? tool.id
  const named = { command, package: packages?.join(', ') ?? tool.package }
  const fix = { id: 'install-packages', args: { packages: [tool.package] } } as const
  if (path === null) return { status: 'fail', code: 'missing', values: { ...named, state }, fix }
  if (broken !== null)
    return {
      status: 'fail',
      code: 'does-not-run',
      values: { ...named, path, reason: broken },
      // A library is of another package than the program.
      ...(isOfPackage(path) && missingLibrary(broken) === null ? { fix } : {}),
    }
  // Only in these two states are no files of the package there.
  const origin = state === 'absent' || state === 'config-files' ? ', not from a package' : ''
  return { status: 'ok', found: `${version ? `${command} ${version}` : path}${origin}` }
}

const tryTool = async (host: Host, tool: Tool<string>, path: string, trial: readonly string[]) => {
  const argv: Argv = [tool.byName ? (tool.commands[0] ?? path) : path, ...trial]
  const { stdout, stderr, broken } = await testProgram(host, argv, `${path} ${trial.join(' ')}`)
  return { version: tool.version?.exec(stdout + stderr)?.[1] ?? null, broken }
}

/** @returns a check of the group `tools` */
export const toolCheck = <const Id extends string>(tool: Tool<Id>): Check<Id, ToolFacts> => {
  // Without a trial it cannot turn out that the tool does not run.
  const possible: Findings = tool.trial === null ? { missing: findings.missing } : findings
  return defineCheck({
    id: tool.id,
    title: tool.title,
    group: 'tools',
    findings: possible,
    ...(tool.networkPlace ? { networkPlace: tool.networkPlace } : {}),
    ...(tool.skipReason ? { skipReason: tool.skipReason } : {}),
    probe: async (host) => {
      const paths = await Promise.all(tool.commands.map((command) => host.which(command)))
      const path = paths.find((found) => found !== null) ?? null
      // The process first: the package database, a large file, is read while it runs.
      const trial = path !== null && tool.trial !== null ? tryTool(host, tool, path, tool.trial) : null
      const [outcome, state] = await Promise.all([trial, packageState(host, tool.package)])
      const isFine = path !== null && (outcome?.broken ?? null) === null
      const manager = state === null && !isFine ? await findManager(host) : null
      return {
        path,
        state,
        ...(manager === null ? {} : { packages: namesFor(manager, [tool.package]) }),
        ...(outcome ?? { version: null, broken: null }),
      }
    },
    judge: (facts): Verdict => judgeTool(tool, facts),
  })
}

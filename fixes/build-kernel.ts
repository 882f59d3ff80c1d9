import type { Config } from '../src/config/keys.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { RunStep, Step } from '../src/contract/step.ts'
import {
  findLibelf,
  isCloneOf,
  missingTools,
  needsLibelf,
  packagesOf,
  recipes,
  requiredSpace,
  type Source,
  sourceOf,
} from '../src/hypervisor/kernel-build.ts'
import { tempPath } from '../src/util/temp-path.ts'
import { humanBytes } from '../src/util/units.ts'

interface Survey {
  readonly arch: string
  readonly source: Source
  /** Whether the clone is complete. */
  readonly cloned: boolean
  /** Whether it has a configuration. */
  readonly configured: boolean
  /** The number of processors. */
  readonly jobs: number
  readonly free: number
  /** The missing Debian packages that the build needs. */
  readonly packages: readonly string[]
}

const clone = ({ url, ref, directory }: Source): readonly Step[] => {
  const temporary = tempPath(directory, 'cloning')
  return [
    {
      kind: 'run',
      argv: [
        'env',
        // A repository that is not there makes git ask for a password, on the terminal, for ever.
        'GIT_TERMINAL_PROMPT=0',
        'git',
        // A server that stopped sending is not waited for.
        ...['-c', 'http.lowSpeedLimit=1000', '-c', 'http.lowSpeedTime=60'],
        ...['clone', '--progress', '--depth', '1', '--branch', ref, '--', url, temporary],
      ],
      root: false,
      why: `clone the source of the kernel, branch ${ref} (some hundred MB)`,
      temporary,
      progress: 'git',
    },
    {
      kind: 'publish',
      from: temporary,
      to: directory,
      why: 'give the complete clone its name',
      reversible: false,
    },
  ]
}

const make = (why: string, directory: string, ...words: string[]): RunStep => ({
  kind: 'run',
  argv: ['make', '-C', directory, ...words],
  root: false,
  why,
  progress: 'make',
  logged: true,
})

/** Why only a person can go on, or null. */
const obstacle = ({ arch, source, cloned, free }: Survey, config: Config): string | null => {
  if (!recipes[arch]) return `How a kernel for ${arch} is built is not known here: set kernel_url.`
  if (!cloned && config.offline && !source.url.startsWith('file:'))
    return `Offline: clone ${source.url} elsewhere and set kernel_source to file:///…#${source.ref}.`
  const needed = requiredSpace(cloned)
  return free < needed
    ? `Building a kernel takes ${humanBytes(needed)} in ${config.data_dir}/build, where ${humanBytes(free)} are free: make room, set \`data_dir\`, or fetch one (\`kernel_build: false\`).`
    : null
}

/** Clone, configuration, object files are kept: a build that was cut off goes on where it was. */
export const buildKernel = defineFix<'build-kernel', Record<string, never>, Survey>({
  id: 'build-kernel',
  title: 'Build a guest kernel from source',
  survey: async (host, _args, config) => {
    const source = sourceOf(config)
    const [git, dotConfig, cpus, free, tools, libelf] = await Promise.all([
      host.readText(`${source.directory}/.git/config`),
      host.stat(`${source.directory}/.config`),
      host.run(['nproc']),
      host.freeBytes(config.data_dir),
      missingTools(host),
      findLibelf(host),
    ])
    const cloned = isCloneOf(git, source.url)
    return {
      arch: host.arch,
      source,
      cloned,
      configured: cloned && dotConfig !== null,
      jobs: Number(/^\d+$/m.exec(cpus.stdout)?.[0] ?? 1),
      free,
      packages: [
        ...packagesOf(tools.map(({ what }) => what)),
        ...(libelf === null && needsLibelf(host.arch) ? ['libelf-dev'] : []),
      ],
    }
  },
  packages: ({ packages }) => packages,
  plan: (_args, config, survey) => {
    const { arch, source, cloned, configured, jobs } = survey
    const recipe = recipes[arch]
    const text = obstacle(survey, config)
    if (text !== null || !recipe) return [{ kind: 'manual', text: text ?? '' }]
    const { directory } = source
    const temporary = tempPath(config.kernel, 'part')
    return [
      ...(cloned ? [] : clone(source)),
      ...(configured
        ? []
        : [make('configure it for a guest of Cloud Hypervisor', directory, 'ch_defconfig')]),
      make(
        `build it, ${jobs} ${jobs === 1 ? 'job' : 'jobs'} at a time (this takes a while)`,
        directory,
        `-j${jobs}`,
        ...recipe.flags,
        recipe.target,
      ),
      {
        kind: 'run',
        argv: ['cp', '--', `${directory}/${recipe.product}`, temporary],
        root: false,
        why: 'copy the kernel out of it',
        temporary,
      },
      {
        kind: 'publish',
        from: temporary,
        to: config.kernel,
        why: 'inspect it, and give it its name',
        reversible: false,
        kernelFor: arch,
      },
    ]
  },
})

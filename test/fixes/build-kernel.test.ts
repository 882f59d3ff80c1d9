import { describe, expect, it } from 'vitest'
import { buildKernel } from '../../fixes/build-kernel.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Step } from '../../src/contract/step.ts'
import { UsageError } from '../../src/util/errors.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'

const GiB = 2 ** 30
const data = '/home/sky/.local/share/chv-doctor'
const directory = `${data}/build/linux-ch-6.16.9`
const tools = ['gcc', 'make', 'flex', 'bison', 'bc', 'perl', 'git']
const headers = ['/usr/include/openssl/ssl.h', '/usr/include/stdio.h', '/usr/include/libelf.h']
const remote = 'https://github.com/cloud-hypervisor/linux.git'
const gitConfig = (url: string) => `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`

interface World {
  readonly config?: Partial<Config>
  readonly arch?: string
  readonly clone?: string | null
  readonly configured?: boolean
  readonly lacking?: readonly string[]
  readonly free?: number
  readonly at?: string
}

const surveyOf = async (config: Config, world: World) => {
  const { arch = 'x86_64', clone = null, configured = false, lacking = [], free = 50 * GiB } = world
  const at = world.at ?? directory
  const host: FakeHost = {
    arch,
    files: {
      [`${at}/.git/config`]: clone === null ? null : gitConfig(clone),
      [`${at}/.config`]: configured ? 'CONFIG_PVH=y' : null,
      '/usr/local/include/libelf.h': null,
      ...Object.fromEntries(headers.map((path) => [path, lacking.includes(path) ? null : ''])),
    },
    programs: Object.fromEntries(
      tools.map((name) => [name, lacking.includes(name) ? null : `/usr/bin/${name}`]),
    ),
    commands: { nproc: '4\n' },
    free: { [config.data_dir]: free },
  }
  const survey = await buildKernel.survey?.(fakeHost(host), {}, config)
  if (!survey) throw new Error('no survey')
  return survey
}

const planOf = async (world: World = {}): Promise<readonly Step[]> => {
  const config = configWith({ boot: 'kernel', kernel_build: true, ...world.config }, world.arch)
  return buildKernel.plan({}, config, await surveyOf(config, world))
}

/** Commands as they would be typed, and the names that files get. */
const shown = (steps: readonly Step[]): string[] =>
  steps.map((step) =>
    step.kind === 'run'
      ? step.argv.join(' ')
      : step.kind === 'publish'
        ? `${step.from} -> ${step.to}`
        : step.kind,
  )

const make = `make -C ${directory}`
const cloning = [
  'env GIT_TERMINAL_PROMPT=0 git -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=60 clone --progress --depth 1 ' +
    `--branch ch-6.16.9 -- ${remote} ${data}/build/.linux-ch-6.16.9.cloning`,
  `${data}/build/.linux-ch-6.16.9.cloning -> ${directory}`,
]
const building = [
  `${make} -j4 KCFLAGS=-Wa,-mx86-used-note=no bzImage`,
  `cp -- ${directory}/arch/x86/boot/compressed/vmlinux.bin ${data}/.vmlinux.part`,
  `${data}/.vmlinux.part -> ${data}/vmlinux`,
]

describe('build-kernel', () => {
  it('clones, configures, builds with all processors, and gives nothing its name before it was looked at', async () => {
    const steps = await planOf()
    expect(shown(steps)).toEqual([...cloning, `${make} ch_defconfig`, ...building])
    expect(steps.at(-1)).toMatchObject({ kind: 'publish', kernelFor: 'x86_64' })
    expect(steps.filter((step) => step.kind === 'run').every((step) => !step.root)).toBe(true)
  })

  it.each([
    ['cloned', { clone: remote }, [`${make} ch_defconfig`, ...building]],
    ['cloned and configured', { clone: remote, configured: true }, building],
    [
      'a clone of something else',
      { clone: 'https://example.org/linux.git', configured: true },
      [...cloning, `${make} ch_defconfig`, ...building],
    ],
  ])('goes on where it was cut off: %s', async (_name, world, expected) => {
    expect(shown(await planOf(world))).toEqual(expected)
  })

  it('builds the Image on aarch64, without flags for x86', async () => {
    expect(shown(await planOf({ arch: 'aarch64' })).slice(-3)).toEqual([
      `${make} -j4 Image`,
      `cp -- ${directory}/arch/arm64/boot/Image ${data}/.Image.part`,
      `${data}/.Image.part -> ${data}/Image`,
    ])
  })

  it('keeps other branches and repositories apart', async () => {
    const kernel_source = 'file:///srv/my-linux-6.1.git/#topic/x'
    const at = `${data}/build/my-linux-6.1-topic-x`
    const steps = await planOf({ config: { kernel_source, offline: true }, at })
    expect(shown(steps)[0]).toContain(
      `--branch topic/x -- file:///srv/my-linux-6.1.git/ ${data}/build/.my-linux-6.1-topic-x.cloning`,
    )
  })

  it.each([
    ['nothing lacks', [], 'x86_64', []],
    ['the header that everybody trips over', ['/usr/include/libelf.h'], 'x86_64', ['libelf-dev']],
    ['the same where nobody needs it', ['/usr/include/libelf.h'], 'aarch64', []],
    ['much', ['gcc', 'bison', '/usr/include/stdio.h'], 'x86_64', ['gcc', 'bison', 'libc6-dev']],
  ])('names its packages before it starts: %s', async (_name, lacking, arch, packages) => {
    const config = configWith({ kernel_build: true }, arch)
    expect(buildKernel.packages?.(await surveyOf(config, { lacking, arch }))).toEqual(packages)
  })

  it.each<[string, World, RegExp]>([
    ['for an unknown architecture', { arch: 'riscv64' }, /kernel for riscv64 .*kernel_url/],
    [
      'offline',
      { config: { offline: true } },
      /^Offline: clone https:.* set kernel_source to file:\/\/\/…#ch-6\.16\.9/,
    ],
    [
      'without room',
      { free: GiB },
      /^Building a kernel takes 3\.5 GiB in .*\/build, where 1\.0 GiB are free/,
    ],
    ['without room for the object files', { clone: remote, free: GiB }, /takes 1\.5 GiB/],
  ])('leaves it to the user %s', async (_name, world, text) => {
    expect(await planOf(world)).toEqual([{ kind: 'manual', text: expect.stringMatching(text) }])
  })

  it('goes on offline with what is cloned already', async () => {
    expect(shown(await planOf({ clone: remote, config: { offline: true } }))).toHaveLength(4)
  })

  it.each([remote, `${remote}#`, `${remote}#--upload-pack=x`, `${remote}#a b`])(
    'wants to know the branch: %s',
    async (kernel_source) => {
      await expect(planOf({ config: { kernel_source } })).rejects.toThrow(UsageError)
    },
  )
})

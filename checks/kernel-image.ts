import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { inspectKernel, type Kernel } from '../src/formats/kernel.ts'
import { holdsDisk, type Kind, kindOf } from '../src/formats/magic.ts'
import { parsePartitions, partitionLength } from '../src/formats/partitions.ts'
import type { Host } from '../src/host/host.ts'
import { cmdlineFindings, findCmdlineProblem } from '../src/hypervisor/cmdline.ts'
import { findHypervisor } from '../src/hypervisor/find.ts'
import { describeKernel, findKernelProblem, memoryFit } from '../src/hypervisor/kernel.ts'
import { goodKernel, isRepairable, kernelFindings } from '../src/hypervisor/kernel-findings.ts'
import { describePages, noneRuns, parseProcessors } from '../src/hypervisor/page-size.ts'
import { displayVersion, parseVersion, supports } from '../src/hypervisor/version.ts'
import { Undetermined } from '../src/util/errors.ts'
import { humanBytes } from '../src/util/units.ts'
import { type FileFacts, fileFindings, lookAtFile, unusable, volatileLocation } from './shared/artifact.ts'

interface Facts {
  readonly arch: string
  readonly file: FileFacts | null
  readonly kernel: Kernel | null
  /** Of Cloud Hypervisor; null when it could not be told. */
  readonly version: string | null
  /** Null when none is configured, or it is not there. */
  readonly initramfs: FileFacts | null
  /** Those of aarch64, which decide what pages a kernel may have. */
  readonly processors: ReturnType<typeof parseProcessors>
  /** Whether the guest disk has a partition table; null when it could not be read. */
  readonly partitioned: boolean | null
}

const versionOf = async (host: Host, config: Config): Promise<string | null> => {
  const binary = await findHypervisor(host, config)
  return binary?.executable ? parseVersion((await host.run([binary.path, '--version'])).stdout) : null
}

const isPartitioned = async (host: Host, disk: string): Promise<boolean | null> => {
  // Whatever is wrong with the disk is for its own check to say.
  if ((await host.stat(disk))?.type !== 'file' || !(await host.canAccess(disk, 'read'))) return null
  const bytes = await host.readBytes(disk, 0, partitionLength)
  // The table of an image in another format is inside of it: nothing is known of the disk that the guest sees.
  if (!bytes || holdsDisk(kindOf(bytes))) return null
  return parsePartitions(bytes).table !== 'none'
}

const inspect = (host: Host, path: string, size: number): Promise<Kernel | null> =>
  inspectKernel(
    async (offset, length) => (await host.readBytes(path, offset, length)) ?? new Uint8Array(),
    size,
  )

const initramfsExpected = 'the initramfs of this kernel'

const findings = {
  ...fileFindings,
  ...kernelFindings,
  ...cmdlineFindings,
  missing: finding<{ arch: string }>({ found: 'missing', expected: goodKernel }),
  'bzimage-too-new': finding<{ version: string }>({
    found: ({ version }) => `a bzImage, and Cloud Hypervisor is ${displayVersion(version)}`,
    expected: 'a vmlinux: bzImages are for 39.0 and newer',
    hint: 'Replace Cloud Hypervisor by a newer release, or take the vmlinux of the same build.',
  }),
  'initramfs-missing': finding({
    found: 'the initramfs is missing',
    expected: initramfsExpected,
    hint: 'Correct `initramfs`, or leave it out.',
  }),
  'initramfs-not-an-archive': finding<{ kind: Kind }>({
    found: ({ kind }) => `the initramfs is no archive (${kind})`,
    expected: initramfsExpected,
    hint: 'Correct `initramfs`.',
  }),
  'not-enough-memory': finding<{
    needed: number
    room: number
    initramfs: boolean
    form: 'vmlinux' | 'other'
  }>({
    found: ({ needed, initramfs }) =>
      `${initramfs ? 'kernel and initramfs take' : 'it takes'} ${humanBytes(needed)} of guest memory`,
    expected: ({ room }) => `at most ${humanBytes(room)}, which is all of it`,
    hint: ({ form }) =>
      form === 'vmlinux'
        ? 'Set a larger `memory`: Cloud Hypervisor would only report an invalid bzImage.'
        : 'Set a larger `memory`: the guest would end without a message.',
  }),
  'page-size-not-supported': finding<{ pageSize: number }>({
    found: ({ pageSize }) =>
      `an Image with ${describePages(pageSize)} pages, which this processor does not have`,
    expected: 'a kernel whose pages the processor has',
    hint: 'Take the build of this kernel with 4 KiB pages: this one would stop before its first message.',
  }),
  'kernel-32-bit': finding({
    found: 'a bzImage of a 32-bit kernel',
    expected: 'a 64-bit kernel',
    hint: 'Take a kernel that was built with CONFIG_64BIT=y.',
  }),
}

type KernelVerdict = Verdict<typeof findings>

/** What Linux unpacks as an initramfs (init/initramfs.c, lib/decompress.c). */
const archives: readonly Kind[] = ['cpio', 'gzip', 'xz', 'zstd', 'bzip2', 'lz4', 'lzo', 'lzma']

/** What is wrong with the initramfs, or null. */
const judgeInitramfs = (initramfs: FileFacts | null, config: Config): KernelVerdict | null => {
  if (config.initramfs === null) return null
  const path = config.initramfs
  if (!initramfs) return { status: 'fail', code: 'initramfs-missing', path }
  const bad = unusable(path, initramfs)
  if (bad) return bad
  const { kind } = initramfs
  return archives.includes(kind)
    ? null
    : { status: 'fail', code: 'initramfs-not-an-archive', values: { kind }, path }
}

const judgeMemory = ({ arch, kernel, initramfs }: Facts, config: Config): KernelVerdict | null => {
  const memoryEnd = kernel && 'memoryEnd' in kernel ? kernel.memoryEnd : 0
  const { needed, room } = memoryFit(memoryEnd, initramfs?.size ?? 0, config.memory, arch)
  if (needed <= room) return null
  const form = kernel?.form === 'vmlinux' ? 'vmlinux' : 'other'
  const values = { needed, room, initramfs: config.initramfs !== null, form } as const
  return { status: 'fail', code: 'not-enough-memory', values, path: config.kernel }
}

export const kernelImage = defineCheck({
  id: 'kernel-image',
  title: 'The guest kernel, by its content',
  group: 'artifacts',
  beforeBoot: 'required',
  looksAt: 'kernel',
  userFiles: ['kernel'],
  findings,
  skipReason: (config) => (config.boot === 'firmware' ? 'not needed: boot is firmware' : null),
  probe: async (host, config): Promise<Facts> => {
    const { arch } = host
    if (arch !== 'x86_64' && arch !== 'aarch64')
      throw new Undetermined(`what Cloud Hypervisor takes as a kernel on ${arch} is not known here`)
    const [file, version, initramfs, partitioned, cpuinfo] = await Promise.all([
      lookAtFile(host, config.kernel),
      versionOf(host, config),
      config.initramfs === null ? null : lookAtFile(host, config.initramfs),
      isPartitioned(host, config.disk),
      arch === 'aarch64' ? host.readText('/proc/cpuinfo') : null,
    ])
    const whole = file?.type === 'file' && file.readable
    const kernel = whole ? await inspect(host, config.kernel, file.size) : null
    const processors = parseProcessors(cpuinfo ?? '')
    return { arch, file, kernel, version, initramfs, processors, partitioned }
  },
  judge: (facts, config) => {
    const { arch, file, kernel, version, partitioned } = facts
    const path = config.kernel
    const fix = { id: config.kernel_build ? 'build-kernel' : 'fetch-kernel', args: {} } as const
    if (!file) return { status: 'fail', code: 'missing', values: { arch }, path, fix }
    const bad = unusable(path, file)
    if (bad) return bad
    const fault = findKernelProblem(kernel, { file: path, kind: file.kind, size: file.size }, arch)
    if (fault) {
      // A kernel that its owner can repair in place is not replaced by another one.
      return { status: 'fail', ...fault, path, ...(isRepairable(fault) ? {} : { fix }) }
    }
    if (kernel?.form === 'bzImage' && version !== null && !supports.bzImage(version))
      return { status: 'fail', code: 'bzimage-too-new', values: { version }, path }
    const pageSize = kernel?.form === 'Image' ? kernel.pageSize : null
    if (pageSize !== null && noneRuns(facts.processors, pageSize))
      return { status: 'fail', code: 'page-size-not-supported', values: { pageSize }, path }
    const early = judgeInitramfs(facts.initramfs, config) ?? judgeMemory(facts, config)
    if (early) return early
    if (kernel?.form === 'bzImage' && kernel.bits === 32)
      return { status: 'warn', code: 'kernel-32-bit', path }
    const initramfs = config.initramfs !== null
    const doubt = findCmdlineProblem(config.cmdline, { arch, initramfs, partitioned })
    if (doubt) return { status: 'warn', ...doubt }
    return (
      volatileLocation(path, 'kernel') ?? {
        status: 'ok',
        found: kernel ? describeKernel(kernel, file.size) : 'a kernel',
      }
    )
  },
})

import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { inspectKernel, type Kernel } from '../src/formats/kernel.ts'
import { parsePartitions, partitionLength } from '../src/formats/partitions.ts'
import type { Host } from '../src/host/host.ts'
import { findCmdlineProblem } from '../src/hypervisor/cmdline.ts'
import { findHypervisor } from '../src/hypervisor/find.ts'
import { describeKernel, findKernelProblem, goodKernel, memoryFit } from '../src/hypervisor/kernel.ts'
import { displayVersion, parseVersion, supports } from '../src/hypervisor/version.ts'
import { Undetermined } from '../src/util/errors.ts'
import { humanBytes } from '../src/util/units.ts'
import { type FileFacts, lookAtFile, unusable, volatileLocation } from './shared/artifact.ts'

interface Facts {
  readonly arch: string
  readonly file: FileFacts | null
  readonly kernel: Kernel | null
  /** Of Cloud Hypervisor; null when it could not be told. */
  readonly version: string | null
  /** Null when none is configured, or it is not there. */
  readonly initramfs: FileFacts | null
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
  return bytes && parsePartitions(bytes).table !== 'none'
}

const inspect = (host: Host, path: string, size: number): Promise<Kernel | null> =>
  inspectKernel(
    async (offset, length) => (await host.readBytes(path, offset, length)) ?? new Uint8Array(),
    size,
  )

/** What is wrong with the initramfs, or null. */
const judgeInitramfs = (initramfs: FileFacts | null, config: Config): Verdict | null => {
  if (config.initramfs === null) return null
  const path = config.initramfs
  const expected = 'the initramfs of this kernel'
  if (!initramfs)
    return {
      status: 'fail',
      found: 'the initramfs is missing',
      expected,
      path,
      hint: 'Correct `initramfs`, or leave it out.',
    }
  return (
    unusable(path, initramfs, expected) ??
    (['empty', 'web page', 'text', 'ELF', 'qcow2'].includes(initramfs.kind)
      ? {
          status: 'fail',
          found: `the initramfs is no archive (${initramfs.kind})`,
          expected,
          path,
          hint: 'Correct `initramfs`.',
        }
      : null)
  )
}

const judgeMemory = ({ arch, kernel, initramfs }: Facts, config: Config): Verdict | null => {
  const memoryEnd = kernel && 'memoryEnd' in kernel ? kernel.memoryEnd : 0
  const { needed, room } = memoryFit(memoryEnd, initramfs?.size ?? 0, config.memory, arch)
  if (needed <= room) return null
  const what = config.initramfs === null ? 'it takes' : 'kernel and initramfs take'
  const end =
    kernel?.form === 'vmlinux'
      ? 'Cloud Hypervisor would only speak of an invalid bzImage'
      : 'the guest would end without a word'
  return {
    status: 'fail',
    found: `${what} ${humanBytes(needed)} of guest memory`,
    expected: `at most ${humanBytes(room)}: all that there is`,
    path: config.kernel,
    hint: `Set a larger \`memory\`: ${end}.`,
  }
}

export const kernelImage = defineCheck<'kernel-image', Facts>({
  id: 'kernel-image',
  title: 'The guest kernel, by its content',
  group: 'artifacts',
  skipReason: (config) => (config.boot === 'firmware' ? 'not needed: boot is firmware' : null),
  probe: async (host, config) => {
    const { arch } = host
    if (arch !== 'x86_64' && arch !== 'aarch64')
      throw new Undetermined(`what Cloud Hypervisor takes as a kernel on ${arch} is not known here`)
    const [file, version, initramfs, partitioned] = await Promise.all([
      lookAtFile(host, config.kernel),
      versionOf(host, config),
      config.initramfs === null ? null : lookAtFile(host, config.initramfs),
      isPartitioned(host, config.disk),
    ])
    const whole = file?.type === 'file' && file.readable
    const kernel = whole ? await inspect(host, config.kernel, file.size) : null
    return { arch, file, kernel, version, initramfs, partitioned }
  },
  judge: (facts, config) => {
    const { arch, file, kernel, version, partitioned } = facts
    const path = config.kernel
    const expected = goodKernel(arch)
    const fix = { id: config.kernel_build ? 'build-kernel' : 'fetch-kernel', args: {} } as const
    if (!file) return { status: 'fail', found: 'missing', expected, path, fix }
    const bad = unusable(path, file, expected)
    if (bad) return bad
    const fault = findKernelProblem(kernel, file.kind, file.size, arch)
    if (fault) {
      // What somebody built or unpacked is not to be replaced by another kernel where he can mend it.
      const remedy = fault.hint === null ? { fix } : { hint: fault.hint.replaceAll('FILE', path) }
      return { status: 'fail', found: fault.found, expected, path, ...remedy }
    }
    if (kernel?.form === 'bzImage' && version !== null && !supports.bzImage(version)) {
      return {
        status: 'fail',
        found: `a bzImage, and Cloud Hypervisor is ${displayVersion(version)}`,
        expected: 'a vmlinux: bzImages are for 39.0 and newer',
        path,
        hint: 'Replace Cloud Hypervisor by a newer release, or take the vmlinux of the same build.',
      }
    }
    const early = judgeInitramfs(facts.initramfs, config) ?? judgeMemory(facts, config)
    if (early) return early
    if (kernel?.form === 'bzImage' && kernel.bits === 32) {
      const hint = 'Take a kernel that was built with CONFIG_64BIT=y.'
      return { status: 'warn', found: 'a bzImage of a 32-bit kernel', expected: 'a 64-bit one', path, hint }
    }
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

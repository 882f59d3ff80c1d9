/**
 * The sizes of pages that a guest on aarch64 can have. They are those of the processor (TGran4, TGran16 and
 * TGran64 of ID_AA64MMFR0_EL1), which nothing but the kernel may ask; so the processors that lack one are named.
 */

/** As /proc/cpuinfo names it (MIDR_EL1). */
interface Processor {
  readonly implementer: number
  readonly part: number
}

const KiB = 1024

/** Cortex-A53, A57 and A72, by their technical reference manuals. */
const armWithout16K: readonly number[] = [0xd03, 0xd07, 0xd08]

const lacks = ({ implementer, part }: Processor, pageSize: number): boolean => {
  if (implementer === 0x41) return pageSize === 16 * KiB && armWithout16K.includes(part)
  // Apple's have 4 and 16 KiB.
  return implementer === 0x61 && pageSize === 64 * KiB
}

/** @returns the processors that /proc/cpuinfo of aarch64 lists */
export const parseProcessors = (cpuinfo: string): readonly Processor[] =>
  cpuinfo.split(/\n\s*\n/).flatMap((block) => {
    const implementer = /^CPU implementer\s*:\s*(0x[0-9a-f]+)$/m.exec(block)?.[1]
    const part = /^CPU part\s*:\s*(0x[0-9a-f]+)$/m.exec(block)?.[1]
    return implementer && part ? [{ implementer: Number(implementer), part: Number(part) }] : []
  })

/** Whether certainly no processor here runs a kernel with such pages. */
export const noneRuns = (processors: readonly Processor[], pageSize: number): boolean =>
  processors.length > 0 && processors.every((processor) => lacks(processor, pageSize))

/** "64 KiB" */
export const describePages = (pageSize: number): string => `${pageSize / KiB} KiB`

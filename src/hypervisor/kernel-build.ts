/** How a guest kernel is built: with what, where, and what comes out. The commands are those of Cloud Hypervisor's README. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { UsageError } from '../util/errors.ts'

interface Need {
  /** A program, or the path of a header. */
  readonly what: string
  /** Its Debian package. */
  readonly pkg: string
}

/**
 * What building starts or includes: Documentation/process/changes.rst, and what the project's own release
 * workflow installs. Compressors are not here: `ch_defconfig` takes gzip, which is everywhere.
 */
const tools: readonly Need[] = [
  { what: 'gcc', pkg: 'gcc' },
  { what: 'make', pkg: 'make' },
  { what: 'flex', pkg: 'flex' },
  { what: 'bison', pkg: 'bison' },
  { what: 'bc', pkg: 'bc' },
  // Generates some of the assembly of the ciphers.
  { what: 'perl', pkg: 'perl' },
  { what: 'git', pkg: 'git' },
  { what: '/usr/include/openssl/ssl.h', pkg: 'libssl-dev' },
  { what: '/usr/include/stdio.h', pkg: 'libc6-dev' },
]

/** @returns those of the tools that are not here; libelf.h has a check of its own */
export const missingTools = async (host: Host): Promise<readonly Need[]> => {
  const there = await Promise.all(
    tools.map(({ what }) => (what.startsWith('/') ? host.stat(what) : host.which(what))),
  )
  return tools.filter((_, index) => there[index] === null)
}

export const packagesOf = (missing: readonly string[]): readonly string[] =>
  tools.flatMap(({ what, pkg }) => (missing.includes(what) ? [pkg] : []))

/** objtool, which only builds of x86 kernels need, includes it. */
export const needsLibelf = (arch: string): boolean => arch === 'x86_64'

/** Where libelf.h is, or null. */
export const findLibelf = async (host: Host): Promise<string | null> => {
  const places = ['/usr/include/libelf.h', '/usr/local/include/libelf.h']
  const there = await Promise.all(places.map((path) => host.stat(path)))
  return places.find((_, index) => there[index] !== null) ?? null
}

/** Whether there is a kernel already, so that none has to be built. */
export const hasKernel = async (host: Host, config: Config): Promise<boolean> =>
  (await host.stat(config.kernel)) !== null

export interface Recipe {
  readonly target: string
  /** What of the source tree is given to Cloud Hypervisor. */
  readonly product: string
  readonly flags: readonly string[]
}

export const recipes: Readonly<Record<string, Recipe | undefined>> = {
  x86_64: {
    target: 'bzImage',
    // vmlinux without its symbols.
    product: 'arch/x86/boot/compressed/vmlinux.bin',
    // Otherwise the assembler adds notes of its own, and the PVH note may not be found among them.
    flags: ['KCFLAGS=-Wa,-mx86-used-note=no'],
  },
  aarch64: { target: 'Image', product: 'arch/arm64/boot/Image', flags: [] },
}

export interface Source {
  readonly url: string
  /** A branch or a tag. */
  readonly ref: string
  /** The directory that it is cloned to and built in. */
  readonly directory: string
}

/** @throws UsageError when `kernel_source` does not say which branch or tag */
export const sourceOf = (config: Config): Source => {
  const [url = '', ref = ''] = config.kernel_source.split('#', 2)
  // A name that git takes for an option must never get to it.
  if (!/^\w[\w./+-]*$/.test(ref))
    throw new UsageError(
      `kernel_source: "${config.kernel_source}" does not name a branch or tag; write it behind "#", as in https://…/linux.git#ch-6.16.9.`,
    )
  const name = /(\w[\w.+-]*?)(\.git)?\/*$/.exec(url)?.[1] ?? 'linux'
  return { url, ref, directory: `${config.data_dir}/build/${name}-${ref.replaceAll('/', '-')}` }
}

/** Bytes that are to be free: a shallow clone of a recent kernel takes 1.7 GiB, object files come on top. */
export const requiredSpace = (cloned: boolean): number => ((cloned ? 0 : 2) + 1.5) * 2 ** 30

/** Whether this very source is cloned: what the directory of a clone says about where it is from. */
export const isCloneOf = (gitConfig: string | null, url: string): boolean =>
  gitConfig?.split('\n').some((line) => /^\s*url\s*=\s*(.*?)\s*$/.exec(line)?.[1] === url) ?? false

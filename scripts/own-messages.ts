// tsx scripts/own-messages.ts REPOSITORY RELEASE...: writes src/explain/unknown/own-messages.ts, by which `explain` knows a
// message of Cloud Hypervisor that was pasted alone. REPOSITORY is a git clone of its sources, RELEASE a tag or branch.
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { hashOf } from '../src/explain/unknown/message-hash.ts'

const [repository, ...releases] = process.argv.slice(2)
if (repository === undefined || releases.length === 0)
  throw new Error('usage: own-messages.ts REPOSITORY RELEASE...')

const git = (args: readonly string[], input?: string): string => {
  const { status, stdout, stderr } = spawnSync('git', ['-C', repository, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

const sourcesOf = (release: string): string => {
  const files = git(['ls-tree', '-r', '--name-only', release])
    .split('\n')
    .filter((name) => name.endsWith('.rs') && !/test|fuzz|performance/.test(name))
  return git(['cat-file', '--batch'], files.map((name) => `${release}:${name}`).join('\n'))
}

const string = String.raw`\(\s*"((?:[^"\\]|\\.)*)"`
const kinds = {
  error: [
    String.raw`#\[error${string}`,
    String.raw`\berror!${string}`,
    String.raw`(?:anyhow!|\.context)${string}`,
  ],
  warning: [String.raw`\bwarn!${string}`],
}

/** Words of other programs, too, say nothing: one of these must be among them. */
const ours = new RegExp(
  String.raw`\b(?:${[
    // Processors and the hypervisor below.
    '[vp]?cpus?|vms?|vmm|vmfd|kvm|mshv|hyperv|hypervisor|guest|registers?|msrs?|fpu|mp state|xsave|lapic|cpuid|partition property|vp state|hypercall|tdx|sev|igvm|sgx|gdb|nmi|gpa|gva',
    // Memory.
    'memory|dirty log|regions?|zones?|numa|huge\\w+|balloon|seals|mmapregion|uffd|postcopy|iova|dma (?:un)?map\\w*',
    // Machine and interrupts.
    'pci|msi|irq|gsi|ioapic|gic|its|apic|interrupt controller|vector|ioeventfd|irqfd|ioevent|acpi|smbios|mptable|pl011|gpio|bar|mmio|pio|segment|power button|pvpanic|ivshmem|watchdog',
    // Devices.
    'virtio\\w*|vhost|taps?|vring|vdpa|queues?|descriptor chain|inflight|backend|device|disk|qcow2?|vhdx?|l1|refcount|cluster|image type|backing file|lock (?:state|granularity)|pmem|vsock|rng|tpm|iommu\\w*|vfio|console|serial\\w*|rate ?limiter',
    // What is booted, saved and asked for.
    'payload|kernel|firmware|initram\\w+|snapshot|migrat\\w+|restor\\w+|seccomp|landlock|api|eventfd|epoll|ioctl|tls (?:file|path)',
  ].join('|')})\b`,
  'i',
)
const least = 14

/** Heads of chains, which say nothing by themselves, or with which other programs begin, too. */
const heads =
  /^(?:Error (?:creating|booting|restoring|parsing|validating|running)|Failed to (?:parse|validate)|The (?:VM|device|disk)\b.{0,24}could not|Error from)\b/

/** The words in front of the first value; null where they are too few to tell whose they are. */
const beginning = (text: string): string | null => {
  const words =
    text
      .replace(/\\\n\s*/g, '')
      .replaceAll('\\"', '"')
      .split(/\{[^{]/)[0] ?? ''
  return words.length >= least && /\S\s+\S/.test(words) && ours.test(words) && !heads.test(words)
    ? words
    : null
}

const found = {
  error: [new Set<string>(), new Set<string>()],
  warning: [new Set<string>(), new Set<string>()],
} as const
for (const release of releases) {
  const sources = sourcesOf(release)
  for (const kind of ['error', 'warning'] as const)
    for (const expression of kinds[kind])
      for (const [, text = ''] of sources.matchAll(new RegExp(expression, 'g'))) {
        const words = beginning(text)
        if (words !== null) found[kind][/\{[^{]/.test(text) ? 1 : 0].add(words)
      }
}

/** Four bytes each, in order. */
const packed = (words: ReadonlySet<string>): string => {
  const numbers = [...new Set([...words].map((text) => hashOf(text)))].sort((a, b) => a - b)
  return Buffer.from(Uint32Array.from(numbers).buffer).toString('base64')
}
const lengths = (words: ReadonlySet<string>): readonly number[] =>
  [...new Set([...words].map(({ length }) => length))].sort((a, b) => a - b)

const lines = Object.entries(found).flatMap(([kind, sets]) =>
  sets.map((words, at) => {
    const name = `${kind}${at === 0 ? 'Whole' : 'Beginning'}`
    process.stdout.write(`${name}: ${words.size}\n`)
    return `export const ${name} = {\n  lengths: [${lengths(words).join(', ')}],\n  hashes: '${packed(words)}',\n}\n`
  }),
)
const file = new URL('../src/explain/unknown/own-messages.ts', import.meta.url).pathname
writeFileSync(
  file,
  `/**\n * Written by scripts/own-messages.ts from the sources of ${releases.join(', ')}: hashes of what their errors and\n * warnings say, whole or up to the first value.\n */\n${lines.join('\n')}`,
)
execFileSync('npx', ['biome', 'format', '--write', file])

/** Which part of the command a line may be about that names only what was asked of the kernel, or an object. */
import { type CommandLine, devices } from '../reading/command-line.ts'

interface Part {
  /** In the line. */
  readonly words: RegExp
  readonly flags: readonly string[]
  /** "…, for which …" */
  readonly does: string
}

const parts: readonly Part[] = [
  {
    words: /\bmmap\b|\bmemory map/i,
    flags: ['device', 'user-device', 'pmem', 'fs', 'memory-zone', 'memory'],
    does: 'for which memory or the regions of a device (BARs) are mapped',
  },
  {
    words: /\b(?:bind|listen|address (?:already )?in use)\b/i,
    flags: ['api-socket', 'vsock', 'serial', 'console', 'event-monitor'],
    does: 'for which a socket or file is made',
  },
  {
    words: /\b(?:connect\w*|connection refused|broken pipe|disconnect\w*)\b/i,
    flags: ['fs', 'disk', 'net', 'tpm', 'user-device', 'vsock', 'generic-vhost-user'],
    does: 'for which a program of its own may serve a socket',
  },
  {
    words: /\b(?:tap\d*|tun|ifreq|interface|network|bridge)\b/i,
    flags: ['net'],
    does: 'for which a TAP is opened or made',
  },
  {
    words: /\b(?:vfio|iommu|pci|BARs?|interrupt|MSI-?X?)\b/i,
    flags: ['device', 'user-device', 'vdpa'],
    does: 'which passes a device through',
  },
  {
    words: /\b(?:disk|image|sector|block|qcow2?|raw|fallocate|fsync)\b/i,
    flags: ['disk', 'pmem'],
    does: 'for which an image is opened',
  },
]

/** @returns a sentence that names the options which the line can be about; null where the words do not tell */
export const partOfCommandIn = (text: string, command: CommandLine): string | null => {
  const part = parts.find(({ words }) => words.test(text))
  const flag = part?.flags.find((name) => command.flags.has(name))
  if (!part || flag === undefined) return null
  const [first] = devices(command, flag)
  const object = first?.path ?? first?.tap ?? first?.socket
  const named = object ? `--${flag} (${object.slice(0, 80)})` : `--${flag}`
  return `By its words it may be about ${named}, ${part.does}.`
}

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

/** Files of the sources that serve one option: their crate and path, the option. */
const sources: readonly (readonly [RegExp, flag: string])[] = [
  [/virtio-devices\/src\/vhost_user\/fs\.rs/, 'fs'],
  [/virtio-devices\/src\/(?:vhost_user\/)?net\.rs|net_util\/src\//, 'net'],
  [/virtio-devices\/src\/(?:vhost_user\/blk|block)\.rs|\bblock\/src\//, 'disk'],
  [/virtio-devices\/src\/vsock\//, 'vsock'],
  [/virtio-devices\/src\/pmem\.rs/, 'pmem'],
  [/virtio-devices\/src\/balloon\.rs/, 'balloon'],
  [/virtio-devices\/src\/(?:console\.rs|.{0,20}console)|vmm\/src\/console_devices\.rs/, 'console'],
  [/virtio-devices\/src\/vdpa\.rs/, 'vdpa'],
  [/virtio-devices\/src\/rng\.rs/, 'rng'],
  [/virtio-devices\/src\/mem\.rs|vmm\/src\/memory_manager\.rs/, 'memory'],
  [/pci\/src\/vfio\.rs|\bvfio\/src\//, 'device'],
  [/pci\/src\/vfio_user\.rs|\bvfio_user\/src\//, 'user-device'],
  [/vmm\/src\/serial_manager\.rs|devices\/src\/legacy\/(?:serial|uart_pl011)\.rs/, 'serial'],
  [/vmm\/src\/cpu\.rs|arch\/src\/x86_64\//, 'cpus'],
  [/vmm\/src\/landlock\.rs/, 'landlock-rules'],
  [/\btpm\/src\/|devices\/src\/tpm\.rs/, 'tpm'],
]

/**
 * @param text names a file of the sources
 * @returns a sentence with the option of the command that this file serves; null where there is none
 */
export const optionOfSource = (text: string, command: CommandLine): string | null => {
  const flag = sources.find(([expression]) => expression.test(text))?.[1]
  const values = flag === undefined ? undefined : command.flags.get(flag)
  return values === undefined
    ? null
    : `That file serves --${flag}, of which the command says: ${values.join(' ').slice(0, 200)}. Look at each of its values: number, size, length and path.`
}

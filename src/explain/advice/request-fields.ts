/** Fields of a request to the API that no release knows: they are passed over without an error. */
import { nearest } from '../../util/suggest.ts'
import { type Advice, doc } from '../cause.ts'
import { bare, type Diagnosis, type Line, standingAlone } from '../diagnosis.ts'
import { told } from '../told.ts'

/** What is said of such a field. */
export const requestDoubt: Advice = {
  id: 'request-field-unknown',
  what: '{part|A part of a request} has a field {name|} that the API does not know{like|}.',
  why: 'Cloud Hypervisor passes over fields that it does not know, without an error: what the field asks for does not happen, and the default counts.',
  hint: 'Write {field|the field as the API names it}, and see with `ch-remote --api-socket FILE info` what arrived.',
  reference: doc('api.md'),
  confidence: 'likely',
}

const pci = 'id iommu pci_segment pci_device_id'
const queues = 'num_queues queue_size'
const backend = 'vhost_user vhost_socket'

/** The fields of each part of a VM's configuration (vmm/src/vm_config.rs, releases 20 to 53). */
const known: Readonly<Record<string, string>> = {
  cpus: 'boot_vcpus max_vcpus topology kvm_hyperv max_phys_bits affinity features nested core_scheduling profile',
  memory:
    'size mergeable hotplug_method hotplug_size hotplugged_size shared hugepages hugepage_size prefault reserve zones thp file',
  payload: 'firmware kernel cmdline initramfs igvm host_data fw_cfg_config',
  disks: `${pci} ${queues} ${backend} path readonly direct poll_queue rate_limit_group rate_limiter_config disable_io_uring disable_aio serial queue_affinity backing_files sparse image_type lock_granularity`,
  net: `${pci} ${queues} ${backend} tap ip mask mac host_mac mtu vhost_mode fds rate_limiter_config offload_tso offload_ufo offload_csum`,
  fs: `${pci} ${queues} tag socket dax cache_size`,
  pmem: `${pci} file size mergeable discard_writes`,
  vsock: `${pci} cid socket`,
  balloon: `${pci} size deflate_on_oom free_page_reporting`,
}

/** Where the value of one of these parts begins. */
const partStart = /"(cpus|memory|payload|disks|net|fs|pmem|vsock|balloon)"\s{0,20}:\s{0,20}(?=[[{])/g

/** No part of a configuration is longer, in characters. */
const maxLength = 10_000

/** More are no request of a person, and each is read to its end. */
const maxParts = 40

/** A name in front of a colon, a bracket, or another string. */
const token = /"((?:[^"\\]|\\.){0,200})"(\s{0,20}:)?|[[\]{}]/g

/** @returns the names of the fields in a value or a list of them, without those of the values below */
const fieldsFrom = (text: string, at: number): readonly string[] => {
  const part = text.slice(at, at + maxLength)
  const inner = part.startsWith('[') ? 2 : 1
  const names: string[] = []
  let depth = 0
  for (const [all, name, colon] of part.matchAll(token)) {
    if (all === '{' || all === '[') depth++
    else if (all === '}' || all === ']') depth--
    else if (colon !== undefined && name !== undefined && depth === inner) names.push(name)
    if (depth === 0) break
  }
  return names
}

/** Other configurations have parts of these names, too: this many fields must be ours. */
const enough = 2

interface Wrong {
  readonly part: string
  readonly name: string
  readonly like: string
}

const firstWrong = (text: string): Wrong | null => {
  let parts = 0
  for (const match of text.matchAll(partStart)) {
    if (++parts > maxParts) return null
    const [all, part = ''] = match
    const ours = (known[part] ?? '').split(' ')
    const names = fieldsFrom(text, match.index + all.length)
    if (names.filter((name) => ours.includes(name)).length < enough) continue
    for (const name of names) {
      // A name that is like none may be one of a release that is not known here.
      const like = ours.includes(name) ? null : nearest(name, ours)
      if (like !== null) return { part, name, like }
    }
  }
  return null
}

/** @returns that a request or configuration in the text has a field that is misspelt: the first of them */
export const requestFieldAdvice = (lines: readonly Line[]): readonly Diagnosis[] => {
  const holder = lines.findIndex(({ text }) => text.search(partStart) >= 0)
  if (holder < 0) return []
  const wrong = firstWrong(
    lines
      .slice(holder)
      .map(({ text }) => text)
      .join('\n'),
  )
  if (wrong === null) return []
  const { part, name, like } = wrong
  const line = lines.find(({ text }, at) => at >= holder && text.includes(`"${name}"`))
  const { id, ...doubt } = told(requestDoubt, {
    part: `The part "${part}"`,
    name: `"${name}"`,
    like: `; "${like}" is one`,
    field: `"${like}"`,
  })
  return [
    {
      ...doubt,
      cause: id,
      layer: 'usage',
      severity: 'warning',
      ...standingAlone,
      lines: line ? [bare(line)] : [],
    },
  ]
}

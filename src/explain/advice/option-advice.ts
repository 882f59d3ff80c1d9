/** Options of a flag that no release knows, and those that name nothing. */
import { nearest } from '../../util/suggest.ts'
import { type Advice, doc } from '../cause.ts'
import { type CommandLine, devices } from '../reading/command-line.ts'
import { told } from '../told.ts'

const pci = 'id iommu pci_segment'
const limits = 'bw_size bw_one_time_burst bw_refill_time ops_size ops_one_time_burst ops_refill_time'
const memory =
  'size file shared hugepages hugepage_size prefault reserve mergeable hotplug_size hotplugged_size'

/** What the parsers of the releases 20 to 53 take together (vmm/src/config.rs). */
const known: Readonly<Record<string, string>> = {
  cpus: 'boot max topology kvm_hyperv max_phys_bits affinity features nested core_scheduling profile',
  memory: `${memory} hotplug_method thp`,
  'memory-zone': `${memory} id host_numa_node`,
  disk: `${pci} ${limits} path readonly direct queue_size num_queues vhost_user socket poll_queue _disable_io_uring _disable_aio serial rate_limit_group queue_affinity backing_files sparse image_type lock_granularity`,
  net: `${pci} ${limits} tap ip mask mac host_mac mtu offload_tso offload_ufo offload_csum queue_size num_queues vhost_user socket vhost_mode fd`,
  fs: `${pci} tag socket num_queues queue_size dax cache_size`,
  vsock: `${pci} cid socket`,
  pmem: `${pci} file size mergeable discard_writes`,
  balloon: `${pci} size deflate_on_oom free_page_reporting`,
  device: `${pci} path fd x_nv_gpudirect_clique x_exclude_mmap_bars`,
}

/** Doubts about the options of a flag. */
export const optionDoubts = {
  optionPathEmpty: {
    id: 'option-path-empty',
    what: '{flag|An option} is given an empty path ({option|path}=).',
    why: 'What should have filled it in gave nothing: a variable that is not set, or a command (losetup, mktemp, a search for an image) that failed before. Cloud Hypervisor cannot start so.',
    hint: 'Print the command before it is run (`set -x`), and see what the command in front of it says; give a file that is there.',
    reference: doc('README.md'),
    confidence: 'certain',
  },
  optionOfFlagUnknown: {
    id: 'option-of-flag-unknown',
    what: '{flag|A flag} has no option {option|of that name}{like|}.',
    why: 'No release from 20 to 53 knows it: Cloud Hypervisor refuses such a command. If it did start, it was another command, or another build.',
    hint: 'Correct it: `cloud-hypervisor --help` lists the options of {flag|each flag}.',
    reference: doc('README.md'),
    confidence: 'likely',
  },
} as const satisfies Readonly<Record<string, Advice>>

/** Options that name a file. `tap=` may be empty: a TAP is made then. */
const paths = ['path', 'file', 'socket']

const emptyOption = (command: CommandLine): readonly Advice[] => {
  for (const flag of Object.keys(known)) {
    const name = devices(command, flag)
      .flatMap((options) => Object.entries(options))
      .find(([option, value]) => paths.includes(option) && value === '')?.[0]
    if (name === undefined) continue
    return [told(optionDoubts.optionPathEmpty, { flag: `--${flag}`, option: name })]
  }
  return []
}

const unknownOption = (command: CommandLine): readonly Advice[] => {
  for (const [flag, text] of Object.entries(known)) {
    const names = text.split(' ')
    const given = devices(command, flag).flatMap((options) => Object.keys(options))
    const wrong = given.find((name) => /^\w+$/.test(name) && !names.includes(name))
    if (wrong === undefined) continue
    const like = nearest(wrong, names)
    return [
      told(optionDoubts.optionOfFlagUnknown, {
        flag: `--${flag}`,
        option: wrong,
        like: like === null ? '' : `; ${like} is one`,
      }),
    ]
  }
  return []
}

/** @returns that a flag was given an option that it does not have, or one that names nothing: the first of each */
export const optionAdvice = (command: CommandLine): readonly Advice[] => [
  ...emptyOption(command),
  ...unknownOption(command),
]

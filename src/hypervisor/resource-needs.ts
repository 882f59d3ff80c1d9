/**
 * What Cloud Hypervisor takes of the limits on its process, by the machine that it makes: counted for 53.0 in
 * /proc/PID/fd, task and maps of VMs that differ in one number.
 */

export interface Machine {
  readonly cpus: number
  readonly disks: number
  /** Network devices. */
  readonly nets: number
  /** Queues of all network devices. */
  readonly netQueues: number
  /** Queues of all disks. */
  readonly diskQueues: number
}

/** Descriptors of a VM whose guest has not touched a device yet. */
export const filesToStart = ({ cpus, disks, nets, netQueues }: Machine): number =>
  60 + 4 * cpus + 6 * (disks + nets) + Math.ceil(2.5 * netQueues)

/** Twice as many and more, because an active device opens further ones. */
export const filesWithRoom = ({ cpus, disks, nets, netQueues, diskQueues }: Machine): number =>
  2 * (128 + 4 * cpus + 4 * (netQueues + diskQueues) + 16 * (disks + nets))

/**
 * Threads of a VM whose devices are all active: one for each CPU, disk queue and pair of network queues, the
 * control queue of each network device, rng, console, and four of the VMM itself.
 */
export const threadsOf = ({ cpus, nets, netQueues, diskQueues }: Machine): number =>
  6 + cpus + diskQueues + Math.ceil(netQueues / 2) + nets

/** Enough for what `threadsOf` does not know of and for what a release adds. */
export const threadsWithRoom = ({ cpus, disks, nets, netQueues, diskQueues }: Machine): number =>
  64 + cpus + netQueues + diskQueues + disks + nets

/** Mappings of its memory: stacks and state of the CPUs above all. */
export const mappingsOf = ({ cpus }: Machine): number => 50 + 8 * cpus

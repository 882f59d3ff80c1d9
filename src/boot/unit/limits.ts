/** The limits of the process that runs a guest (systemd.exec(5)), from the command that starts it. */
import type { Config } from '../../config/keys.ts'
import type { Argv } from '../../util/argv.ts'
import { valuesOf } from '../arguments.ts'

const minFiles = 1024

const countOf = (values: readonly string[], key: string, otherwise: number): number =>
  values.reduce((sum, value) => {
    const count = Number(new RegExp(`(?:^|,)${key}=(\\d+)`).exec(value)?.[1])
    return sum + (Number.isSafeInteger(count) ? count : otherwise)
  }, 0)

/**
 * Descriptors of 53.0, measured: 80, 4 for each CPU, 6 and 2.5 for each queue of a network device, 6 for each
 * disk. Twice as many, because an active device opens more: the soft limit of 1024 that services get is too
 * low from 230 CPUs on.
 */
const openFiles = (cpus: number, queues: number, devices: number): number =>
  Math.max(minFiles, 2 * (128 + 4 * cpus + 4 * queues + 16 * devices))

/** Threads: one for each CPU and queue, and those of the VMM itself. */
const tasks = (cpus: number, queues: number, devices: number): number => 64 + cpus + queues + devices

const mebi = 2 ** 20

/** Kernels before 5.12 count the rings of io_uring. A VFIO device pins all memory of the guest. */
const lockedBytes = (memory: number, pins: boolean): number =>
  (pins ? Math.ceil(1.25 * memory) : 0) + 64 * mebi

/** @returns lines of a [Service] section */
export const limitLines = (command: Argv, config: Config): readonly string[] => {
  const cpus = countOf(valuesOf(command, '--cpus'), 'boot', 1)
  const disks = valuesOf(command, '--disk')
  const nets = valuesOf(command, '--net')
  const queues = countOf(nets, 'num_queues', 2) + countOf(disks, 'num_queues', 1)
  const devices = disks.length + nets.length
  const pins = ['--device', '--vdpa', '--user-device'].some((flag) => command.includes(flag))
  return [
    `LimitNOFILE=${openFiles(cpus, queues, devices)}`,
    `LimitMEMLOCK=${lockedBytes(config.memory, pins)}`,
    `TasksMax=${tasks(cpus, queues, devices)}`,
    // A core has the memory of the guest in it.
    'LimitCORE=0',
  ]
}

/** The limits of the process that runs a guest (systemd.exec(5)), from the command that starts it. */
import type { Config } from '../../config/keys.ts'
import { filesWithRoom, threadsWithRoom } from '../../hypervisor/resource-needs.ts'
import type { Argv } from '../../util/argv.ts'
import { valuesOf } from '../arguments.ts'

/** What services get anyway. */
const minFiles = 1024

const countOf = (values: readonly string[], key: string, otherwise: number): number =>
  values.reduce((sum, value) => {
    const count = Number(new RegExp(`(?:^|,)${key}=(\\d+)`).exec(value)?.[1])
    return sum + (Number.isSafeInteger(count) ? count : otherwise)
  }, 0)

const mebi = 2 ** 20

/** Kernels before 5.12 count the rings of io_uring. A VFIO device pins all memory of the guest. */
const lockedBytes = (memory: number, pins: boolean): number =>
  (pins ? Math.ceil(1.25 * memory) : 0) + 64 * mebi

/** @returns lines of a [Service] section */
export const limitLines = (command: Argv, config: Config): readonly string[] => {
  const cpus = countOf(valuesOf(command, '--cpus'), 'boot', 1)
  const disks = valuesOf(command, '--disk')
  const nets = valuesOf(command, '--net')
  const machine = {
    cpus,
    disks: disks.length,
    nets: nets.length,
    netQueues: countOf(nets, 'num_queues', 2),
    diskQueues: countOf(disks, 'num_queues', 1),
  }
  const pins = ['--device', '--vdpa', '--user-device'].some((flag) => command.includes(flag))
  return [
    `LimitNOFILE=${Math.max(minFiles, filesWithRoom(machine))}`,
    `LimitMEMLOCK=${lockedBytes(config.memory, pins)}`,
    `TasksMax=${threadsWithRoom(machine)}`,
    // The memory of the guest is left out of a core, what is in the buffers of its devices is not.
    'LimitCORE=0',
  ]
}

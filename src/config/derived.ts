import type { Config } from './keys.ts'

/**
 * One pair of queues needs an ordinary TAP, more pairs one with multi_queue; Cloud Hypervisor refuses a
 * mismatch. It counts whole pairs: three queues are one.
 */
export const wantsMultiQueue = (config: Config): boolean => config.queues >= 4

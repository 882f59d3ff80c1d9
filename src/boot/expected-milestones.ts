import type { Config } from '../config/keys.ts'
import type { Milestone } from './milestones.ts'

const networkMilestones = (config: Config): readonly Milestone[] => {
  if (config.network === 'none') return []
  // With a bridge the packets bypass this host, which may have no address there.
  const behindHost = config.network === 'tap'
  const reachesInternet = !config.offline && config.nameservers.length > 0 && (config.nat || !behindHost)
  return [
    'ping',
    'ssh',
    'user',
    ...(behindHost ? (['host'] as const) : []),
    ...(reachesInternet ? (['name'] as const) : []),
  ]
}

/**
 * @param seed whether the seed is attached
 * @returns all milestones that this guest can reach, and those without which it is not up: a quiet kernel
 *   prints nothing
 */
export const milestonesFor = (
  config: Config,
  seed: boolean,
): { all: readonly Milestone[]; required: readonly Milestone[] } => {
  const required: readonly Milestone[] = [
    'vmm',
    'login',
    ...(seed ? (['cloud-init'] as const) : []),
    ...networkMilestones(config),
  ]
  const first: readonly Milestone[] = config.boot === 'firmware' ? ['firmware', 'kernel'] : ['kernel']
  return { required, all: ['vmm', ...first, ...required.slice(1)] }
}

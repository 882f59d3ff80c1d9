/**
 * Hosts of distributions and services that are not at hand: a recording with the facts in which such a host differs, as
 * far as they are publicly documented.
 */
import { containers } from './containers.ts'
import type { DerivedHost } from './derived.ts'
import { distributions } from './distributions.ts'
import type { PublicHost } from './public-host.ts'

// biome-ignore lint/suspicious/noExplicitAny: facts of any check, read from JSON
type Observations = any

const nameSystem = (
  observations: Observations,
  { name, manager, release }: NonNullable<PublicHost['system']>,
) => {
  const { facts } = observations.platform
  if (name !== undefined) facts.name = name
  if (manager !== undefined) facts.manager = manager
  if (release !== undefined) {
    facts.container = false
    observations['host-kernel'].facts.release = release
  }
}

const renamePackages = (observations: Observations, names: Readonly<Record<string, string>>) => {
  for (const id of ['qemu-utils', 'dosfstools', 'mtools', 'iproute2']) {
    const { facts } = observations[id]
    facts.state = null
    if (facts.path === null) facts.packages = [names[id] ?? id]
  }
}

const derive = (host: PublicHost): DerivedHost => ({
  name: host.name,
  from: host.from,
  how: `${host.what} (${host.source})`,
  ...(host.confinement ? { confinement: host.confinement } : {}),
  change: (observations, config) => {
    Object.assign(config, host.config)
    if (host.system) nameSystem(observations, host.system)
    if (host.packages) renamePackages(observations, host.packages)
    for (const [id, facts] of Object.entries(host.facts ?? {}))
      observations[id] = { facts: { ...observations[id]?.facts, ...facts } }
    for (const id of host.without ?? []) delete observations[id]
  },
})

export const publicHosts: readonly DerivedHost[] = [...distributions, ...containers].map(derive)

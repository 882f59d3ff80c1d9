/** Parameters of the vendor's module of KVM, in /sys/module. */
import type { Host } from './host.ts'

/** The modules that there are, one for each vendor; a host loads one at most. */
const kvmModules = ['kvm_intel', 'kvm_amd'] as const

export type KvmModule = (typeof kvmModules)[number]

/**
 * @param nameOf the parameter, as the module calls it
 * @returns the module that is loaded and whether the switch is on; null where neither has it
 */
export const readKvmSwitch = async (
  host: Host,
  nameOf: (module: KvmModule) => string,
): Promise<{ readonly module: KvmModule; readonly on: boolean } | null> => {
  const values = await Promise.all(
    kvmModules.map(async (module) => ({
      module,
      value: (await host.readText(`/sys/module/${module}/parameters/${nameOf(module)}`))?.trim(),
    })),
  )
  const loaded = values.find(({ value }) => value !== undefined)
  return loaded ? { module: loaded.module, on: loaded.value === 'Y' || loaded.value === '1' } : null
}

/** Every fix, in the order in which fixes are carried out: what others need comes first. */
import type { Fix } from '../src/contract.ts'
import { buildKernel } from './build-kernel.ts'
import { createCloudInit } from './create-cloud-init.ts'
import { createTap } from './create-tap.ts'
import { fetchFirmware } from './fetch-firmware.ts'
import { fetchImage } from './fetch-image.ts'
import { fetchKernel } from './fetch-kernel.ts'
import { installCloudHypervisor } from './install-cloud-hypervisor.ts'
import { installPackages } from './install-packages.ts'
import { kvmAccess } from './kvm-access.ts'
import { loadKvm } from './load-kvm.ts'
import { loadTun } from './load-tun.ts'
import { persistNetwork } from './persist-network.ts'
import { routeGuest } from './route-guest.ts'
import { routeIpv6 } from './route-ipv6.ts'
import { setcap } from './setcap.ts'

export const fixes = {
  'install-packages': installPackages,
  'load-kvm': loadKvm,
  'kvm-access': kvmAccess,
  'load-tun': loadTun,
  'install-cloud-hypervisor': installCloudHypervisor,
  setcap,
  'create-tap': createTap,
  'route-guest': routeGuest,
  'route-ipv6': routeIpv6,
  'persist-network': persistNetwork,
  'fetch-firmware': fetchFirmware,
  'fetch-image': fetchImage,
  'fetch-kernel': fetchKernel,
  'build-kernel': buildKernel,
  'create-cloud-init': createCloudInit,
} as const

type Fixes = typeof fixes

// biome-ignore lint/suspicious/noExplicitAny: only the arguments are of interest
type ArgsOf<F> = F extends Fix<any, infer Args, any> ? Args : never

/** A fix with its arguments, as a verdict names it; a wrong argument does not compile. */
export type FixCall = {
  [Id in keyof Fixes]: { readonly id: Id; readonly args: ArgsOf<Fixes[Id]> }
}[keyof Fixes]

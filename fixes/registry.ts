/** Every fix, in the order in which fixes are carried out: what others need comes first. */
import type { Fix } from '../src/contract/fix.ts'
import type { FixArgs, FixId } from '../src/contract/fix-args.ts'
import { buildKernel } from './build-kernel.ts'
import { createCloudInit } from './create-cloud-init.ts'
import { createTap } from './create-tap.ts'
import { fetchFirmware } from './fetch-firmware.ts'
import { fetchImage } from './fetch-image.ts'
import { fetchKernel } from './fetch-kernel.ts'
import { installCloudHypervisor } from './install-cloud-hypervisor.ts'
import { installGuestUnit } from './install-guest-unit.ts'
import { installPackages } from './install-packages.ts'
import { kvmAccess } from './kvm-access.ts'
import { loadKvm } from './load-kvm.ts'
import { loadTun } from './load-tun.ts'
import { persistNetwork } from './persist-network.ts'
import { reserveHugepages } from './reserve-hugepages.ts'
import { routeGuest } from './route-guest.ts'
import { routeIpv6 } from './route-ipv6.ts'
import { setcap } from './setcap.ts'

export const fixes = {
  'install-packages': installPackages,
  'load-kvm': loadKvm,
  'kvm-access': kvmAccess,
  'load-tun': loadTun,
  'reserve-hugepages': reserveHugepages,
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
  'install-guest-unit': installGuestUnit,
  // biome-ignore lint/suspicious/noExplicitAny: each fix has a survey of its own type
} as const satisfies { [Id in FixId]: Fix<Id, FixArgs[Id], any> }

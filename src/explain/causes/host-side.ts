/** The causes of what is around a VM on its host: services, callers, builds, images, disks; in the order in which they are tried. */
import type { Cause } from '../cause.ts'
import type { Layer } from '../diagnosis.ts'
import { archives } from './archives.ts'
import { around } from './around.ts'
import { builds } from './build.ts'
import { cBuilds } from './c-builds.ts'
import { callers } from './callers.ts'
import { cargoSteps } from './cargo.ts'
import { clients } from './clients.ts'
import { configureSteps } from './configure-steps.ts'
import { containerBuilds } from './container-builds.ts'
import { diskErrors } from './disk-errors.ts'
import { downloads } from './downloads.ts'
import { fileSystems } from './file-systems.ts'
import { git } from './git.ts'
import { goPython } from './go-python.ts'
import { host } from './host.ts'
import { hostFiles } from './host-files.ts'
import { hostKernel } from './host-kernel.ts'
import { hostSetup } from './host-setup.ts'
import { imageBuilders } from './image-builders.ts'
import { kernelMake } from './kernel-make.ts'
import { launchers } from './launchers.ts'
import { linking } from './linking.ts'
import { managers } from './managers.ts'
import { mkfs } from './mkfs.ts'
import { mounting } from './mounting.ts'
import { networkDisks } from './network-disks.ts'
import { nfs } from './nfs.ts'
import { nix } from './nix.ts'
import { nixBuilds } from './nix-builds.ts'
import { partitions } from './partitions.ts'
import { rootBuilders } from './root-builders.ts'
import { rustBuilds } from './rust-builds.ts'
import { suites } from './suites.ts'
import { traces } from './trace.ts'
import { units } from './units.ts'
import { vfioFiles } from './vfio-files.ts'
import { volumes } from './volumes.ts'

export const hostSide: readonly (readonly [Layer, readonly Cause[]])[] = [
  ['other', nixBuilds],
  ['other', nix],
  ['other', units],
  ['socket', clients],
  ['other', around],
  ['other', callers],
  ['other', launchers],
  ['other', suites],
  ['other', traces],
  ['other', builds],
  ['other', managers],
  ['other', hostKernel],
  ['other', vfioFiles],
  ['other', host],
  ['payload', kernelMake],
  ['other', rustBuilds],
  ['other', cargoSteps],
  ['other', goPython],
  ['other', containerBuilds],
  ['other', imageBuilders],
  ['other', rootBuilders],
  ['other', cBuilds],
  ['other', configureSteps],
  ['other', linking],
  ['other', git],
  ['other', downloads],
  ['other', archives],
  ['disk', volumes],
  ['disk', networkDisks],
  ['disk', nfs],
  ['disk', diskErrors],
  ['disk', fileSystems],
  ['disk', partitions],
  ['disk', mounting],
  ['disk', mkfs],
  ['disk', hostFiles],
  ['other', hostSetup],
]

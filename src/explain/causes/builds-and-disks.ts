/** The causes of builds, images, downloads, disks and file systems, in the order in which they are tried. */
import type { Cause } from '../cause.ts'
import type { Layer } from '../diagnosis.ts'
import { archives } from './archives.ts'
import { cBuilds } from './c-builds.ts'
import { cargoSteps } from './cargo.ts'
import { configureSteps } from './configure-steps.ts'
import { containerBuilds } from './container-builds.ts'
import { diskErrors } from './disk-errors.ts'
import { downloads } from './downloads.ts'
import { fileSystems } from './file-systems.ts'
import { git } from './git.ts'
import { goPython } from './go-python.ts'
import { hostFiles } from './host-files.ts'
import { hostSetup } from './host-setup.ts'
import { imageBuilders } from './image-builders.ts'
import { kernelMake } from './kernel-make.ts'
import { linking } from './linking.ts'
import { mkfs } from './mkfs.ts'
import { mounting } from './mounting.ts'
import { networkDisks } from './network-disks.ts'
import { nfs } from './nfs.ts'
import { partitions } from './partitions.ts'
import { rootBuilders } from './root-builders.ts'
import { rustBuilds } from './rust-builds.ts'
import { volumes } from './volumes.ts'

export const buildsAndDisks: readonly (readonly [Layer, readonly Cause[]])[] = [
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

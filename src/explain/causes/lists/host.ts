/** What runs beside a VM on its host: backends, services, builds, disks. In the order in which they are tried. */
import { archives } from '../builds/archives.ts'
import { builds } from '../builds/build.ts'
import { cBuilds } from '../builds/c-builds.ts'
import { cargoSteps } from '../builds/cargo.ts'
import { configureSteps } from '../builds/configure-steps.ts'
import { containerBuilds } from '../builds/container-builds.ts'
import { downloads } from '../builds/downloads.ts'
import { git } from '../builds/git.ts'
import { goPython } from '../builds/go-python.ts'
import { kernelMake } from '../builds/kernel-make.ts'
import { linking } from '../builds/linking.ts'
import { nix } from '../builds/nix.ts'
import { nixBuilds } from '../builds/nix-builds.ts'
import { rustBuilds } from '../builds/rust-builds.ts'
import { guestModules } from '../guest/guest-modules.ts'
import { backends } from '../host/backends.ts'
import { host } from '../host/host.ts'
import { hostFiles } from '../host/host-files.ts'
import { hostKernel } from '../host/host-kernel.ts'
import { hostSetup } from '../host/host-setup.ts'
import { traces } from '../host/trace.ts'
import { units } from '../host/units.ts'
import { vfioFiles } from '../host/vfio-files.ts'
import { virtiofsd } from '../host/virtiofsd.ts'
import { diskErrors } from '../images/disk-errors.ts'
import { fileSystems } from '../images/file-systems.ts'
import { imageBuilders } from '../images/image-builders.ts'
import { mkfs } from '../images/mkfs.ts'
import { mounting } from '../images/mounting.ts'
import { networkDisks } from '../images/network-disks.ts'
import { nfs } from '../images/nfs.ts'
import { partitions } from '../images/partitions.ts'
import { rootBuilders } from '../images/root-builders.ts'
import { volumes } from '../images/volumes.ts'
import { around } from '../managers/around.ts'
import { callers } from '../managers/callers.ts'
import { clients } from '../managers/clients.ts'
import { launchers } from '../managers/launchers.ts'
import { libvirtOthers } from '../managers/libvirt-others.ts'
import { managers } from '../managers/managers.ts'
import { suites } from '../managers/suites.ts'
import { running } from '../program/running.ts'
import type { Layered } from './layered.ts'

export const hostLists: Layered = [
  ['other', running],
  ['socket', virtiofsd],
  ['socket', backends],
  ['other', libvirtOthers],
  ['other', nixBuilds],
  ['other', nix],
  ['other', units],
  ['guest', guestModules],
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

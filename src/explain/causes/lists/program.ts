/** Cloud Hypervisor itself, and what hosts say in the same words. In the order in which they are tried. */

import { buildCircumstances } from '../builds/build-circumstances.ts'
import { buildSteps } from '../builds/build-steps.ts'
import { compilerEnds } from '../builds/c-builds.ts'
import { firmwareBuilds } from '../builds/firmware-builds.ts'
import { ownPackages } from '../builds/own-packages.ts'
import { guestCases } from '../guest/guest-cases.ts'
import { hostAround } from '../host/host-around.ts'
import { hostCircumstances } from '../host/host-circumstances.ts'
import { hostMemory } from '../host/host-memory.ts'
import { hostRemarks } from '../host/host-remarks.ts'
import { hostTables } from '../host/host-tables.ts'
import { iommuGpu } from '../host/iommu-gpu.ts'
import { kvmAround } from '../host/kvm-around.ts'
import { kvmClosed } from '../host/kvm-closed.ts'
import { kvmHost } from '../host/kvm-host.ts'
import { kvmWhere } from '../host/kvm-where.ts'
import { unitSteps } from '../host/unit-steps.ts'
import { vfioHost } from '../host/vfio-host.ts'
import { vfioManagers } from '../host/vfio-managers.ts'
import { imageCases } from '../images/image-cases.ts'
import { otherArchitectures } from '../images/other-architectures.ts'
import { guestKinds } from '../managers/guest-kinds.ts'
import { libvirtCases } from '../managers/libvirt-cases.ts'
import { libvirtConfined } from '../managers/libvirt-more.ts'
import { managerCases } from '../managers/manager-cases.ts'
import { managerStates } from '../managers/manager-states.ts'
import { qemuCases } from '../managers/qemu-cases.ts'
import { shownVms } from '../managers/shown-vms.ts'
import { api } from '../program/api.ts'
import { aroundRequests } from '../program/around-requests.ts'
import { confinement, landlockRules } from '../program/confinement.ts'
import { consoles } from '../program/console.ts'
import { cpu } from '../program/cpu.ts'
import { cpuChanges } from '../program/cpu-change.ts'
import { devices } from '../program/device.ts'
import { disk } from '../program/disk.ts'
import { diskFormat } from '../program/disk-format.ts'
import { diskIo } from '../program/disk-io.ts'
import { hypervisor } from '../program/hypervisor.ts'
import { kernelInputs } from '../program/kernel-inputs.ts'
import { limits } from '../program/limits.ts'
import { memory } from '../program/memory.ts'
import { mshv } from '../program/mshv.ts'
import { network } from '../program/network.ts'
import { networkOptions } from '../program/network-options.ts'
import { networkRun } from '../program/network-run.ts'
import { payload } from '../program/payload.ts'
import { platform } from '../program/platform.ts'
import { resizes } from '../program/resize.ts'
import { snapshots } from '../program/snapshot.ts'
import { sockets } from '../program/socket.ts'
import { start } from '../program/start.ts'
import { tunDevice } from '../program/tun.ts'
import { usage } from '../program/usage.ts'
import { vfioDevices } from '../program/vfio.ts'
import { vhostUser } from '../program/vhost-user.ts'
import { vsock } from '../program/vsock.ts'
import type { Layered } from './layered.ts'

export const programLists: Layered = [
  ['other', hostTables],
  ['confinement', landlockRules],
  ['other', aroundRequests],
  // What more general words of the lists below would answer.
  ['other', managerCases],
  ['other', qemuCases],
  ['guest', guestCases],
  ['other', managerStates],
  ['other', libvirtCases],
  ['other', guestKinds],
  ['disk', imageCases],
  ['other', otherArchitectures],
  ['other', shownVms],
  ['other', snapshots],
  ['other', compilerEnds],
  ['other', limits],
  ['hypervisor', iommuGpu],
  ['hypervisor', platform],
  ['cpu', cpuChanges],
  ['hypervisor', mshv],
  ['other', hostAround],
  ['hypervisor', kvmWhere],
  ['hypervisor', kvmClosed],
  ['other', hostCircumstances],
  ['other', buildCircumstances],
  ['hypervisor', kvmHost],
  ['hypervisor', kvmAround],
  ['other', hostRemarks],
  ['hypervisor', hypervisor],
  ['payload', payload],
  ['payload', kernelInputs],
  ['disk', diskIo],
  ['disk', diskFormat],
  ['disk', disk],
  ['network', networkRun],
  ['network', network],
  ['network', tunDevice],
  ['network', networkOptions],
  ['memory', resizes],
  ['memory', hostMemory],
  ['memory', memory],
  ['cpu', cpu],
  ['console', consoles],
  ['socket', vsock],
  ['socket', sockets],
  ['socket', vhostUser],
  ['socket', api],
  ['confinement', libvirtConfined],
  ['confinement', confinement],
  ['device', vfioManagers],
  ['device', vfioHost],
  ['device', vfioDevices],
  ['device', devices],
  ['payload', firmwareBuilds],
  ['other', buildSteps],
  ['other', ownPackages],
  ['usage', usage],
  ['start', unitSteps],
  ['start', start],
]

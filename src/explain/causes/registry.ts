/** All causes, by the layer they belong to. Adding one: an entry in its file, an example in test/explain/. */
import { ansible } from './ansible.ts'
import { api } from './api.ts'
import { around } from './around.ts'
import { backendFamilies } from './backend-families.ts'
import { backends } from './backends.ts'
import { bootStart } from './boot-start.ts'
import { buildSteps } from './build-steps.ts'
import { buildsAndDisks } from './builds-and-disks.ts'
import { busFamilies } from './bus-families.ts'
import { compilerEnds } from './c-builds.ts'
import { cloudInit } from './cloud-init.ts'
import { cloudInitModules } from './cloud-init-modules.ts'
import { cloudInitSources } from './cloud-init-sources.ts'
import { clouds } from './clouds.ts'
import { clusterAdmin } from './cluster-admin.ts'
import { clusterCni } from './cluster-cni.ts'
import { clusterEvents } from './cluster-events.ts'
import { confinement, landlockRules } from './confinement.ts'
import { consoles } from './console.ts'
import { containerCommands } from './container-commands.ts'
import { containerEngines } from './container-engines.ts'
import { containerdSetup } from './containerd-setup.ts'
import { containers } from './containers.ts'
import { cpu } from './cpu.ts'
import { cpuChanges } from './cpu-change.ts'
import { devices } from './device.ts'
import { deviceFamilies } from './device-families.ts'
import { disk } from './disk.ts'
import { diskFormat } from './disk-format.ts'
import { diskIo } from './disk-io.ts'
import { families } from './families.ts'
import { firmwareBuilds } from './firmware-builds.ts'
import { firmwareGuest } from './firmware-guest.ts'
import { general } from './general.ts'
import { grub } from './grub.ts'
import { guest } from './guest.ts'
import { guestClock } from './guest-clock.ts'
import { guestDeviceUnits } from './guest-device-units.ts'
import { guestDevices } from './guest-devices.ts'
import { guestDrivers } from './guest-drivers.ts'
import { guestFiles } from './guest-files.ts'
import { guestGrowth } from './guest-growth.ts'
import { guestInit } from './guest-init.ts'
import { guestInitramfs } from './guest-initramfs.ts'
import { guestKernel } from './guest-kernel.ts'
import { guestLogins } from './guest-logins.ts'
import { guestMachine } from './guest-machine.ts'
import { guestModules } from './guest-modules.ts'
import { guestNetwork } from './guest-network.ts'
import { guestOverlay } from './guest-overlay.ts'
import { guestPanics } from './guest-panics.ts'
import { guestPrograms } from './guest-programs.ts'
import { guestRoot } from './guest-root.ts'
import { guestServices } from './guest-services.ts'
import { guestStart } from './guest-start.ts'
import { guestStorage } from './guest-storage.ts'
import { guestSystems } from './guest-systems.ts'
import { guestUnits } from './guest-units.ts'
import { hostMemory } from './host-memory.ts'
import { hostNetwork } from './host-network.ts'
import { hostPaths } from './host-paths.ts'
import { hostRemarks } from './host-remarks.ts'
import { hostSide } from './host-side.ts'
import { hypervisor } from './hypervisor.ts'
import { imageErrors } from './image-errors.ts'
import { imageSteps } from './image-steps.ts'
import { imageTools } from './image-tools.ts'
import { iommuGpu } from './iommu-gpu.ts'
import { kata } from './kata.ts'
import { kataGuest } from './kata-guest.ts'
import { kataNode } from './kata-node.ts'
import { kataRuntime } from './kata-runtime.ts'
import { kataSetup } from './kata-setup.ts'
import { kernelBuild } from './kernel-build.ts'
import { kernelInputs } from './kernel-inputs.ts'
import { kubeVirt } from './kubevirt.ts'
import { kvmAround } from './kvm-around.ts'
import { kvmHost } from './kvm-host.ts'
import { launchers } from './launchers.ts'
import type { Layered } from './layered.ts'
import { libvirt } from './libvirt.ts'
import { libvirtOthers } from './libvirt-others.ts'
import { limits } from './limits.ts'
import { loaders } from './loaders.ts'
import { logins } from './logins.ts'
import { confinedVms, managerLists, qemuLists } from './manager-lists.ts'
import { managers } from './managers.ts'
import { logNotes } from './log-notes.ts'
import { memory } from './memory.ts'
import { modules } from './modules.ts'
import { mshv } from './mshv.ts'
import { network } from './network.ts'
import { networkOptions } from './network-options.ts'
import { networkRun } from './network-run.ts'
import { networks } from './networks.ts'
import { nix } from './nix.ts'
import { nixBuilds } from './nix-builds.ts'
import { observed } from './observed.ts'
import { other } from './other.ts'
import { otherMonitors } from './other-monitors.ts'
import { ownPackages } from './own-packages.ts'
import { packageRemarks } from './package-remarks.ts'
import { packageStates } from './package-states.ts'
import { packages } from './packages.ts'
import { panics } from './panics.ts'
import { payload } from './payload.ts'
import { platform } from './platform.ts'
import { portsTaken } from './ports.ts'
import { provisioners } from './provisioners.ts'
import { reach } from './reach.ts'
import { requests } from './requests.ts'
import { resizes } from './resize.ts'
import { running } from './running.ts'
import { seedTools } from './seed-tools.ts'
import { shownNetworks } from './shown-networks.ts'
import { shownStates } from './shown-states.ts'
import { snapshots } from './snapshot.ts'
import { sockets } from './socket.ts'
import { ssh } from './ssh.ts'
import { sshClient } from './ssh-client.ts'
import { start } from './start.ts'
import { tidyUp } from './tidy-up.ts'
import { tls } from './tls.ts'
import { tunDevice } from './tun.ts'
import { unitSteps } from './unit-steps.ts'
import { usage } from './usage.ts'
import { vfioDevices } from './vfio.ts'
import { vfioHost } from './vfio-host.ts'
import { vfioManagers } from './vfio-managers.ts'
import { vhostUser } from './vhost-user.ts'
import { virtiofsd } from './virtiofsd.ts'
import { vsock } from './vsock.ts'
import { windowsSetup } from './windows-setup.ts'
import { windowsStart } from './windows-start.ts'

/** Ids of causes that say less than any other: another explanation comes before theirs. */
export const familyIds: ReadonlySet<string> = new Set(
  families.flatMap(([, causes]) =>
    causes.filter(({ confidence }) => confidence === 'possible').map(({ id }) => id),
  ),
)

/**
 * In the order in which they are tried: within a layer the particular before the general, and the
 * layers whose words are the most general last.
 */
export const knowledge: Layered = [
  ['confinement', landlockRules],
  ['other', snapshots],
  ['other', compilerEnds],
  ['other', limits],
  ['hypervisor', iommuGpu],
  ['hypervisor', platform],
  ['cpu', cpuChanges],
  ['hypervisor', mshv],
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
  ...confinedVms,
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
  ['other', packageRemarks],
  ['other', packageStates],
  ['other', packages],
  ['other', modules],
  ['payload', kernelBuild],
  ['network', tls],
  ['disk', seedTools],
  ['disk', imageErrors],
  ['disk', imageSteps],
  ['disk', imageTools],
  ['other', observed],
  ['guest', bootStart],
  ['guest', grub],
  ['guest', guestSystems],
  ['guest', windowsStart],
  ['guest', windowsSetup],
  ['guest', firmwareGuest],
  ['guest', loaders],
  ['other', tidyUp],
  ['other', kataSetup],
  ['other', kubeVirt],
  ['other', containerdSetup],
  ['other', containerEngines],
  ['other', containerCommands],
  ['network', clusterCni],
  ['other', clusterEvents],
  ['other', clusterAdmin],
  ['other', clouds],
  ['other', otherMonitors],
  ...managerLists,
  ['other', kataRuntime],
  ['other', kata],
  ['other', kataGuest],
  ['other', kataNode],
  ['guest', guestInitramfs],
  ['guest', guestDeviceUnits],
  ['guest', guestUnits],
  ['guest', guestServices],
  ['guest', guestPanics],
  ...qemuLists,
  ['guest', guestRoot],
  ['guest', logins],
  ['guest', cloudInitModules],
  ['guest', cloudInitSources],
  ['guest', cloudInit],
  ['guest', guestPrograms],
  ['guest', guestClock],
  ['guest', guestOverlay],
  ['guest', guestStart],
  ['guest', guestGrowth],
  ['guest', guestLogins],
  ['guest', guest],
  ['guest', guestInit],
  ['guest', guestKernel],
  ['guest', guestStorage],
  ['guest', guestDevices],
  ['guest', guestDrivers],
  ['guest', guestFiles],
  ['guest', guestMachine],
  ['other', containers],
  ['other', libvirt],
  ['network', sshClient],
  ['other', provisioners],
  ['other', ansible],
  ['network', ipLinks],
  ['network', linkCards],
  ['network', ipAddresses],
  ['network', containerNetworks],
  ['network', firewallRules],
  ['network', dhcpServers],
  ['network', dhcpClients],
  ['network', namesOfHosts],
  ['network', portsTaken],
  ['network', connections],
  ['network', switchesTunnels],
  ['network', captures],
  ['network', shownStates],
  ['network', shownNetworks],
  ['network', networks],
  ['network', ssh],
  ['network', hostNetwork],
  ['network', hostPaths],
  ['network', reach],
  ['network', guestNetwork],
  ['other', running],
  ['socket', virtiofsd],
  ['socket', backends],
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
  ['other', libvirtOthers],
  ['other', hostKernel],
  ['other', vfioFiles],
  ['other', host],
  ...buildsAndDisks,
  ...hostSide,
  ['other', requests],
  ['other', other],
  ['other', general],
  ['other', panics],
  ...families.flatMap(([layer, causes]) => causes.map((one) => [one.layer ?? layer, [one]] as const)),
]

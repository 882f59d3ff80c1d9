/** Containers, clusters, Kata and the managers of VMs around them. In the order in which they are tried. */
import { clusterAdmin } from '../containers/cluster-admin.ts'
import { clusterCni } from '../containers/cluster-cni.ts'
import { clusterEvents } from '../containers/cluster-events.ts'
import { containerCommands } from '../containers/container-commands.ts'
import { containerEngines } from '../containers/container-engines.ts'
import { containerdSetup } from '../containers/containerd-setup.ts'
import { firecrackerApi } from '../containers/firecracker-api.ts'
import { kata } from '../containers/kata.ts'
import { kataGuest } from '../containers/kata-guest.ts'
import { kataNode } from '../containers/kata-node.ts'
import { kataPods } from '../containers/kata-pods.ts'
import { kataRuntime } from '../containers/kata-runtime.ts'
import { kataSetup } from '../containers/kata-setup.ts'
import { kubeVirt } from '../containers/kubevirt.ts'
import { guestfs } from '../images/guestfs.ts'
import { clouds } from '../managers/clouds.ts'
import { libvirtDomain } from '../managers/libvirt-domain.ts'
import { libvirtHost } from '../managers/libvirt-host.ts'
import { libvirtMigration } from '../managers/libvirt-migration.ts'
import { libvirtMore } from '../managers/libvirt-more.ts'
import { libvirtNetwork } from '../managers/libvirt-network.ts'
import { otherMonitors } from '../managers/other-monitors.ts'
import { proxmoxTasks } from '../managers/proxmox.ts'
import { qemuHost } from '../managers/qemu-host.ts'
import { qemuMore } from '../managers/qemu-more.ts'
import { qemuNetwork } from '../managers/qemu-network.ts'
import { qemuOptions } from '../managers/qemu-options.ts'
import { virtInstall } from '../managers/virt-install.ts'
import { vmTools } from '../managers/vm-tools.ts'
import type { Layered } from './layered.ts'

export const containersLists: Layered = [
  ['other', kataPods],
  ['other', firecrackerApi],
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
  ['other', virtInstall],
  ['other', guestfs],
  ['other', qemuMore],
  ['other', qemuOptions],
  ['network', qemuNetwork],
  ['other', qemuHost],
  ['other', libvirtMore],
  ['other', libvirtMigration],
  ['other', libvirtDomain],
  ['other', libvirtNetwork],
  ['other', libvirtHost],
  ['other', proxmoxTasks],
  ['other', vmTools],
  ['other', kataRuntime],
  ['other', kata],
  ['other', kataGuest],
  ['other', kataNode],
]

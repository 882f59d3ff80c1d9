/** QEMU, libvirt and other managers of VMs: tried before what Kata says in words like theirs. */
import { guestfs } from './guestfs.ts'
import type { Layered } from './layered.ts'
import { libvirtDomain } from './libvirt-domain.ts'
import { libvirtHost } from './libvirt-host.ts'
import { libvirtMigration } from './libvirt-migration.ts'
import { libvirtConfined, libvirtMore } from './libvirt-more.ts'
import { libvirtNetwork } from './libvirt-network.ts'
import { proxmoxTasks } from './proxmox.ts'
import { qemuHost } from './qemu-host.ts'
import { qemuMore } from './qemu-more.ts'
import { qemuNetwork } from './qemu-network.ts'
import { qemuOptions } from './qemu-options.ts'
import { qemuStart } from './qemu-start.ts'
import { virtInstall } from './virt-install.ts'
import { vmTools } from './vm-tools.ts'

export const managerLists: Layered = [
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
]

/** Before the general words of a security module. */
export const confinedVms: Layered = [['confinement', libvirtConfined]]

/** Behind what Kata says of a QEMU that it started. */
export const qemuLists: Layered = [['other', qemuStart]]

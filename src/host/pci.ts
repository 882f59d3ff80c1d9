/** PCI devices of the host as VFIO sees them, from sysfs (Documentation/driver-api/vfio.rst). */
import type { Host } from './host.ts'

interface PciDevice {
  /** As "0000:01:00.0". */
  readonly address: string
  /** The driver that has it; null where none has. */
  readonly driver: string | null
}

export interface Passable extends PciDevice {
  /** The number of its IOMMU group, and what else is in it; null where no IOMMU has it. */
  readonly group: { readonly number: number; readonly others: readonly PciDevice[] } | null
  /** Its file /dev/vfio/N: whether it is there, and opens for this user; null without a group. */
  readonly file: { readonly exists: boolean; readonly usable: boolean } | null
}

/** A whole address in lower case. */
const addressPattern = /^[\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.[0-7]$/

/** @returns the directory that Cloud Hypervisor takes as path= */
export const pciDirectory = (address: string): string => `/sys/bus/pci/devices/${address}/`

const lastPart = (path: string | null): string | null => path?.split('/').at(-1) ?? null

const readDevice = async (host: Host, address: string): Promise<PciDevice> => ({
  address,
  driver: lastPart(await host.realPath(`${pciDirectory(address)}driver`)),
})

const readGroup = async (host: Host, address: string): Promise<Passable['group']> => {
  const number = lastPart(await host.realPath(`${pciDirectory(address)}iommu_group`))
  if (number === null || !/^\d{1,6}$/.test(number)) return null
  const members = (await host.list(`/sys/kernel/iommu_groups/${number}/devices`)) ?? []
  const others = members.filter((member) => member !== address && addressPattern.test(member)).sort()
  return { number: Number(number), others: await Promise.all(others.map((other) => readDevice(host, other))) }
}

/** @returns null when there is no device at this address */
export const readPassable = async (host: Host, address: string): Promise<Passable | null> => {
  if ((await host.stat(`/sys/bus/pci/devices/${address}`)) === null) return null
  const [device, group] = await Promise.all([readDevice(host, address), readGroup(host, address)])
  if (group === null) return { ...device, group, file: null }
  const path = `/dev/vfio/${group.number}`
  const [stat, read, write] = await Promise.all([
    host.stat(path),
    host.canAccess(path, 'read'),
    host.canAccess(path, 'write'),
  ])
  return { ...device, group, file: { exists: stat !== null, usable: read && write } }
}

import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { type Passable, readPassable } from '../src/host/pci.ts'

/** Has it, and hands it to programs: vfio-pci, or the one that a vendor makes of it (mlx5_vfio_pci). */
const passes = (driver: string | null): boolean => driver !== null && /(?:^|_|-)vfio(?:_|-|$)/.test(driver)

/** Does no DMA of its own, so that it may have other devices of the group (driver_managed_dma in the kernel). */
const isHarmless = (driver: string | null): boolean =>
  driver === null || passes(driver) || driver === 'pcieport' || driver === 'pci-stub'

/** What binds a device, as a line for a shell; the address has no character that a shell would read. */
const bindCommand = (address: string, driver: string | null): string =>
  [
    'sudo modprobe vfio-pci',
    `echo vfio-pci | sudo tee /sys/bus/pci/devices/${address}/driver_override`,
    ...(driver === null ? [] : [`echo ${address} | sudo tee /sys/bus/pci/devices/${address}/driver/unbind`]),
    `echo ${address} | sudo tee /sys/bus/pci/drivers_probe`,
  ].join(' && ')

type Device = { readonly address: string }
type Group = Device & { readonly group: number }

const findings = {
  'no-such-device': finding<Device>({
    found: ({ address }) => `there is no PCI device ${address}`,
    expected: 'an address that `lspci -D` shows',
    hint: 'Correct `devices`.',
  }),
  'no-iommu': finding<Device>({
    found: ({ address }) => `${address} is in no IOMMU group`,
    expected: 'an IOMMU that is on, and has the device',
    hint: 'Switch on VT-d or AMD-Vi in the firmware set-up of this host; with Intel also boot it with `intel_iommu=on`. In a virtual machine its hypervisor has to offer a virtual IOMMU.',
  }),
  'other-driver': finding<Device & { driver: string | null }>({
    found: ({ address, driver }) =>
      `${address} has ${driver === null ? 'no driver' : `the driver ${driver}`}`,
    expected: 'vfio-pci, which hands it to the guest',
    hint: ({ address, driver }) =>
      `\`${bindCommand(address, driver)}\`: until the next boot${driver === null ? '' : ', and this host can use it no more'}.`,
  }),
  'group-not-whole': finding<Group & { other: string; driver: string }>({
    found: ({ address, group, other, driver }) =>
      `${other}, which is in IOMMU group ${group} with ${address}, has the driver ${driver}`,
    expected: 'a group that is passed through as a whole',
    hint: ({ other, driver }) =>
      `Bind it as well (\`${bindCommand(other, driver)}\`), or put the device into another slot.`,
  }),
  'no-file': finding<Group>({
    found: ({ address, group }) => `there is no /dev/vfio/${group}, though ${address} is bound`,
    expected: 'the file of its IOMMU group',
    hint: ({ group }) =>
      `In a container pass it in: \`--device /dev/vfio/vfio --device /dev/vfio/${group}\`; else \`sudo udevadm trigger\`.`,
  }),
  'no-access': finding<Group & { user: string }>({
    found: ({ user, group }) => `${user} may not open /dev/vfio/${group}`,
    expected: 'it opens for reading and writing',
    hint: ({ user, group }) =>
      `\`sudo chown ${user} /dev/vfio/${group}\`; for every boot a rule of udev: \`SUBSYSTEM=="vfio", OWNER="${user}"\`.`,
  }),
}

interface Facts {
  readonly user: string
  /** By address, in the order of the configuration; null: there is none. */
  readonly devices: readonly (readonly [address: string, device: Passable | null])[]
}

const judgeDevice = (
  address: string,
  device: Passable | null,
  user: string,
): Verdict<typeof findings> | null => {
  const fail = { status: 'fail' } as const
  if (device === null) return { ...fail, code: 'no-such-device', values: { address } }
  const { driver, group, file } = device
  if (group === null) return { ...fail, code: 'no-iommu', values: { address } }
  if (!passes(driver)) return { ...fail, code: 'other-driver', values: { address, driver } }
  const values = { address, group: group.number }
  const inUse = group.others.find((other) => !isHarmless(other.driver))
  if (inUse?.driver) {
    const { address: other, driver: theirs } = inUse
    return { ...fail, code: 'group-not-whole', values: { ...values, other, driver: theirs } }
  }
  if (!file?.exists) return { ...fail, code: 'no-file', values }
  return file.usable ? null : { ...fail, code: 'no-access', values: { ...values, user } }
}

export const vfio = defineCheck({
  id: 'vfio',
  title: 'The devices of the guest can be passed through',
  group: 'host',
  beforeBoot: 'required',
  findings,
  skipReason: ({ devices }) => (devices.length === 0 ? 'not configured (devices is empty)' : null),
  probe: async (host, { devices }): Promise<Facts> => ({
    user: host.user.name,
    devices: await Promise.all(
      devices.map(async (address) => [address, await readPassable(host, address)] as const),
    ),
  }),
  judge: ({ user, devices }) =>
    devices.map(([address, device]) => judgeDevice(address, device, user)).find((verdict) => verdict) ?? {
      status: 'ok',
      found: `${devices.map(([address]) => address).join(', ')}: bound, and may be opened`,
    },
})

import { describe, expect, it } from 'vitest'
import { vfio } from '../../checks/vfio.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import type { FakeFile } from '../helpers/fake-host.ts'

const card = '0000:01:00.0'
const sound = '0000:01:00.1'
const port = '0000:00:01.0'

type Table = Readonly<Record<string, FakeFile | string | null>>

/** A device in sysfs: its driver and its IOMMU group, each null where it has none. */
const device = (address: string, driver: string | null, group: number | null): Table => ({
  [`/sys/bus/pci/devices/${address}`]: { info: { type: 'directory' } },
  [`/sys/bus/pci/devices/${address}/driver`]:
    driver === null ? null : { real: `/sys/bus/pci/drivers/${driver}` },
  [`/sys/bus/pci/devices/${address}/iommu_group`]:
    group === null ? null : { real: `/sys/kernel/iommu_groups/${group}` },
})

const group = (names: readonly string[], access: FakeFile['access'] = ['read', 'write']): Table => ({
  '/sys/kernel/iommu_groups/12/devices': { names },
  '/dev/vfio/12': { info: { type: 'character-device', mode: 0o600 }, access },
})

const judged = (files: Table, devices: readonly string[] = [card]) =>
  conclude(vfio, { files }, configWith({ devices }))

describe('vfio', () => {
  it('is left out without devices', () => {
    expect(vfio.skipReason?.(configWith())).toBe('not configured (devices is empty)')
    expect(vfio.skipReason?.(configWith({ devices: [card] }))).toBeNull()
  })

  it.each<[string, Table, string]>([
    ['is bound', { ...device(card, 'vfio-pci', 12), ...group([card]) }, 'ok'],
    [
      'is bound to the driver of its vendor',
      { ...device(card, 'mlx5_vfio_pci', 12), ...group([card]) },
      'ok',
    ],
    [
      'shares its group with a bridge and with what nobody uses',
      {
        ...device(card, 'vfio-pci', 12),
        ...device(port, 'pcieport', 12),
        ...device(sound, null, 12),
        ...group([port, card, sound]),
      },
      'ok',
    ],
    ['is not there', { [`/sys/bus/pci/devices/${card}`]: null }, 'vfio/no-such-device'],
    ['has no IOMMU', device(card, 'vfio-pci', null), 'vfio/no-iommu'],
    ['is in use', { ...device(card, 'nvidia', 12), ...group([card]) }, 'vfio/other-driver'],
    ['has no driver', { ...device(card, null, 12), ...group([card]) }, 'vfio/other-driver'],
    [
      'shares its group with what the host uses',
      { ...device(card, 'vfio-pci', 12), ...device(sound, 'snd_hda_intel', 12), ...group([card, sound]) },
      'vfio/group-not-whole',
    ],
    [
      'has no file',
      { ...device(card, 'vfio-pci', 12), ...group([card]), '/dev/vfio/12': null },
      'vfio/no-file',
    ],
    [
      'is not for the user',
      { ...device(card, 'vfio-pci', 12), ...group([card], ['read']) },
      'vfio/no-access',
    ],
  ])('knows a device that %s', async (_, files, expected) => {
    const { status, code } = await judged(files)
    expect(code ?? status).toBe(expected)
  })

  it('says how to bind it, and frees it first where a driver has it', async () => {
    const used = await judged({ ...device(card, 'nvidia', 12), ...group([card]) })
    expect(used.hint).toContain(`echo ${card} | sudo tee /sys/bus/pci/devices/${card}/driver/unbind`)
    const free = await judged({ ...device(card, null, 12), ...group([card]) })
    expect(free.hint).not.toContain('unbind')
    expect(free.hint).toContain('driver_override')
  })

  it('looks at every device, and names the first that is wrong', async () => {
    const files = { ...device(card, 'vfio-pci', 12), ...device(sound, 'snd_hda_intel', 12), ...group([card]) }
    expect(await judged(files, [card, sound])).toMatchObject({
      code: 'vfio/other-driver',
      values: { address: sound, driver: 'snd_hda_intel' },
    })
  })
})

import { describe, expect, it } from 'vitest'
import { swapEncryption } from '../../checks/swap-encryption.ts'
import { conclude } from '../helpers/conclude.ts'

const swaps = (...areas: [path: string, type: string][]) =>
  [
    'Filename\tType\tSize\tUsed\tPriority',
    ...areas.map(([path, type]) => `${path} ${type} 1000 0 -2`),
    '',
  ].join('\n')

const block = (name: string, uuid: string | null, slaves: readonly string[] | null) => ({
  [`/sys/class/block/${name}`]: {},
  [`/sys/class/block/${name}/dm/uuid`]: uuid,
  [`/sys/class/block/${name}/slaves`]: slaves && { names: slaves },
})

const files = {
  ...block('sda2', null, null),
  ...block('sda3', null, null),
  ...block('dm-0', 'CRYPT-PLAIN-swap', ['sda3']),
  ...block('dm-1', 'LVM-abc', ['dm-0']),
  ...block('dm-2', 'LVM-abc', ['sda3']),
  ...block('dm-3', 'LVM-abc', ['loop1', 'dm-0']),
}

describe('swap-encryption', () => {
  it.each([
    ['none', swaps(), 'ok'],
    ['a partition', swaps(['/dev/sda2', 'partition']), 'swap-encryption/plain'],
    ['dm-crypt', swaps(['/dev/dm-0', 'partition']), 'ok'],
    ['LVM on dm-crypt', swaps(['/dev/dm-1', 'partition']), 'ok'],
    ['LVM on a partition', swaps(['/dev/dm-2', 'partition']), 'swap-encryption/plain'],
    ['LVM on a loop device', swaps(['/dev/dm-3', 'partition']), 'skip'],
    ['a file', swaps(['/swapfile', 'file']), 'skip'],
    ['zram', swaps(['/dev/zram0', 'partition']), 'skip'],
    ['one of two', swaps(['/dev/dm-0', 'partition'], ['/dev/sda2', 'partition']), 'swap-encryption/plain'],
  ])('%s', async (_, text, expected) => {
    const { code, status } = await conclude(swapEncryption, { files: { ...files, '/proc/swaps': text } })
    expect(code ?? status).toBe(expected)
  })
})

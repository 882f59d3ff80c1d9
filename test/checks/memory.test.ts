import { describe, expect, it } from 'vitest'
import { memory } from '../../checks/memory.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { notPermitted } from '../helpers/fake-host.ts'

const MiB = 2 ** 20
const meminfo = (totalMiB: number, availableMiB: number, more = '') => ({
  files: {
    '/proc/meminfo': `MemTotal:       ${totalMiB * 1024} kB\nMemFree:  1 kB\nMemAvailable:   ${availableMiB * 1024} kB\n${more}`,
  },
})

describe('memory', () => {
  it.each([
    ['enough', 4096, 2048, 'ok', undefined],
    ['exactly the guest and the hypervisor', 4096, 1024 + 64, 'ok', undefined],
    ['the guest without the hypervisor', 4096, 1024 + 63, 'warn', 'memory/too-little-available'],
    ['in use by others', 4096, 100, 'warn', 'memory/too-little-available'],
    ['never there', 1024, 900, 'fail', 'memory/too-little-installed'],
  ])('%s: %i MiB, %i available: %s', async (_, total, available, status, code) => {
    const verdict = await conclude(memory, meminfo(total, available), configWith({ memory: 1024 * MiB }))
    expect([verdict.status, verdict.code]).toEqual([status, code])
  })

  it.each([
    ['512 pages', 'HugePages_Free:  512\nHugePages_Rsvd: 0\nHugepagesize:  2048 kB\n', 'ok'],
    ['one page too few', 'HugePages_Free:  511\nHugePages_Rsvd: 0\nHugepagesize:  2048 kB\n', 'fail'],
    ['a single large page', 'HugePages_Free: 1\nHugePages_Rsvd: 0\nHugepagesize: 1048576 kB\n', 'ok'],
    ['pages promised to others', 'HugePages_Free: 512\nHugePages_Rsvd: 1\nHugepagesize: 2048 kB\n', 'fail'],
  ])('with huge pages counts only these: %s', async (_, lines, status) => {
    const config = configWith({ memory: 1024 * MiB, hugepages: true })
    const code = status === 'ok' ? undefined : 'memory/too-few-huge-pages'
    // Ordinary memory plays no part: there is hardly any here, or a lot.
    for (const host of [meminfo(1100, 10, lines), meminfo(65536, 65000, lines)]) {
      const verdict = await conclude(memory, host, config)
      expect([verdict.status, verdict.code]).toEqual([status, code])
    }
  })

  const withHugePages = configWith({ memory: 1024 * MiB, hugepages: true })
  const few = 'HugePages_Total: 20\nHugePages_Free: 12\nHugePages_Rsvd: 0\nHugepagesize: 2048 kB\n'

  it('counts the huge pages that are missing, and has them reserved', async () => {
    expect(await conclude(memory, meminfo(4096, 2000, few), withHugePages)).toMatchObject({
      status: 'fail',
      values: { pages: 20 + 500 },
      fix: { id: 'reserve-hugepages' },
    })
  })

  it('reserves none from memory that is not free', async () => {
    const verdict = await conclude(memory, meminfo(4096, 1000, few), withHugePages)
    expect(verdict).toMatchObject({
      code: 'memory/too-few-huge-pages',
      hint: expect.stringContaining('smaller'),
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  it('knows a kernel without huge pages', async () => {
    const verdict = await conclude(memory, meminfo(4096, 2000), withHugePages)
    expect(verdict).toMatchObject({ status: 'fail', code: 'memory/no-huge-pages' })
    expect(verdict).not.toHaveProperty('fix')
  })

  it.each([
    ['is not there', null],
    ['may not be read', notPermitted('/proc/meminfo')],
    ['is from a kernel that does not estimate', 'MemTotal: 4096 kB\n'],
  ])('does not guess when /proc/meminfo %s', async (_, file) => {
    await expect(conclude(memory, { files: { '/proc/meminfo': file } })).rejects.toThrow(Undetermined)
  })
})

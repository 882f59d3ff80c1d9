import { describe, expect, it } from 'vitest'
import { memory } from '../../checks/memory.ts'
import { poolOf } from '../../src/host/huge-pages.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { notPermitted } from '../helpers/fake-host.ts'

const MiB = 2 ** 20
const meminfo = (totalMiB: number, availableMiB: number) => ({
  files: {
    '/proc/meminfo': `MemTotal:       ${totalMiB * 1024} kB\nMemFree:  1 kB\nMemAvailable:   ${availableMiB * 1024} kB\n`,
  },
})

/** The host, with huge pages of one size. */
const withPages = (
  { files }: ReturnType<typeof meminfo>,
  { nr, free, resv, size = 2 * MiB }: { nr: number | string; free: number; resv: number; size?: number },
) => ({
  files: {
    ...files,
    [`${poolOf(size)}/nr_hugepages`]: `${nr}\n`,
    [`${poolOf(size)}/free_hugepages`]: `${free}\n`,
    [`${poolOf(size)}/resv_hugepages`]: `${resv}\n`,
    '/sys/devices/system/node': { names: ['node0', 'online', 'has_cpu'] },
  },
})

/** The same with two NUMA nodes that have so many free pages of 2 MiB. */
const onNodes = (table: ReturnType<typeof withPages>, free: readonly [number, number], allowed: string) => ({
  files: {
    ...table.files,
    '/sys/devices/system/node': { names: ['node1', 'node0', 'possible'] },
    '/proc/self/status': `Name:\tnode\nMems_allowed_list:\t${allowed}\n`,
    ...Object.fromEntries(
      free.map((pages, node) => [
        `/sys/devices/system/node/node${node}/hugepages/hugepages-2048kB/free_hugepages`,
        `${pages}\n`,
      ]),
    ),
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
    ['512 pages', { nr: 512, free: 512, resv: 0 }, '2M', 'ok'],
    ['one page too few', { nr: 512, free: 511, resv: 0 }, '2M', 'fail'],
    ['a single large page', { nr: 1, free: 1, resv: 0, size: 2 ** 30 }, '1G', 'ok'],
    ['pages promised to others', { nr: 512, free: 512, resv: 1 }, '2M', 'fail'],
  ] as const)('with huge pages counts only these: %s', async (_, pages, hugepage_size, status) => {
    const config = configWith({ memory: 1024 * MiB, hugepages: true, hugepage_size })
    const code = status === 'ok' ? undefined : 'memory/too-few-huge-pages'
    // Ordinary memory plays no part: there is hardly any here, or a lot.
    for (const host of [withPages(meminfo(1100, 10), pages), withPages(meminfo(65536, 65000), pages)]) {
      const verdict = await conclude(memory, host, config)
      expect([verdict.status, verdict.code]).toEqual([status, code])
    }
  })

  it.each([
    ['both', '0-1', [256, 256], 'ok'],
    ['one of them', '1', [0, 512], 'ok'],
    ['the one without', '0', [0, 512], 'memory/huge-pages-on-other-nodes'],
    ['one that has too few', '1', [1, 511], 'memory/huge-pages-on-other-nodes'],
  ] as const)(
    'counts the huge pages of the NUMA nodes that may be used: %s',
    async (_, allowed, free, expected) => {
      const config = configWith({ memory: 1024 * MiB, hugepages: true })
      const host = onNodes(withPages(meminfo(4096, 10), { nr: 512, free: 512, resv: 0 }), free, allowed)
      const { status, code, found } = await conclude(memory, host, config)
      expect(code ?? status).toBe(expected)
      if (expected === 'ok') expect(found).toMatch(/^1\.0 GiB in free huge pages \(node 0: .*, node 1: /)
      else expect(found).toMatch(new RegExp(`\\(${allowed}\\)$`))
    },
  )

  const wanted = configWith({ memory: 1024 * MiB, hugepages: true })
  const few = { nr: 20, free: 12, resv: 0 }

  it('counts the huge pages that are missing, and has them reserved', async () => {
    expect(await conclude(memory, withPages(meminfo(4096, 2000), few), wanted)).toMatchObject({
      status: 'fail',
      values: { pages: 20 + 500 },
      fix: { id: 'reserve-hugepages' },
    })
  })

  it('reserves none from memory that is not free', async () => {
    const verdict = await conclude(memory, withPages(meminfo(4096, 1000), few), wanted)
    expect(verdict).toMatchObject({
      code: 'memory/too-few-huge-pages',
      hint: expect.stringContaining('smaller'),
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  it('knows a kernel without huge pages', async () => {
    const { files } = meminfo(4096, 2000)
    const none = {
      [`${poolOf(2 * MiB)}/nr_hugepages`]: null,
      [`${poolOf(2 * MiB)}/free_hugepages`]: null,
      [`${poolOf(2 * MiB)}/resv_hugepages`]: null,
      '/sys/kernel/mm/hugepages': null,
    }
    const verdict = await conclude(memory, { files: { ...files, ...none } }, wanted)
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'memory/no-huge-pages',
      hint: 'Set `hugepages: false`.',
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  it('names the sizes of a kernel that has others', async () => {
    const { files } = withPages(meminfo(4096, 2000), { nr: 5, free: 5, resv: 0 })
    const names = ['hugepages-1048576kB', 'hugepages-2048kB', 'anything']
    const host = {
      files: {
        ...files,
        [`${poolOf(512 * MiB)}/nr_hugepages`]: null,
        [`${poolOf(512 * MiB)}/free_hugepages`]: null,
        [`${poolOf(512 * MiB)}/resv_hugepages`]: null,
        '/sys/kernel/mm/hugepages': { names },
      },
    }
    const config = configWith({ memory: 1024 * MiB, hugepages: true, hugepage_size: '512M' })
    expect(await conclude(memory, host, config)).toMatchObject({
      code: 'memory/no-huge-pages',
      found: 'the huge pages of this host have 2M, 1G',
      expected: 'huge pages of 512M (hugepage_size)',
      hint: 'Set `hugepage_size: 2M`.',
    })
  })

  it('does not take a word for a number of pages', async () => {
    const host = withPages(meminfo(4096, 2000), { nr: 'many', free: 0, resv: 0 })
    await expect(conclude(memory, host, wanted)).rejects.toThrow(Undetermined)
  })

  it.each([
    ['is not there', null],
    ['may not be read', notPermitted('/proc/meminfo')],
    ['is from a kernel that does not estimate', 'MemTotal: 4096 kB\n'],
  ])('does not guess when /proc/meminfo %s', async (_, file) => {
    await expect(conclude(memory, { files: { '/proc/meminfo': file } })).rejects.toThrow(Undetermined)
  })
})

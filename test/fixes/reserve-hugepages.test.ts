import { expect, it } from 'vitest'
import { reserveHugepages } from '../../fixes/reserve-hugepages.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

interface Pages {
  readonly total: number
  readonly free: number
  readonly reserved: number
  readonly size?: '2M' | '1G'
}

const poolOf = { '2M': 'hugepages-2048kB', '1G': 'hugepages-1048576kB' } as const

const planOn = async ({ total, free, reserved, size = '2M' }: Pages) => {
  const pool = `/sys/kernel/mm/hugepages/${poolOf[size]}`
  const files = {
    [`${pool}/nr_hugepages`]: `${total}\n`,
    [`${pool}/free_hugepages`]: `${free}\n`,
    [`${pool}/resv_hugepages`]: `${reserved}\n`,
  }
  const config = configWith({ memory: 2 ** 30, hugepages: true, hugepage_size: size })
  const survey = await reserveHugepages.survey?.(fakeHost({ files }), {}, config)
  if (!survey) throw new Error('reserve-hugepages has a survey')
  return reserveHugepages.plan({}, config, survey)
}

const written = (count: number, size: '2M' | '1G') => [
  ...['awk', 'BEGIN { print ARGV[1] > ARGV[2] }', `${count}`],
  `/sys/kernel/mm/hugepages/${poolOf[size]}/nr_hugepages`,
]

it.each<[string, Pages, number]>([
  ['none are there', { total: 0, free: 0, reserved: 0 }, 512],
  ['others use theirs', { total: 20, free: 0, reserved: 0 }, 532],
  ['some are free', { total: 20, free: 12, reserved: 0 }, 520],
  ['the free ones are promised', { total: 20, free: 12, reserved: 12 }, 532],
  ['a page is as large as the guest', { total: 0, free: 0, reserved: 0, size: '1G' }, 1],
])('adds what is missing when %s', async (_, pages, wanted) => {
  const { total, size = '2M' } = pages
  expect(await planOn(pages)).toMatchObject([
    { argv: written(wanted, size), root: true, undo: [written(total, size)] },
  ])
})

it('has nothing to do the second time', async () => {
  expect(await planOn({ total: 512, free: 512, reserved: 0 })).toEqual([])
})

import { expect, it } from 'vitest'
import { reserveHugepages } from '../../fixes/reserve-hugepages.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const planOn = async (pages: { total: number; free: number; reserved: number; kiB?: number }) => {
  const { total, free, reserved, kiB = 2048 } = pages
  const meminfo = `MemTotal: 8388608 kB
MemAvailable: 8000000 kB
HugePages_Total: ${total}
HugePages_Free: ${free}
HugePages_Rsvd: ${reserved}
Hugepagesize: ${kiB} kB
`
  const config = configWith({ memory: 2 ** 30, hugepages: true })
  const survey = await reserveHugepages.survey?.(
    fakeHost({ files: { '/proc/meminfo': meminfo } }),
    {},
    config,
  )
  if (!survey) throw new Error('reserve-hugepages has a survey')
  return reserveHugepages.plan({}, config, survey)
}

it.each([
  ['none are there', { total: 0, free: 0, reserved: 0 }, 512],
  ['others use theirs', { total: 20, free: 0, reserved: 0 }, 532],
  ['some are free', { total: 20, free: 12, reserved: 0 }, 520],
  ['the free ones are promised', { total: 20, free: 12, reserved: 12 }, 532],
  ['a page is larger than the guest', { total: 0, free: 0, reserved: 0, kiB: 2097152 }, 1],
])('adds what is missing when %s', async (_, pages, wanted) => {
  expect(await planOn(pages)).toMatchObject([
    {
      argv: ['sysctl', '-q', '-w', `vm.nr_hugepages=${wanted}`],
      root: true,
      undo: [['sysctl', '-q', '-w', `vm.nr_hugepages=${pages.total}`]],
    },
  ])
})

it('has nothing to do the second time', async () => {
  expect(await planOn({ total: 512, free: 512, reserved: 0 })).toEqual([])
})

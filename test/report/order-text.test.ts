import { expect, it } from 'vitest'
import type { Step } from '../../src/contract/step.ts'
import { pageFor } from '../../src/report/layout.ts'
import { orderLines } from '../../src/report/order-text.ts'
import { downloadStep, plannedFix } from '../helpers/planned-fix.ts'

const run = (why: string, more: object = {}): Step => ({
  kind: 'run',
  argv: ['x'],
  root: false,
  why,
  ...more,
})
const page = pageFor({ color: false, width: 80 })
const packages = plannedFix('install-packages', [
  run('install qemu-utils', { root: true, critical: true, bytes: 2 ** 20 }),
])
const image = (bytes: number | null) =>
  plannedFix(
    'fetch-image',
    [downloadStep('fetch the image', bytes), run('convert it', { progress: 'qemu-img' })],
    {
      needs: [{ fix: 'install-packages', step: 1 }],
    },
  )

it('says what waits for what, what is longest, and what its bytes take at a stated rate', () => {
  const plan = [
    packages,
    plannedFix('create-tap', [run('create it', { root: true })]),
    plannedFix('route-guest', [run('forward', { root: true })], { needs: [{ fix: 'create-tap', step: 0 }] }),
    image(130 * 2 ** 20),
    plannedFix('own', [run('own')], { comesAfterAll: true }),
  ]
  expect(orderLines(plan, page)).toEqual([
    '',
    'Order',
    '  at once   install-packages, create-tap and all downloads',
    '  waiting   route-guest after create-tap; fetch-image after its own download;',
    '            fetch-image, from "convert it" on, after install-packages; own after',
    '            all fixes before it',
    '  longest   fetch-image: fetch the image (130 MiB), convert it; own: own',
    '  beside it install-packages, create-tap, route-guest',
    '  downloads 131 MiB: about 55 s at 20 Mbit/s, 11 s at 100 Mbit/s',
    '  not known what installing packages, converting the image takes on this host',
  ])
})

it('tells no time where a size is not known, and takes such a download for the longest', () => {
  const large = plannedFix('fetch-firmware', [downloadStep('fetch the firmware', 2 ** 30)])
  const lines = orderLines([packages, large, image(null)], page)
  expect(lines).toContain('  longest   fetch-image: fetch the image (size not known), convert it')
  expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(
    'downloads 1.0 GiB: about 7 min at 20 Mbit/s, 86 s at 100 Mbit/s; of a size that is not known, and so of no known time: in fetch-image',
  )
  expect(orderLines([large, image(null)], page).join()).not.toContain('install-packages')
})

it('is silent where steps follow one another anyway, or only a person can go on', () => {
  expect(orderLines([image(1)], page)).toEqual([])
  expect(orderLines([packages, plannedFix('a', [{ kind: 'manual', text: 't' }])], page)).toEqual([])
})

it('names no longest chain where nothing takes a time', () => {
  expect(orderLines([plannedFix('a', [run('one')]), plannedFix('b', [run('other')])], page)).toEqual([
    '',
    'Order',
    '  at once   a, b',
  ])
})

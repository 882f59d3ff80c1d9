import { expect, it } from 'vitest'
import type { DownloadStep } from '../../src/contract/step.ts'
import { renderPlan } from '../../src/report/plan-text.ts'

const step: DownloadStep = {
  kind: 'download',
  url: 'https://images.test/x.img',
  path: '/home/sky/x.img',
  proof: { by: 'digest', algorithm: 'sha256', digest: 'a'.repeat(64) },
  bytes: 2 ** 20,
  mode: 0o644,
  why: 'fetch your image',
}
const textOf = (steps: readonly DownloadStep[]) =>
  renderPlan([{ id: 'x', title: 'X', checks: ['y'], needed: true, steps }], {
    ...{ color: false, width: 80, sudo: true },
  })

it('says how much is downloaded, from where and how it is verified', () => {
  expect(textOf([step])).toBe(`x: X
  for y · no root · downloads 1.0 MiB · \`undo\` does not remove it
    fetch your image
      download https://images.test/x.img
      to /home/sky/x.img
      sha256 ${'a'.repeat(64)}
`)
})

it('announces no download of what is here already', () => {
  expect(textOf([{ ...step, here: true }])).toBe(`x: X
  for y · no root · \`undo\` does not remove it
    fetch your image
      keep /home/sky/x.img
      if it verifies, else download https://images.test/x.img
      sha256 ${'a'.repeat(64)}
`)
})

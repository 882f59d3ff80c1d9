/**
 * Parsers take time in proportion to their input. What is compared is work at two sizes, never a time: blocks
 * of our code that ran, counted by V8, and for what regular expressions do, the processor time of the best of
 * several runs with a bound that lies between linear and quadratic.
 */
import { describe, expect, it } from 'vitest'
import { entriesOf } from '../../../src/config/yaml-file.ts'
import { parseSave } from '../../../src/network/iptables-save.ts'
import { parseRuleset } from '../../../src/network/nft-json.ts'
import { UsageError } from '../../../src/util/errors.ts'
import { because } from '../../helpers/needs.ts'
import { full } from '../settings.ts'
import { watchBlocks } from './coverage.ts'
import { growths, judgeRules } from './growths.ts'
import { iptablesDiamond, nftCycle, nftDiamond } from './rules.ts'

/** Ten times the input: linear is 10, quadratic 100. */
const bound = 32

const stepsOf = (work: () => unknown): number => {
  const blocks = watchBlocks((url) => !url.includes('node_modules') && !url.startsWith('node:'))
  try {
    work()
    return blocks.take().steps
  } finally {
    blocks.end()
  }
}

/** The least of three: what else runs in this process between two looks only adds to the steps of a work. */
const leastStepsOf = (work: () => unknown): number => Math.min(...[1, 2, 3].map(() => stepsOf(work)))

/** Processor time of this process in microseconds: others on the machine do not count. The best of several runs. */
const costOf = (work: () => unknown): number => {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage()
    work()
    const { user } = process.cpuUsage(before)
    best = Math.min(best, user)
  }
  return best
}

describe('work grows with the input, not with its square', { timeout: 300_000 }, () => {
  it.each(growths)('$id: steps', ({ size, work }) => {
    const large = work(size * 10)
    const small = work(size)
    expect(leastStepsOf(large) / leastStepsOf(small)).toBeLessThan(bound)
  })
})

// Memory that is collected at the wrong moment costs more than the parser: not in every CI run.
const whyNoTime = full ? null : 'part of npm run test:trust'

describe.skipIf(whyNoTime)(`processor time, too${because(whyNoTime)}`, { timeout: 300_000 }, () => {
  it.each(growths)('$id', ({ size, work }) => {
    // Enough of the small one that its time is well above what the clock tells apart.
    const small = work(size)
    let times = 1
    while (
      costOf(() => {
        for (let i = 0; i < times; i++) small()
      }) < 8000 &&
      times < 4096
    )
      times *= 2
    const base =
      costOf(() => {
        for (let i = 0; i < times; i++) small()
      }) / times
    expect(costOf(work(size * 10)) / base).toBeLessThan(bound)
  })
})

describe('what has no good size is given up, and soon', () => {
  it.each([
    ['nft chains that meet again and again', () => judgeRules(parseRuleset(nftDiamond(30, 4)))],
    ['nft chains in a circle', () => judgeRules(parseRuleset(nftCycle(12)))],
    [
      'iptables chains that meet again and again',
      () => judgeRules(parseSave(iptablesDiamond(30, 4), 'iptables-nft')),
    ],
  ])('%s', (_name, work) => {
    // The ways through these are more than 4^30; what is walked is a cap of them.
    expect(stepsOf(work)).toBeLessThan(20_000_000)
  })

  it.each([
    [
      'aliases of aliases',
      `${['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(', ')}]`)].join('\n')}\n`,
    ],
    ['deep nesting', `a: ${'['.repeat(20_000)}`],
  ])('configuration: %s', (_name, yaml) => {
    expect(() => entriesOf('/x.yaml', yaml)).toThrow(UsageError)
  })
})

/** Columns of a terminal: what is told without the tables of Unicode is what they tell. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { columnsOf, cutTo, padTo } from '../../src/util/text-width.ts'

const ours = fc.string({ unit: fc.constantFrom(...'abc ~"\\0é✓✗–·→…', '\u0301', '日', '👍🏽') })

describe('columnsOf', () => {
  it.each([
    ['✓ host · kvm → tap – …', 22],
    ['日本', 4],
    ['e\u0301', 1],
    ['👍🏽', 2],
  ])('%s takes %i', (text, columns) => expect(columnsOf(text)).toBe(columns))

  it('is what string-width says', () => {
    fc.assert(
      fc.property(ours, (text) => {
        expect(columnsOf(text)).toBe(stringWidth(text))
      }),
    )
  })
})

describe('cutTo', () => {
  it.each([
    ['✗ network', 3, '✗ n'],
    ['日本', 3, '日'],
    ['e\u0301a', 1, 'e\u0301'],
    ['·\u0301·', 1, '·\u0301'],
    ['abc', 9, 'abc'],
  ])('%s to %i columns is %s', (text, columns, cut) => expect(cutTo(text, columns)).toBe(cut))
})

it('pads to columns, not to characters', () => expect(padTo('日本', 6)).toBe('日本  '))

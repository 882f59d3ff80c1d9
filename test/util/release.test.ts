/** Releases, held against semver, which the program loads only to compare versions of others. */
import fc from 'fast-check'
import coerce from 'semver/functions/coerce.js'
import lt from 'semver/functions/lt.js'
import { describe, expect, it } from 'vitest'
import { isOlder, releaseIn } from '../../src/util/release.ts'

describe('releaseIn', () => {
  it.each([
    ['6.1.0-18-amd64', '6.1.0'],
    ['5.13', '5.13.0'],
    ['v53.0-48-gaf06adfd', '53.0.0'],
    ['6', '6.0.0'],
    ['6.1.2.3', '6.1.2'],
    ['06.01', '6.1.0'],
    ['generic', null],
    ['', null],
  ])('%j has %j', (text, release) => expect(releaseIn(text)).toBe(release))

  it('reads what semver reads, which takes no leading zeros', () => {
    const part = fc.oneof(fc.nat(), fc.constantFrom('.', '-', 'v', ' ', '0', 'rc', '..'))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
        const text = parts
          .join('')
          .replace(/\d{16,}/g, '7')
          .replace(/(?<!\d)0+(?=\d)/g, '')
        expect(releaseIn(text)).toBe(coerce(text)?.version ?? null)
      }),
    )
  })
})

describe('isOlder', () => {
  it('orders as semver does', () => {
    const release = fc.tuple(...[fc.nat(60), fc.nat(3), fc.nat(3)]).map((numbers) => numbers.join('.'))
    fc.assert(
      fc.property(release, release, (one, other) => {
        expect(isOlder(one, other)).toBe(lt(one, other))
      }),
    )
  })
})

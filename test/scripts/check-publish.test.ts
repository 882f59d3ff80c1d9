import { describe, expect, it } from 'vitest'
import { missingAddresses } from '../../scripts/check-publish.mjs'

describe('missingAddresses', () => {
  it('is content with addresses in either form', () => {
    expect(
      missingAddresses({
        repository: { type: 'git', url: 'git+https://git.example.org/doctor.git' },
        bugs: { url: 'https://git.example.org/doctor/issues' },
        homepage: 'https://doctor.example.org/',
      }),
    ).toEqual([])
  })

  it.each([
    ['nothing', {}, ['repository', 'bugs', 'homepage']],
    [
      'what is no address',
      { repository: 'git@host:x', bugs: { email: 'a@example.org' }, homepage: '' },
      ['repository', 'bugs', 'homepage'],
    ],
    [
      'an address without https',
      { repository: 'https://h/r', bugs: 'http://h/b', homepage: 'https://h/' },
      ['bugs'],
    ],
  ])('names the fields of %s', (_, manifest, missing) => {
    expect(missingAddresses(manifest)).toEqual(missing)
  })
})

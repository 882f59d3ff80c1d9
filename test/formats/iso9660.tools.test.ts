import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseIso } from '../../src/formats/iso9660.ts'
import { run } from '../helpers/images.ts'
import { corrupted } from '../helpers/random.ts'
import { scratch } from '../helpers/scratch.ts'

const files: Readonly<Record<string, string>> = {
  'user-data': `#cloud-config\n${'# long\n'.repeat(2000)}`,
  'meta-data': 'instance-id: x\n',
  'network-config': 'version: 2\n',
  'a-name-of-more-than-a-hundred-letters-that-a-rock-ridge-entry-still-takes-in-one-piece-or-in-two-pieces-0123456789.txt':
    'long',
}

/** What a real tool makes of the files. */
const iso = (program: readonly [string, ...string[]], label = 'cidata'): Uint8Array => {
  const directory = scratch()
  mkdirSync(`${directory}/in`)
  for (const [name, content] of Object.entries(files)) writeFileSync(`${directory}/in/${name}`, content)
  const [tool, ...options] = program
  run(tool, [...options, '-V', label, '-o', `${directory}/seed.iso`, `${directory}/in`])
  return Uint8Array.from(readFileSync(`${directory}/seed.iso`))
}

const makers: readonly [string, readonly [string, ...string[]]][] = [
  // As cloud-init's documentation says, and each half of it alone.
  ['genisoimage -joliet -rock', ['genisoimage', '-quiet', '-joliet', '-rock']],
  ['genisoimage -rock', ['genisoimage', '-quiet', '-rock']],
  ['genisoimage -joliet', ['genisoimage', '-quiet', '-joliet', '-joliet-long']],
  ['xorriso, with Rock Ridge', ['xorriso', '-as', 'mkisofs', '-quiet', '-R']],
  ['xorriso, with Joliet', ['xorriso', '-as', 'mkisofs', '-quiet', '-J', '-joliet-long']],
]

describe('parseIso', () => {
  it.each(makers)('reads what a real tool makes: %s', (_name, program) => {
    const image = parseIso(iso(program))
    expect(image?.label).toBe('cidata')
    for (const [name, content] of Object.entries(files)) {
      if (name.length > 64 && program.includes('-joliet')) continue
      const bytes = image?.read(name)
      expect(bytes && new TextDecoder().decode(bytes), name.slice(0, 20)).toBe(content)
    }
    expect(image?.read('vendor-data')).toBeNull()
  })

  it.each([
    ['no bytes', new Uint8Array()],
    ['zeros', new Uint8Array(65_536)],
  ])('is null for %s', (_name, bytes) => {
    expect(parseIso(bytes)).toBeNull()
  })

  it('does not fail on an image that is corrupt or cut short', () => {
    const image = iso(['genisoimage', '-quiet', '-joliet', '-rock'])
    for (let seed = 1; seed <= 1000; seed++) {
      // The descriptors and the directories, where everything is that leads elsewhere.
      const bytes = seed % 2 ? corrupted(image, seed, 0xe000) : image.subarray(0, seed * 97)
      const found = parseIso(bytes)
      for (const name of found?.files ?? [])
        expect(found?.read(name)?.length, `seed ${seed}`).toBeLessThanOrEqual(image.length)
    }
  })
})

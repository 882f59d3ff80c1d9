/** What holds for every input that is valid: written by one side, it is read as it was by the other. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openChanges } from '../../../src/apply/journal.ts'
import { findSum } from '../../../src/download/sums.ts'
import { cleanLines } from '../../../src/explain/reading/clean.ts'
import { parseFat } from '../../../src/formats/fat.ts'
import { parseIso } from '../../../src/formats/iso9660.ts'
import { groupIn } from '../../../src/host/groups.ts'
import { parseOsRelease } from '../../../src/host/os-release.ts'
import { words } from '../../../src/network/iptables-save.ts'
import { full, seed } from '../settings.ts'
import { fatWith, isoWith } from './images.ts'

const options = { seed, numRuns: full ? 100_000 : 200 }
const limit = full ? 3_600_000 : 20_000

const shortNames = fc.uniqueArray(fc.stringMatching(/^[A-Z][A-Z0-9]{0,6}$/), { minLength: 1, maxLength: 40 })
const texts = fc.string({ maxLength: 400, unit: 'grapheme-ascii' })
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))

describe(`properties, seed ${seed}`, () => {
  it('a FAT image gives back the files that are in it', { timeout: limit }, () => {
    fc.assert(
      fc.property(shortNames, texts, (names, content) => {
        const root = parseFat(fatWith(names, content))
        expect(root?.files).toEqual(names)
        expect(Buffer.from(root?.read(names[0] ?? '') ?? []).toString('latin1')).toBe(content)
      }),
      options,
    )
  })

  it('an ISO 9660 image gives back the files that are in it', { timeout: limit }, () => {
    fc.assert(
      fc.property(shortNames, texts, (names, content) => {
        const root = parseIso(
          isoWith(
            names.map((name) => `${name}.;1`),
            content,
          ),
        )
        // Without Rock Ridge, Linux shows such names in lower case (isofs, map=normal).
        expect(root?.files).toEqual(names.map((name) => name.toLowerCase()))
        expect(Buffer.from(root?.read(names.at(-1)?.toLowerCase() ?? '') ?? []).toString('latin1')).toBe(
          content,
        )
      }),
      options,
    )
  })

  it('a checksum file gives the digest of each file that it lists', { timeout: limit }, () => {
    const entries = fc.uniqueArray(
      fc.tuple(hex(64), fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,20}$/)),
      {
        selector: ([, name]) => name,
        minLength: 1,
        maxLength: 20,
      },
    )
    fc.assert(
      fc.property(entries, fc.boolean(), (list, binary) => {
        const text = list.map(([digest, name]) => `${digest} ${binary ? '*' : ' '}${name}\n`).join('')
        for (const [digest, file] of list) expect(findSum(text, { file, algorithm: 'sha256' })).toBe(digest)
        expect(findSum(text, { file: 'not/listed', algorithm: 'sha256' })).toBeNull()
      }),
      options,
    )
  })

  it('the journal leaves open what was started and not taken back, newest first', { timeout: limit }, () => {
    const events = fc.array(fc.tuple(fc.nat(8), fc.constantFrom('started', 'done', 'undone', 'void')), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(events, (list) => {
        const started = new Set<string>()
        const wellFormed = list.flatMap(([number, event]): readonly object[] => {
          const id = `00000000-0000-4000-8000-00000000000${number}`
          if (event === 'started' ? started.has(id) : !started.has(id)) return []
          if (event === 'started') started.add(id)
          else if (event !== 'done') started.delete(id)
          const undo = { kind: 'run', argvs: [['true']], root: false }
          return event === 'started'
            ? [{ event, id, at: '2026-11-26T00:00:00.000Z', fix: 'setcap', why: 'x', undo }]
            : [{ event, id }]
        })
        const text = wellFormed.map((line) => `\n${JSON.stringify(line)}`).join('')
        expect(openChanges(text, '/x').map(({ id }) => id)).toEqual([...started].reverse())
        // A line that a crash cut short changes nothing.
        expect(openChanges(`${text}\n{"event":"star`, '/x').map(({ id }) => id)).toEqual(
          [...started].reverse(),
        )
      }),
      options,
    )
  })

  it('words of iptables-save come back as they were quoted', { timeout: limit }, () => {
    const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' })
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (list) => {
        const line = list.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(' ')
        expect(words(line)).toEqual(list)
      }),
      options,
    )
  })

  it('members of a group and keys of os-release are read as they are written', { timeout: limit }, () => {
    const name = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,12}$/)
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 8 }), fc.nat(60_000), (members, gid) => {
        expect(groupIn(`root:x:0:\nkvm:x:${gid}:${members.join(',')}\n`, 'kvm')).toEqual({ gid, members })
      }),
      options,
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 .()/-]{0,30}$/), (value) => {
        expect(parseOsRelease(`NAME="${value}"\nID=x\n`)).toMatchObject({ NAME: value, ID: 'x' })
      }),
      options,
    )
  })

  it('every line of a log keeps its number', { timeout: limit }, () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-Za-z ]{0,30}$/), { minLength: 1, maxLength: 30 }),
        (lines) => {
          expect(cleanLines(lines.join('\n')).map(({ number }) => number)).toEqual(
            lines.map((_, index) => index + 1),
          )
        },
      ),
      options,
    )
  })
})

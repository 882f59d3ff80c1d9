import { describe, expect, it } from 'vitest'
import { parseElf } from '../../src/formats/elf.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'
import { corrupted } from '../helpers/random.ts'

/** The guest with some bytes replaced. */
const patched = (changes: Readonly<Record<number, readonly number[]>>): Uint8Array => {
  const bytes = Uint8Array.from(pvhElf)
  for (const [at, values] of Object.entries(changes)) bytes.set(values, Number(at))
  return bytes
}

const u32 = (...values: number[]): number[] => [...new Uint8Array(Uint32Array.from(values).buffer)]

/** Where the header of PT_NOTE keeps the offset and size of the notes. */
const noteOffset = 128
const noteSize = 152

/** The guest with other notes, which stand behind everything else. */
const withNotes = (notes: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(256 + notes.length)
  bytes.set(patched({ [noteOffset]: u32(256), [noteSize]: u32(notes.length) }))
  bytes.set(notes, 256)
  return bytes
}

const xen = [0x58, 0x65, 0x6e, 0]
const gnu = [0x47, 0x4e, 0x55, 0]

describe('parseElf', () => {
  it('reads the machine, the PVH entry and the end of a whole file', () => {
    expect(parseElf(pvhElf)).toEqual({ machine: 'x86_64', pvhEntry: 0x100000, end: pvhElf.length })
  })

  it.each([
    [3, 'i386'],
    [183, 'aarch64'],
    [243, 'riscv64'],
    [9999, 'machine 9999'],
  ])('names machine %i as uname does', (number, name) => {
    expect(parseElf(patched({ 18: [number & 0xff, number >> 8] }))?.machine).toBe(name)
  })

  it.each([
    ['an empty file', new Uint8Array()],
    ['a header cut short', pvhElf.subarray(0, 63)],
    ['another magic', patched({ 0: [0x7e] })],
    ['32 bits', patched({ 4: [1] })],
    ['big endian', patched({ 5: [2] })],
  ])('is null for %s', (_name, bytes) => {
    expect(parseElf(bytes)).toBeNull()
  })

  it('tells from the header alone where the file should end', () => {
    expect(parseElf(pvhElf.subarray(0, 200))).toMatchObject({ end: pvhElf.length })
  })

  it.each([
    ['another type of note', patched({ 184: u32(17) }), null],
    ['another owner', patched({ 188: gnu }), null],
    ['no PT_NOTE', patched({ 120: u32(1) }), null],
    ['a descriptor that the file lacks', pvhElf.subarray(0, 193), null],
    [
      'a PVH note behind another one',
      withNotes([
        ...u32(4, 5, 3),
        ...gnu,
        1,
        2,
        3,
        4,
        5,
        0,
        0,
        0,
        ...u32(4, 4, 18),
        ...xen,
        ...u32(0x200000),
      ]),
      0x200000,
    ],
    ['notes behind the end of the file', patched({ [noteOffset]: u32(5000) }), null],
  ])('looks for the PVH note: %s', (_name, bytes, entry) => {
    expect(parseElf(bytes)).toMatchObject({ pvhEntry: entry })
  })

  it('ends on notes whose sizes lead back to themselves', () => {
    // In 32-bit arithmetic the second note is 0 bytes long: 12 + 0x80000000 + 0x7ffffff4.
    const notes = [...u32(4, 0, 1), ...xen, ...u32(0x8000_0000, 0x7fff_fff4, 0)]
    expect(parseElf(withNotes(notes))).toMatchObject({ pvhEntry: null })
  })

  it('does not fail on corrupt files', () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const elf = parseElf(corrupted(pvhElf, seed, pvhElf.length))
      if (elf) expect(elf.end, `seed ${seed}`).toBeGreaterThanOrEqual(0)
    }
  })
})

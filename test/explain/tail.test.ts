/** The end of a stream, with true line numbers however it arrives, in memory that does not grow with it. */
import { describe, expect, it, vi } from 'vitest'
import { readTail } from '../../src/explain/reading/tail.ts'

async function* chunks(text: string, size: number) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const text = Array.from({ length: 100 }, (_, at) => `line ${at + 1} – ü\n`).join('')

describe('readTail', () => {
  it.each([1, 3, 16, 1000, 100_000])('keeps all that fits, in pieces of %i bytes', async (size) => {
    const tail = await readTail(chunks(text, size), 1_000_000)
    expect(tail).toMatchObject({ text, firstLine: 1, bytes: Buffer.byteLength(text) })
  })
  it.each([1, 3, 16, 100])('else the end, from the start of a line, in pieces of %i bytes', async (size) => {
    const { text: end, firstLine, bytes } = await readTail(chunks(text, size), 200)
    expect(bytes).toBe(Buffer.byteLength(text))
    expect(end).toBe(
      text
        .split('\n')
        .slice(firstLine - 1)
        .join('\n'),
    )
    expect(end.startsWith(`line ${firstLine} –`)).toBe(true)
    expect(Buffer.byteLength(end)).toBeGreaterThan(150)
    expect(Buffer.byteLength(end)).toBeLessThan(200)
  })
  it.each([1, 3, 8, 100])('tells the first bytes apart, in pieces of %i', async (size) => {
    const { head } = await readTail(chunks(text, size), 20)
    expect(Buffer.from(head)).toEqual(Buffer.from(text).subarray(0, 8))
  })
  it.each([1, 3, 64])('keeps no piece of %i bytes, and makes one buffer for all', async (size) => {
    const make = vi.spyOn(Buffer, 'allocUnsafeSlow')
    // Every piece comes in the same memory, as what is kept of it would show.
    async function* reused() {
      const piece = new Uint8Array(size)
      for await (const chunk of chunks(text, size)) {
        piece.set(chunk)
        yield piece.subarray(0, chunk.length)
      }
    }
    const tail = await readTail(reused(), 200)
    expect(make.mock.calls).toEqual([[200]])
    make.mockRestore()
    expect(tail).toEqual(await readTail(chunks(text, size), 200))
  })
  it('is empty for nothing', async () => {
    expect(await readTail(chunks('', 1), 10)).toMatchObject({ text: '', firstLine: 1, bytes: 0 })
  })
})
